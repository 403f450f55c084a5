/** Keeps sessions fresh while the app runs, and looks at them when the computer wakes. */
import { powerMonitor } from 'electron'
import type { Hallpass } from '#core/hallpass.ts'
import type { Gate } from '#core/lock/gate.ts'

/** `changed` tells the window that its lists are out of date. */
export function watchSessions({ keeper }: Pick<Hallpass, 'keeper'>, lock: Gate, changed: () => void): void {
  keeper.onEvent(changed)
  // While the app is locked nothing could be renewed.
  const look = () => {
    if (!lock.isClosed) void keeper.check()
  }
  powerMonitor.on('resume', look)
  powerMonitor.on('unlock-screen', look)
  if (!lock.isClosed) keeper.start()
}
