/** Whether something on a Linux desktop shows trays: without it a tray is made and nobody ever sees it. */
import { askBus } from '../session-bus.ts'

const WATCHER = 'org.kde.StatusNotifierWatcher'

/** Asks the watcher of the StatusNotifierItem protocol, which Electron's tray speaks. No answer means no. */
export async function isTrayShown(platform: NodeJS.Platform = process.platform): Promise<boolean> {
  if (platform !== 'linux') return true
  try {
    const get = 'org.freedesktop.DBus.Properties.Get'
    const answer = await askBus(WATCHER, '/StatusNotifierWatcher', get, WATCHER, 'IsStatusNotifierHostRegistered')
    return answer.includes('true')
  } catch {
    return false
  }
}
