/** Registrations with Identity Center: a usable one is used again, as every one lasts about 90 days (facts E.3). */
import type { IdentityCenterInstance } from '#shared/identity-center.ts'
import type { OidcCalls, RegistrationRequest } from './oidc.ts'
import type { ClientRegistration } from './records.ts'

/** As long as a sign-in may take, and some. Milliseconds. */
const LEAST_LEFT = 15 * 60_000

/** True when it was made for this instance and these grants, and more than 15 minutes of it are left. */
export function isReusable(
  registration: ClientRegistration,
  instance: IdentityCenterInstance,
  { grantTypes }: RegistrationRequest,
  now: number,
): boolean {
  return (
    Date.parse(registration.expiresAt) - now > LEAST_LEFT &&
    registration.startUrl === instance.startUrl &&
    registration.region === instance.region &&
    isSameSet(registration.scopes, instance.scopes) &&
    isSameSet(registration.grantTypes, grantTypes)
  )
}

/** The known registration if it will do, else a new one. @throws what registerClient throws */
export async function usableRegistration(
  oidc: OidcCalls,
  instance: IdentityCenterInstance,
  request: RegistrationRequest,
  known: ClientRegistration | null,
  now: number,
  signal?: AbortSignal,
): Promise<ClientRegistration> {
  if (known && isReusable(known, instance, request, now)) return known
  return oidc.registerClient(instance, request, signal)
}

function isSameSet(one: readonly string[], other: readonly string[]): boolean {
  return one.every((text) => other.includes(text)) && other.every((text) => one.includes(text))
}
