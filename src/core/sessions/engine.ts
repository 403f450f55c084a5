/**
 * Sessions: credentials for a role or an identity, from the sealed cache or from AWS.
 *
 * - However many callers ask at once, in this process or in others, there is one STS call and one MFA prompt; a failure
 *   is everybody's who waited, and the next call tries again.
 * - A renewal that fails keeps a session that is still valid, and says so with it. While that lasts, AWS is not asked
 *   again too soon.
 * - Expiry is judged by AWS's clock. Lists and states never touch the vault.
 */
import { HallpassError, isHallpassError } from '#shared/errors.ts'
import type { DurationLimits } from '#shared/roles.ts'
import type { HandedOutCredentials } from '#shared/sessions.ts'
import type { Env, StsCalls } from '../aws/index.ts'
import type { Clock, Log, MfaPrompt, OnMfaWait, OnPromptElsewhere } from '../capabilities.ts'
import { givesPermissionSets } from '../identity-center/permission-set.ts'
import { createMfaCodes } from '../mfa/mfa-codes.ts'
import { mfaSourceOf } from '../mfa/mfa-source.ts'
import { findTarget, type Target, targetName } from '../names.ts'
import type { TryLock } from '../process-lock.ts'
import type { Store } from '../store/types.ts'
import type { Vault } from '../vault/types.ts'
import { SessionCache } from './cache.ts'
import { type Chain, chainEnd, chainWantsMfa, resolveChain } from './chain.ts'
import { createEndings, type Endings, type OnSession } from './endings.ts'
import { Failures } from './failures.ts'
import { createIssuer, type IssueRequest } from './issuer.ts'
import { CALLER_REMAINING, sharesMfaSession } from './mfa-session.ts'
import { NO_ORIGINS, type Origins } from './origins.ts'
import { createDeviceQueue, createProcessFlight } from './process-flight.ts'
import { RoleLimits } from './role-limits.ts'
import type { CachedSession } from './seal.ts'
import type { SessionService } from './service.ts'
import { readSessionKey } from './session-key.ts'
import { SingleFlight } from './single-flight.ts'
import { createStarter } from './starter.ts'
import { hasLiveCaller, listSessions, listStates, listStatesOf, type SessionStates } from './states.ts'
import { toWish, type Wish } from './wish.ts'

export interface SessionEngineOptions {
  readonly store: Store
  readonly vault: Vault
  readonly sts: StsCalls
  /** What starts a chain other than with a key in the vault; nothing else can be started when absent. */
  readonly origins?: Origins
  /** Only the endpoint overrides are read from it. */
  readonly env: Env
  readonly mfaPrompt: MfaPrompt
  readonly onMfaWait?: OnMfaWait | undefined
  readonly onPromptElsewhere?: OnPromptElsewhere | undefined
  /** This computer's clock. */
  readonly clock: Clock
  /** AWS's clock; this computer's when absent. */
  readonly awsClock?: Clock
  /** Waits so many milliseconds; a timer when absent. */
  readonly pause?: ((milliseconds: number) => Promise<unknown>) | undefined
  readonly log: Log
  /** Locks between the processes that share the store; absent when there is only this one. */
  readonly tryLock?: TryLock
  readonly onSession?: OnSession
}

export interface SessionEngine
  extends SessionService,
    SessionStates,
    Pick<Endings, 'endStale' | 'sweep' | 'rotateKey'> {
  /** How long sessions of a role may last; null for an identity, and for a role whose chain is broken. */
  durationLimits(target: Target): DurationLimits | null
  /** Whether starting or renewing it now would ask a person for an MFA code. */
  wantsCode(target: Target): boolean
}

interface Outcome {
  readonly session: CachedSession
  /** False when it came from the cache. */
  readonly fresh: boolean
  /** Why it was not renewed though it should have been. */
  readonly kept?: HallpassError
}

/** Builds the session service. */
export function createSessionEngine(options: SessionEngineOptions): SessionEngine {
  const { store, vault, clock, log, onSession, tryLock, awsClock = clock } = options
  const cache = new SessionCache(store, options.env, awsClock)
  const flights = new SingleFlight<Outcome>()
  const lookups = new SingleFlight<CachedSession | undefined>()
  const failures = new Failures(store)
  const limits = new RoleLimits(store)
  const betweenProcesses = createProcessFlight({ store, failures, tryLock, clock })
  const endings = createEndings({ store, vault, cache, clock: awsClock, onSession })
  const mfaParts = { store, cache, clock: awsClock }
  const askAws = createIssuer({
    vault,
    origins: options.origins ?? NO_ORIGINS,
    sts: options.sts,
    mfaCodes: createMfaCodes({
      store,
      vault,
      mfaPrompt: options.mfaPrompt,
      onMfaWait: options.onMfaWait,
      pause: options.pause,
      clock: awsClock,
    }),
    prompts: createDeviceQueue(tryLock, clock),
    onDeviceWait: tellOfPrompt,
    sharesMfa: (chain, { mfa, durationSeconds }) => mfa && sharesMfaSession(mfaParts, chain, durationSeconds),
    callerSession: async (caller, request, renew) => {
      const { mfa, mfaCode, target, sealKey } = request
      const enough = (session: CachedSession) => cache.isValid(session, CALLER_REMAINING)
      const { session, fresh } = await share(caller, { mfa, mfaCode, target, sealKey, renew, enough })
      return { credentials: session.credentials, fresh }
    },
  })

  const { check, issue, start } = createStarter({ store, cache, limits, askAws, onSession, clock: awsClock, log })

  /** From the cache if it will do, else together with whoever is after the same session. */
  async function share(chain: Chain, wish: Wish): Promise<Outcome> {
    const flight = [chainEnd(chain).key, cache.fingerprint(chain, wish.mfa), wish.durationSeconds ?? ''].join('\n')
    // A caller with a code of its own waits for nobody's prompt either. The code itself stays out of the name.
    const own = wish.mfaCode === undefined ? flight : `${flight}\ncode`
    // Nobody with a good session in reach waits for another caller's prompt.
    const cached = wish.renew ? undefined : await lookups.run(flight, () => lookUp(chain, wish))
    if (cached && wish.enough(cached)) return { session: cached, fresh: false }
    const serves = () =>
      cached !== undefined &&
      wish.durationSeconds === undefined &&
      cache.isValid(cached) &&
      isStored(chain, wish, cached)
    const keep = (kept?: HallpassError): Outcome => ({
      session: cached as CachedSession,
      fresh: false,
      ...(kept ? { kept } : {}),
    })
    if (serves()) {
      const failure = failures.backingOff(flight, clock())
      if (failure) return keep(failure)
      if (flights.isRunning(flight) && mayPrompt(chain, wish)) return keep()
    }
    try {
      let outcome: Outcome
      do outcome = await flights.run(own, () => obtain(chain, wish, flight, () => (serves() ? keep() : undefined)))
      while (
        // The one joined may have been content with a cached session that will not do here.
        !outcome.fresh &&
        (wish.renew || !wish.enough(outcome.session)) &&
        !serves()
      )
      return outcome
    } catch (error) {
      if (!isHallpassError(error) || !serves()) throw error
      const { name } = chainEnd(chain)
      log.warn(`${name} could not be renewed; the session still valid is kept.`, { code: error.code })
      return keep(error)
    }
  }

  /** Whether it is still the stored one: ended meanwhile, it must not be handed out again. */
  function isStored(chain: Chain, wish: Wish, session: CachedSession): boolean {
    return cache.peek(chain, wish.mfa)?.accessKeyId === session.credentials.accessKeyId
  }

  /** Whether the code of a chain that wants one comes from a person, and has not been given already. */
  function asksPerson(chain: Chain): boolean {
    return mfaSourceOf(store, chain.identity.id) === 'prompt' && !hasLiveCaller(cache, chain, undefined, awsClock())
  }

  function mayPrompt(chain: Chain, wish: IssueRequest): boolean {
    return wish.mfa && wish.mfaCode === undefined && asksPerson(chain)
  }

  function tellOfPrompt(chain: Chain, wish: IssueRequest): void {
    if (mayPrompt(chain, wish)) options.onPromptElsewhere?.({ identity: chain.identity.name, target: wish.target })
  }

  async function lookUp(chain: Chain, { mfa, sealKey }: Wish): Promise<CachedSession | undefined> {
    if (!cache.peek(chain, mfa)) return undefined
    return cache.read(await sealKey(), chain, mfa)
  }

  async function obtain(chain: Chain, wish: Wish, flight: string, inHand: () => Outcome | undefined): Promise<Outcome> {
    // Before AWS is asked: a vault that can't be read must not cost an MFA code. Without one, it is read meanwhile.
    if (wish.mfa) await wish.sealKey()
    const before = cache.peek(chain, wish.mfa)?.accessKeyId
    return betweenProcesses<Outcome>({
      flight,
      name: chainEnd(chain).name,
      askedAt: wish.askedAt,
      look: async () => {
        // Also what an earlier flight, here or elsewhere, has brought since this caller looked.
        const session = await lookUp(chain, wish)
        if (!session || !wish.enough(session)) return undefined
        const isNew = session.credentials.accessKeyId !== before
        return wish.renew && !isNew ? undefined : { session, fresh: isNew }
      },
      ratherThanWait: () => (mayPrompt(chain, wish) ? inHand() : undefined),
      onWait: () => tellOfPrompt(chain, wish),
      alone: wish.mfaCode !== undefined,
      lead: async () => ({ session: await start(chain, wish), fresh: true }),
    })
  }

  /** What a person has chosen to let lapse is not started by a program. */
  async function credentialsForProgram(target: Target, chain: Chain, wish: Wish): Promise<HandedOutCredentials> {
    const session = await lookUp(chain, wish)
    if (session && cache.isValid(session)) return session.credentials
    throw new HallpassError(
      'session.lapsed',
      `${targetName(target)} has no session, and is set to be started by hand.`,
      {
        hint: `Run hallpass assume ${targetName(target)} first; programs then use that session until it expires.`,
      },
    )
  }

  function chainOrNone(target: Target): Chain | undefined {
    try {
      return resolveChain(store, target)
    } catch (error) {
      if (isHallpassError(error)) return undefined
      throw error
    }
  }

  return {
    async credentials(name, asked = {}) {
      const target = findTarget(store, name)
      const chain = resolveChain(store, target)
      // Read once for all sessions of the chain.
      const sealKey = once(() => readSessionKey(vault, store))
      const wish = { ...toWish(target, chain, asked, cache), sealKey }
      const lapses = target.kind === 'role' && target.role.settings.autoRenew === false
      if (asked.byProgram && lapses) return credentialsForProgram(target, chain, wish)
      check(chain, wish)
      if (wish.readOnly) return issue(chain, wish)
      const { session, kept } = await share(chain, wish)
      return kept ? { ...session.credentials, kept: kept.toReport() } : session.credentials
    },

    list: () => listSessions(store, awsClock()),

    ...endings,

    states: () => listStates(store, cache, awsClock()),
    statesOf: (roles) => listStatesOf(store, cache, roles, awsClock()),

    durationLimits(target) {
      const chain = chainOrNone(target)
      // How long one of Identity Center lasts is set there.
      if (!chain || (givesPermissionSets(chain.identity) && chain.roles.length === 1)) return null
      const first = { ...chain, roles: chain.roles.slice(0, 1) }
      return limits.limits(chain, chainWantsMfa(chain) && sharesMfaSession(mfaParts, first))
    },

    wantsCode(target) {
      const chain = chainOrNone(target)
      return chain !== undefined && chainWantsMfa(chain) && asksPerson(chain)
    },
  }
}

/** Runs `work` at the first call, and gives all what it gave. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined
  return () => {
    result ??= work()
    return result
  }
}
