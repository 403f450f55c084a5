/**
 * One MFA code for several roles: the identity's own session (GetSessionToken with MFA) starts each of them.
 *
 * What AWS allows (STS reference, and aws-vault's notes on role chaining): such a session may call AssumeRole, counts
 * as MFA in a role's trust policy, and starts roles for up to an hour, as for any chained role. A longer one needs a
 * code of its own. The root user can't assume roles at all.
 */
import type { Clock } from '../capabilities.ts'
import type { Store } from '../store/types.ts'
import type { SessionCache } from './cache.ts'
import { type Chain, callerChain } from './chain.ts'

/** Role chaining: AWS's fixed maximum, in seconds. */
export const CHAINED_MAXIMUM = 3600
/** A session that only signs the next AssumeRole has to live for that call, no longer. Milliseconds. */
export const CALLER_REMAINING = 60_000

/** Whether AWS lets the first role of the chain start from the identity's session. */
export function fitsMfaSession({ identity, roles }: Chain, durationSeconds?: number): boolean {
  const [first] = roles
  if (!first || identity.mfaSerial === null || identity.userArn?.endsWith(':root')) return false
  const own = roles.length === 1 ? durationSeconds : undefined
  return (own ?? first.settings.durationSeconds ?? CHAINED_MAXIMUM) <= CHAINED_MAXIMUM
}

export interface MfaSessionParts {
  readonly store: Store
  readonly cache: SessionCache
  /** AWS's clock. */
  readonly clock: Clock
}

/**
 * Whether the first role of the chain is to start from it: there is a live one, or another role will want the same
 * code. For one role alone a code sent with AssumeRole saves a call.
 */
export function sharesMfaSession(parts: MfaSessionParts, chain: Chain, durationSeconds?: number): boolean {
  const { store, cache, clock } = parts
  const [first] = chain.roles
  if (!first || !fitsMfaSession(chain, durationSeconds)) return false
  const row = cache.peek(callerChain({ ...chain, roles: [first] }), true)
  if (row && row.sealed.length > 0 && row.expiresAt > clock() + CALLER_REMAINING) return true
  return store.roles.hasOtherWithMfa(chain.identity.id, first.id, CHAINED_MAXIMUM)
}
