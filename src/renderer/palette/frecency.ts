/** What is used often and lately comes first. */
import type { Use } from '#shared/habits.ts'

const HALF_LIFE_MS = 7 * 24 * 3_600_000
/** From here on, more uses make no difference. */
const MANY = 32

/** From 0, never used, to 1, used all the time and just now. Half of it is gone a week after the last use. */
export function frecency({ uses, lastUsedAt }: Use, now: number): number {
  if (uses === 0) return 0
  const often = Math.log2(1 + Math.min(uses, MANY)) / Math.log2(1 + MANY)
  // A clock that was put back makes nothing newer than new.
  return often * 0.5 ** (Math.max(0, now - lastUsedAt) / HALF_LIFE_MS)
}
