/** Authorization code with PKCE: what a browser asks for, and the code that is exchanged for tokens once (aws-facts E.3). */
import { createHash } from 'node:crypto'
import { equalSecrets } from '../secrets.ts'
import type { Client } from './clients.ts'
import { CODE_GRANT } from './clients.ts'
import type { TokenMaker } from './make-token.ts'
import { oidcRefusal } from './oidc-refusal.ts'

/** Between the page and CreateToken. */
const LIFE_MS = 10 * 60_000
const VERIFIER = /^[A-Za-z0-9._~-]{43,128}$/
const CHALLENGE = /^[A-Za-z0-9_-]{43}$/

/** A request the page asks about. */
export interface CodeRequest {
  /** Stands for it in the page's forms. */
  readonly id: string
  readonly client: Client
  /** With the port. */
  readonly redirectUri: string
  /** The client's own, given back to it. */
  readonly state: string | undefined
  readonly challenge: string
  /** Milliseconds since the epoch. */
  readonly expiresAt: number
}

export class CodeRequests {
  readonly #maker: TokenMaker
  readonly #requests = new Map<string, CodeRequest>()
  readonly #codes = new Map<string, CodeRequest>()

  constructor(maker: TokenMaker) {
    this.#maker = maker
  }

  /** @param parameters of `/authorize`, whose client and redirect URI are known to be good. @returns an OAuth error word, or the request */
  begin(
    client: Client,
    redirectUri: string,
    parameters: { get(name: string): string | undefined },
    nowMs: number,
  ): CodeRequest | string {
    const challenge = parameters.get('code_challenge') ?? ''
    if (parameters.get('response_type') !== 'code') return 'unsupported_response_type'
    if (!client.allowsGrant(CODE_GRANT)) return 'unauthorized_client'
    if (parameters.get('code_challenge_method') !== 'S256' || !CHALLENGE.test(challenge)) return 'invalid_request'
    const scopes = (parameters.get('scopes') ?? '').split(' ').filter((scope) => scope !== '')
    if (scopes.some((scope) => !client.scopes.includes(scope))) return 'invalid_scope'
    const request: CodeRequest = {
      id: this.#maker.secret('', 24),
      client,
      redirectUri,
      state: parameters.get('state'),
      challenge,
      expiresAt: nowMs + LIFE_MS,
    }
    this.#requests.set(request.id, request)
    return request
  }

  /** The request of a page, once. */
  take(id: string, nowMs: number): CodeRequest | undefined {
    const request = this.#requests.get(id)
    this.#requests.delete(id)
    return request && request.expiresAt > nowMs ? request : undefined
  }

  /** The code of an allowed request. */
  allow(request: CodeRequest, nowMs: number): string {
    const code = this.#maker.secret('', 96)
    this.#codes.set(code, { ...request, expiresAt: nowMs + LIFE_MS })
    return code
  }

  /** Spends the code, also when something about it is wrong. @throws Refusal InvalidGrantException */
  redeem(client: Client, code: string, redirectUri: string, verifier: string, nowMs: number): void {
    const request = this.#codes.get(code)
    if (!request || request.client.id !== client.id)
      throw oidcRefusal('InvalidGrant', 'Invalid authorization code provided')
    this.#codes.delete(code)
    if (request.expiresAt <= nowMs) throw oidcRefusal('InvalidGrant', 'The authorization code has expired')
    if (request.redirectUri !== redirectUri) throw oidcRefusal('InvalidGrant', 'The redirect URI is another one')
    const challenge = createHash('sha256').update(verifier).digest('base64url')
    if (!VERIFIER.test(verifier) || !equalSecrets(challenge, request.challenge))
      throw oidcRefusal('InvalidGrant', 'Invalid code verifier')
  }
}
