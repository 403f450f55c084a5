/** Electron's `session`: there is the default session alone, with its permissions and its web requests. */

import { KnownEmitter, knownOnly } from './known-only.ts'
import { protocol } from './protocol.ts'
import { connection } from './runtime.ts'
import { webRequest } from './web-request.ts'
import { openWindows } from './windows.ts'

type RequestHandler = (
  contents: object,
  permission: string,
  decide: (granted: boolean) => void,
  details: object,
) => void
type CheckHandler = (contents: object, permission: string, origin: string, details: object) => boolean

/** Permission names: Electron's, then Chromium's. */
const PERMISSIONS = [
  ['geolocation', 'geolocation'],
  ['notifications', 'notifications'],
  ['midi', 'midi'],
  ['media', 'camera'],
  ['media', 'microphone'],
  ['clipboard-read', 'clipboard-read'],
  ['clipboard-sanitized-write', 'clipboard-write'],
  ['idle-detection', 'idle-detection'],
  ['window-management', 'window-management'],
  ['local-fonts', 'local-fonts'],
] as const

class Session extends KnownEmitter {
  readonly webRequest = webRequest
  readonly protocol = protocol
  private requestHandler: RequestHandler | null = null
  private checkHandler: CheckHandler | null = null

  constructor() {
    super('session', [])
  }

  setPermissionRequestHandler(handler: RequestHandler | null): void {
    this.requestHandler = handler
    this.askAgain()
  }

  setPermissionCheckHandler(handler: CheckHandler | null): void {
    this.checkHandler = handler
    this.askAgain()
  }

  /** Never asked: no page of the stand-in can see HID, serial or USB devices. */
  setDevicePermissionHandler(_handler: ((details: object) => boolean) | null): void {}

  /**
   * For this folder alone. Chromium can't ask when a page does, so the app's handlers are asked beforehand, about
   * everything; without handlers all is granted, as in Electron.
   */
  async applyPermissions(contents: object, url: string): Promise<void> {
    const { browser } = await connection()
    for (const [permission, name] of PERMISSIONS) {
      const granted = (await this.isGranted(contents, permission, url)) && this.isHeld(contents, permission, url)
      await browser.attempt('Browser.setPermission', {
        permission: { name },
        setting: granted ? 'granted' : 'denied',
      })
    }
  }

  private askAgain(): void {
    for (const { webContents } of openWindows()) void this.applyPermissions(webContents, '')
  }

  private isGranted(contents: object, permission: string, requestingUrl: string): Promise<boolean> {
    const handler = this.requestHandler
    if (!handler) return Promise.resolve(true)
    return new Promise((decide) => handler(contents, permission, decide, { requestingUrl, isMainFrame: true }))
  }

  private isHeld(contents: object, permission: string, url: string): boolean {
    return this.checkHandler?.(contents, permission, url, { requestingUrl: url, isMainFrame: true }) ?? true
  }
}

export const defaultSession = new Session()

export const session = knownOnly('session', { defaultSession })
