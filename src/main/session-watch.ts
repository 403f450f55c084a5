/** Keeps sessions fresh while the app runs, and looks at them when the computer wakes. */
import { powerMonitor } from 'electron'
import type { Hallpass } from '#core/hallpass.ts'

/** `changed` tells the window that its lists are out of date. */
export function watchSessions({ keeper }: Pick<Hallpass, 'keeper'>, changed: () => void): void {
  keeper.onEvent(changed)
  const look = () => void keeper.check()
  powerMonitor.on('resume', look)
  powerMonitor.on('unlock-screen', look)
  keeper.start()
}
