/** Sealed credentials for emergencies: all of them as slips, or the one that is open. */
import { useEffect, useState } from 'react'
import type { SealedCredential } from '#shared/breakglass.ts'
import { call, toHallpassError } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { ActionMenu } from '../components/menu.tsx'
import { Empty, FailedScreen, Notice } from '../components/notice.tsx'
import { RemovalDialog } from '../components/removal-dialog.tsx'
import type { ScreenProps } from '../frame/section-screen.tsx'
import { useRefresh } from '../hooks/use-data.ts'
import { breakglassStrings } from '../strings/breakglass.ts'
import { strings } from '../strings.ts'
import { AddSealed } from './add-sealed.tsx'
import { AfterUse } from './after-use.tsx'
import { BreakSeal } from './break-seal.tsx'
import { OpenView } from './open-view.tsx'
import { type SealedDeed, SealedSlip } from './sealed-slip.tsx'
import { SetupDialog } from './setup-dialog.tsx'
import { useBreakGlass } from './use-breakglass.ts'

const words = breakglassStrings

type OpenDialog =
  | { readonly kind: 'file' | 'hand' }
  | { readonly kind: 'setup'; readonly resume?: string }
  | { readonly kind: SealedDeed; readonly credential: SealedCredential }

export function BreakGlassScreen(props: ScreenProps) {
  const { info, identities } = props
  const refresh = useRefresh()
  const known = useBreakGlass()
  const [dialog, setDialog] = useState<OpenDialog | null>(null)
  const [shown, setShown] = useState<string | null>(null)
  const close = (): void => setDialog(null)
  const vault = info?.vault.state ?? 'unlocked'
  const vaultName = strings.vault.name[info?.vault.kind ?? 'keychain']
  const { credentials = [], openings = [], interrupted = [] } = known.data ?? {}
  const opening = openings.find(({ name }) => name === shown)
  const open = credentials.find(({ name }) => name === opening?.name)
  const isGone = shown !== null && known.data !== undefined && opening === undefined
  useEffect(() => {
    if (isGone) setShown(null)
  }, [isGone])

  if (known.isError) return <FailedScreen error={toHallpassError(known.error)} onRetry={() => void known.refetch()} />
  if (open !== undefined && opening !== undefined) {
    return (
      <OpenView
        credential={open}
        opening={opening}
        settings={info?.settings}
        onBack={() => setShown(null)}
        onLeftover={() => setDialog({ kind: 'after', credential: open })}
      />
    )
  }

  const ways = (
    <AddMenu
      onSetup={() => setDialog({ kind: 'setup' })}
      onFile={() => setDialog({ kind: 'file' })}
      onHand={() => setDialog({ kind: 'hand' })}
    />
  )
  const act = (kind: SealedDeed, credential: SealedCredential): void => {
    const own = openings.find(({ name }) => name === credential.name)
    if (kind === 'open' && own !== undefined) setShown(credential.name)
    else if (kind === 'seal') void call('breakglass.seal', { name: credential.name }).then(refresh)
    else setDialog({ kind, credential })
  }
  return (
    <>
      <header className="topbar">
        <div className="grow">
          <h1>{words.title}</h1>
        </div>
        {credentials.length > 0 && <span className="t3 nowrap">{words.sealed(credentials.length)}</span>}
        {vault === 'unlocked' && ways}
      </header>
      <div
        className={credentials.length === 0 && vault !== 'unlocked' ? 'page page--empty' : 'page'}
        data-region="list"
        tabIndex={-1}
      >
        {vault !== 'unlocked' ? (
          <Empty
            icon="lock"
            title={words.lockedTitle[vault]}
            actions={<Button onClick={() => void refresh()}>{words.again}</Button>}
          >
            {words.lockedText}
          </Empty>
        ) : (
          <div className={credentials.length === 0 ? 'page__in seals--none' : 'page__in'}>
            {interrupted.map(({ name, undoing }) => (
              <Notice
                key={name}
                tone="caution"
                title={undoing ? words.interruptedUndo(name) : words.interrupted(name)}
                actions={
                  <Button
                    onClick={() => {
                      const credential = credentials.find((one) => one.name === name)
                      if (undoing && credential !== undefined) setDialog({ kind: 'undo', credential })
                      else setDialog({ kind: 'setup', resume: name })
                    }}
                  >
                    {words.goOn}
                  </Button>
                }
              />
            ))}
            {credentials.length === 0 ? (
              <EmptySlip />
            ) : (
              <>
                <div className="note">
                  <Icon name="info" />
                  <p>
                    {words.notice} <strong>{words.noticeMore}</strong>
                  </p>
                </div>
                <div className="seals">
                  {credentials.map((credential) => (
                    <SealedSlip
                      key={credential.id}
                      credential={credential}
                      isOpenHere={openings.some(({ name }) => name === credential.name)}
                      onDeed={(kind) => act(kind, credential)}
                    />
                  ))}
                </div>
              </>
            )}
          </div>
        )}
      </div>
      {dialog !== null && 'credential' in dialog && dialog.kind === 'open' && (
        <BreakSeal
          credential={dialog.credential}
          minutes={info?.settings.breakGlassMinutes ?? 15}
          onClose={close}
          onOpened={(name) => {
            setShown(name)
            close()
          }}
        />
      )}
      {dialog !== null && 'credential' in dialog && (dialog.kind === 'after' || dialog.kind === 'rotate') && (
        <AfterUse
          credential={credentials.find(({ id }) => id === dialog.credential.id) ?? dialog.credential}
          always={dialog.kind === 'rotate'}
          identities={identities}
          onClose={close}
        />
      )}
      {dialog !== null && 'credential' in dialog && dialog.kind === 'remove' && (
        <RemovalDialog
          title={words.removing.title(dialog.credential.name)}
          lead={words.removing.lead(dialog.credential.userName)}
          action={words.removing.action}
          environment={dialog.credential.environment}
          remove={() => call('breakglass.remove', { name: dialog.credential.name })}
          onClose={close}
        />
      )}
      {dialog !== null && 'credential' in dialog && dialog.kind === 'undo' && (
        <RemovalDialog
          title={words.undoing.title(dialog.credential.name)}
          lead={words.undoing.lead}
          action={words.undoing.action}
          environment={dialog.credential.environment}
          remove={() => call('breakglass.undo', { name: dialog.credential.name })}
          onClose={close}
        />
      )}
      {(dialog?.kind === 'file' || dialog?.kind === 'hand') && (
        <AddSealed
          kind={dialog.kind}
          taken={credentials.map(({ name }) => name)}
          vaultName={vaultName}
          onClose={close}
        />
      )}
      {dialog?.kind === 'setup' && (
        <SetupDialog
          identities={identities}
          resume={interrupted.find(({ name }) => name === dialog.resume)?.choices}
          onClose={close}
        />
      )}
    </>
  )
}

function AddMenu(props: { onSetup: () => void; onFile: () => void; onHand: () => void }) {
  return (
    <ActionMenu
      label={words.add}
      className="btn btn--lg btn--primary"
      entries={[
        { id: 'setup', icon: 'shield', label: words.ways.setup, onAction: props.onSetup },
        { id: 'file', icon: 'csv', label: words.ways.file, onAction: props.onFile },
        { id: 'hand', icon: 'edit', label: words.ways.hand, onAction: props.onHand },
      ]}
    >
      <Icon name="plus" />
      {words.add}
    </ActionMenu>
  )
}

/** The slip a credential will be, with nothing in it: what it is above the seal, how it is handled below. */
function EmptySlip() {
  return (
    <article className="pass sealed sealed--none">
      <div className="pass__top">
        <h2 className="sealed__name">{words.emptyTitle}</h2>
        <p className="t2">{words.emptyText}</p>
      </div>
      <div className="tear">
        <span className="seal">
          <Icon name="lock" />
        </span>
      </div>
      <ul className="pass__stub recs">
        {words.points.map(([icon, title, text]) => (
          <li key={icon}>
            <Icon name={icon} />
            <div>
              <strong>{title}</strong>
              <p>{text}</p>
            </div>
          </li>
        ))}
      </ul>
    </article>
  )
}
