/** What a caller asks for, as the engine works with it. */
import { identityDurationField, mfaCodeField, roleDurationField } from '#shared/fields.ts'
import { parseInput } from '../input.ts'
import { type Target, targetName } from '../names.ts'
import type { SessionCache } from './cache.ts'
import { type Chain, chainWantsMfa } from './chain.ts'
import type { IssueRequest } from './issuer.ts'
import type { CachedSession } from './seal.ts'
import type { CredentialsOptions } from './service.ts'

/** A session as one of its users needs it. */
export interface Wish extends IssueRequest {
  readonly renew: boolean
  /** Whether a cached session will do. */
  readonly enough: (session: CachedSession) => boolean
  readonly askedAt?: number | undefined
}

/** How far AWS's expiry may be from a lifetime asked for. Milliseconds. */
const LIFETIME_TOLERANCE = 60_000

/** @throws `input.invalid` for a malformed code or duration */
export function toWish(
  target: Target,
  chain: Chain,
  asked: CredentialsOptions,
  cache: SessionCache,
): Omit<Wish, 'sealKey'> {
  const { mfaCode, durationSeconds, readOnly = false, renew = false, askedAt } = asked
  if (mfaCode !== undefined) parseInput(mfaCodeField, mfaCode)
  if (durationSeconds !== undefined) {
    parseInput(target.kind === 'role' ? roleDurationField : identityDurationField, durationSeconds)
  }
  const asLong = (session: CachedSession) =>
    durationSeconds === undefined ||
    Math.abs(session.credentials.expiration.getTime() - session.obtainedAt - durationSeconds * 1000) <=
      LIFETIME_TOLERANCE
  return {
    mfa: mfaCode !== undefined || chainWantsMfa(chain),
    mfaCode: mfaCode?.trim(),
    durationSeconds,
    readOnly,
    renew,
    askedAt,
    target: targetName(target),
    enough: (session) => cache.isFresh(session) && asLong(session),
  }
}
