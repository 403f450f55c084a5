/** The frames of one page and the script contexts in them, kept up to date from Chromium's events. */
import type { CdpSession, Protocol } from './cdp.ts'
import { knownOnly } from './known-only.ts'
import { fromPageUrl } from './urls.ts'

/** The world that preloads run in, by Electron's name for it. */
export const ISOLATED_WORLD = 'Electron Isolated Context'

/** What `event.senderFrame` and `webContents.mainFrame` are. */
export interface WebFrameMain {
  readonly url: string
  /** `null` as text for an opaque origin, as the web has it. */
  readonly origin: string
  readonly name: string
  readonly parent: WebFrameMain | null
  readonly top: WebFrameMain
  readonly frames: WebFrameMain[]
  readonly detached: boolean
  readonly processId: number
  readonly routingId: number
  isDestroyed(): boolean
}

interface Frame {
  readonly handle: WebFrameMain
  readonly parentId: string | undefined
  url: string
  origin: string
  name: string
}

interface Context {
  readonly frameId: string
  readonly isIsolated: boolean
}

export class FrameTree {
  private readonly frames = new Map<string, Frame>()
  private readonly contexts = new Map<number, Context>()
  private readonly mainId: string
  private lastRoutingId = 0

  /** `mainId` is the page's target id, which is its main frame's id too. */
  constructor(mainId: string, session: CdpSession) {
    this.mainId = mainId
    this.attach(mainId, undefined)
    session.on('Page.frameAttached', ({ frameId, parentFrameId }) => this.attach(frameId, parentFrameId))
    session.on('Page.frameNavigated', ({ frame }) => this.navigate(frame))
    session.on('Page.navigatedWithinDocument', ({ frameId, url }) => {
      const frame = this.frames.get(frameId)
      if (frame) frame.url = fromPageUrl(url)
    })
    session.on('Page.frameDetached', ({ frameId, reason }) => {
      if (reason === 'remove') this.frames.delete(frameId)
    })
    session.on('Runtime.executionContextCreated', ({ context }) => {
      const { frameId } = context.auxData as { frameId: string }
      this.contexts.set(context.id, { frameId, isIsolated: context.name === ISOLATED_WORLD })
    })
    session.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
      this.contexts.delete(executionContextId)
    })
    session.on('Runtime.executionContextsCleared', () => this.contexts.clear())
  }

  get main(): WebFrameMain {
    const main = this.frames.get(this.mainId)
    if (!main) throw new Error('Render frame was disposed before WebFrameMain could be accessed')
    return main.handle
  }

  byId(frameId: string): WebFrameMain | null {
    return this.frames.get(frameId)?.handle ?? null
  }

  /** The frame that a script context belongs to, null once the frame or the context has gone. */
  ofContext(contextId: number): WebFrameMain | null {
    const context = this.contexts.get(contextId)
    return context ? this.byId(context.frameId) : null
  }

  /** Where the main frame's preload lives, if the page has got that far. */
  preloadContext(): number | undefined {
    for (const [id, { frameId, isIsolated }] of this.contexts) if (isIsolated && frameId === this.mainId) return id
    return undefined
  }

  private attach(id: string, parentId: string | undefined): void {
    if (this.frames.has(id)) return
    this.frames.set(id, { handle: this.createHandle(id), parentId, url: '', origin: 'null', name: '' })
  }

  private navigate({ id, parentId, url, urlFragment, securityOrigin, name }: Protocol.Page.Frame): void {
    this.attach(id, parentId)
    const frame = this.frames.get(id)
    const origin = fromPageUrl(securityOrigin)
    const isOpaque = origin === '://' || origin === ''
    Object.assign(frame ?? {}, {
      url: fromPageUrl(url + (urlFragment ?? '')),
      origin: isOpaque ? 'null' : origin,
      name: name ?? '',
    })
  }

  private createHandle(id: string): WebFrameMain {
    const tree = this
    const routingId = ++this.lastRoutingId
    const own = () => {
      const frame = tree.frames.get(id)
      if (!frame) throw new Error('Render frame was disposed before WebFrameMain could be accessed')
      return frame
    }
    return knownOnly('WebFrameMain', {
      processId: 1,
      routingId,
      get url() {
        return own().url
      },
      get origin() {
        return own().origin
      },
      get name() {
        return own().name
      },
      get parent(): WebFrameMain | null {
        const { parentId } = own()
        return parentId === undefined ? null : tree.byId(parentId)
      },
      get top(): WebFrameMain {
        return tree.main
      },
      get frames(): WebFrameMain[] {
        return [...tree.frames.values()].filter((frame) => frame.parentId === id).map((frame) => frame.handle)
      },
      get detached() {
        return !tree.frames.has(id)
      },
      isDestroyed: () => !tree.frames.has(id),
    })
  }
}
