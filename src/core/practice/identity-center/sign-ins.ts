/** Sign-ins of the person and the tokens that stand for them: access tokens for the portal, refresh tokens that rotate. */
import type { Client } from './clients.ts'
import { ACCOUNT_SCOPE, REFRESH_GRANT } from './clients.ts'
import type { TokenMaker } from './make-token.ts'
import { oidcRefusal } from './oidc-refusal.ts'
import type { IdentityCenterSettings } from './settings.ts'

interface SignIn {
  readonly clientId: string
  readonly userName: string
  readonly isRefreshable: boolean
  /** No token of it works from then on; milliseconds since the epoch. */
  endsAt: number
}

interface AccessToken {
  readonly signIn: SignIn
  expiresAt: number
}

/** The answer of CreateToken. */
export interface TokenAnswer {
  readonly accessToken: string
  readonly tokenType: 'Bearer'
  /** Seconds. */
  readonly expiresIn: number
  readonly refreshToken?: string
}

export class SignIns {
  readonly #maker: TokenMaker
  readonly #access = new Map<string, AccessToken>()
  readonly #refresh = new Map<string, SignIn>()

  constructor(maker: TokenMaker) {
    this.#maker = maker
  }

  /** A new sign-in. */
  begin(client: Client, userName: string, settings: IdentityCenterSettings, nowMs: number): TokenAnswer {
    const isRefreshable = client.scopes.includes(ACCOUNT_SCOPE) && client.allowsGrant(REFRESH_GRANT)
    const endsAt = nowMs + settings.signInSeconds * 1000
    return this.#issue({ clientId: client.id, userName, isRefreshable, endsAt }, settings, nowMs)
  }

  /** The token given is spent by it. @throws Refusal InvalidGrantException */
  refresh(client: Client, token: string, settings: IdentityCenterSettings, nowMs: number): TokenAnswer {
    const signIn = this.#refresh.get(token)
    if (!signIn || signIn.clientId !== client.id || signIn.endsAt <= nowMs)
      throw oidcRefusal('InvalidGrant', 'Invalid refresh token provided')
    this.#refresh.delete(token)
    return this.#issue(signIn, settings, nowMs)
  }

  /** Whose token it is; `undefined` for one that is unknown, expired or revoked. */
  userOf(accessToken: string, nowMs: number): string | undefined {
    const token = this.#access.get(accessToken)
    return token && token.expiresAt > nowMs && token.signIn.endsAt > nowMs ? token.signIn.userName : undefined
  }

  /** Ends the sign-in of a token, with all of its tokens. */
  end(accessToken: string, nowMs: number): void {
    const token = this.#access.get(accessToken)
    if (token) token.signIn.endsAt = nowMs
  }

  endAll(nowMs: number): void {
    for (const { signIn } of this.#access.values()) signIn.endsAt = nowMs
    this.#refresh.clear()
  }

  expireAccessTokens(nowMs: number): void {
    for (const token of this.#access.values()) token.expiresAt = nowMs
  }

  #issue(signIn: SignIn, settings: IdentityCenterSettings, nowMs: number): TokenAnswer {
    for (const [token, { expiresAt }] of this.#access) if (expiresAt <= nowMs) this.#access.delete(token)
    const asked = nowMs + settings.accessTokenSeconds * 1000
    const expiresAt = signIn.isRefreshable ? Math.min(asked, signIn.endsAt) : signIn.endsAt
    const accessToken = this.#maker.secret('aoa', 240)
    this.#access.set(accessToken, { signIn, expiresAt })
    const answer = { accessToken, tokenType: 'Bearer', expiresIn: Math.floor((expiresAt - nowMs) / 1000) } as const
    if (!signIn.isRefreshable) return answer
    const refreshToken = this.#maker.secret('aor', 240)
    this.#refresh.set(refreshToken, signIn)
    return { ...answer, refreshToken }
  }
}
