/** Waiting that a person can end. */
import { setTimeout as pause } from 'node:timers/promises'
import { HallpassError } from '#shared/errors.ts'

/** Waits so many milliseconds; rejects at once when the signal is aborted. */
export type AbortableWait = (ms: number, signal?: AbortSignal) => Promise<unknown>

export const realWait: AbortableWait = (ms, signal) => pause(ms, undefined, signal ? { signal } : {})

/** What everything that a signal ended fails with. */
export function cancelled(): HallpassError {
  return new HallpassError('cancelled', 'Cancelled.')
}

/** @throws `cancelled` */
export function stopIfAborted(signal: AbortSignal | undefined): void {
  if (signal?.aborted) throw cancelled()
}

/** @throws `cancelled` as soon as the signal is aborted */
export async function waitOrStop(wait: AbortableWait, ms: number, signal: AbortSignal | undefined): Promise<void> {
  stopIfAborted(signal)
  try {
    await wait(ms, signal)
  } catch (error) {
    stopIfAborted(signal)
    throw error
  }
  stopIfAborted(signal)
}
