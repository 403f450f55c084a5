/** Whether the portal has time for a call: its rate limit, and refusals on request. */
import { Refusal } from '../refusal.ts'
import type { IdentityCenterSettings } from './settings.ts'

export const tooManyRequests = () => new Refusal(429, 'TooManyRequestsException', 'HTTP 429 Unknown Code')
export const serverError = () => new Refusal(500, 'InternalServerException', 'An internal error has occurred.')

/** A bucket that fills at a rate and holds one second's worth, at least one call. */
export class TokenBucket {
  #level = 0
  #rate: number | null = null
  #filledAt = 0

  /** @param rate calls a second; null: no limit. A new rate begins with a full bucket. */
  take(rate: number | null, nowMs: number): boolean {
    if (rate === null) {
      this.#rate = null
      return true
    }
    const size = Math.max(1, rate)
    const gained = (Math.max(0, nowMs - this.#filledAt) / 1000) * rate
    this.#level = rate === this.#rate ? Math.min(size, this.#level + gained) : size
    this.#rate = rate
    this.#filledAt = nowMs
    if (this.#level < 1) return false
    this.#level -= 1
    return true
  }
}

export class PortalLoad {
  readonly #bucket = new TokenBucket()
  #random = seededRandom(1)

  /** Draws begin anew. */
  reseed(seed: number): void {
    this.#random = seededRandom(seed)
  }

  /** @throws Refusal 429 or 500 */
  refuseIfBusy({ callsPerSecond, tooManyPercent, failPercent }: IdentityCenterSettings, nowMs: number): void {
    if (!this.#bucket.take(callsPerSecond, nowMs)) throw tooManyRequests()
    // One draw a call, so that what is hit depends on the seed and on how many calls came before, on nothing else.
    const drawn = this.#random() * 100
    if (drawn < tooManyPercent) throw tooManyRequests()
    if (drawn < tooManyPercent + failPercent) throw serverError()
  }
}

/** Mulberry32: from 0 up to 1, the same sequence for the same seed. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
