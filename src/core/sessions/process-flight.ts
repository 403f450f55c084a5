/**
 * Single flight between processes without an agent: one of them asks AWS, and its person, while the others watch the
 * store for what comes of it.
 *
 * - The leader is whoever holds a lock that the kernel drops when its holder dies: then another one leads.
 * - What is waited for is looked for while waiting, so that a hundred waiters are done at once and not in a queue.
 * - A failure is everybody's who had asked before it came: a prompt declined once is not shown to each of them.
 */
import { HallpassError } from '#shared/errors.ts'
import type { Clock } from '../capabilities.ts'
import { type HeldLock, pauseBeforeRetry, shortName, type TryLock } from '../process-lock.ts'
import type { Store } from '../store/types.ts'
import type { Failures } from './failures.ts'
import { Queue } from './single-flight.ts'

/** Longer than a person takes for a code, however far away the device. Milliseconds. */
const LONGEST_WAIT = 15 * 60_000
/** A look costs a few microseconds, and a second saved is a second for everybody who waits. Milliseconds. */
const LONGEST_PAUSE = 80

export interface ProcessFlightParts {
  readonly store: Store
  readonly failures: Failures
  /** Absent: this process has the store for itself. */
  readonly tryLock: TryLock | undefined
  /** This computer's clock. */
  readonly clock: Clock
}

export interface FlightRequest<T> {
  /** What is shared: same text, same result. */
  readonly flight: string
  /** For messages. */
  readonly name: string
  /** When the caller came to be, by this computer's clock; the moment it had to wait, when it does not tell. */
  readonly askedAt: number | undefined
  /** What another process has brought about meanwhile, if it will do. */
  readonly look: () => Promise<T | undefined>
  /** What will do instead of waiting for somebody else. */
  readonly ratherThanWait: () => T | undefined
  /** Told once when another process leads. */
  readonly onWait: () => void
  readonly lead: () => Promise<T>
  /** The caller has a code of its own: it neither waits for somebody else's prompt nor tells others of its failure. */
  readonly alone: boolean
}

export type ProcessFlight = <T>(request: FlightRequest<T>) => Promise<T>

/**
 * Runs `lead` in one process at a time.
 * @throws what `lead` throws, here or in the process that led; `session.busy` when that one never ends
 */
export function createProcessFlight({ store, failures, tryLock, clock }: ProcessFlightParts): ProcessFlight {
  async function lead<T>({ flight, lead, alone }: FlightRequest<T>): Promise<T> {
    try {
      const result = await lead()
      failures.forget(flight)
      return result
    } catch (error) {
      if (!alone) failures.record(flight, error, clock())
      throw error
    }
  }

  async function lookFor<T>(
    { flight, look, askedAt }: FlightRequest<T>,
    waitingSince: number | undefined,
  ): Promise<T | undefined> {
    const found = await look()
    if (found !== undefined) return found
    const asked = askedAt ?? waitingSince
    const failure = asked === undefined ? undefined : failures.shared(flight, asked, clock())
    if (failure) throw failure
    return undefined
  }

  return async (request) => {
    if (!tryLock || request.alone) return (await lookFor(request, undefined)) ?? lead(request)
    const lockName = `session-${shortName(request.flight)}`
    const started = clock()
    let version: number | undefined
    for (let attempt = 1; ; attempt++) {
      const held = tryLock(lockName)
      if (held) {
        try {
          return (await lookFor(request, version === undefined ? undefined : started)) ?? (await lead(request))
        } finally {
          held.release()
        }
      }
      const instead = request.ratherThanWait()
      if (instead !== undefined) return instead
      if (clock() - started > LONGEST_WAIT) throw busy(request.name)
      if (attempt === 1) request.onWait()
      const current = store.foreignVersion()
      if (current !== version) {
        const found = await lookFor(request, started)
        if (found !== undefined) return found
        version = current
      }
      await pauseBeforeRetry(attempt, LONGEST_PAUSE)
    }
  }
}

export interface DeviceQueue {
  /** @param onWait told once when another process has the turn */
  run<T>(serial: string, work: () => Promise<T>, onWait: () => void): Promise<T>
}

/**
 * Runs work with an MFA device one after the other, over all processes: a code works once, and two prompts at a time
 * would be answered with the same.
 */
export function createDeviceQueue(tryLock: TryLock | undefined, clock: Clock): DeviceQueue {
  const here = new Queue()
  const waitForLock = async (serial: string, onWait: () => void): Promise<HeldLock | undefined> => {
    const started = clock()
    for (let attempt = 1; tryLock; attempt++) {
      const held = tryLock(`device-${shortName(serial)}`)
      if (held) return held
      if (attempt === 1) onWait()
      if (clock() - started > LONGEST_WAIT) throw busy(`another session with ${serial}`)
      await pauseBeforeRetry(attempt, LONGEST_PAUSE)
    }
    return undefined
  }
  return {
    run: (serial, work, onWait) =>
      here.run(serial, async () => {
        const held = await waitForLock(serial, onWait)
        try {
          return await work()
        } finally {
          held?.release()
        }
      }),
  }
}

function busy(name: string): HallpassError {
  return new HallpassError('session.busy', `Another Hallpass process has been starting ${name} for too long.`, {
    hint: 'Look for an MFA prompt that waits for an answer, or end that process, then try again.',
  })
}
