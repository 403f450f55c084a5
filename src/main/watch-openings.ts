/** While a seal is broken, the window is kept out of pictures of the screen, where the system can; sleep closes it. */
import { BrowserWindow, powerMonitor } from 'electron'
import type { Hallpass } from '#core/hallpass.ts'

export function watchOpenings(
  { breakglass, onChange }: Pick<Hallpass, 'breakglass' | 'onChange'>,
  changed: () => void,
): void {
  breakglass.onOpenings(() => {
    const isOpen = breakglass.openings().length > 0
    for (const window of BrowserWindow.getAllWindows()) window.setContentProtection(isOpen)
    changed()
  })
  // Asked for, those that were closed in another process end here too, though no page is there to ask.
  onChange(() => void breakglass.openings())
  powerMonitor.on('suspend', () => void breakglass.closeAll())
}
