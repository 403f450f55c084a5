/** All there is while the app is locked: since when, what goes on, and the way back. It names nothing. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useId, useRef } from 'react'
import type { AppInfo, IpcReply } from '#shared/ipc.ts'
import { call } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import { BrandMark, Icon, type IconName } from '../components/icon.tsx'
import { ErrorNotice, Notice } from '../components/notice.tsx'
import { useBusy } from '../hooks/use-busy.ts'
import { useNow } from '../hooks/use-now.ts'
import { refreshAll } from '../lib/refresh.ts'
import { formatAgo, formatClock } from '../lib/time.ts'
import { strings } from '../strings.ts'

const words = strings.lock

export function LockScreen({ info }: { info: AppInfo | undefined }) {
  const client = useQueryClient()
  const state = useQuery({ queryKey: ['lock.state'], queryFn: () => call('lock.state', undefined) }).data
  const { busy, failure, run } = useBusy()
  const now = useNow()
  const aboutId = useId()
  const place = useRef<HTMLElement>(null)
  // Told when the sessions of this lock have ended, which takes a moment.
  useEffect(() => window.hallpass.on('lock.changed', () => void refreshAll(client)), [client])
  useEffect(() => place.current?.querySelector<HTMLElement>('button[data-initial-focus]')?.focus(), [])

  const method = state?.method ?? 'keychain'
  const unlock = (): void => void run(() => call('lock.unlock', undefined))
  return (
    <main className="locked" ref={place}>
      <div className="locked__about">
        <span className="locked__mark">
          <BrandMark />
        </span>
        <div id={aboutId}>
          <h1>{words.title}</h1>
          <p className="locked__since">
            {state?.since != null &&
              state.because !== null &&
              words.because[state.because](formatAgo(state.since, now))}
          </p>
          <ul className="locked__facts">
            <Fact icon="lock" text={words.nothingStarts} />
            {/* Its place is kept until it is known: the button below must not move under a pointer. */}
            {state === undefined ? (
              <li aria-hidden />
            ) : (
              <Fact icon="sessions" text={sessionsOf(state, now)} caution={couldNotEnd(state)} />
            )}
          </ul>
        </div>
      </div>
      <Button
        tone="primary"
        large
        shortcut="⏎"
        initialFocus
        describedBy={aboutId}
        busy={busy ? words.unlocking[method] : undefined}
        onClick={unlock}
      >
        {words.unlock}
      </Button>
      <div className="locked__below">
        <p className="hint">{words.asks[method]}</p>
        {failure === null ? <VaultNotice vault={info?.vault} /> : <ErrorNotice error={failure} />}
      </div>
    </main>
  )
}

function Fact(props: { icon: IconName; text: string; caution?: boolean }) {
  return (
    <li className={props.caution ? 'caution' : undefined}>
      <Icon name={props.caution ? 'alert' : props.icon} />
      <span>{props.text}</span>
    </li>
  )
}

function VaultNotice({ vault }: { vault: AppInfo['vault'] | undefined }) {
  if (vault === undefined || vault.state === 'unlocked') return null
  if (vault.state === 'locked') {
    return (
      <Notice tone="caution" icon="lock" title={words.vaultLocked}>
        {words.vaultLockedHint}
      </Notice>
    )
  }
  return (
    <Notice tone="caution" title={vault.problem?.message ?? strings.vault.unavailableTitle}>
      {vault.problem?.hint}
    </Notice>
  )
}

type State = IpcReply<'lock.state'>

/** They were to end, and some have not. */
function couldNotEnd({ ended, kept }: State): boolean {
  return ended !== null && kept > 0
}

function sessionsOf(state: State, now: number): string {
  const { ended, kept, keptUntil } = state
  const until = keptUntil === null ? '' : formatClock(keptUntil, now)
  if (couldNotEnd(state)) return words.notEnded(kept, until)
  if (kept > 0) return words.kept(kept, until)
  return ended ? words.ended(ended) : words.noneLive
}
