/** When the app locks by itself, and what the Electron side lets go of when it does. */
import { powerMonitor } from 'electron'
import type { Hallpass } from '#core/hallpass.ts'
import type { AppLock } from '#core/lock/app-lock.ts'
import { watchIdle } from '#core/lock/idle-watch.ts'
import type { Desktop } from './desktop.ts'
import type { DrillMode } from './drill-mode.ts'
import { broadcast } from './ipc.ts'
import type { MfaBroker } from './mfa-broker.ts'
import type { SecretClipboard } from './secret-clipboard.ts'
import type { WindowRequests } from './window-requests.ts'

export interface LockWatchParts {
  readonly lock: AppLock
  readonly hallpass: Pick<Hallpass, 'settings' | 'keeper'>
  readonly mfa: MfaBroker
  /** What was read from files and waits to be stored, and what is under way at Identity Center. */
  readonly drafts: readonly { forgetAll(): void }[]
  readonly drill: Pick<DrillMode, 'stop'>
  readonly secretClipboard: SecretClipboard
  readonly requests: Pick<WindowRequests, 'pageGone'>
  readonly desktop: Pick<Desktop, 'refresh'>
}

export function watchLock(parts: LockWatchParts): void {
  const { lock, hallpass, mfa, drafts, drill, secretClipboard, requests, desktop } = parts
  const { settings, keeper } = hallpass

  function follow(): void {
    if (lock.isClosed) {
      // It could renew nothing, and what it says has names in it.
      keeper.stop()
      mfa.cancelAll()
      for (const each of drafts) each.forgetAll()
      void drill.stop()
      // What is asked of the window from outside waits until its page is there again.
      requests.pageGone()
      void secretClipboard.clear()
    } else keeper.start()
    desktop.refresh()
    broadcast('lock.changed', { locked: lock.isClosed })
  }
  lock.onChange(follow)

  watchIdle({ lock, settings, idleSeconds: () => powerMonitor.getSystemIdleTime() })
  const withScreen = () => settings.get().lockWithScreen && void lock.lock('screen')
  powerMonitor.on('lock-screen', withScreen)
  // Another person's session has come to the front.
  powerMonitor.on('user-did-resign-active', withScreen)
  powerMonitor.on('suspend', () => {
    // Its timer sleeps too.
    void secretClipboard.clear()
    if (settings.get().lockOnSleep) void lock.lock('sleep')
  })
}
