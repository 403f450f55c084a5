/** The mark on the dock or the task bar: how many production sessions live, and nothing else. */
import { app, BrowserWindow } from 'electron'
import { desktopStrings } from '#core/desktop/strings.ts'
import type { DesktopImages } from './desktop-images.ts'

/** A number on macOS and where Linux has one; on Windows the solid bar of production over the icon. */
export function showBadge(production: number, images: DesktopImages, platform: NodeJS.Platform): void {
  if (platform !== 'win32') {
    app.setBadgeCount(production)
    return
  }
  const [overlay, words] = production === 0 ? [null, ''] : [images.productionBadge(), desktopStrings.badge(production)]
  for (const window of BrowserWindow.getAllWindows()) window.setOverlayIcon(overlay, words)
}
