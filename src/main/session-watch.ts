/** Keeps sessions fresh while the app runs, looks at them when the computer wakes, and tells the window what ends soon. */
import { powerMonitor } from 'electron'
import type { Hallpass } from '#core/hallpass.ts'
import type { Gate } from '#core/lock/gate.ts'
import { broadcast } from './ipc.ts'

/** `changed` tells the window that its lists are out of date. */
export function watchSessions({ keeper }: Pick<Hallpass, 'keeper'>, lock: Gate, changed: () => void): void {
  keeper.onEvent(({ kind, name, minutesLeft, because }) => {
    changed()
    if (kind === 'expiring' && minutesLeft !== undefined && because) {
      broadcast('session.expiring', { name, minutesLeft, because })
    }
  })
  // While the app is locked nothing could be renewed.
  const look = () => {
    if (!lock.isClosed) void keeper.check()
  }
  powerMonitor.on('resume', look)
  powerMonitor.on('unlock-screen', look)
  if (!lock.isClosed) keeper.start()
}
