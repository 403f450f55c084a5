/** Sealed credentials for emergencies: all of them as slips, or the one that is open. The same screen for a drill. */
import { useEffect, useState } from 'react'
import type { SealedCredential } from '#shared/breakglass.ts'
import { call, toHallpassError } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { Empty, FailedScreen, Notice } from '../components/notice.tsx'
import { showToast } from '../components/toast.tsx'
import type { ScreenProps } from '../frame/section-screen.tsx'
import { useRefreshAll } from '../hooks/use-data.ts'
import { breakglassStrings } from '../strings/breakglass.ts'
import { strings } from '../strings.ts'
import { DrillBar } from './drill-bar.tsx'
import { OpenView } from './open-view.tsx'
import { AddMenu, EmptySlip } from './screen-parts.tsx'
import { type OpenDialog, SealedDialogs } from './sealed-dialogs.tsx'
import { type SealedDeed, SealedSlip } from './sealed-slip.tsx'
import { useBreakGlass } from './use-breakglass.ts'

const words = breakglassStrings

export function BreakGlassScreen({ info, identities }: ScreenProps) {
  const refresh = useRefreshAll()
  const known = useBreakGlass()
  const [dialog, setDialog] = useState<OpenDialog | null>(null)
  const [shown, setShown] = useState<string | null>(null)
  const close = (): void => setDialog(null)
  const vault = info?.vault.state ?? 'unlocked'
  const vaultName = strings.vault.name[info?.vault.kind ?? 'keychain']
  const { credentials = [], openings = [], interrupted = [], drill = null } = known.data ?? {}
  const opening = openings.find(({ name }) => name === shown)
  const open = credentials.find(({ name }) => name === opening?.name)
  const isGone = shown !== null && known.data !== undefined && opening === undefined
  useEffect(() => {
    if (isGone) setShown(null)
  }, [isGone])
  // What was asked of one stage is never answered on the other. A report is of the drill that has just ended.
  const stage = drill?.startedAt ?? 'real'
  const [before, setBefore] = useState(stage)
  if (before !== stage) {
    setBefore(stage)
    setShown(null)
    setDialog((open) => (open?.kind === 'report' ? open : null))
  }
  const signers =
    drill === null ? identities.filter(({ kind }) => kind === 'access-key') : [{ name: drill.from, accountId: null }]

  if (known.isError) return <FailedScreen error={toHallpassError(known.error)} onRetry={() => void known.refetch()} />

  const act = (kind: SealedDeed, credential: SealedCredential): void => {
    const own = openings.find(({ name }) => name === credential.name)
    if (kind === 'open' && own !== undefined) setShown(credential.name)
    else if (kind === 'seal') void call('breakglass.seal', { name: credential.name }).then(refresh)
    else setDialog({ kind, credential })
  }
  const copyLink = (name: string, role: string | undefined): void =>
    void call('breakglass.copy-link', { name, ...(role === undefined ? {} : { role }) }).then(() =>
      showToast(words.copiedLink),
    )
  // In a drill the keychain is not asked: its practice account has a vault of its own.
  const isUsable = vault === 'unlocked' || drill !== null
  const isEmpty = credentials.length === 0
  return (
    <>
      {drill !== null && <DrillBar drill={drill} onReport={(report) => setDialog({ kind: 'report', report })} />}
      {open !== undefined && opening !== undefined ? (
        <OpenView
          credential={open}
          opening={opening}
          settings={info?.settings}
          onBack={() => setShown(null)}
          onLeftover={() => setDialog({ kind: 'after', credential: open })}
        />
      ) : (
        <>
          <header className="topbar">
            <div className="grow">
              <h1>{words.title}</h1>
            </div>
            {!isEmpty && <span className="t3 nowrap">{words.sealed(credentials.length)}</span>}
            {isUsable && (
              <AddMenu
                onSetup={() => setDialog({ kind: 'setup' })}
                onFile={() => setDialog({ kind: 'file' })}
                onHand={() => setDialog({ kind: 'hand' })}
                onKit={() => setDialog({ kind: 'open-kit' })}
                onDrill={drill === null ? () => setDialog({ kind: 'start-drill' }) : undefined}
              />
            )}
          </header>
          <div className={isEmpty && !isUsable ? 'page page--empty' : 'page'} data-region="list" tabIndex={-1}>
            {isUsable ? (
              <div className={isEmpty ? 'page__in seals--none' : 'page__in'}>
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
                {isEmpty ? (
                  <EmptySlip
                    onSetup={() => setDialog({ kind: 'setup' })}
                    onDrill={drill === null ? () => setDialog({ kind: 'start-drill' }) : undefined}
                  />
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
                          isDrill={drill !== null}
                          onDeed={(kind) => act(kind, credential)}
                          onCopyLink={(role) => copyLink(credential.name, role)}
                        />
                      ))}
                    </div>
                  </>
                )}
              </div>
            ) : (
              <Empty
                icon="lock"
                title={words.lockedTitle[vault]}
                actions={<Button onClick={() => void refresh()}>{words.again}</Button>}
              >
                {words.lockedText}
              </Empty>
            )}
          </div>
        </>
      )}
      {dialog !== null && (
        <SealedDialogs
          dialog={dialog}
          state={{ credentials, interrupted, drill }}
          signers={signers}
          minutes={info?.settings.breakGlassMinutes ?? 15}
          vaultName={vaultName}
          onOpened={setShown}
          onClose={close}
        />
      )}
    </>
  )
}
