/**
 * AWS's clock, as its answers tell: expiry is judged by it, not by a computer's clock that may be off or be set.
 *
 * - Every answer of STS carries a Date; half-way between asking and answer, that was the time at AWS.
 * - From then on AWS's time advances with the computer's uptime. When the computer's clock moves against its uptime,
 *   somebody set it, and nothing changed at AWS.
 * - A measurement of an earlier start of the computer, or where starts can't be told apart, is believed only where it
 *   makes sessions end sooner: a clock put right since then must not make an expired one look valid.
 */
import { readFileSync } from 'node:fs'
import { uptime as osUptime } from 'node:os'
import type { Clock } from '../capabilities.ts'

export interface ClockSkew {
  /** How far AWS is ahead of this computer; negative: behind. */
  readonly seconds: number
  /** ISO 8601, by this computer's clock. */
  readonly measuredAt: string
}

export interface AwsClock {
  /** AWS's time as far as it is known, milliseconds since the epoch. */
  now(): number
  /** The last measurement; null before the first. Differences under two seconds are noise, and 0. */
  skew(): ClockSkew | null
  /**
   * Notes what an answer said.
   * @param serverDate its Date header, milliseconds since the epoch
   * @param sentAt,receivedAt by this computer's clock
   */
  observe(serverDate: number, sentAt: number, receivedAt: number): void
}

export interface AwsClockParts {
  /** This computer's clock. */
  readonly local: Clock
  /** Milliseconds since the computer started, sleep included. */
  readonly uptime?: Clock
  /** Differs between starts of the computer; undefined where the system does not tell. */
  readonly bootId?: () => string | undefined
  /** The measurement other processes left, and where to leave one. */
  readonly load: () => string | undefined
  readonly save: (text: string) => void
}

interface Anchor {
  /** AWS minus local, milliseconds. */
  readonly offset: number
  readonly local: number
  readonly uptime: number
  readonly bootId: string | null
}

/** A Date header has whole seconds; half of one is the best guess for the rest. */
const HALF_SECOND = 500
/** Differences up to this are the resolution of the header and the way there. Milliseconds. */
const NOISE = 2_000
/** Uptime and clock drift apart slowly by themselves; faster, and the clock was set. Milliseconds. */
const SET_CLOCK = 5_000
/** A measurement is left for other processes again after this. Milliseconds. */
const REFRESH = 30 * 60_000
const SAMPLES = 5

export function createAwsClock(parts: AwsClockParts): AwsClock {
  const { local, load, save, uptime = () => osUptime() * 1000, bootId = readBootId } = parts
  let samples: number[] = []
  let own: Anchor | undefined

  /** The newest anchor, with what it says about AWS minus local now. */
  function offsetNow(): number {
    const anchor = newest()
    if (!anchor) return 0
    const step = stepSince(anchor)
    if (step === undefined) return Math.max(0, anchor.offset)
    return anchor.offset - step
  }

  /** How far the computer's clock was set since; undefined when that can't be known. */
  function stepSince(anchor: Anchor): number | undefined {
    const sameStart = anchor === own || (anchor.bootId !== null && anchor.bootId === (bootId() ?? null))
    const up = uptime() - anchor.uptime
    if (!sameStart || up < 0) return undefined
    const step = local() - anchor.local - up
    return Math.abs(step) < SET_CLOCK ? 0 : step
  }

  function newest(): Anchor | undefined {
    const stored = parseAnchor(load())
    if (!own || !stored) return own ?? stored
    return stored.bootId === own.bootId && stored.uptime > own.uptime ? stored : own
  }

  return {
    now: () => local() + offsetNow(),

    skew() {
      const anchor = newest()
      if (!anchor) return null
      return { seconds: Math.round(offsetNow() / 1000), measuredAt: new Date(anchor.local).toISOString() }
    },

    observe(serverDate, sentAt, receivedAt) {
      if (!Number.isFinite(serverDate)) return
      if (own && stepSince(own) !== 0) samples = []
      samples = [...samples, serverDate + HALF_SECOND - (sentAt + receivedAt) / 2].slice(-SAMPLES)
      const middle = samples.toSorted((a, b) => a - b)[Math.floor(samples.length / 2)] ?? 0
      const offset = Math.abs(middle) < NOISE ? 0 : Math.round(middle)
      own = { offset, local: local(), uptime: uptime(), bootId: bootId() ?? null }
      const stored = parseAnchor(load())
      const isKnown =
        stored !== undefined &&
        stored.bootId === own.bootId &&
        own.uptime - stored.uptime < REFRESH &&
        stepSince(stored) === 0 &&
        Math.abs(stored.offset - offset) < NOISE
      if (!isKnown) save(JSON.stringify(own))
    },
  }
}

function parseAnchor(text: string | undefined): Anchor | undefined {
  if (!text) return undefined
  try {
    const anchor = JSON.parse(text) as Anchor
    return [anchor.offset, anchor.local, anchor.uptime].every(Number.isFinite) ? anchor : undefined
  } catch {
    return undefined
  }
}

function readBootId(): string | undefined {
  if (process.platform !== 'linux') return undefined
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
  } catch {
    return undefined
  }
}
