/** Electron as the modules under test see it, on any platform: what they do to it is kept to be looked at. */
import { EventEmitter } from 'node:events'

export const seen = {
  trays: [] as FakeTray[],
  notifications: [] as FakeNotification[],
  badge: undefined as number | undefined,
  overlays: [] as unknown[][],
  loginItems: [] as object[],
  schemes: [] as string[],
  isNotifying: true,
  opened: [] as string[],
}

interface Item {
  readonly label?: string
  readonly submenu?: Item[]
  readonly click?: () => void
}
interface FakeMenu {
  readonly items: Item[]
}

export class FakeTray extends EventEmitter {
  image: unknown
  title = ''
  toolTip = ''
  menu: FakeMenu | undefined
  popped: FakeMenu | undefined

  constructor(image: unknown) {
    super()
    this.image = image
    seen.trays.push(this)
  }
  setImage(image: unknown): void {
    this.image = image
  }
  setTitle(title: string): void {
    this.title = title
  }
  setToolTip(text: string): void {
    this.toolTip = text
  }
  setContextMenu(menu: FakeMenu): void {
    this.menu = menu
  }
  popUpContextMenu(menu: FakeMenu): void {
    this.popped = menu
  }
  destroy(): void {
    seen.trays.splice(seen.trays.indexOf(this), 1)
  }
}

export class FakeNotification extends EventEmitter {
  readonly options: { readonly title: string; readonly actions: readonly { text: string }[] }
  isClosed = false

  constructor(options: FakeNotification['options']) {
    super()
    this.options = options
  }
  static isSupported(): boolean {
    return seen.isNotifying
  }
  show(): void {
    seen.notifications.push(this)
  }
  close(): void {
    this.isClosed = true
    seen.notifications.splice(seen.notifications.indexOf(this), 1)
  }
}

class App extends EventEmitter {
  isPackaged = true
  setBadgeCount(count: number): void {
    seen.badge = count
  }
  setLoginItemSettings(settings: object): void {
    seen.loginItems.push(settings)
  }
  setAsDefaultProtocolClient(scheme: string): void {
    seen.schemes.push(scheme)
  }
  getLoginItemSettings() {
    return { wasOpenedAtLogin: true }
  }
}

export const app = new App()
export const Tray = FakeTray
export const Notification = FakeNotification
export const Menu = { buildFromTemplate: (items: Item[]): FakeMenu => ({ items }) }
export const nativeImage = { createFromPath: (path: string) => path.replace(/^.*\//, '') }
export const BrowserWindow = {
  getAllWindows: () => [{ setOverlayIcon: (...given: unknown[]) => seen.overlays.push(given) }],
}
export const shell = { openExternal: async (url: string) => void seen.opened.push(url) }
export const ipcMain = {}
export const powerMonitor = Object.assign(new EventEmitter(), { getSystemIdleTime: () => 0 })
export const clipboard = {
  text: '',
  readText: async (): Promise<string> => clipboard.text,
  async writeText(text: string): Promise<void> {
    clipboard.text = text
  },
}
