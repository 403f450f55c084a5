/**
 * The single place where IPC is registered. Each call is answered only for the main frame of a window of the app,
 * its request must match the contract, and failures leave as coded reports. Raw ipcMain elsewhere is a lint error.
 */
import { randomUUID } from 'node:crypto'
import { BrowserWindow, ipcMain } from 'electron'
import type { z } from 'zod'
import type { Log } from '#core/capabilities.ts'
import { type Gate, lockedError } from '#core/lock/gate.ts'
import { HallpassError } from '#shared/errors.ts'
import {
  CALLS_WHILE_LOCKED,
  EVENTS_WHILE_LOCKED,
  IPC_CALLS,
  IPC_EVENTS,
  type IpcChannel,
  type IpcEnvelope,
  type IpcEvent,
  type IpcEventPayload,
  type IpcReply,
} from '#shared/ipc.ts'
import { isTrustedSender } from './app-url.ts'

type Parsed<C extends IpcChannel> = z.output<(typeof IPC_CALLS)[C]['request']>

/** One handler per channel: the compiler sees to it that none is missing. */
export type IpcHandlers = { readonly [C in IpcChannel]: (request: Parsed<C>) => IpcReply<C> | Promise<IpcReply<C>> }

/** The lock of the app, for what is told unasked as well. Open until there is one. */
let gate: Gate = { isClosed: false }

/** Registers every handler of the contract. While `lock` is closed, only CALLS_WHILE_LOCKED are answered. Call once. */
export function registerIpc(handlers: IpcHandlers, log: Log, lock: Gate): void {
  gate = lock
  for (const channel of Object.keys(IPC_CALLS) as IpcChannel[]) registerCall(channel, handlers, log)
}

function registerCall<C extends IpcChannel>(channel: C, handlers: IpcHandlers, log: Log): void {
  ipcMain.handle(channel, async (event, request: unknown): Promise<IpcEnvelope<IpcReply<C>>> => {
    if (!isTrustedSender(event.senderFrame, BrowserWindow.fromWebContents(event.sender) !== null)) {
      log.warn('IPC from an untrusted sender refused', { channel, frame: event.senderFrame?.url })
      return failure(new HallpassError('input.invalid', 'This page may not talk to Hallpass.'))
    }
    // Before anything is looked at; an answer that was on its way is held back by the handlers (gate-handlers.ts).
    if (gate.isClosed && !CALLS_WHILE_LOCKED.includes(channel)) return failure(lockedError())
    const parsed = IPC_CALLS[channel].request.safeParse(request)
    if (!parsed.success) return failure(new HallpassError('input.invalid', firstIssue(parsed.error)))
    try {
      return { ok: true, value: await handlers[channel](parsed.data as Parsed<C>) }
    } catch (error) {
      return failure(toKnownError(error, channel, log))
    }
  })
}

/** Tells every window; while the app is locked, only of EVENTS_WHILE_LOCKED. */
export function broadcast<E extends IpcEvent>(event: E, payload: IpcEventPayload<E>): void {
  if (gate.isClosed && !EVENTS_WHILE_LOCKED.includes(event)) return
  const checked = IPC_EVENTS[event].parse(payload)
  for (const window of BrowserWindow.getAllWindows()) window.webContents.send(event, checked)
}

/** Any failure as one that may be shown; what nobody foresaw is logged under an id. */
export function toKnownError(error: unknown, channel: string, log: Log): HallpassError {
  if (error instanceof HallpassError) return error
  const id = randomUUID().slice(0, 8)
  log.error('unexpected failure', { id, channel, error: error instanceof Error ? error.stack : String(error) })
  return new HallpassError('internal', `Something unexpected went wrong (${id}).`, {
    hint: `The log has the details under ${id}.`,
  })
}

function failure(error: HallpassError): { ok: false; error: ReturnType<HallpassError['toReport']> } {
  return { ok: false, error: error.toReport() }
}

function firstIssue(error: z.ZodError): string {
  const [issue] = error.issues
  const field = issue?.path.join('.') ?? ''
  return field ? `${field}: ${issue?.message}` : (issue?.message ?? 'The request is not valid.')
}
