/** Requests to a service that turns some away: few at once, at a bearable rate, and again while it may help. */
import { isHallpassError } from '#shared/errors.ts'
import { isTransientError } from '../aws/explain.ts'
import { createPace, Gate, type PaceParts } from './pace.ts'
import { waitOrStop } from './wait.ts'

export interface SteadyParts extends PaceParts {
  /** Requests under way at most. */
  readonly concurrency: number
  /** From 0 to 1, for the jitter. */
  readonly random: () => number
  readonly signal: AbortSignal
}

export interface SteadyRequests {
  /** @throws what the last try throws, at once what will not pass, and `cancelled` */
  send<T>(request: () => Promise<T>): Promise<T>
  /** How many were made, and how many of them were turned away for there being too many. */
  counts(): { readonly requests: number; readonly throttled: number }
}

const ATTEMPTS = 10
/** Milliseconds before the first and the latest of the tries after a failure; jitter takes up to half away. */
const SHORTEST_PAUSE = 200
const LONGEST_PAUSE = 10_000

export function createSteadyRequests(parts: SteadyParts): SteadyRequests {
  const { wait, random, signal } = parts
  const pace = createPace(parts)
  const gate = new Gate(parts.concurrency)
  let requests = 0
  let throttled = 0

  async function once<T>(request: () => Promise<T>): Promise<T> {
    await pace.turn(signal)
    requests++
    try {
      const result = await request()
      pace.speedUp()
      return result
    } catch (error) {
      if (isHallpassError(error, 'sso.throttled')) {
        throttled++
        pace.slowDown()
      }
      throw error
    }
  }

  return {
    async send(request) {
      for (let attempt = 1; ; attempt++) {
        try {
          return await gate.run(() => once(request))
        } catch (error) {
          if (attempt === ATTEMPTS || !isTransientError(error)) throw error
          const pause = Math.min(LONGEST_PAUSE, SHORTEST_PAUSE * 2 ** (attempt - 1))
          await waitOrStop(wait, pause * (0.5 + random() / 2), signal)
        }
      }
    },
    counts: () => ({ requests, throttled }),
  }
}
