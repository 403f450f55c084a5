/** Electron's `ipcMain`: channels are the app's own names, so any event may be listened for. */
import { EventEmitter } from 'node:events'
import type { WebFrameMain } from './frames.ts'
import { logIpc } from './ipc-log.ts'
import { createEvent, knownOnly } from './known-only.ts'

/** What handlers and listeners get first. */
export interface IpcEvent {
  readonly type: 'frame'
  /** The WebContents. */
  readonly sender: object
  /** The frame that really called; null when it has gone meanwhile. */
  readonly senderFrame: WebFrameMain | null
  readonly processId: number
  readonly frameId: number
}

type Handler = (event: IpcEvent, ...values: unknown[]) => unknown

class IpcMain extends EventEmitter {
  private readonly handlers = new Map<string, Handler>()

  handle(channel: string, handler: Handler): void {
    if (this.handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`)
    if (typeof handler !== 'function')
      throw new TypeError(`Expected handler to be a function, but found type '${typeof handler}'`)
    this.handlers.set(channel, handler)
  }

  handleOnce(channel: string, handler: Handler): void {
    this.handle(channel, (event, ...values) => {
      this.removeHandler(channel)
      return handler(event, ...values)
    })
  }

  removeHandler(channel: string): void {
    this.handlers.delete(channel)
  }

  /** For this folder alone: what `ipcRenderer.invoke` asks for. */
  async callHandler(channel: string, event: IpcEvent, values: unknown[]): Promise<unknown> {
    const handler = this.handlers.get(channel)
    if (!handler) throw new Error(`No handler registered for '${channel}'`)
    logIpc('request', channel, values)
    const value = await handler(event, ...values)
    logIpc('reply', channel, value)
    return value
  }
}

export const ipcMain = knownOnly('ipcMain', new IpcMain())

/** The event for a message of `sender`. */
export function createIpcEvent(sender: object, senderFrame: WebFrameMain | null): IpcEvent {
  const { processId = 1, routingId: frameId = 0 } = senderFrame ?? {}
  return knownOnly('IpcMainEvent', createEvent({ type: 'frame' as const, sender, senderFrame, processId, frameId }))
}
