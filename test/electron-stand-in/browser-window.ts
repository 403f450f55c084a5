/** Electron's `BrowserWindow`: its state is kept, its content is a page of headless Chromium, nothing is on a screen. */
import { app } from './app.ts'
import { type AllowedOptions, checkOptions, createEvent, KnownEmitter, knownOnly, lacking } from './known-only.ts'
import { WebContents } from './web-contents.ts'
import { addWindow, openWindows, removeWindow } from './windows.ts'

const EVENTS = [
  'ready-to-show',
  'close',
  'closed',
  'show',
  'hide',
  'focus',
  'blur',
  'minimize',
  'restore',
  'resize',
  // Never emitted here: nobody drags a headless window.
  'move',
  'maximize',
  'unmaximize',
]

const WINDOW_OPTIONS: AllowedOptions = {
  width: true,
  height: true,
  minWidth: true,
  minHeight: true,
  x: true,
  y: true,
  show: true,
  title: true,
  backgroundColor: true,
  titleBarStyle: true,
  titleBarOverlay: true,
  trafficLightPosition: true,
  autoHideMenuBar: true,
  icon: true,
  webPreferences: true,
}

/** Only what a hardened window asks for; anything else would need another stand-in. */
const WEB_PREFERENCES: AllowedOptions = {
  preload: true,
  sandbox: [true],
  contextIsolation: [true],
  nodeIntegration: [false],
  nodeIntegrationInWorker: [false],
  nodeIntegrationInSubFrames: [false],
  webSecurity: [true],
  webviewTag: [false],
  allowRunningInsecureContent: [false],
  experimentalFeatures: [false],
  navigateOnDragDrop: [false],
  spellcheck: true,
  devTools: true,
  backgroundThrottling: true,
}

const REQUIRED_PREFERENCES = ['sandbox', 'contextIsolation', 'nodeIntegration']

interface WindowOptions {
  width?: number
  height?: number
  x?: number
  y?: number
  show?: boolean
  title?: string
  webPreferences?: { preload?: string }
}

export interface Bounds {
  x: number
  y: number
  width: number
  height: number
}

let lastId = 0

class StandInWindow extends KnownEmitter {
  readonly id = ++lastId
  readonly webContents: WebContents
  private bounds: Bounds
  private title: string
  private visible: boolean
  private focused: boolean
  private minimized = false
  private contentProtected = false
  private wasLoaded = false
  private destroyed = false

  /** @throws before `ready`, for an unknown option, and unless the web preferences are the hardened ones, spelt out */
  constructor(options: WindowOptions = {}) {
    super('BrowserWindow', EVENTS)
    if (!app.isReady()) throw new Error('Cannot create BrowserWindow before app is ready')
    checkWindowOptions(options)
    this.bounds = { x: options.x ?? 0, y: options.y ?? 0, width: options.width ?? 800, height: options.height ?? 600 }
    this.title = options.title ?? app.getName()
    this.visible = options.show !== false
    this.focused = this.visible
    this.webContents = new WebContents(
      { close: () => this.close(), onLoaded: () => this.loaded(), onGone: () => this.gone() },
      { preload: options.webPreferences?.preload, width: this.bounds.width, height: this.bounds.height },
    )
    addWindow(this)
    app.emit('web-contents-created', createEvent(), this.webContents)
    app.emit('browser-window-created', createEvent(), this)
  }

  static getAllWindows(): StandInWindow[] {
    return openWindows() as StandInWindow[]
  }

  static getFocusedWindow(): StandInWindow | null {
    return StandInWindow.getAllWindows().find((window) => window.isFocused()) ?? null
  }

  static fromWebContents(contents: WebContents): StandInWindow | null {
    return StandInWindow.getAllWindows().find((window) => window.webContents === contents) ?? null
  }

  static fromId(id: number): StandInWindow | null {
    return StandInWindow.getAllWindows().find((window) => window.id === id) ?? null
  }

  loadURL(url: string): Promise<void> {
    this.assertAlive()
    return this.webContents.loadURL(url)
  }

  show(): void {
    this.assertAlive()
    if (!this.visible) {
      this.visible = true
      this.emit('show', createEvent())
    }
    this.focus()
  }

  hide(): void {
    this.assertAlive()
    if (!this.visible) return
    this.visible = false
    this.blur()
    this.emit('hide', createEvent())
  }

  isVisible(): boolean {
    return this.visible
  }

  focus(): void {
    this.assertAlive()
    if (this.focused || !this.visible) return
    for (const window of StandInWindow.getAllWindows()) window.blur()
    this.focused = true
    this.emit('focus', createEvent())
    app.emit('browser-window-focus', createEvent(), this)
  }

  blur(): void {
    if (!this.focused) return
    this.focused = false
    this.emit('blur', createEvent())
    app.emit('browser-window-blur', createEvent(), this)
  }

  isFocused(): boolean {
    return this.focused
  }

  minimize(): void {
    this.assertAlive()
    if (this.minimized) return
    this.minimized = true
    this.blur()
    this.emit('minimize', createEvent())
  }

  restore(): void {
    this.assertAlive()
    if (!this.minimized) return
    this.minimized = false
    this.emit('restore', createEvent())
  }

  isMinimized(): boolean {
    return this.minimized
  }

  /** Asks `close` listeners. The page's own `beforeunload` is not asked. */
  close(): void {
    if (this.destroyed) return
    const event = createEvent()
    this.emit('close', event)
    if (!event.defaultPrevented) this.destroy()
  }

  destroy(): void {
    this.webContents.destroy()
  }

  isDestroyed(): boolean {
    return this.destroyed
  }

  getBounds(): Bounds {
    return { ...this.bounds }
  }

  setBounds(bounds: Partial<Bounds>): void {
    this.assertAlive()
    this.bounds = { ...this.bounds, ...bounds }
    void this.webContents.resize(this.bounds.width, this.bounds.height)
    this.emit('resize', createEvent())
  }

  getSize(): [width: number, height: number] {
    return [this.bounds.width, this.bounds.height]
  }

  setSize(width: number, height: number): void {
    this.setBounds({ width, height })
  }

  getTitle(): string {
    return this.title
  }

  setTitle(title: string): void {
    this.title = title
  }

  setContentProtection(enabled: boolean): void {
    this.contentProtected = enabled
  }

  isContentProtected(): boolean {
    return this.contentProtected
  }

  setMenuBarVisibility(_visible: boolean): void {}

  setBackgroundColor(_color: string): void {}

  private loaded(): void {
    if (this.wasLoaded) return
    this.wasLoaded = true
    this.emit('ready-to-show', createEvent())
  }

  private gone(): void {
    this.destroyed = true
    this.visible = false
    this.focused = false
    removeWindow(this)
    this.emit('closed', createEvent())
    if (openWindows().length === 0) app.lastWindowClosed()
  }

  private assertAlive(): void {
    if (this.destroyed) throw new TypeError('Object has been destroyed')
  }
}

function checkWindowOptions(options: WindowOptions): void {
  const preferences = options.webPreferences ?? {}
  checkOptions('BrowserWindow', options, WINDOW_OPTIONS)
  checkOptions('webPreferences', preferences, WEB_PREFERENCES)
  const missing = REQUIRED_PREFERENCES.find((name) => !Object.hasOwn(preferences, name))
  if (missing) throw lacking(`window without webPreferences.${missing} spelt out`)
}

export const BrowserWindow = knownOnly('BrowserWindow', StandInWindow)
