/** Long walks over the log in slices, so that a window's process answers between them. */
import { setImmediate } from 'node:timers/promises'
import type { LogFile, Row } from './log-file.ts'

/** Rows of one slice: a few milliseconds. */
const ROWS = 500

/** Lets everything else run. */
export function pause(): Promise<void> {
  return setImmediate()
}

/** To be awaited at each step of a long walk: pauses at the end of each slice. */
export function slicePauses(): () => Promise<void> | undefined {
  let steps = 0
  return () => {
    steps += 1
    return steps % ROWS === 0 ? pause() : undefined
  }
}

/** Rows between two entries, newest first, neither of them included. Others may append meanwhile. */
export async function* rowsBetween(log: LogFile, after: number, before: number): AsyncGenerator<Row> {
  for (let top = before; ; ) {
    const rows = log.newest('seq > ? AND seq < ?', [after, top], ROWS)
    yield* rows
    const last = rows.at(-1)
    if (last === undefined || rows.length < ROWS) return
    top = last.seq
    await pause()
  }
}
