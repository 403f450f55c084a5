/** Starting at login, out of the way: by the system's own list, and on Linux by a file in the autostart folder. */
import { homedir } from 'node:os'
import { join } from 'node:path'
import { app } from 'electron'
import type { Log } from '#core/capabilities.ts'
import { HIDDEN_SWITCH, setAutostart } from '#core/desktop/autostart.ts'
import { isHallpassError } from '#shared/errors.ts'

export interface LoginItem {
  /** Makes the system be as wanted. In a source tree nothing is done: what runs there is not for every day. */
  apply(wanted: boolean): void
}

/** @param home the Hallpass state folder */
export function createLoginItem(home: string, log: Log, platform = process.platform): LoginItem {
  // One after the other: on and off in a row must not end as on.
  let last = Promise.resolve()

  async function set(wanted: boolean): Promise<void> {
    if (platform !== 'linux') {
      app.setLoginItemSettings({ openAtLogin: wanted, args: [HIDDEN_SWITCH] })
      return
    }
    const configFolder = process.env.XDG_CONFIG_HOME || join(homedir(), '.config')
    // Of an AppImage, the file itself: what runs is unpacked below a name that changes with each start.
    await setAutostart(wanted, { configFolder, program: process.env.APPIMAGE || process.execPath, home })
  }

  return {
    apply(wanted) {
      if (!app.isPackaged) return
      last = last
        .then(() => set(wanted))
        .catch((error: unknown) => {
          const code = isHallpassError(error) ? error.code : 'internal'
          log.warn('starting at login could not be set', { code, error })
        })
    },
  }
}

/** Whether the system started the app at login, so that nobody waits for a window. */
export function wasStartedAtLogin(): boolean {
  if (process.argv.includes(HIDDEN_SWITCH)) return true
  return process.platform === 'darwin' && app.getLoginItemSettings().wasOpenedAtLogin
}
