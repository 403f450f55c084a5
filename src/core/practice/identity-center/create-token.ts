/** CreateToken with its three grants (aws-facts E.3). `scope` has no effect there: a registration fixes it. */
import { z } from 'zod'
import { type Client, type Clients, CODE_GRANT, DEVICE_GRANT, REFRESH_GRANT } from './clients.ts'
import type { CodeRequests } from './code-requests.ts'
import type { DeviceRequests } from './device-requests.ts'
import { readInput } from './oidc-input.ts'
import { oidcRefusal } from './oidc-refusal.ts'
import type { IdentityCenterSettings } from './settings.ts'
import type { SignIns, TokenAnswer } from './sign-ins.ts'

const text = z.string().max(8192)
const input = z.object({
  clientId: text,
  clientSecret: text,
  grantType: text,
  deviceCode: text.nullish(),
  code: text.nullish(),
  redirectUri: text.nullish(),
  codeVerifier: text.nullish(),
  refreshToken: text.nullish(),
})

export interface TokenIssuer {
  readonly clients: Clients
  readonly devices: DeviceRequests
  readonly codes: CodeRequests
  readonly signIns: SignIns
  readonly userName: string
}

/** @throws Refusal */
export function createToken(
  issuer: TokenIssuer,
  body: unknown,
  settings: IdentityCenterSettings,
  nowMs: number,
): TokenAnswer {
  const given = readInput(input, body)
  const client = issuer.clients.authenticate(given.clientId, given.clientSecret, nowMs)
  const { grantType } = given
  if (![DEVICE_GRANT, CODE_GRANT, REFRESH_GRANT].includes(grantType))
    throw oidcRefusal('UnsupportedGrantType', 'Unsupported grant type requested')
  if (!client.allowsGrant(grantType)) throw oidcRefusal('UnauthorizedClient', 'Not registered for this grant type')
  if (grantType === REFRESH_GRANT)
    return issuer.signIns.refresh(client, needed(given.refreshToken, 'refreshToken'), settings, nowMs)
  if (grantType === DEVICE_GRANT) issuer.devices.poll(client, needed(given.deviceCode, 'deviceCode'), nowMs)
  else redeemCode(issuer, client, given, nowMs)
  return issuer.signIns.begin(client, issuer.userName, settings, nowMs)
}

/** Which grant a body asks for, in a word for the log of calls. */
export function grantWord(body: unknown): string {
  const { grantType } = (body ?? {}) as { grantType?: unknown }
  return typeof grantType === 'string' ? (grantType.split(':').at(-1) ?? '') : ''
}

function redeemCode(issuer: TokenIssuer, client: Client, given: z.output<typeof input>, nowMs: number): void {
  const code = needed(given.code, 'code')
  const redirectUri = needed(given.redirectUri, 'redirectUri')
  issuer.codes.redeem(client, code, redirectUri, needed(given.codeVerifier, 'codeVerifier'), nowMs)
}

function needed(value: string | null | undefined, name: string): string {
  if (value) return value
  throw oidcRefusal('InvalidRequest', `Missing ${name}`)
}
