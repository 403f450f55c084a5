/**
 * What the last attempt to start or renew a session failed of, in the store, so that every process knows: those that
 * asked while it ran share it, and while a valid session lasts nobody tries again too soon.
 */
import { type ErrorCode, type ErrorReport, HallpassError } from '#shared/errors.ts'
import { shortName } from '../process-lock.ts'
import type { Store } from '../store/types.ts'

export interface RecordedFailure {
  readonly report: ErrorReport
  /** Milliseconds since the epoch, by this computer's clock. */
  readonly at: number
  /** How many in a row. */
  readonly count: number
}

/** Pause after a first failure, and the longest one; each further failure doubles it. Milliseconds. */
const FIRST_PAUSE = 30_000
const LONGEST_PAUSE = 600_000
/** Longer ago, a failure tells nothing about now; bounds what a clock that was set back does. Milliseconds. */
const SHARED_FOR = 300_000

/**
 * Failures that are about the process that met them, not about the session: another one may have a terminal, a bus or
 * a keyring that this one lacks.
 */
function isOfItsProcess(code: ErrorCode): boolean {
  if (code === 'mfa.required' || code === 'input.required' || code === 'internal') return true
  return code.startsWith('vault.') && code !== 'vault.dismissed' && code !== 'vault.denied'
}

/** The failures of one store. A flight is what callers share: a target with the settings of its chain. */
export class Failures {
  readonly #store: Store

  constructor(store: Store) {
    this.#store = store
  }

  /** Keeps it for the others, unless it is this process's alone. */
  record(flight: string, error: unknown, now: number): void {
    if (!(error instanceof HallpassError) || isOfItsProcess(error.code)) return
    const { code, message, hint } = error
    // Details may be long, and stay with the caller who met it.
    const report: ErrorReport = { code, message, ...(hint === undefined ? {} : { hint }) }
    const count = (this.#read(flight)?.count ?? 0) + 1
    this.#store.setSetting(settingOf(flight), JSON.stringify({ report, at: now, count }))
  }

  forget(flight: string): void {
    if (this.#read(flight)) this.#store.setSetting(settingOf(flight), '')
  }

  /** The failure of an attempt that was under way, or still to come, when a caller asked at `askedAt`. */
  shared(flight: string, askedAt: number, now: number): HallpassError | undefined {
    const failure = this.#read(flight)
    if (!failure || failure.at < askedAt || now - failure.at > SHARED_FOR || failure.at > now) return undefined
    return HallpassError.fromReport(failure.report)
  }

  /** The last failure, while it is too early to try again with a session at hand that still serves. */
  backingOff(flight: string, now: number): HallpassError | undefined {
    const failure = this.#read(flight)
    if (!failure) return undefined
    const pause = Math.min(FIRST_PAUSE * 2 ** (failure.count - 1), LONGEST_PAUSE)
    const waited = now - failure.at
    return waited >= 0 && waited < pause ? HallpassError.fromReport(failure.report) : undefined
  }

  #read(flight: string): RecordedFailure | undefined {
    const text = this.#store.setting(settingOf(flight))
    if (!text) return undefined
    try {
      return JSON.parse(text) as RecordedFailure
    } catch {
      return undefined
    }
  }
}

function settingOf(flight: string): string {
  return `sessions.failure/${shortName(flight)}`
}
