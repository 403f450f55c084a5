/** Short-term credentials the practice account gave out, until well after they expired. */
import type { Account, Role, User } from './directory.ts'
import type { ResultFields } from './query.ts'
import { makeKeyId, makeSecretKey, makeSessionToken, randomEntropy } from './secrets.ts'

/** What the credentials stand for: a user after GetSessionToken or GetFederationToken, or a role session. */
export type SessionSubject =
  | { readonly kind: 'user'; readonly user: User }
  | { readonly kind: 'federated'; readonly user: User; readonly federatedName: string }
  | { readonly kind: 'role'; readonly role: Role; readonly roleSessionName: string }

export interface NewSession {
  readonly subject: SessionSubject
  readonly durationSeconds: number
  /** Whether a code was given when they were asked for. */
  readonly mfaPresent: boolean
  /** Whether they were asked for with session credentials: role chaining. Identity Center's count as such. */
  readonly chained: boolean
  readonly sourceIdentity?: string | undefined
  /** Lower-cased keys that later sessions of the chain inherit. */
  readonly transitiveTagKeys?: ReadonlySet<string>
}

export interface Session extends Readonly<NewSession> {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken: string
  /** Milliseconds since the epoch, whole seconds. */
  readonly expiresAt: number
}

/** AWS calls a session expired for a while, then no longer knows it. How long is not documented. */
const REMEMBERED_AFTER_EXPIRY_MS = 12 * 3600_000

export class Sessions {
  readonly #byKeyId = new Map<string, Session>()
  /** Seconds that no session outlasts, whatever was asked for; null for none. */
  shortenTo: number | null = null

  /** Session secrets are random even in a seeded practice account. */
  issue(input: NewSession, nowMs: number): Session {
    this.#forgetLongExpired(nowMs)
    const { subject, durationSeconds } = input
    const seconds = Math.min(durationSeconds, this.shortenTo ?? durationSeconds)
    const { id: accountId } = accountOf(subject)
    const session: Session = {
      ...input,
      accessKeyId: makeKeyId('ASIA', accountId, randomEntropy),
      secretAccessKey: makeSecretKey(randomEntropy),
      sessionToken: makeSessionToken(randomEntropy),
      expiresAt: (Math.floor(nowMs / 1000) + seconds) * 1000,
    }
    this.#byKeyId.set(session.accessKeyId, session)
    return session
  }

  /** `undefined` when unknown, revoked, or expired long ago. */
  find(accessKeyId: string, nowMs: number): Session | undefined {
    const session = this.#byKeyId.get(accessKeyId)
    return session && !isForgotten(session, nowMs) ? session : undefined
  }

  /** Every session still remembered. */
  list(): Session[] {
    return [...this.#byKeyId.values()]
  }

  /** @returns whether there was one */
  revoke(accessKeyId: string): boolean {
    return this.#byKeyId.delete(accessKeyId)
  }

  /** Lets the session end now. @returns whether there was one */
  expire(accessKeyId: string, nowMs: number): boolean {
    const session = this.#byKeyId.get(accessKeyId)
    if (session) this.#byKeyId.set(accessKeyId, { ...session, expiresAt: nowMs })
    return session !== undefined
  }

  #forgetLongExpired(nowMs: number): void {
    for (const [id, session] of this.#byKeyId) if (isForgotten(session, nowMs)) this.#byKeyId.delete(id)
  }
}

/** The account whose credentials they are. */
export function accountOf(subject: SessionSubject): Account {
  return subject.kind === 'role' ? subject.role.account : subject.user.account
}

function isForgotten(session: Session, nowMs: number): boolean {
  return session.expiresAt + REMEMBERED_AFTER_EXPIRY_MS < nowMs
}

/** The `Credentials` element of a result; the expiry as `2026-11-24T14:42:03Z`. */
export function renderCredentials(session: Session): ResultFields {
  return {
    AccessKeyId: session.accessKeyId,
    SecretAccessKey: session.secretAccessKey,
    SessionToken: session.sessionToken,
    Expiration: new Date(session.expiresAt).toISOString().replace(/\.\d+Z$/, 'Z'),
  }
}
