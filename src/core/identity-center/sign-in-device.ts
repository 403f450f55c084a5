/** Signing in with any browser anywhere, by a code that is compared (RFC 8628; polling as in facts E.3). */
import { HallpassError, isHallpassError } from '#shared/errors.ts'
import { isTransientError } from '../aws/explain.ts'
import type { DeviceAuthorization, RegistrationRequest } from './oidc.ts'
import { type ClientRegistration, GRANT_TYPES, type IdentityCenterToken } from './records.ts'
import { usableRegistration } from './registration.ts'
import type { SignedIn, SignInParts } from './sign-in-browser.ts'
import { realWait, waitOrStop } from './wait.ts'

/** What a person is shown; the device code itself stays here. */
export type DeviceCodeToConfirm = Pick<
  DeviceAuthorization,
  'userCode' | 'verificationUri' | 'verificationUriComplete'
> & {
  /** By the clock of the sign-in, milliseconds since the epoch. */
  readonly expiresAt: number
}

export interface DeviceSignInParts extends SignInParts {
  /** Told once, before the waiting. */
  readonly onCode: (code: DeviceCodeToConfirm) => void
}

/** What SlowDown adds to the interval, for good. Milliseconds (RFC 8628, 3.5). */
const SLOWER = 5_000

const REQUEST: RegistrationRequest = { grantTypes: [GRANT_TYPES.deviceCode, GRANT_TYPES.refreshToken] }

/**
 * Asks for a code, reports it, and waits until somebody has confirmed it.
 * @throws `sso.*`, `aws.*`, `network.*`; `sso.sign-in-expired` once the code has ended; `cancelled`
 */
export async function signInWithDevice(parts: DeviceSignInParts): Promise<SignedIn> {
  const { clock, onCode } = parts
  const { registration, authorization } = await authorize(parts)
  const expiresAt = clock() + authorization.expiresIn * 1000
  const { userCode, verificationUri, verificationUriComplete } = authorization
  onCode({ userCode, verificationUri, verificationUriComplete, expiresAt })
  return { registration, token: await poll(parts, registration, authorization, expiresAt) }
}

/** A kept registration that AWS has forgotten is replaced once. */
async function authorize(parts: DeviceSignInParts) {
  const { oidc, instance, signal, clock } = parts
  const begin = async (known: ClientRegistration | null) => {
    const registration = await usableRegistration(oidc, instance, REQUEST, known, clock(), signal)
    return { registration, authorization: await oidc.startDeviceAuthorization(instance, registration, signal) }
  }
  try {
    return await begin(parts.registration)
  } catch (error) {
    if (!parts.registration || !isHallpassError(error, 'sso.registration-expired')) throw error
    return begin(null)
  }
}

async function poll(
  { oidc, instance, clock, signal, wait = realWait }: DeviceSignInParts,
  registration: ClientRegistration,
  { deviceCode, interval }: DeviceAuthorization,
  expiresAt: number,
): Promise<IdentityCenterToken> {
  let pause = interval * 1000
  while (clock() < expiresAt) {
    await waitOrStop(wait, pause, signal)
    const answer = await oidc.pollForToken(instance, registration, deviceCode, signal).catch((error: unknown) => {
      // The person may be confirming at this moment: a bad connection does not throw that away.
      if (isTransientError(error)) return 'pending' as const
      throw error
    })
    if (typeof answer !== 'string') return answer
    if (answer === 'slow-down') pause += SLOWER
  }
  throw new HallpassError('sso.sign-in-expired', 'Nobody confirmed the code in time.', { hint: 'Sign in again.' })
}
