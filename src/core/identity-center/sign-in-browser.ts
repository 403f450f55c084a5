/** Signing in with the browser on this machine: authorization code with PKCE (facts E.3; RFC 7636, RFC 8252). */
import { randomUUID } from 'node:crypto'
import { HallpassError } from '#shared/errors.ts'
import type { IdentityCenterInstance } from '#shared/identity-center.ts'
import type { Clock } from '../capabilities.ts'
import { CALLBACK_PATH, startCallbackServer } from './callback-server.ts'
import type { OidcCalls, RegistrationRequest } from './oidc.ts'
import { authorizeUrl, codeChallenge, createCodeVerifier } from './pkce.ts'
import { type ClientRegistration, GRANT_TYPES, type IdentityCenterToken } from './records.ts'
import { usableRegistration } from './registration.ts'
import { type AbortableWait, cancelled, realWait, stopIfAborted } from './wait.ts'

/** What a sign-in needs, whichever way it goes. */
export interface SignInParts {
  readonly oidc: OidcCalls
  readonly instance: IdentityCenterInstance
  /** The last one, used again if it will do. */
  readonly registration: ClientRegistration | null
  /** AWS's time as far as it is known. */
  readonly clock: Clock
  readonly wait?: AbortableWait
  readonly signal?: AbortSignal
}

export interface SignedIn {
  readonly token: IdentityCenterToken
  /** To be kept for the next sign-in. */
  readonly registration: ClientRegistration
}

export interface BrowserSignInParts extends SignInParts {
  /** Shows an address in the person's browser; the only way one is opened. */
  readonly open: (url: string) => Promise<unknown>
}

/** A person gets so long in all, as with AWS's own command. Milliseconds. */
const LONGEST = 10 * 60_000

const REQUEST: RegistrationRequest = {
  grantTypes: [GRANT_TYPES.authorizationCode, GRANT_TYPES.refreshToken],
  // Without the port, which differs each time: AWS ignores it for loopback addresses.
  redirectUri: `http://127.0.0.1${CALLBACK_PATH}`,
}

/**
 * Sends the person's browser to sign in and waits for it to come back.
 * @throws `sso.*`, `aws.*`, `network.*`; `sso.sign-in-expired` after 10 minutes; `cancelled`; `browser.unavailable`; what
 *   `open` throws
 */
export async function signInWithBrowser(parts: BrowserSignInParts): Promise<SignedIn> {
  const { oidc, instance, signal, clock, open } = parts
  stopIfAborted(signal)
  const registration = await usableRegistration(oidc, instance, REQUEST, parts.registration, clock(), signal)
  const state = randomUUID()
  const codeVerifier = createCodeVerifier()
  const server = await startCallbackServer(state)
  const { redirectUri } = server
  let code: string
  try {
    const url = authorizeUrl(oidc.authorizeEndpoint(instance), {
      ...{ clientId: registration.clientId, redirectUri, state },
      scopes: instance.scopes,
      codeChallenge: codeChallenge(codeVerifier),
    })
    stopIfAborted(signal)
    code = await firstOf(server.code, () => open(url), parts)
  } finally {
    await server.close()
  }
  const token = await oidc.exchangeCode(instance, registration, { code, codeVerifier, redirectUri }, signal)
  return { token, registration }
}

/** The code, unless the browser can't be opened, the time is over or the person gives up before. */
async function firstOf(
  code: Promise<string>,
  open: () => Promise<unknown>,
  { wait = realWait, signal }: SignInParts,
): Promise<string> {
  const over = new AbortController()
  const aborted = Promise.withResolvers<never>()
  const onAbort = () => aborted.reject(cancelled())
  signal?.addEventListener('abort', onAbort, { once: true })
  try {
    return await Promise.race([
      code,
      aborted.promise,
      wait(LONGEST, over.signal).then(() => {
        throw notInTime()
      }),
      // Once it is open, what counts is who comes back.
      open().then(() => code),
    ])
  } finally {
    signal?.removeEventListener('abort', onAbort)
    over.abort()
  }
}

function notInTime(): HallpassError {
  return new HallpassError('sso.sign-in-expired', 'Nobody signed in within 10 minutes.', { hint: 'Sign in again.' })
}
