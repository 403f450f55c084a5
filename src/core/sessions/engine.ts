/**
 * Sessions: credentials for a role or an identity, from the sealed cache or from AWS.
 *
 * - However many callers in this process ask at once, there is one STS call and one MFA prompt; a failure is
 *   everybody's who waited, and the next call tries again.
 * - A renewal that fails for want of a network, a person or capacity keeps a session that is still valid.
 * - Lists and states never touch the vault.
 */
import { HallpassError, isHallpassError } from '#shared/errors.ts'
import { identityDurationField, mfaCodeField, roleDurationField } from '#shared/fields.ts'
import type { SessionCredentials, SessionSummary } from '#shared/models.ts'
import { type Env, isTransientError, type StsCalls } from '../aws/index.ts'
import type { Clock, Log, MfaPrompt } from '../capabilities.ts'
import type { CredentialsOptions, SessionService } from '../hallpass.ts'
import { parseInput } from '../input.ts'
import { findTarget, type Target, targetByKey, targetName } from '../names.ts'
import type { Store } from '../store/types.ts'
import type { Vault } from '../vault/types.ts'
import { SessionCache } from './cache.ts'
import { type Chain, chainEnd, chainWantsMfa, resolveChain } from './chain.ts'
import { checkRequest, createIssuer, type IssueRequest } from './issuer.ts'
import type { CachedSession } from './seal.ts'
import { readSessionKey } from './session-key.ts'
import { SingleFlight } from './single-flight.ts'
import { listStates, type SessionStates } from './states.ts'

export interface SessionEngineOptions {
  readonly store: Store
  readonly vault: Vault
  readonly sts: StsCalls
  /** Only the endpoint overrides are read from it. */
  readonly env: Env
  readonly mfaPrompt: MfaPrompt
  readonly clock: Clock
  readonly log: Log
  /**
   * Told of every session stored, and with null of every one ended, so that static profiles follow. A failure while
   * ending stops the end; a failure after a start is logged, because the credentials are good.
   */
  readonly onSession?: (targetKey: string, credentials: SessionCredentials | null) => Promise<void>
}

export type SessionEngine = SessionService & SessionStates

/** A session as one of its users needs it. */
interface Wish extends IssueRequest {
  readonly renew: boolean
  /** Whether a cached session will do. */
  readonly enough: (session: CachedSession) => boolean
}

interface Outcome {
  readonly session: CachedSession
  /** False when it came from the cache. */
  readonly fresh: boolean
}

/** A session that only signs the next AssumeRole has to live for that call, no longer. Milliseconds. */
const CALLER_REMAINING = 60_000
/** How far AWS's expiry may be from a lifetime asked for. Milliseconds. */
const LIFETIME_TOLERANCE = 60_000

/** Builds the session service. */
export function createSessionEngine(options: SessionEngineOptions): SessionEngine {
  const { store, vault, clock, log, onSession } = options
  const cache = new SessionCache(store, options.env, clock)
  const flights = new SingleFlight<Outcome>()
  const lookups = new SingleFlight<CachedSession | undefined>()
  /** How often each target's session was ended: what was under way then must not bring it back. */
  const ends = new Map<string, number>()
  const issue = createIssuer({
    vault,
    sts: options.sts,
    mfaPrompt: options.mfaPrompt,
    callerSession: async (caller, request, renew) => {
      const { mfa, mfaCode, target } = request
      const enough = (session: CachedSession) => cache.isValid(session, CALLER_REMAINING)
      const { session, fresh } = await share(caller, { mfa, mfaCode, target, renew, enough })
      return { credentials: session.credentials, fresh }
    },
  })

  /** From the cache if it will do, else together with whoever is after the same session. */
  async function share(chain: Chain, wish: Wish): Promise<Outcome> {
    // Who has a code in hand does not wait for somebody else to find theirs.
    const hasCode = wish.mfaCode === undefined ? '' : 'code'
    const flight = [chainEnd(chain).key, cache.fingerprint(chain, wish.mfa), wish.durationSeconds ?? '', hasCode].join(
      '\n',
    )
    // Nobody with a good session in reach waits for another caller's prompt.
    const cached = wish.renew ? undefined : await lookups.run(flight, () => lookUp(chain, wish.mfa))
    if (cached && wish.enough(cached)) return { session: cached, fresh: false }
    try {
      let outcome: Outcome
      do outcome = await flights.run(flight, () => obtain(chain, wish))
      while (
        // The one joined may have been content with a cached session that will not do here.
        !outcome.fresh &&
        (wish.renew || !wish.enough(outcome.session))
      )
      return outcome
    } catch (error) {
      if (!cached || !cache.isValid(cached) || wish.durationSeconds !== undefined || !isPassing(error)) throw error
      const { name } = chainEnd(chain)
      log.warn(`${name} could not be renewed; the session still valid is kept.`, { code: error.code })
      return { session: cached, fresh: false }
    }
  }

  async function lookUp(chain: Chain, mfa: boolean): Promise<CachedSession | undefined> {
    if (!cache.peek(chain, mfa)) return undefined
    return cache.read(await readSessionKey(vault, store), chain, mfa)
  }

  async function obtain(chain: Chain, wish: Wish): Promise<Outcome> {
    // Read before AWS is asked: a vault that can't be read must not cost an MFA code.
    const sealKey = await readSessionKey(vault, store)
    // Again, because an earlier flight may have landed since this caller looked.
    const cached = wish.renew ? undefined : cache.read(sealKey, chain, wish.mfa)
    if (cached && wish.enough(cached)) return { session: cached, fresh: false }
    const { key, name } = chainEnd(chain)
    const endsBefore = ends.get(key)
    const credentials = await issue(chain, wish)
    if (ends.get(key) !== endsBefore) {
      throw new HallpassError('cancelled', `${name} was ended while it was being started.`)
    }
    const session = { credentials, obtainedAt: clock() }
    cache.write(sealKey, chain, wish.mfa, session)
    await announce(key, credentials)
    return { session, fresh: true }
  }

  async function announce(key: string, credentials: SessionCredentials): Promise<void> {
    try {
      await onSession?.(key, credentials)
    } catch (error) {
      log.warn('A session started, but its profile could not be brought up to date.', {
        key,
        code: isHallpassError(error) ? error.code : 'internal',
      })
    }
  }

  async function endKey(key: string): Promise<void> {
    ends.set(key, (ends.get(key) ?? 0) + 1)
    // First the static keys: should they stay behind, the session has to stay listed.
    await onSession?.(key, null)
    store.sessions.remove(key)
  }

  return {
    async credentials(name, asked = {}) {
      const target = findTarget(store, name)
      const chain = resolveChain(store, target)
      const wish = toWish(target, chain, asked, cache)
      checkRequest(chain, wish)
      if (wish.readOnly) return issue(chain, wish)
      return (await share(chain, wish)).session.credentials
    },

    list() {
      const now = clock()
      return store.sessions.list().flatMap((row): SessionSummary[] => {
        const target = targetByKey(store, row.key)
        if (!target) return []
        return [
          {
            name: targetName(target),
            kind: target.kind,
            accountId: target.kind === 'role' ? target.role.accountId : target.identity.accountId,
            assumedRoleArn: row.assumedRoleArn,
            accessKeyId: row.accessKeyId,
            obtainedAt: new Date(row.obtainedAt).toISOString(),
            expiresAt: new Date(row.expiresAt).toISOString(),
            state: row.expiresAt > now ? 'active' : 'expired',
          },
        ]
      })
    },

    async end(name) {
      const target = findTarget(store, name)
      if (!store.sessions.get(target.key)) {
        throw new HallpassError('session.not-found', `${targetName(target)} has no session.`, {
          hint: 'See hallpass session list.',
        })
      }
      await endKey(target.key)
    },

    async endAll() {
      const failures: unknown[] = []
      const rows = store.sessions.list()
      for (const { key } of rows) await endKey(key).catch((error: unknown) => failures.push(error))
      if (failures.length > 0) throw failures[0]
      return rows.length
    },

    states: () => listStates(store, cache, clock()),
  }
}

function toWish(target: Target, chain: Chain, asked: CredentialsOptions, cache: SessionCache): Wish {
  const { mfaCode, durationSeconds, readOnly = false, renew = false } = asked
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
    target: targetName(target),
    enough: (session) => cache.isFresh(session) && asLong(session),
  }
}

/** A failure that says nothing about the session at hand: nobody to ask, or AWS not to be reached. */
function isPassing(error: unknown): error is HallpassError {
  return (
    isTransientError(error) ||
    isHallpassError(error, 'mfa.required') ||
    isHallpassError(error, 'input.required') ||
    isHallpassError(error, 'cancelled')
  )
}
