/**
 * Every message between the page and main, one JSON line each, when `ELECTRON_STAND_IN_IPC_LOG` names a file: for a test
 * that searches them for what must not cross.
 */
import { appendFileSync } from 'node:fs'

export interface IpcLogLine {
  readonly kind: 'request' | 'reply' | 'event'
  readonly channel: string
  readonly values: unknown
}

const file = process.env.ELECTRON_STAND_IN_IPC_LOG

export function logIpc(kind: IpcLogLine['kind'], channel: string, values: unknown): void {
  if (file === undefined) return
  appendFileSync(file, `${JSON.stringify({ kind, channel, values } satisfies IpcLogLine)}\n`, { mode: 0o600 })
}
