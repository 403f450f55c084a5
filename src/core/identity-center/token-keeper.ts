/**
 * Keeps the tokens of Identity Center fresh. A refresh token works once, so over all callers and processes there is one
 * refresh at a time, and what it gives is stored before it is used.
 */
import { HallpassError, isHallpassError } from '#shared/errors.ts'
import type { Clock } from '../capabilities.ts'
import { type HeldLock, pauseBeforeRetry, shortName, type TryLock } from '../process-lock.ts'
import { Queue, SingleFlight } from '../sessions/single-flight.ts'
import { signInNeeded } from './explain-oidc.ts'
import type { OidcCalls } from './oidc.ts'
import { type IdentityCenterToken, isRefreshable, tokenEnd } from './records.ts'

/** Where tokens rest, sealed, under the id of what they belong to. All of it may throw what a vault throws. */
export interface TokenStore {
  get(sessionId: string): Promise<IdentityCenterToken | undefined>
  put(sessionId: string, token: IdentityCenterToken): Promise<void>
  remove(sessionId: string): Promise<void>
}

export interface FreshToken {
  readonly token: IdentityCenterToken
  /** Why it could not be refreshed, or the new one not be stored, although it is valid still; null when all is well. */
  readonly problem: HallpassError | null
}

export interface TokenKeeper {
  /**
   * A token that is valid now, refreshed if less than 15 minutes of it were left.
   * @throws `sso.sign-in-needed` when there is none and none can be had without a person; what the refresh threw when
   *   that may pass; `session.busy` when another process refreshes for too long; what the store throws
   */
  fresh(sessionId: string): Promise<FreshToken>
  /**
   * The same after AWS has refused a token before its end, as when an administrator ended the sign-in: that one counts as
   * over, unless it has been replaced meanwhile.
   * @param refused its access token
   */
  replace(sessionId: string, refused: string): Promise<FreshToken>
  /** Removes it, after a sign-out. @throws what the store throws */
  forget(sessionId: string): Promise<void>
}

export interface TokenKeeperParts {
  readonly store: TokenStore
  readonly oidc: Pick<OidcCalls, 'refresh'>
  /** Absent: this process has the store for itself. */
  readonly tryLock: TryLock | undefined
  /** AWS's time as far as it is known. */
  readonly clock: Clock
}

/** As botocore does it (facts E.2). Milliseconds. */
const REFRESH_BELOW = 15 * 60_000
/** After a failure a valid token is left alone for so long, as in the JS SDK. Milliseconds. */
const AFTER_FAILURE = 30_000
/** A refresh is one call with its retries. Milliseconds, by this computer's clock. */
const LONGEST_WAIT = 60_000
/** Between looks at whether another process is done. Milliseconds. */
const LONGEST_PAUSE = 80

export function createTokenKeeper({ store, oidc, tryLock, clock }: TokenKeeperParts): TokenKeeper {
  const flights = new SingleFlight<FreshToken>()
  const turns = new Queue()
  /** The last failure to refresh a token, by that token. */
  const failures = new Map<string, { readonly spent: string; readonly at: number; readonly problem: HallpassError }>()
  /** Refreshed, but not yet stored: the one before is spent, so this one must not be lost. */
  const unsaved = new Map<string, { readonly spent: string; readonly token: IdentityCenterToken }>()

  async function read(sessionId: string): Promise<FreshToken> {
    const stored = await store.get(sessionId)
    if (!stored) {
      unsaved.delete(sessionId)
      throw new HallpassError('sso.sign-in-needed', 'Nobody has signed in to Identity Center yet.', {
        hint: 'Sign in.',
      })
    }
    const kept = unsaved.get(sessionId)
    // Somebody signed in anew meanwhile.
    if (kept && kept.spent !== stored.accessToken) unsaved.delete(sessionId)
    else if (kept) return save(sessionId, kept.spent, kept.token)
    return { token: stored, problem: null }
  }

  async function save(sessionId: string, spent: string, token: IdentityCenterToken): Promise<FreshToken> {
    unsaved.set(sessionId, { spent, token })
    try {
      await store.put(sessionId, token)
      unsaved.delete(sessionId)
      return { token, problem: null }
    } catch (error) {
      if (!isHallpassError(error)) throw error
      return { token, problem: error }
    }
  }

  /** Milliseconds; none of a token that AWS has refused. */
  const left = (token: IdentityCenterToken, refused: string | undefined) =>
    token.accessToken === refused ? 0 : tokenEnd(token) - clock()

  /** What stands in for a refresh that did not come about. @throws `problem` when nothing does */
  function otherwise(token: IdentityCenterToken, refused: string | undefined, problem: HallpassError): FreshToken {
    if (left(token, refused) > 0) return { token, problem }
    throw problem
  }

  async function refresh(sessionId: string, refused: string | undefined): Promise<FreshToken> {
    // Somebody else may have refreshed it while this one waited for its turn.
    const current = await read(sessionId)
    const { token } = current
    if (left(token, refused) >= REFRESH_BELOW) return current
    const failed = failures.get(sessionId)
    const isRecent = failed?.spent === token.accessToken && clock() - failed.at < AFTER_FAILURE
    if (isRecent && left(token, refused) > 0) return { token, problem: failed.problem }
    let next: IdentityCenterToken
    try {
      next = await oidc.refresh(token)
    } catch (error) {
      if (!isHallpassError(error)) throw error
      const problem = inTermsOfSignIn(error, token)
      failures.set(sessionId, { spent: token.accessToken, at: clock(), problem })
      return otherwise(token, refused, problem)
    }
    failures.delete(sessionId)
    return save(sessionId, token.accessToken, next)
  }

  async function obtain(sessionId: string, refused: string | undefined): Promise<FreshToken> {
    const known = await read(sessionId)
    const { token } = known
    if (left(token, refused) >= REFRESH_BELOW) return known
    if (!isRefreshable(token, clock())) {
      if (left(token, refused) > 0) return known
      throw needed(token)
    }
    return turns.run(sessionId, async () => {
      const held = await lock(sessionId)
      if (held === 'busy') return otherwise(token, refused, busy())
      try {
        return await refresh(sessionId, refused)
      } finally {
        held?.release()
      }
    })
  }

  /** The turn among processes; undefined where there is but one. */
  async function lock(sessionId: string): Promise<HeldLock | 'busy' | undefined> {
    const deadline = Date.now() + LONGEST_WAIT
    for (let attempt = 1; tryLock; attempt++) {
      const held = tryLock(`sso-${shortName(sessionId)}`)
      if (held) return held
      if (Date.now() > deadline) return 'busy'
      await pauseBeforeRetry(attempt, LONGEST_PAUSE)
    }
    return undefined
  }

  return {
    fresh: (sessionId) => flights.run(sessionId, () => obtain(sessionId, undefined)),
    replace: (sessionId, refused) => flights.run(`${sessionId} ${refused}`, () => obtain(sessionId, refused)),
    async forget(sessionId) {
      failures.delete(sessionId)
      unsaved.delete(sessionId)
      await store.remove(sessionId)
    },
  }
}

/** What AWS no longer takes, a person has to replace: with a new registration as well, if it must be. */
function inTermsOfSignIn(error: HallpassError, token: IdentityCenterToken): HallpassError {
  const isOver = isHallpassError(error, 'sso.registration-expired') || isHallpassError(error, 'sso.sign-in-needed')
  return isOver ? needed(token, error.details) : error
}

function needed(token: IdentityCenterToken, details?: string): HallpassError {
  const { code, message, hint } = signInNeeded(token)
  return new HallpassError(code, message, { hint, details })
}

function busy(): HallpassError {
  return new HallpassError('session.busy', 'Another Hallpass process has been renewing this sign-in for too long.', {
    hint: 'Try again in a minute, or end that process.',
  })
}
