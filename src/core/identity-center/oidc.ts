/**
 * Identity Center's token service (OIDC API), through the AWS SDK, set up like every call of Hallpass's own
 * (client-settings.ts). Nothing is signed; the SDK is loaded at the first call; failures leave as HallpassErrors.
 */
import type { CreateTokenCommandInput, CreateTokenCommandOutput, SSOOIDCClient } from '@aws-sdk/client-sso-oidc'
import { HallpassError } from '#shared/errors.ts'
import type { IdentityCenterInstance } from '#shared/identity-center.ts'
import { type OnAnswer, unsignedClientConfig, watchAnswers } from '../aws/client-settings.ts'
import { type Env, identityCenterEndpoint } from '../aws/endpoints.ts'
import type { Clock } from '../capabilities.ts'
import { explainOidcError, incompleteAnswer, type OidcContext, oauthError } from './explain-oidc.ts'
import {
  type ClientRegistration,
  clientRegistration,
  GRANT_TYPES,
  type IdentityCenterToken,
  identityCenterToken,
  type RegisteredClient,
} from './records.ts'
import { cancelled } from './wait.ts'

/** What a registration is asked for. */
export interface RegistrationRequest {
  readonly grantTypes: ClientRegistration['grantTypes']
  /** Without a port (facts E.3); only for the authorization code. */
  readonly redirectUri?: string
}

/** A device code and what a person needs to confirm it. */
export interface DeviceAuthorization {
  /** A secret: whoever has it gets the token. */
  readonly deviceCode: string
  /** For comparison with what the browser shows. */
  readonly userCode: string
  readonly verificationUri: string
  /** The same with the user code in it. */
  readonly verificationUriComplete: string
  /** Seconds. */
  readonly expiresIn: number
  /** Seconds between polls. */
  readonly interval: number
}

/** What polling for a token gives while there is none. */
export type NotYet = 'pending' | 'slow-down'

/**
 * All methods throw `sso.*`, `aws.*` and `network.*` errors, `cancelled` once `signal` is aborted, and `usage.invalid` or
 * `input.invalid` for a bad endpoint override or region.
 */
export interface OidcCalls {
  registerClient(
    instance: IdentityCenterInstance,
    request: RegistrationRequest,
    signal?: AbortSignal,
  ): Promise<ClientRegistration>
  startDeviceAuthorization(
    instance: IdentityCenterInstance,
    client: RegisteredClient,
    signal?: AbortSignal,
  ): Promise<DeviceAuthorization>
  /** Asks once. */
  pollForToken(
    instance: IdentityCenterInstance,
    client: RegisteredClient,
    deviceCode: string,
    signal?: AbortSignal,
  ): Promise<IdentityCenterToken | NotYet>
  exchangeCode(
    instance: IdentityCenterInstance,
    client: RegisteredClient,
    grant: { readonly code: string; readonly codeVerifier: string; readonly redirectUri: string },
    signal?: AbortSignal,
  ): Promise<IdentityCenterToken>
  /**
   * Spends the refresh token; the answer has the next one.
   * @throws also `sso.sign-in-needed` when AWS no longer takes it, or it was never there
   */
  refresh(token: IdentityCenterToken, signal?: AbortSignal): Promise<IdentityCenterToken>
  /** Where a browser goes to sign in, without its parameters (facts E.3). */
  authorizeEndpoint(instance: IdentityCenterInstance): string
}

/** What the browser and the console of Identity Center show. */
const CLIENT_NAME = 'Hallpass'
/** RFC 8628, 3.2: the interval where the server names none. Seconds. */
const DEFAULT_INTERVAL = 5
/** Seconds: no timer waits for weeks, and one that does not wait at all would ask without end. */
const LONGEST_INTERVAL = 60
/** Seconds a code is waited for at most; AWS's lasts 10 minutes. */
const LONGEST_CODE = 3600

/**
 * The token service for one environment; only the endpoint overrides are read from it.
 * @param clock AWS's time as far as it is known: expiries are counted from it
 */
export function createOidc(env: Env, clock: Clock, onAnswer?: OnAnswer): OidcCalls {
  type Sdk = typeof import('@aws-sdk/client-sso-oidc')

  async function send<T>(
    about: { instance: IdentityCenterInstance; operation: OidcContext['operation']; isRefresh?: boolean },
    secrets: readonly string[],
    signal: AbortSignal | undefined,
    work: (sdk: Sdk, client: SSOOIDCClient, abort: { abortSignal?: AbortSignal }, host: string) => Promise<T>,
    attempts?: number,
  ): Promise<T> {
    const endpoint = identityCenterEndpoint(env, 'sso-oidc', about.instance.region)
    const sdk = await import('@aws-sdk/client-sso-oidc')
    const client = new sdk.SSOOIDCClient(unsignedClientConfig(about.instance.region, endpoint.url, attempts))
    watchAnswers(client, onAnswer)
    try {
      if (signal?.aborted) throw cancelled()
      return await work(sdk, client, signal ? { abortSignal: signal } : {}, endpoint.host)
    } catch (error) {
      if (signal?.aborted) throw cancelled()
      throw explainOidcError(error, { isRefresh: false, ...about, ...endpoint }, secrets)
    } finally {
      client.destroy()
    }
  }

  async function createToken(
    instance: IdentityCenterInstance,
    client: RegisteredClient,
    grant: Partial<CreateTokenCommandInput>,
    signal: AbortSignal | undefined,
    attempts?: number,
  ): Promise<IdentityCenterToken | NotYet> {
    const isRefresh = grant.grantType === GRANT_TYPES.refreshToken
    const secrets = [client.clientSecret, grant.code, grant.codeVerifier, grant.deviceCode, grant.refreshToken]
    return send(
      { instance, operation: 'CreateToken', isRefresh },
      secrets.filter((text) => text !== undefined),
      signal,
      async (sdk, sso, abort, host) => {
        const { clientId, clientSecret } = client
        const command = new sdk.CreateTokenCommand({ clientId, clientSecret, grantType: undefined, ...grant })
        const answer = await sso.send(command, abort).catch((error: unknown) => {
          const notYet = grant.deviceCode === undefined ? undefined : NOT_YET[oauthError(error)]
          if (notYet) return notYet
          throw error
        })
        if (typeof answer === 'string') return answer
        const token = readToken(answer, instance, client, clock())
        if (!token) throw incompleteAnswer(host, 'CreateToken')
        return token
      },
      attempts,
    )
  }

  return {
    registerClient: (instance, { grantTypes, redirectUri }, signal) =>
      send({ instance, operation: 'RegisterClient' }, [], signal, async (sdk, sso, abort, host) => {
        const command = new sdk.RegisterClientCommand({
          clientName: CLIENT_NAME,
          clientType: 'public',
          scopes: instance.scopes,
          grantTypes,
          ...(redirectUri === undefined ? {} : { redirectUris: [redirectUri], issuerUrl: instance.startUrl }),
        })
        const { clientId, clientSecret, clientSecretExpiresAt } = await sso.send(command, abort)
        const { startUrl, region, scopes } = instance
        const expiresAt = isoTime((clientSecretExpiresAt ?? Number.NaN) * 1000)
        const parsed = clientRegistration.safeParse({
          ...{ clientId, clientSecret, expiresAt },
          ...{ startUrl, region, scopes, grantTypes },
        })
        if (!parsed.success) throw incompleteAnswer(host, 'RegisterClient')
        return parsed.data
      }),

    startDeviceAuthorization: (instance, { clientId, clientSecret }, signal) =>
      send(
        { instance, operation: 'StartDeviceAuthorization' },
        [clientSecret],
        signal,
        async (sdk, sso, abort, host) => {
          const { startUrl } = instance
          const command = new sdk.StartDeviceAuthorizationCommand({ clientId, clientSecret, startUrl })
          const { deviceCode, userCode, verificationUri, verificationUriComplete, expiresIn, interval } =
            await sso.send(command, abort)
          const address = webAddress(verificationUri)
          const complete = webAddress(verificationUriComplete ?? verificationUri)
          if (!deviceCode || !USER_CODE.test(userCode ?? '') || !address || !complete || !((expiresIn ?? 0) > 0))
            throw incompleteAnswer(host, 'StartDeviceAuthorization')
          return {
            ...{ deviceCode, userCode: userCode ?? '', verificationUri: address, verificationUriComplete: complete },
            expiresIn: Math.min(LONGEST_CODE, expiresIn ?? 0),
            interval: Math.min(LONGEST_INTERVAL, Math.max(1, interval || DEFAULT_INTERVAL)),
          }
        },
      ),

    // Whoever polls asks again anyway.
    pollForToken: (instance, client, deviceCode, signal) =>
      createToken(instance, client, { grantType: GRANT_TYPES.deviceCode, deviceCode }, signal, 1),

    exchangeCode: async (instance, client, grant, signal) =>
      granted(await createToken(instance, client, { grantType: GRANT_TYPES.authorizationCode, ...grant }, signal)),

    async refresh(token, signal) {
      const { startUrl, region, client, refreshToken } = token
      if (!client || refreshToken === null)
        throw new HallpassError('sso.sign-in-needed', `The sign-in to ${startUrl} can’t be renewed.`, {
          hint: 'Sign in again.',
        })
      const grant = { grantType: GRANT_TYPES.refreshToken, refreshToken }
      const next = granted(await createToken({ startUrl, region, scopes: [] }, client, grant, signal))
      // One that AWS does not replace goes on working.
      return { ...next, refreshToken: next.refreshToken ?? refreshToken }
    },

    authorizeEndpoint: ({ region }) => `${identityCenterEndpoint(env, 'sso-oidc', region).url}/authorize`,
  }
}

const NOT_YET: Readonly<Record<string, NotYet>> = { authorization_pending: 'pending', slow_down: 'slow-down' }

/** Only a device code has to be waited for. */
function granted(answer: IdentityCenterToken | NotYet): IdentityCenterToken {
  if (typeof answer !== 'string') return answer
  throw new HallpassError('internal', `Identity Center answered ${answer} where that has no meaning.`)
}

function readToken(
  { accessToken, expiresIn, refreshToken }: CreateTokenCommandOutput,
  { startUrl, region }: IdentityCenterInstance,
  { clientId, clientSecret, expiresAt }: RegisteredClient,
  now: number,
): IdentityCenterToken | undefined {
  const parsed = identityCenterToken.safeParse({
    ...{ startUrl, region, accessToken },
    // 0 is what the SDK makes of an answer without it.
    expiresAt: expiresIn && expiresIn > 0 ? isoTime(now + expiresIn * 1000) : undefined,
    refreshToken: refreshToken || null,
    client: { clientId, clientSecret, expiresAt },
  })
  return parsed.success ? parsed.data : undefined
}

function isoTime(ms: number): string | undefined {
  const time = new Date(ms)
  return Number.isNaN(time.getTime()) ? undefined : time.toISOString()
}

/** It is shown for comparison, on a terminal as well. */
const USER_CODE = /^[\x21-\x7e]{1,64}$/

/** What a browser may be sent to, without a character that could drive a terminal; undefined for anything else. */
function webAddress(text: string | undefined): string | undefined {
  const url = text === undefined ? null : URL.parse(text)
  const isPlain = url !== null && /^https?:$/.test(url.protocol) && url.username === '' && url.password === ''
  return isPlain ? url.href : undefined
}
