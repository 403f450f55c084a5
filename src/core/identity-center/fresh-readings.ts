/**
 * What was read of Identity Center a moment ago, so that doing what was just shown reads nothing anew: removing roles that
 * are gone, or taking in what a look has found. It counts for five minutes, as long as a person may look at a report, and
 * for the token it was read with: another person signs in with another one.
 */
import { createHash } from 'node:crypto'
import type { Clock } from '../capabilities.ts'
import type { DiscoveryOutcome, FoundAccount } from './discovery.ts'

/** Milliseconds from its beginning. */
export const FRESH_FOR = 5 * 60_000

/** A reading, whole or up to where it was broken off. */
export interface Reading {
  readonly accounts: readonly FoundAccount[]
  readonly outcome: DiscoveryOutcome
}

/** When, and with which token. */
export interface ReadWith {
  readonly accessToken: string
  /** Milliseconds since the epoch. */
  readonly begunAt: number
}

interface Kept extends Reading {
  /** SHA-256 of the access token it was read with. */
  readonly token: string
  /** Of its oldest part; milliseconds since the epoch. */
  readonly begunAt: number
}

export interface FreshReadings {
  /** The whole reading of it, if there is one that still counts. */
  whole(identityId: string, accessToken: string): Reading | undefined
  /**
   * Keeps a reading instead of the one before.
   * @param skipped accounts that it went on after: they are taken from the one before, or it is not whole
   */
  keep(identityId: string, reading: Reading & ReadWith, skipped: readonly string[]): void
}

export function createFreshReadings(clock: Clock): FreshReadings {
  const kept = new Map<string, Kept>()

  function fresh(identityId: string, accessToken: string): Kept | undefined {
    const reading = kept.get(identityId)
    const age = reading ? clock() - reading.begunAt : Number.POSITIVE_INFINITY
    if (reading?.token === hashOf(accessToken) && age >= 0 && age <= FRESH_FOR) return reading
    kept.delete(identityId)
    return undefined
  }

  return {
    whole(identityId, accessToken) {
      const reading = fresh(identityId, accessToken)
      return reading?.outcome.isComplete ? reading : undefined
    },

    keep(identityId, { accessToken, ...reading }, skipped) {
      const before = skipped.length > 0 ? fresh(identityId, accessToken) : undefined
      const isSkipped = new Set(skipped)
      const earlier = before?.accounts.filter(({ accountId }) => isSkipped.has(accountId)) ?? []
      if (earlier.length < skipped.length) {
        kept.delete(identityId)
        return
      }
      const begunAt = Math.min(reading.begunAt, before?.begunAt ?? reading.begunAt)
      const accounts = [...earlier, ...reading.accounts]
      kept.set(identityId, { ...reading, accounts, begunAt, token: hashOf(accessToken) })
    },
  }
}

/** So that no token is kept longer than it is in use. */
function hashOf(accessToken: string): string {
  return createHash('sha256').update(accessToken).digest('hex')
}
