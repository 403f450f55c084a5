/** Electron's `webContents`: what a window shows, where it may go, and what it says to main. */
import { writeFile } from 'node:fs/promises'
import { app } from './app.ts'
import type { WebFrameMain } from './frames.ts'
import { logIpc } from './ipc-log.ts'
import { createIpcEvent, ipcMain } from './ipc-main.ts'
import { createEvent, KnownEmitter, knownOnly, lacking } from './known-only.ts'
import { codec, type MainMessage, type PageMessage } from './preload-host.ts'
import { privilegedSchemes } from './protocol.ts'
import { Renderer } from './renderer.ts'
import type { Navigation } from './request-interceptor.ts'
import { defaultSession } from './session.ts'
import { fromPageUrl, toPageUrl, toRequestedUrl, withoutFragment } from './urls.ts'

const EVENTS = [
  'will-navigate',
  'will-frame-navigate',
  'will-redirect',
  'did-navigate',
  'did-navigate-in-page',
  'dom-ready',
  'did-finish-load',
  'did-fail-load',
  'render-process-gone',
  'preload-error',
  'console-message',
  'destroyed',
  // Never emitted here: Chromium has no <webview>.
  'will-attach-webview',
]

const CONSOLE_LEVELS: Readonly<Record<string, string>> = { error: 'error', warning: 'warning', debug: 'debug' }

/** The window that shows it. */
export interface Owner {
  close(): void
  onLoaded(): void
  onGone(): void
}

interface OpenDetails {
  readonly url: string
  readonly frameName: string
  readonly features: string
  readonly disposition: string
}

const all = new Map<number, WebContents>()
let lastId = 0

export class WebContents extends KnownEmitter {
  readonly id = ++lastId
  readonly session = defaultSession
  private readonly owner: Owner
  private readonly ready: Promise<Renderer>
  private renderer: Renderer | undefined
  private openHandler: (details: OpenDetails) => { action: string } = () => ({ action: 'allow' })
  /** Where loadURL is going: not a navigation that the page asks for. */
  private loading: string | undefined
  private destroyed = false

  constructor(owner: Owner, page: { preload: string | undefined; width: number; height: number }) {
    super('webContents', EVENTS)
    this.owner = owner
    all.set(this.id, this)
    this.ready = this.createRenderer(page)
    this.ready.catch((error: unknown) => {
      if (!this.destroyed) process.stderr.write(`The Electron stand-in could not open a window: ${String(error)}\n`)
    })
  }

  private async createRenderer(page: {
    preload: string | undefined
    width: number
    height: number
  }): Promise<Renderer> {
    this.renderer = await Renderer.create({
      ...page,
      webContentsId: this.id,
      allowNavigation: (navigation) => this.allowNavigation(navigation),
      onMessage: (message, sender, answer) => this.receive(message, sender, answer),
      onNavigated: (isWithinDocument) =>
        isWithinDocument
          ? this.emit('did-navigate-in-page', createEvent(), this.getURL(), true)
          : this.emit('did-navigate', createEvent(), this.getURL(), 200, 'OK'),
      onDomReady: () => this.emit('dom-ready', createEvent()),
      onLoaded: () => {
        this.emit('did-finish-load', createEvent())
        owner.onLoaded()
      },
      onConsole: (type, message) => {
        this.emit('console-message', createEvent({ message, level: CONSOLE_LEVELS[type] ?? 'info' }))
      },
      onCrashed: () => {
        const details = { reason: 'crashed', exitCode: 1 }
        this.emit('render-process-gone', createEvent(), details)
        app.emit('render-process-gone', createEvent(), this, details)
      },
      onGone: () => this.markDestroyed(),
    })
    const { owner } = this
    if (this.destroyed) await this.renderer.close()
    await defaultSession.applyPermissions(this, this.getURL())
    return this.renderer
  }

  getURL(): string {
    return this.renderer?.frames.main.url ?? ''
  }

  get mainFrame(): WebFrameMain {
    if (!this.renderer) throw new Error('The Electron stand-in has no mainFrame before the page has begun to load')
    return this.renderer.frames.main
  }

  isDestroyed(): boolean {
    return this.destroyed
  }

  /** Sends to the page that is there; before it has loaded, nobody hears it. */
  send(channel: string, ...values: unknown[]): void {
    this.assertAlive()
    logIpc('event', channel, values)
    this.renderer?.tell({ kind: 'event', channel, values: codec.encode(values) })
  }

  setWindowOpenHandler(handler: (details: OpenDetails) => { action: string }): void {
    this.openHandler = handler
  }

  /** Resolves when the page has loaded. @throws such as `ERR_ABORTED loading 'app://bundle/'` */
  async loadURL(url: string): Promise<void> {
    this.assertAlive()
    const renderer = await this.ready
    const ended = new Promise<boolean>((resolve) => {
      this.once('did-finish-load', () => resolve(true))
      this.once('destroyed', () => resolve(false))
    })
    this.loading = toRequestedUrl(url, privilegedSchemes)
    const errorText = await renderer.navigate(toPageUrl(url, privilegedSchemes)).catch(() => 'net::ERR_FAILED')
    this.loading = undefined
    const failure = errorText ?? ((await ended) ? undefined : 'net::ERR_FAILED')
    if (failure === undefined) return
    const name = failure.replace('net::', '')
    if (!this.destroyed) this.emit('did-fail-load', createEvent(), -2, name, url, true)
    throw new Error(`${name} loading '${url}'`)
  }

  reload(): void {
    void this.renderer?.reload()
  }

  /** Writes it into that file. */
  async takeHeapSnapshot(filePath: string): Promise<void> {
    this.assertAlive()
    await writeFile(filePath, await (await this.ready).takeHeapSnapshot())
  }

  /** As the window's own close. */
  close(_options?: { waitForBeforeUnload?: boolean }): void {
    this.owner.close()
  }

  /** For BrowserWindow alone. */
  async resize(width: number, height: number): Promise<void> {
    await (await this.ready).resize(width, height)
  }

  /** For BrowserWindow alone. */
  destroy(): void {
    if (this.destroyed) return
    void this.renderer?.close()
    this.markDestroyed()
  }

  /** For `fromDevToolsTargetId` alone. */
  get targetId(): string | undefined {
    return this.renderer?.targetId
  }

  private markDestroyed(): void {
    if (this.destroyed) return
    this.destroyed = true
    all.delete(this.id)
    this.emit('destroyed', createEvent())
    this.owner.onGone()
  }

  private assertAlive(): void {
    if (this.destroyed) throw new TypeError('Object has been destroyed')
  }

  private allowNavigation({ url, frameId, isRedirect }: Navigation): boolean {
    const isMainFrame = frameId === this.renderer?.targetId
    // Chromium doesn't say who asks. Loading the page that is there again counts as main's doing.
    if (isMainFrame && (url === this.loading || url === withoutFragment(this.getURL()))) return true
    const frame = this.renderer?.frames.byId(frameId) ?? null
    const event = createEvent({ url, isMainFrame, isSameDocument: false, frame, initiator: frame })
    if (isRedirect) this.emit('will-redirect', event, url, false, isMainFrame)
    else this.emit('will-frame-navigate', event)
    if (isMainFrame && !isRedirect && !event.defaultPrevented) this.emit('will-navigate', event, url)
    return !event.defaultPrevented
  }

  private receive(message: PageMessage, sender: WebFrameMain | null, answer: (message: MainMessage) => void): void {
    switch (message.kind) {
      case 'invoke':
        void this.answerInvocation(message, sender).then(answer)
        return
      case 'send':
        this.hear(message.channel, sender, codec.decode(message.values) as unknown[])
        return
      case 'open-window': {
        const { frameName, features } = message
        const details = { url: fromPageUrl(message.url), frameName, features, disposition: 'foreground-tab' }
        if (this.openHandler(details).action !== 'deny') throw lacking('child windows')
        return
      }
      case 'preload-error': {
        const error = Object.assign(new Error(message.message), { stack: message.stack })
        process.stderr.write(`Unable to load preload script: ${message.stack}\n`)
        this.emit('preload-error', createEvent(), '', error)
      }
    }
  }

  private hear(channel: string, sender: WebFrameMain | null, values: unknown[]): void {
    logIpc('request', channel, values)
    ipcMain.emit(channel, createIpcEvent(this, sender), ...values)
  }

  private async answerInvocation(
    { id, channel, values }: PageMessage & { kind: 'invoke' },
    sender: WebFrameMain | null,
  ): Promise<MainMessage> {
    try {
      const event = createIpcEvent(this, sender)
      const value = await ipcMain.callHandler(channel, event, codec.decode(values) as unknown[])
      return { kind: 'reply', id, value: codec.encode(value) }
    } catch (error) {
      process.stderr.write(`Error occurred in handler for '${channel}': ${String(error)}\n`)
      return { kind: 'reply', id, failure: `Error invoking remote method '${channel}': ${String(error)}` }
    }
  }
}

export const webContents = knownOnly('webContents', {
  getAllWebContents: (): WebContents[] => [...all.values()],
  fromId: (id: number): WebContents | undefined => all.get(id),
  fromDevToolsTargetId: (targetId: string): WebContents | undefined =>
    [...all.values()].find((contents) => contents.targetId === targetId),
})
