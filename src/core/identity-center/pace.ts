/**
 * How fast to ask a service that does not say how fast it may be asked: additive increase, multiplicative decrease, as
 * TCP does it, below a ceiling that is known to be borne (facts E.4: about 20 requests a second).
 */
import type { Clock } from '../capabilities.ts'
import { type AbortableWait, waitOrStop } from './wait.ts'

export interface PaceParts {
  readonly clock: Clock
  readonly wait: AbortableWait
  /** Requests a second, to begin with and at most. */
  readonly ceiling: number
}

export interface Pace {
  /** Waits for the next turn. @throws `cancelled` */
  turn(signal: AbortSignal | undefined): Promise<void>
  /** An answer came: a little faster again. */
  speedUp(): void
  /** A request was turned away for there being too many. */
  slowDown(): void
  /** Requests a second, now. */
  rate(): number
}

const LOWEST_RATE = 0.5
/** Gentle, since every request turned away counts, and some are by chance. */
const DECREASE = 0.95
/** Requests a second, for each answer. */
const INCREASE = 0.1

export function createPace({ clock, wait, ceiling }: PaceParts): Pace {
  let rate = ceiling
  let nextTurn = clock()
  return {
    async turn(signal) {
      const now = clock()
      // Turns that nobody took are not made up for: that would be a burst.
      const turn = Math.max(now, nextTurn)
      nextTurn = turn + 1000 / rate
      await waitOrStop(wait, turn - now, signal)
    },
    speedUp() {
      rate = Math.min(ceiling, rate + INCREASE)
    },
    slowDown() {
      rate = Math.max(LOWEST_RATE, rate * DECREASE)
    },
    rate: () => rate,
  }
}

/** At most so many at once, in the order asked. */
export class Gate {
  #free: number
  readonly #waiting: (() => void)[] = []

  constructor(places: number) {
    this.#free = places
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#free > 0) this.#free--
    else await new Promise<void>((enter) => this.#waiting.push(enter))
    try {
      return await work()
    } finally {
      // A place is handed on, so that nobody overtakes who waits.
      const next = this.#waiting.shift()
      if (next) next()
      else this.#free++
    }
  }
}
