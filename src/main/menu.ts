/** The application menu and the About panel. */
import { app, Menu } from 'electron'
import { desktopStrings } from '#core/desktop/strings.ts'
import { type MenuParts, menuTemplate } from './menu-template.ts'

export function installMenu(parts: Omit<MenuParts, 'platform' | 'isPackaged'>): void {
  const { product, about } = desktopStrings
  app.setAboutPanelOptions({
    applicationName: product,
    applicationVersion: app.getVersion(),
    copyright: about.licence,
    credits: about.what,
  })
  const { platform } = process
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate({ ...parts, platform, isPackaged: app.isPackaged })))
}
