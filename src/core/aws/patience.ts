/** Waiting until everything in AWS knows what was made or changed a moment ago. */
import { setTimeout as pause } from 'node:timers/promises'
import { type ErrorCode, isHallpassError } from '#shared/errors.ts'

/** Waits, in milliseconds. */
export type Wait = (ms: number) => Promise<unknown>

/** Seconds as a rule, rarely more than a minute (facts F.2, F.3). */
const PROPAGATION_MS = [500, 1000, 1500, 2000, 3000, 4000, 5000, 5000, 8000, 10_000, 10_000, 15_000]

/**
 * Does it again and again, with longer and longer waits, while it fails with one of those codes.
 * @param waits in milliseconds, one before each try but the first
 * @throws what the last try throws, and at once whatever has another code
 */
export async function patiently<T>(
  work: () => Promise<T>,
  codes: readonly ErrorCode[],
  { wait = pause, waits = PROPAGATION_MS }: { wait?: Wait | undefined; waits?: readonly number[] } = {},
): Promise<T> {
  for (const ms of waits) {
    try {
      return await work()
    } catch (error) {
      if (!codes.some((code) => isHallpassError(error, code))) throw error
      await wait(ms)
    }
  }
  return work()
}
