/** One page of Chromium, standing for the renderer process of a window. */
import type { CdpSession, Protocol } from './cdp.ts'
import { FrameTree, type WebFrameMain } from './frames.ts'
import { nativeTheme } from './native-theme.ts'
import { installPreload, type MainMessage, type PageMessage, tellPage } from './preload-host.ts'
import { records } from './records.ts'
import { interceptRequests, type Navigation } from './request-interceptor.ts'
import { connection } from './runtime.ts'

/** What a page needs to know, and whom it tells. */
export interface RendererOptions {
  readonly webContentsId: number
  readonly preload: string | undefined
  readonly width: number
  readonly height: number
  allowNavigation(navigation: Navigation): boolean
  onMessage(message: PageMessage, sender: WebFrameMain | null, answer: (message: MainMessage) => void): void
  onNavigated(isWithinDocument: boolean): void
  onDomReady(): void
  onLoaded(): void
  onConsole(type: Protocol.Runtime.consoleAPICalledPayload['type'], text: string): void
  onCrashed(): void
  onGone(): void
}

const live = new Map<string, Renderer>()
nativeTheme.on('updated', () => {
  for (const renderer of live.values()) renderer.applyTheme()
})

export class Renderer {
  /** Chromium's id for the page, and for its main frame. */
  readonly targetId: string
  readonly frames: FrameTree
  private readonly session: CdpSession
  private readonly options: RendererOptions
  /** Parts of the heap snapshot that is being taken. */
  private readonly snapshot: string[] = []

  private constructor(targetId: string, session: CdpSession, options: RendererOptions) {
    this.targetId = targetId
    this.session = session
    this.options = options
    this.frames = new FrameTree(targetId, session)
  }

  /** Makes a page that is ready to navigate. */
  static async create(options: RendererOptions): Promise<Renderer> {
    const { browser, session } = await watchTargets()
    const { width, height } = options
    const blank = { url: 'about:blank', width, height, newWindow: true }
    const { targetId } = await browser.send('Target.createTarget', blank)
    const { sessionId } = await browser.send('Target.attachToTarget', { targetId, flatten: true })
    const renderer = new Renderer(targetId, session(sessionId), options)
    live.set(targetId, renderer)
    await renderer.prepare()
    return renderer
  }

  private async prepare(): Promise<void> {
    const { session, options } = this
    this.listen()
    await Promise.all([
      session.send('Page.enable'),
      session.send('Runtime.enable'),
      interceptRequests(session, options.webContentsId, options.allowNavigation),
      installPreload(session, this.frames, options.preload, options.onMessage),
      this.resize(options.width, options.height),
      this.applyTheme(),
    ])
  }

  private listen(): void {
    const { session, options, targetId } = this
    session.on('Page.frameNavigated', ({ frame }) => {
      if (!frame.parentId) options.onNavigated(false)
    })
    session.on('Page.navigatedWithinDocument', ({ frameId }) => {
      if (frameId === targetId) options.onNavigated(true)
    })
    session.on('Page.domContentEventFired', () => {
      if (this.hasDocument()) options.onDomReady()
    })
    session.on('Page.loadEventFired', () => {
      if (this.hasDocument()) options.onLoaded()
    })
    session.on('Page.windowOpen', ({ url, windowName, windowFeatures }) => {
      const features = windowFeatures.join(',')
      options.onMessage({ kind: 'open-window', url, frameName: windowName, features }, this.frames.main, () => {})
    })
    session.on('Runtime.consoleAPICalled', ({ type, args }) => {
      options.onConsole(type, args.map((argument) => String(argument.value ?? argument.description ?? '')).join(' '))
    })
    session.on('Inspector.targetCrashed', () => options.onCrashed())
    session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => this.snapshot.push(chunk))
  }

  /** False while the page is still the blank one that it began with. */
  private hasDocument(): boolean {
    return !['', 'about:blank'].includes(this.frames.main.url)
  }

  /** Resolves with Chromium's error, such as `net::ERR_ABORTED`, once the navigation is decided. */
  async navigate(url: string): Promise<string | undefined> {
    const { errorText } = await this.session.send('Page.navigate', { url })
    return errorText
  }

  async reload(): Promise<void> {
    await this.session.attempt('Page.reload')
  }

  /** In CSS pixels, without any window frame. */
  async resize(width: number, height: number): Promise<void> {
    const metrics = { width, height, deviceScaleFactor: 1, mobile: false }
    await this.session.attempt('Emulation.setDeviceMetricsOverride', metrics)
  }

  async applyTheme(): Promise<void> {
    const value = nativeTheme.shouldUseDarkColors ? 'dark' : 'light'
    await this.session.attempt('Emulation.setEmulatedMedia', { features: [{ name: 'prefers-color-scheme', value }] })
  }

  /** V8's JSON. */
  async takeHeapSnapshot(): Promise<string> {
    await this.session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
    return this.snapshot.splice(0).join('')
  }

  tell(message: MainMessage): void {
    tellPage(this.session, this.frames, message)
  }

  async close(): Promise<void> {
    const { browser } = await connection()
    await browser.attempt('Target.closeTarget', { targetId: this.targetId })
  }

  /** For `watchTargets` alone. */
  gone(): void {
    live.delete(this.targetId)
    this.options.onGone()
  }
}

let watched: ReturnType<typeof startWatching> | undefined

/** The browser, watched for pages that go and for pages that should not be there. */
function watchTargets() {
  watched ??= startWatching()
  return watched
}

async function startWatching() {
  const chromium = await connection()
  const { browser } = chromium
  browser.on('Target.targetDestroyed', ({ targetId }) => live.get(targetId)?.gone())
  browser.on('Target.targetCreated', ({ targetInfo: { targetId, openerId, url } }) => {
    // A window that a page got past main-world.js: the app was asked, and the stand-in has no child windows.
    if (!openerId || !live.has(openerId)) return
    const closed = browser.attempt('Target.closeTarget', { targetId })
    void closed.then(() => records.closedWindows.push(url))
  })
  await browser.send('Target.setDiscoverTargets', { discover: true })
  return { browser, session: (id: string) => chromium.session(id) }
}
