/** Codes of a seed, by RFC 6238. */
import { TOTP } from 'otpauth'
import type { TotpSeed } from './totp-seed.ts'

/** The time during which one code is shown. Milliseconds since the epoch; the end belongs to the next one. */
export interface CodeWindow {
  readonly start: number
  readonly end: number
}

/** @param periodSeconds how long a code is shown */
export function codeWindow(periodSeconds: number, atMs: number): CodeWindow {
  const length = periodSeconds * 1000
  const start = Math.floor(atMs / length) * length
  return { start, end: start + length }
}

/** The six digits that the device of this seed shows at `atMs`, milliseconds since the epoch. */
export function totpCode({ secret, algorithm, period }: TotpSeed, atMs: number): string {
  return new TOTP({ secret, algorithm, period, digits: 6 }).generate({ timestamp: atMs })
}

/**
 * How many windows ago (negative) or ahead a device showed this code.
 * @returns undefined when it was none of the `reach` windows on either side
 */
export function findCode(seed: TotpSeed, code: string, atMs: number, reach: number): number | undefined {
  const length = seed.period * 1000
  for (let distance = 0; distance <= reach; distance++) {
    for (const delta of distance === 0 ? [0] : [-distance, distance]) {
      if (atMs + delta * length >= 0 && totpCode(seed, atMs + delta * length) === code) return delta
    }
  }
  return undefined
}
