/** Registered clients of the OIDC service (aws-facts E.3): POST /client/register. */
import { z } from 'zod'
import { equalSecrets } from '../secrets.ts'
import type { TokenMaker } from './make-token.ts'
import { readInput } from './oidc-input.ts'
import { oidcRefusal } from './oidc-refusal.ts'
import { isLoopbackUrl, sameRedirect } from './redirect.ts'
import { sameStartUrl } from './start-url.ts'

export const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code'
export const CODE_GRANT = 'authorization_code'
export const REFRESH_GRANT = 'refresh_token'
const GRANTS = [DEVICE_GRANT, CODE_GRANT, REFRESH_GRANT]
/** Without it a registration gets no refresh token. */
export const ACCOUNT_SCOPE = 'sso:account:access'
const SCOPE = /^[A-Za-z0-9_]+(?::[A-Za-z0-9_]+)+$/

const strings = z.array(z.string().max(2048)).max(50)
const registration = z.object({
  clientName: z.string().min(1).max(256),
  clientType: z.string(),
  scopes: strings.nullish(),
  grantTypes: strings.nullish(),
  redirectUris: strings.nullish(),
  issuerUrl: z.string().max(2048).nullish(),
})

export interface Client {
  readonly id: string
  readonly name: string
  readonly scopes: readonly string[]
  /** Milliseconds since the epoch. */
  readonly expiresAt: number
  allowsGrant(grant: string): boolean
  /** Whether a loopback URI is one of its own, whatever the port. */
  allowsRedirect(uri: string): boolean
}

interface Registered extends Client {
  readonly secret: string
}

export class Clients {
  readonly #maker: TokenMaker
  readonly #clients = new Map<string, Registered>()

  constructor(maker: TokenMaker) {
    this.#maker = maker
  }

  /** @returns the answer of RegisterClient, times in seconds since the epoch. @throws Refusal */
  register(input: unknown, startUrl: string, lifeSeconds: number, nowMs: number): Record<string, unknown> {
    const given = readRegistration(input, startUrl)
    const issuedAt = Math.floor(nowMs / 1000)
    const grants = given.grantTypes ?? [DEVICE_GRANT, REFRESH_GRANT]
    const redirects = given.redirectUris ?? []
    const client: Registered = {
      id: this.#maker.clientId(),
      secret: this.#maker.secret('eyJ', 240),
      name: given.clientName,
      scopes: given.scopes ?? [],
      expiresAt: (issuedAt + lifeSeconds) * 1000,
      allowsGrant: (grant) => grants.includes(grant),
      allowsRedirect: (uri) => redirects.some((registered) => sameRedirect(registered, uri)),
    }
    this.#clients.set(client.id, client)
    return {
      clientId: client.id,
      clientSecret: client.secret,
      clientIdIssuedAt: issuedAt,
      clientSecretExpiresAt: issuedAt + lifeSeconds,
    }
  }

  /** Without its secret: for what a browser asks. `undefined` for one that is unknown or expired. */
  find(id: string, nowMs: number): Client | undefined {
    const client = this.#clients.get(id)
    return client && client.expiresAt > nowMs ? client : undefined
  }

  /** @throws Refusal InvalidClientException, for an expired secret too */
  authenticate(id: string, secret: string, nowMs: number): Client {
    const client = this.#clients.get(id)
    if (!client || !equalSecrets(client.secret, secret))
      throw oidcRefusal('InvalidClient', 'Invalid client credentials')
    if (client.expiresAt <= nowMs) throw oidcRefusal('InvalidClient', 'The client secret has expired')
    return client
  }

  expireAll(nowMs: number): void {
    for (const [id, client] of this.#clients) this.#clients.set(id, { ...client, expiresAt: nowMs })
  }
}

function readRegistration(input: unknown, startUrl: string): z.output<typeof registration> {
  const given = readInput(registration, input)
  const { clientType, scopes, grantTypes, redirectUris, issuerUrl } = given
  if (clientType !== 'public') throw oidcRefusal('InvalidClientMetadata', 'Only public clients can be registered')
  if (scopes?.some((scope) => !SCOPE.test(scope))) throw oidcRefusal('InvalidScope', 'Invalid scope requested')
  if (grantTypes?.some((grant) => !GRANTS.includes(grant)))
    throw oidcRefusal('UnsupportedGrantType', 'Unsupported grant type requested')
  if (redirectUris?.some((uri) => !isLoopbackUrl(uri)))
    throw oidcRefusal('InvalidRedirectUri', 'A redirect URI of a public client is on the loopback interface')
  if (issuerUrl != null && !sameStartUrl(issuerUrl, startUrl)) throw oidcRefusal('InvalidRequest', 'Invalid issuer URL')
  if (!grantTypes?.includes(CODE_GRANT)) return given
  if (!redirectUris?.length) throw oidcRefusal('InvalidRedirectUri', 'authorization_code needs a redirect URI')
  if (issuerUrl == null) throw oidcRefusal('InvalidRequest', 'authorization_code needs an issuer URL')
  return given
}
