/** Data keys of vault files, in the memory of this process alone, and overwritten when they are no longer to be used. */
import type { Clock } from '../../capabilities.ts'

/** The longest timer Node has; a key that is held for longer is looked at again. Milliseconds. */
const LONGEST_TIMER = 2 ** 31 - 1

export class VaultKeys {
  #held: { readonly vault: string; readonly key: Buffer; readonly until: number } | undefined
  #timer: NodeJS.Timeout | undefined
  #isClosed = false
  #onLocked: (() => void) | undefined
  readonly #clock: Clock

  constructor(clock: Clock = Date.now) {
    this.#clock = clock
  }

  /** When the key in hand goes, in milliseconds since the epoch: Infinity with this process; undefined without a key. */
  get until(): number | undefined {
    this.#expire()
    return this.#held?.until
  }

  /** Locked on request: not to be unlocked again by what this process has at hand. */
  get isClosed(): boolean {
    return this.#isClosed
  }

  /** Told when a key goes by `lock` or because its time is over; one listener at most. */
  whenLocked(listener: () => void): void {
    this.#onLocked = listener
  }

  /** Takes a copy of `key` in, in the place of any other. @param until milliseconds since the epoch */
  hold(vault: string, key: Buffer, until = Number.POSITIVE_INFINITY): void {
    this.#drop()
    this.#isClosed = false
    this.#held = { vault, key: Buffer.from(key), until }
    this.#watch()
  }

  /** The key of that vault file. It is the holder's own: not to be kept across a wait. */
  get(vault: string): Buffer | undefined {
    this.#expire()
    return this.#held?.vault === vault ? this.#held.key : undefined
  }

  /** Overwrites the key. Only `hold` makes this process open the file again. @returns whether there was one */
  lock(): boolean {
    const had = this.#held !== undefined
    this.#drop()
    this.#isClosed = true
    if (had) this.#onLocked?.()
    return had
  }

  #expire(): void {
    // By the clock, not by the timer alone: a computer that slept has a late timer.
    if (this.#held && this.#held.until <= this.#clock()) this.lock()
  }

  #watch(): void {
    if (!this.#held || this.#held.until === Number.POSITIVE_INFINITY) return
    const left = Math.min(Math.max(this.#held.until - this.#clock(), 0), LONGEST_TIMER)
    this.#timer = setTimeout(() => {
      this.#expire()
      this.#watch()
    }, left).unref()
  }

  #drop(): void {
    clearTimeout(this.#timer)
    this.#held?.key.fill(0)
    this.#held = undefined
  }
}
