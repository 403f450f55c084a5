/** Before there is any key: what Hallpass does, and the four ways to begin. */

import { useEffect, useState } from 'react'
import type { AppInfo } from '#shared/ipc.ts'
import { call } from '../bridge.ts'
import { CenterDialog } from '../centers/center-dialog.tsx'
import { Button } from '../components/button.tsx'
import { BrandMark, Icon, type IconName } from '../components/icon.tsx'
import { Kbd } from '../components/kbd.tsx'
import { ErrorNotice } from '../components/notice.tsx'
import { useBusy } from '../hooks/use-busy.ts'
import { useFileDrop } from '../hooks/use-file-drop.ts'
import { AddIdentity, type AddIdentityStart } from '../identities/add-identity.tsx'
import { ImportDialog } from '../import/import-dialog.tsx'
import { useImportPlan } from '../import/use-import-plan.ts'
import { firstRunStrings } from '../strings/first-run.ts'
import { strings } from '../strings.ts'
import { useWayKeys } from './use-way-keys.ts'
import { type Way, waysIn } from './ways.ts'

const words = firstRunStrings.first

type Open = { kind: 'key'; start: AddIdentityStart } | { kind: 'import' } | { kind: 'center' }

export function FirstRun(props: {
  info: AppInfo | undefined
  /** Told when a dialog opens that adds something, and when it closes. */
  onAdding: (open: boolean) => void
}) {
  const { info, onAdding } = props
  const plan = useImportPlan()
  const ways = waysIn(plan.isError ? null : plan.data)
  const [chosen, setChosen] = useState<number | null>(null)
  const [open, setOpen] = useState<Open | null>(null)
  const entering = useBusy()
  const vault = info?.vault.kind ?? 'keychain'
  const isOpen = open !== null
  useEffect(() => onAdding(isOpen), [onAdding, isOpen])

  // What is there already is the nearest way; without it, a key.
  const nearest = ways.findIndex((way) => way.isNear)
  const current = chosen !== null && ways[chosen]?.isOpen ? chosen : nearest
  const begin = (index: number): void => {
    const way = ways[index]
    if (!way?.isOpen) return
    setChosen(index)
    if (way.name === 'import') setOpen({ kind: 'import' })
    if (way.name === 'key') setOpen({ kind: 'key', start: { kind: 'paste' } })
    if (way.name === 'identity-center') setOpen({ kind: 'center' })
    if (way.name === 'practice') void entering.run(() => call('practice.enter', undefined))
  }
  useWayKeys({ open: ways.map((way) => way.isOpen), current, onMove: setChosen, onBegin: begin })
  const over = useFileDrop((path) => {
    // The dialog listens for itself once it is open.
    setOpen((before) => before ?? { kind: 'key', start: { kind: 'file', path } })
  })

  return (
    <main className="first">
      <section className="first__l">
        <div className="brand brand--first">
          <BrandMark />
          {strings.product}
        </div>
        <div className="first__m">
          <h1>
            {words.title[0]}
            <br />
            {words.title[1]}
          </h1>
          <p>{words.lead}</p>
          <ol className="flow">
            <Step icon="lock" words={words.steps[vault]} />
            <Step icon="roles" words={words.steps.roles} />
            <Step icon="term" words={words.steps.tools} />
          </ol>
        </div>
        <p className="first__foot">{words.foot}</p>
      </section>
      <section className={over ? 'first__r first__r--over' : 'first__r'}>
        <div className="ways">
          <h2 className="ways__h">{words.question}</h2>
          {ways.map((way, index) => (
            <WayCard
              key={way.name}
              way={way}
              figure={index + 1}
              on={index === current}
              onBegin={() => begin(index)}
              onFocus={() => setChosen(index)}
            />
          ))}
          {entering.failure !== null && <ErrorNotice error={entering.failure} />}
          <div className="ways__f">
            <span className="t3">
              {info?.endpointOverride == null ? (
                words.later
              ) : (
                <span data-volatile>{words.override(info.endpointOverride)}</span>
              )}
            </span>
            <Button tone="primary" large shortcut="⏎" onClick={() => begin(current)}>
              {words.continue}
            </Button>
          </div>
        </div>
      </section>
      {open?.kind === 'key' && (
        <AddIdentity
          start={open.start}
          taken={[]}
          vaultName={strings.vault.name[vault]}
          onClose={() => setOpen(null)}
        />
      )}
      {open?.kind === 'center' && (
        <CenterDialog
          start={{ kind: 'add' }}
          taken={[]}
          onClose={() => setOpen(null)}
          onShowRole={() => setOpen(null)}
        />
      )}
      {open?.kind === 'import' && <ImportDialog vaultName={strings.vault.name[vault]} onClose={() => setOpen(null)} />}
    </main>
  )
}

function WayCard(props: { way: Way; figure: number; on: boolean; onBegin: () => void; onFocus: () => void }) {
  const { way, figure, on } = props
  const content = (
    <>
      <span className="way__i">
        <Icon name={way.icon} />
      </span>
      <span>
        <strong>{way.title}</strong>
        <span className="way__p">
          {way.found !== undefined && <Found {...way.found} />} {way.text}
        </span>
      </span>
    </>
  )
  // What can't be gone is no button: it has no key, takes no focus, and looks it.
  if (!way.isOpen) return <div className="way way--shut">{content}</div>
  const look = way.name === 'practice' ? 'way way--try' : 'way'
  return (
    <button type="button" className={on ? `${look} way--on` : look} onClick={props.onBegin} onFocus={props.onFocus}>
      {content}
      <Kbd>{figure}</Kbd>
    </button>
  )
}

function Found({ profiles, keys }: { profiles: number; keys: number }) {
  if (keys === 0) return <b>{words.found(profiles)}</b>
  return (
    <b>
      {words.foundWith(profiles)}
      <span className="danger">{words.plaintext(keys)}</span>
      {words.foundEnd}
    </b>
  )
}

function Step({ icon, words: [title, text] }: { icon: IconName; words: readonly [string, string] }) {
  return (
    <li>
      <span className="flow__i">
        <Icon name={icon} />
      </span>
      <div>
        <strong>{title}</strong>
        <p>{text}</p>
      </div>
    </li>
  )
}
