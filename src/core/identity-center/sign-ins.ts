/**
 * Signing in to Identity Center and out, and what a sign-in gives. No browser is opened but by `signIn`, which a person asks
 * for; everything else says that somebody has to sign in.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { HallpassError, isHallpassError } from '#shared/errors.ts'
import type { CenterIdentity } from '#shared/identities.ts'
import { ACCOUNT_ACCESS_SCOPE, type IdentityCenterInstance } from '#shared/identity-center.ts'
import type { CenterState, SignInWay } from '#shared/identity-center-view.ts'
import type { IssuedCredentials } from '../aws/index.ts'
import { patiently, type Wait } from '../aws/patience.ts'
import type { Clock, Log } from '../capabilities.ts'
import { type Gate, passing } from '../lock/gate.ts'
import { shortName, type TryLock } from '../process-lock.ts'
import { SingleFlight } from '../sessions/single-flight.ts'
import type { Store } from '../store/types.ts'
import { findCenter, stateOf } from './center-state.ts'
import type { CliCache } from './cli-cache.ts'
import type { OidcCalls } from './oidc.ts'
import type { PortalAccess, PortalCalls } from './portal.ts'
import type { SealedSignIns } from './sealed-sign-ins.ts'
import { type SignInParts, signInWithBrowser } from './sign-in-browser.ts'
import { type DeviceCodeToConfirm, signInWithDevice } from './sign-in-device.ts'
import type { TokenKeeper } from './token-keeper.ts'

export interface SignInOptions {
  readonly way: SignInWay
  /** Shows an address in the person's browser. */
  readonly open: (url: string) => Promise<unknown>
  /** Told of the code to compare, for the device code only. */
  readonly onCode?: ((code: DeviceCodeToConfirm) => void) | undefined
  readonly signal?: AbortSignal | undefined
}

export interface SignIns {
  /**
   * Waits for the person in the browser. Asked for several times at once, it is one sign-in.
   * @throws `identity.not-found`, `sso.*`, `cancelled`, `session.busy` when another process does it, `browser.unavailable`,
   *   `app.locked`, `network.*`, `vault.*`, `file.*`
   */
  signIn(name: string, options: SignInOptions): Promise<CenterState>
  /** At AWS, as far as it can be reached, and here. Sessions that were had with it live on. @throws `vault.*`, `file.*` */
  signOut(name: string): Promise<void>
  /** With a token that is valid now. @throws `sso.sign-in-needed`, and what renewing it throws */
  access(identity: CenterIdentity): Promise<PortalAccess>
  roleCredentials(
    identity: CenterIdentity,
    role: { readonly accountId: string; readonly roleName: string },
  ): Promise<IssuedCredentials>
}

export interface SignInsParts {
  readonly store: Store
  readonly oidc: OidcCalls
  readonly portal: Pick<PortalCalls, 'getRoleCredentials' | 'logout'>
  readonly keeper: TokenKeeper
  readonly signIns: SealedSignIns
  readonly cliCache: Pick<CliCache, 'read'>
  readonly tryLock: TryLock | undefined
  /** AWS's time as far as it is known. */
  readonly clock: Clock
  readonly log: Log
  readonly wait?: Wait
  /** Closed, nobody signs in and nothing is asked of AWS. */
  readonly gate?: Gate | undefined
}

/** Before each further try of a call that AWS was too busy for. Milliseconds. */
const WAITS = [300, 900, 2000]

export function createSignIns(parts: SignInsParts): SignIns {
  const { store, oidc, portal, keeper, signIns, cliCache, tryLock, clock, log } = parts
  const { wait = pause } = parts
  const gate: Gate = parts.gate ?? { isClosed: false }
  const flights = new SingleFlight<void>()

  async function signInOnce(identity: CenterIdentity, { way, open, onCode, signal }: SignInOptions): Promise<void> {
    const held = tryLock?.(`sso-sign-in-${shortName(identity.id)}`)
    if (tryLock && !held)
      throw new HallpassError('session.busy', `Another Hallpass process is signing in to ${identity.name}.`, {
        hint: 'Finish there, or end it.',
      })
    try {
      const common = { oidc, instance: instanceOf(identity), clock, ...(signal ? { signal } : {}) }
      const ask = (parts: SignInParts) =>
        way === 'browser'
          ? signInWithBrowser({ ...parts, open })
          : signInWithDevice({ ...parts, onCode: onCode ?? (() => {}) })
      const kept = await signIns.registration(identity.id)
      const { token, registration } = await ask({ ...common, registration: kept }).catch((error: unknown) => {
        // One that AWS has forgotten is replaced once.
        if (!kept || !isHallpassError(error, 'sso.registration-expired')) throw error
        return ask({ ...common, registration: null })
      })
      await passing(gate, () => signIns.save(identity.id, token, registration))
    } finally {
      held?.release()
    }
  }

  /** @throws `sso.sign-in-needed` with what to do about it, and what `work` throws */
  const tellingHow = <T>(identity: CenterIdentity, work: () => Promise<T>): Promise<T> =>
    passing(gate, work).catch((error: unknown) => {
      throw isHallpassError(error, 'sso.sign-in-needed') ? signInNeeded(identity, error) : error
    })

  const access = (identity: CenterIdentity) =>
    tellingHow(identity, async () => {
      const { token, problem } = await keeper.fresh(identity.id)
      if (problem) log.warn('a sign-in could not be renewed, and is valid still', { error: problem })
      return token
    })

  /** A token may have been ended before its time, by a sign-out elsewhere. */
  async function withToken<T>(identity: CenterIdentity, work: (token: PortalAccess) => Promise<T>): Promise<T> {
    const { token } = await keeper.fresh(identity.id)
    try {
      return await work(token)
    } catch (error) {
      if (!isHallpassError(error, 'sso.sign-in-needed')) throw error
      return work((await keeper.replace(identity.id, token.accessToken)).token)
    }
  }

  return {
    access,

    async signIn(name, options) {
      const identity = findCenter(store, name)
      await passing(gate, () => flights.run(identity.id, () => signInOnce(identity, options)))
      return stateOf(store, async () => cliCache, identity, clock())
    },

    async signOut(name) {
      const identity = findCenter(store, name)
      const token = await signIns.get(identity.id)
      // A sign-in that AWS can't be told of ends here all the same: by itself, it ends within hours.
      if (token)
        await portal.logout(token).catch((error: unknown) => log.warn('AWS was not told of a sign-out', { error }))
      await keeper.forget(identity.id)
    },

    roleCredentials: (identity, role) =>
      tellingHow(identity, () =>
        withToken(identity, (token) =>
          patiently(() => portal.getRoleCredentials(token, role), ['sso.throttled', 'aws.unavailable'], {
            wait,
            waits: WAITS,
          }),
        ),
      ),
  }
}

export function instanceOf({ startUrl, ssoRegion }: CenterIdentity): IdentityCenterInstance {
  return { startUrl, region: ssoRegion, scopes: [ACCOUNT_ACCESS_SCOPE] }
}

function signInNeeded({ name }: CenterIdentity, error: unknown): HallpassError {
  return new HallpassError('sso.sign-in-needed', `Nobody is signed in to ${name} now.`, {
    hint: `Sign in with: hallpass sso login ${name}`,
    ...(isHallpassError(error) ? { details: error.details } : {}),
  })
}
