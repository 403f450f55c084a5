/** Chromium's DevTools protocol over a pipe: messages are JSON, each ended by a NUL character. */
import type { Readable, Writable } from 'node:stream'
import type { Protocol } from '../../node_modules/playwright-core/types/protocol.d.ts'

export type { Protocol }

type Commands = Protocol.CommandParameters
type Results = Protocol.CommandReturnValues
type Events = Protocol.Events
type Listener = (params: never) => void

interface Message {
  id?: number
  sessionId?: string
  method?: string
  params?: unknown
  result?: unknown
  error?: { message: string }
}

interface Pending {
  method: string
  resolve(result: never): void
  reject(error: Error): void
}

/** One end of the pipe. Everything that is pending is rejected when Chromium goes away. */
export class CdpConnection {
  /** The browser itself. */
  readonly browser: CdpSession
  private readonly toChromium: Writable
  private readonly pending = new Map<number, Pending>()
  private readonly sessions = new Map<string, CdpSession>()
  private lastId = 0
  private closed = false
  private unread = ''

  constructor(toChromium: Writable, fromChromium: Readable) {
    this.toChromium = toChromium
    this.browser = this.session('')
    fromChromium.setEncoding('utf8')
    fromChromium.on('data', (chunk: string) => this.read(chunk))
    fromChromium.on('close', () => this.rejectPending())
    // Chromium may go at any moment; the close of the other direction says so.
    toChromium.on('error', () => {})
    fromChromium.on('error', () => {})
  }

  /** The session with this id, such as `Target.attachToTarget` gives with `flatten`. */
  session(id: string): CdpSession {
    const known = this.sessions.get(id)
    if (known) return known
    const session = new CdpSession((method, params) => this.send(id, method, params))
    this.sessions.set(id, session)
    return session
  }

  private send(sessionId: string, method: string, params: object): Promise<never> {
    if (this.closed) return Promise.reject(new Error(`${method}: Chromium is gone`))
    const id = ++this.lastId
    this.toChromium.write(`${JSON.stringify({ id, method, params, ...(sessionId && { sessionId }) })}\0`)
    return new Promise((resolve, reject) => this.pending.set(id, { method, resolve, reject }))
  }

  private read(chunk: string): void {
    const messages = (this.unread + chunk).split('\0')
    this.unread = messages.pop() ?? ''
    for (const message of messages) this.receive(JSON.parse(message) as Message)
  }

  private receive({ id, sessionId, method, params, result, error }: Message): void {
    if (id === undefined) {
      if (method) this.sessions.get(sessionId ?? '')?.emit(method, params)
      return
    }
    const pending = this.pending.get(id)
    this.pending.delete(id)
    if (error) pending?.reject(new Error(`${pending.method}: ${error.message}`))
    else pending?.resolve(result as never)
  }

  private rejectPending(): void {
    this.closed = true
    for (const { method, reject } of this.pending.values()) reject(new Error(`${method}: Chromium is gone`))
    this.pending.clear()
  }
}

/** Commands to and events from one target. */
export class CdpSession {
  private readonly transport: (method: string, params: object) => Promise<never>
  private readonly listeners = new Map<string, Listener[]>()

  constructor(transport: (method: string, params: object) => Promise<never>) {
    this.transport = transport
  }

  /** @throws with the command's name and Chromium's message */
  send<C extends keyof Commands>(method: C, params: Commands[C] = {} as Commands[C]): Promise<Results[C]> {
    return this.transport(method, params as object)
  }

  /** For commands whose failure means that their target has gone, which is then somebody else's news. */
  async attempt<C extends keyof Commands>(method: C, params: Commands[C] = {} as Commands[C]): Promise<void> {
    await this.send(method, params).catch(() => {})
  }

  on<E extends keyof Events & string>(event: E, listener: (params: Events[E]) => void): void {
    const listeners = this.listeners.get(event) ?? []
    this.listeners.set(event, [...listeners, listener as Listener])
  }

  emit(event: string, params: unknown): void {
    for (const listener of this.listeners.get(event) ?? []) listener(params as never)
  }
}
