/** Before there is any key: what Hallpass does, and the ways to begin. */

import { useEffect, useState } from 'react'
import type { AppInfo } from '#shared/ipc.ts'
import { Button } from '../components/button.tsx'
import { BrandMark, Icon, type IconName } from '../components/icon.tsx'
import { Kbd } from '../components/kbd.tsx'
import { useFileDrop } from '../hooks/use-file-drop.ts'
import { AddIdentity, type AddIdentityStart } from '../identities/add-identity.tsx'
import { setupStrings } from '../strings/setup.ts'
import { strings } from '../strings.ts'
import { useWayKeys } from './use-way-keys.ts'

const words = setupStrings.first

const WAYS = [
  { icon: 'key', words: words.paste, start: { kind: 'paste' } },
  { icon: 'file', words: words.file, start: { kind: 'pick' } },
] as const satisfies readonly { icon: IconName; words: readonly string[]; start: AddIdentityStart }[]

export function FirstRun(props: {
  info: AppInfo | undefined
  /** Told when the dialog for a key opens and closes. */
  onAdding: (open: boolean) => void
}) {
  const { info, onAdding } = props
  const [current, setCurrent] = useState(0)
  const [adding, setAdding] = useState<AddIdentityStart | null>(null)
  const vault = info?.vault.kind ?? 'keychain'
  const open = adding !== null
  useEffect(() => onAdding(open), [onAdding, open])
  const begin = (index: number): void => {
    setCurrent(index)
    setAdding(WAYS[index]?.start ?? null)
  }
  useWayKeys({ count: WAYS.length, current, onMove: setCurrent, onBegin: begin })
  const over = useFileDrop((path) => {
    // The dialog listens for itself once it is open.
    setAdding((before) => before ?? { kind: 'file', path })
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
          {WAYS.map((way, index) => (
            <button
              key={way.icon}
              type="button"
              className={index === current ? 'way way--on' : 'way'}
              onClick={() => begin(index)}
              onFocus={() => setCurrent(index)}
            >
              <span className="way__i">
                <Icon name={way.icon} />
              </span>
              <span>
                <strong>{way.words[0]}</strong>
                <span className="way__p">{way.words[1]}</span>
              </span>
              <Kbd>{index + 1}</Kbd>
            </button>
          ))}
          {info?.endpointOverride != null && (
            <div className="way way--note">
              <span className="way__i">
                <Icon name="flask" />
              </span>
              <span>
                <strong>{words.practice[0]}</strong>
                <span className="way__p">{words.practice[1](info.endpointOverride)}</span>
              </span>
            </div>
          )}
          <div className="ways__f">
            <span className="t3">{words.later}</span>
            <Button tone="primary" large shortcut="⏎" onClick={() => begin(current)}>
              {words.continue}
            </Button>
          </div>
        </div>
      </section>
      {adding !== null && (
        <AddIdentity start={adding} taken={[]} vaultName={strings.vault.name[vault]} onClose={() => setAdding(null)} />
      )}
    </main>
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
