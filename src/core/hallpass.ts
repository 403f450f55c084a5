/**
 * The one entry to everything Hallpass can do. The app and the command both stand on this interface and on nothing
 * below it, so whatever works in one works in the other.
 *
 * - Names are unique over identities and roles together, ignoring case.
 * - Every method throws HallpassError and nothing else, unless Hallpass itself is broken.
 * - No method that returns a record returns a secret; credentials come from `sessions.credentials` alone.
 */
import type { ErrorReport } from '#shared/errors.ts'
import type { ProfileMode } from '#shared/fields.ts'
import type { RoleDetail } from '#shared/ipc.ts'
import type {
  Identity,
  IdentityEdit,
  NewIdentity,
  NewRole,
  OwnedProfile,
  Role,
  RoleEdit,
  RoleSummary,
  SessionCredentials,
  SessionSummary,
  VaultStatus,
} from '#shared/models.ts'
import type { AgentClient, HeldSessions } from './agent/index.ts'
import type { Clock, Log, MfaPrompt } from './capabilities.ts'

export interface HallpassOptions {
  /** The environment; only the variables of design §3 are read from it. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly mfaPrompt: MfaPrompt
  readonly log: Log
  readonly clock?: Clock
  /** Absolute command line, as separate words, that runs this Hallpass from a shell. The profile shim calls it. */
  readonly command: readonly string[]
  /** Asked for credentials first; this Hallpass works alone where it does not answer. */
  readonly agent?: AgentClient
  /** This process is the agent: sessions stay in its memory, and rest in the store only after `close`. */
  readonly held?: HeldSessions
}

export interface AddIdentityResult {
  readonly identity: Identity
  /** Why the key could not be checked, when AWS was unreachable: stored, but unverified. */
  readonly unverified: ErrorReport | null
}

export interface IdentityService {
  /**
   * Checks the key with GetCallerIdentity, stores the secret in the vault and the record in the store.
   * With `verify: false` it does not ask AWS.
   * @throws `name.taken`, `input.invalid`, `vault.*`, and `sts.*` when AWS refuses the key: then nothing is stored
   */
  add(input: NewIdentity, options?: { verify?: boolean }): Promise<AddIdentityResult>
  list(): Identity[]
  /** @throws `identity.not-found`, its hint naming the closest name */
  show(name: string): Identity
  edit(name: string, edit: IdentityEdit): Identity
  /** Asks GetCallerIdentity and records the answer. */
  test(name: string): Promise<Identity>
  /** @throws `record.in-use` while a role is assumed from it */
  remove(name: string): Promise<void>
}

export interface RoleService {
  add(input: NewRole): Role
  list(): RoleSummary[]
  show(name: string): RoleDetail
  edit(name: string, edit: RoleEdit): Promise<Role>
  /** Ends its session and removes its profile. @throws `record.in-use` while another role is assumed from it */
  remove(name: string): Promise<void>
}

export interface CredentialsOptions {
  /** A code given up front instead of asking. */
  readonly mfaCode?: string
  /** Seconds; overrides the role's own setting for this call. */
  readonly durationSeconds?: number
  /** Adds the AWS-managed ReadOnlyAccess policy as session policy. Such a session is never cached or shared. */
  readonly readOnly?: boolean
  /** Ask AWS even when a cached session is still good. */
  readonly renew?: boolean
}

export interface SessionService {
  /**
   * Credentials of a role (AssumeRole) or of an identity itself (GetSessionToken): from the sealed cache while more
   * than 15 minutes remain, from AWS otherwise. Concurrent callers share one call and one MFA prompt.
   */
  credentials(name: string, options?: CredentialsOptions): Promise<SessionCredentials>
  list(): SessionSummary[]
  /** Forgets the session and removes static keys it left in a profile. @throws `session.not-found` */
  end(name: string): Promise<void>
  /** @returns how many were ended */
  endAll(): Promise<number>
}

export interface ProfileWriteOptions {
  /** Defaults to the role's `profile` setting, or its name made safe. */
  readonly profile?: string
  readonly mode?: ProfileMode
  /** Write `[default]` as well, if Hallpass owns it or it does not exist. */
  readonly makeDefault?: boolean
}

export interface ProfilePlan {
  readonly profile: string
  /** Unified diff; secrets shown as `••••`. Empty when nothing would change. */
  readonly diff: string
  readonly files: readonly string[]
}

export interface ProfileService {
  /** What `write` would do, touching nothing. */
  plan(name: string, options?: ProfileWriteOptions): Promise<ProfilePlan>
  /** @throws `profile.not-owned`, `profile.in-use`, `file.*` */
  write(name: string, options?: ProfileWriteOptions): Promise<OwnedProfile>
  list(): OwnedProfile[]
  /** @throws `profile.not-found`, `profile.not-owned` */
  remove(profile: string): Promise<void>
  /**
   * Takes static keys out of the credentials file: all of them, or only those that have expired.
   * @returns how many profiles were cleared
   */
  clearStaticKeys(options?: { expiredOnly?: boolean }): Promise<number>
}

export interface ConsoleService {
  /** @throws `role.not-found`, `console.not-supported` where the partition's console is not public */
  switchRoleLink(name: string, options?: { destination?: string }): string
  /** A bearer secret, good for 15 minutes: open it at once, never store or log it. */
  signInLink(name: string, options?: { destination?: string } & CredentialsOptions): Promise<string>
}

export interface Hallpass {
  readonly identities: IdentityService
  readonly roles: RoleService
  readonly sessions: SessionService
  readonly profiles: ProfileService
  readonly console: ConsoleService
  /** Where state lives, absolute. */
  readonly home: string
  vaultStatus(): Promise<VaultStatus>
  /** Set after a damaged store was set aside, at every opening until it is acknowledged. */
  damageNotice(): ErrorReport | null
  acknowledgeDamage(): void
  /** Host of the endpoint override in force, or null for AWS itself. */
  endpointOverride(): string | null
  /** Origin that sign-in links start with while an endpoint override is set; null for AWS itself. */
  signInOrigin(): string | null
  /** Calls back after anything listed has changed, in this process or another. @returns a function that stops it */
  onChange(listener: () => void): () => void
  setting(key: string): string | undefined
  setSetting(key: string, value: string): void
  close(): void
}
