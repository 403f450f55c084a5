/**
 * The handlers behind the lock, whoever calls them: the page, the tray or a notification. While it is closed only
 * CALLS_WHILE_LOCKED do anything, and what was under way when it closed gives no answer.
 */
import { type Gate, passing } from '#core/lock/gate.ts'
import { CALLS_WHILE_LOCKED, type IpcChannel } from '#shared/ipc.ts'
import type { IpcHandlers } from './ipc.ts'

export function gateHandlers(handlers: IpcHandlers, gate: Gate): IpcHandlers {
  const gated = Object.entries(handlers).map(([channel, handler]) => {
    const isAlwaysThere = CALLS_WHILE_LOCKED.includes(channel as IpcChannel)
    const behindGate = (request: never): unknown => passing(gate, () => (handler as (given: never) => unknown)(request))
    return [channel, isAlwaysThere ? handler : behindGate]
  })
  return Object.fromEntries(gated) as IpcHandlers
}
