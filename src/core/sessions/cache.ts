/**
 * The sealed session cache: which stored session answers for a chain, and whether it is still good enough to hand out.
 * Looking is free of the vault; only reading and writing credentials takes the session key.
 */

import { type Env, stsEndpoint } from '../aws/endpoints.ts'
import type { Clock } from '../capabilities.ts'
import type { SealedSession, Store } from '../store/types.ts'
import { type Chain, chainEnd, fingerprintChain, stsRegion } from './chain.ts'
import { type CachedSession, sealSession, unsealSession } from './seal.ts'

/** botocore asks its helper again before every request once less than this remains. Milliseconds. */
export const FRESH_REMAINING = 15 * 60_000
/**
 * Sessions of one moment are not all renewed at one moment: each has up to this much more, always the same for all who
 * look at it. Milliseconds.
 */
const JITTER = 55_000
/** Sessions up to this long would hardly ever have 15 minutes left: they are renewed in their last quarter. */
export const SHORT_LIFETIME = 20 * 60_000

/** What the cache needs of the store. */
export interface CacheStore {
  readonly sessions: Pick<Store['sessions'], 'get' | 'put' | 'remove'>
}

export class SessionCache {
  readonly #store: CacheStore
  readonly #env: Env
  readonly #clock: Clock
  /** Of chains in use: each is asked for several times on the way to a session. */
  readonly #fingerprints = new WeakMap<Chain, [without?: string, withMfa?: string]>()

  /** @param clock AWS's */
  constructor(store: CacheStore, env: Env, clock: Clock) {
    this.#store = store
    this.#env = env
    this.#clock = clock
  }

  /** The fingerprint a session of this chain is stored under. @throws `usage.invalid` for a bad endpoint override */
  fingerprint(chain: Chain, mfa: boolean): string {
    let known = this.#fingerprints.get(chain)
    if (!known) {
      known = []
      this.#fingerprints.set(chain, known)
    }
    known[mfa ? 1 : 0] ??= fingerprintChain(chain, { mfa, endpoint: stsEndpoint(this.#env, stsRegion(chain)).url })
    return known[mfa ? 1 : 0] ?? ''
  }

  /**
   * The stored session for the chain as it is set up now, live or lapsed. One obtained with MFA also answers where
   * none is wanted; the reverse does not hold.
   */
  peek(chain: Chain, mfa: boolean, rows?: ReadonlyMap<string, SealedSession>): SealedSession | undefined {
    const { key } = chainEnd(chain)
    const row = rows ? rows.get(key) : this.#store.sessions.get(key)
    if (!row) return undefined
    const accepted = mfa ? [true] : [false, true]
    return accepted.some((sent) => this.fingerprint(chain, sent) === row.fingerprint) ? row : undefined
  }

  /** Opens the stored session; one that can't be opened is dropped, so that lists don't go on showing it. */
  read(sealKey: Uint8Array, chain: Chain, mfa: boolean): CachedSession | undefined {
    const row = this.peek(chain, mfa)
    if (!row || isWiped(row)) return undefined
    const session = unsealSession(sealKey, row, row.sealed)
    if (!session) this.#store.sessions.remove(row.key)
    return session
  }

  /** Replaces the stored session of the chain's end. */
  write(sealKey: Uint8Array, chain: Chain, mfa: boolean, session: CachedSession): void {
    const { key } = chainEnd(chain)
    const context = { key, fingerprint: this.fingerprint(chain, mfa) }
    this.#store.sessions.put({
      ...context,
      sealed: sealSession(sealKey, context, session),
      accessKeyId: session.credentials.accessKeyId,
      assumedRoleArn: session.credentials.assumedRoleArn,
      obtainedAt: session.obtainedAt,
      expiresAt: session.credentials.expiration.getTime(),
    })
  }

  /** Good enough to hand out: more than 15 minutes left, or more than a quarter of a session of at most 20 minutes. */
  isFresh(session: CachedSession): boolean {
    const { credentials, obtainedAt } = session
    const { expiration, accessKeyId } = credentials
    return this.#clock() < renewalTime({ accessKeyId, obtainedAt, expiresAt: expiration.getTime() })
  }

  /** Whether AWS would take it `ahead` milliseconds from now. */
  isValid(session: CachedSession, ahead = 0): boolean {
    return session.credentials.expiration.getTime() > this.#clock() + ahead
  }
}

/** Whether only the public facts of a lapsed session are left. */
export function isWiped(row: SealedSession): boolean {
  return row.sealed.length === 0
}

/** From when on a session is to be renewed, by AWS's clock, milliseconds since the epoch. */
export function renewalTime(session: Pick<SealedSession, 'accessKeyId' | 'obtainedAt' | 'expiresAt'>): number {
  const { accessKeyId, obtainedAt, expiresAt } = session
  const lifetime = expiresAt - obtainedAt
  if (lifetime <= SHORT_LIFETIME) return expiresAt - lifetime / 4
  return expiresAt - FRESH_REMAINING - Math.min(jitterOf(accessKeyId), lifetime / 20)
}

/** Spreads key ids evenly over the range. */
function jitterOf(accessKeyId: string): number {
  let hash = 0
  for (const character of accessKeyId) hash = (hash * 31 + character.charCodeAt(0)) % 1_000_003
  return (hash % 1000) * (JITTER / 1000)
}
