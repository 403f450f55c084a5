/** Proof Key for Code Exchange (RFC 7636), and the address that a browser signs in at (facts E.3). */
import { createHash, randomInt } from 'node:crypto'

const VERIFIER_CHARACTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~'
/** RFC 7636 allows 43–128; AWS's own command uses 64. */
const VERIFIER_LENGTH = 64

/** A secret that only who began a sign-in can show when it ends. */
export function createCodeVerifier(): string {
  return Array.from({ length: VERIFIER_LENGTH }, () =>
    VERIFIER_CHARACTERS.charAt(randomInt(VERIFIER_CHARACTERS.length)),
  ).join('')
}

/** What may be known of the verifier: its SHA-256, base64url without padding. */
export function codeChallenge(verifier: string): string {
  return createHash('sha256').update(verifier).digest('base64url')
}

export interface AuthorizeRequest {
  readonly clientId: string
  /** With the port. */
  readonly redirectUri: string
  readonly state: string
  readonly scopes: readonly string[]
  readonly codeChallenge: string
}

/** @param endpoint of the token service, ending in `/authorize` */
export function authorizeUrl(endpoint: string, request: AuthorizeRequest): string {
  const query = {
    response_type: 'code',
    client_id: request.clientId,
    redirect_uri: request.redirectUri,
    state: request.state,
    code_challenge_method: 'S256',
    // Plural, unlike OAuth's own.
    scopes: request.scopes.join(' '),
    code_challenge: request.codeChallenge,
  }
  return `${endpoint}?${Object.entries(query)
    .map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
    .join('&')}`
}
