/** The application menu: what the platform expects for text editing and windows, and nothing that opens the web. */
import { Menu } from 'electron'

/** Installs the menu. Developer tools are only offered in an unpackaged run, by Electron's own shortcut. */
export function installMenu(): void {
  const menu = Menu.buildFromTemplate([
    ...(process.platform === 'darwin' ? [{ role: 'appMenu' as const }] : []),
    { role: 'editMenu' },
    { role: 'windowMenu' },
  ])
  Menu.setApplicationMenu(menu)
}
