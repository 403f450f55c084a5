/** Whether something on a Linux desktop shows notifications: without it one is sent and nobody ever sees it. */
import { askBus } from '../session-bus.ts'

const SERVER = 'org.freedesktop.Notifications'

/** Desktop Notifications Specification. No answer means no. */
export async function areNotificationsShown(platform: NodeJS.Platform = process.platform): Promise<boolean> {
  if (platform !== 'linux') return true
  try {
    await askBus(SERVER, '/org/freedesktop/Notifications', `${SERVER}.GetServerInformation`)
    return true
  } catch {
    return false
  }
}
