/**
 * What a sign-in to IAM Identity Center leaves: a registered client and a token. Both hold secrets; both are plain JSON,
 * so that they can be sealed and come back through these schemas.
 */
import { z } from 'zod'

/** OAuth 2.0 grant types of CreateToken (OIDC API reference). */
export const GRANT_TYPES = {
  authorizationCode: 'authorization_code',
  deviceCode: 'urn:ietf:params:oauth:grant-type:device_code',
  refreshToken: 'refresh_token',
} as const

/** Visible ASCII, as it goes into headers and files; AWS's are shorter by far. */
const secretText = z.string().regex(/^[\x21-\x7e]{1,16384}$/)

/** The program as AWS knows it. */
export const registeredClient = z.object({
  clientId: secretText,
  clientSecret: secretText,
  /** ISO 8601; about 90 days after registration. */
  expiresAt: z.iso.datetime(),
})
export type RegisteredClient = z.infer<typeof registeredClient>

/** A registration that can be used again, with what it was made for. */
export const clientRegistration = registeredClient.extend({
  startUrl: z.string(),
  region: z.string(),
  scopes: z.array(z.string()),
  grantTypes: z.array(z.enum(GRANT_TYPES)),
})
export type ClientRegistration = z.infer<typeof clientRegistration>

/** Proof of a sign-in: whoever has it can have credentials of every role assigned to the person. */
export const identityCenterToken = z.object({
  startUrl: z.string(),
  region: z.string(),
  accessToken: secretText,
  /** ISO 8601. */
  expiresAt: z.iso.datetime(),
  /** Works once: its use gives the next one. */
  refreshToken: secretText.nullable(),
  /** Who the refresh token was given to; null where that is not known, and the token cannot be refreshed. */
  client: registeredClient.nullable(),
})
export type IdentityCenterToken = z.infer<typeof identityCenterToken>

/** When the token ends, milliseconds since the epoch. */
export function tokenEnd({ expiresAt }: Pick<IdentityCenterToken, 'expiresAt'>): number {
  return Date.parse(expiresAt)
}

/** True when another token can be had without a person, as far as can be told at `now`. */
export function isRefreshable(token: IdentityCenterToken, now: number): boolean {
  return token.refreshToken !== null && token.client !== null && Date.parse(token.client.expiresAt) > now
}
