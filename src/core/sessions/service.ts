/** Sessions as the facade offers them. */
import type { ActivityAsker } from '#shared/activity.ts'
import type { HandedOutCredentials, SessionSummary } from '#shared/sessions.ts'

export interface CredentialsOptions {
  /** A code given up front instead of asking. */
  readonly mfaCode?: string
  /** Seconds; overrides the role's own setting for this call. */
  readonly durationSeconds?: number
  /** Adds the AWS-managed ReadOnlyAccess policy as session policy. Such a session is never cached or shared. */
  readonly readOnly?: boolean
  /** Ask AWS even when a cached session is still good. */
  readonly renew?: boolean
  /** A program asks, not a person: it gets no new session of a role that is set to lapse (`session.lapsed`). */
  readonly byProgram?: boolean
  /**
   * When the caller came to be, in milliseconds since the epoch by this computer's clock. It then shares the failure
   * of a start in another process that ended after that, instead of asking the person once more.
   */
  readonly askedAt?: number
  /** What they are for, as the activity log has it. */
  readonly use?: CredentialUse
}

export interface CredentialUse {
  /**
   * `credential-process`, `assume`, `exec`, `clipboard`, `console`, `static-profile`; `start` when nobody gets the
   * credentials; `other` when left out.
   */
  readonly how: string
  /** The form they are printed in, or the program they are for. */
  readonly form?: string
  /** The process that asked, when it is not this one. */
  readonly asker?: ActivityAsker
}

export interface SessionService {
  /**
   * Credentials of a role (AssumeRole) or of an identity itself (GetSessionToken): from the sealed cache while more
   * than 15 minutes remain, from AWS otherwise. Concurrent callers share one call and one MFA prompt. When a renewal
   * fails while the session at hand is valid, that one is given, with the reason in `kept`.
   */
  credentials(name: string, options?: CredentialsOptions): Promise<HandedOutCredentials>
  list(): SessionSummary[]
  /** Forgets the session and removes static keys it left in a profile. @throws `session.not-found` */
  end(name: string): Promise<void>
  /** @returns how many were ended */
  endAll(): Promise<number>
  /** Ends every session and replaces the key that seals them. @returns how many were ended. @throws `vault.*` */
  rotateKey(): Promise<number>
}
