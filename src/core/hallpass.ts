/**
 * The one entry to everything Hallpass can do. The app and the command both stand on this interface and on nothing
 * below it, so whatever works in one works in the other.
 *
 * - Names are unique over identities and roles together, ignoring case.
 * - Every method throws HallpassError and nothing else, unless Hallpass itself is broken.
 * - No method that returns a record returns a secret; credentials come from `sessions.credentials` alone.
 */
import type { ActivityAsker } from '#shared/activity.ts'
import type { DoorOption } from '#shared/console.ts'
import type { ErrorReport } from '#shared/errors.ts'
import type { Environment, ProfileMode } from '#shared/fields.ts'
import type { Habits } from '#shared/habits.ts'
import type { RoleDetail } from '#shared/ipc.ts'
import type {
  HandedOutCredentials,
  IdentityDetail,
  IdentityEdit,
  NewCenterIdentity,
  NewIdentity,
  NewProfileIdentity,
  NewRole,
  OwnedProfile,
  Role,
  RoleEdit,
  RoleListChanges,
  RoleListStart,
  RoleListVersion,
  RolePage,
  RoleRow,
  RoleSummary,
  SessionSummary,
  VaultStatus,
} from '#shared/models.ts'
import type { PartitionId } from '#shared/partitions.ts'
import type { RoleChange, RoleChangesPlan } from '#shared/role-changes.ts'
import type { Settings } from '#shared/settings.ts'
import type { AccountService } from './accounts.ts'
import type { ActivityService } from './activity/service.ts'
import type { AgentClient, HeldSessions } from './agent/index.ts'
import type { ClockSkew } from './aws/index.ts'
import type { FilesService } from './awsfiles/service.ts'
import type { BreakGlassService } from './breakglass/service.ts'
import type { BrowserService } from './browsers/browser-service.ts'
import type { Clock, Log, MfaPrompt, OnMfaWait, OnPromptElsewhere, PassphrasePrompt } from './capabilities.ts'
import type { CatalogueService } from './catalogue/service.ts'
import type { DoctorService } from './doctor/service.ts'
import type { CenterService } from './identity-center/centers.ts'
import type { ImportService } from './import/service.ts'
import type { AppLock } from './lock/app-lock.ts'
import type { KeyRotationService } from './rotation/service.ts'
import type { PromptLabel } from './session-mark.ts'
import type { SessionKeeper } from './sessions/keeper.ts'
import type { SettingsService } from './settings.ts'
import type { VaultKeys } from './vault/file/keys.ts'
import type { VaultHolder } from './vault/vault-service.ts'

export interface HallpassOptions {
  /** The environment; only the variables of design §3 are read from it. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly mfaPrompt: MfaPrompt
  readonly onMfaWait?: OnMfaWait
  readonly onPromptElsewhere?: OnPromptElsewhere
  readonly log: Log
  readonly clock?: Clock
  /** Absolute command line, as separate words, that runs this Hallpass from a shell. The profile shim calls it. */
  readonly command: readonly string[]
  /** What this process is called in the activity log; `hallpass` when left out. */
  readonly program?: string
  /** Asked for the passphrase of an encrypted file; without it, only HALLPASS_PASSPHRASE and the agent open one. */
  readonly passphrasePrompt?: PassphrasePrompt
  /** Where keys of an opened file are; in this Hallpass alone when left out. */
  readonly vaultKeys?: VaultKeys
  /** Asked for credentials first; this Hallpass works alone where it does not answer. */
  readonly agent?: AgentClient
  /** This process is the agent: sessions stay in its memory, and rest in the store only after `close`. */
  readonly held?: HeldSessions
  /** This process is the app, which can be locked. */
  readonly lock?: AppLock
}

export interface AddIdentityResult {
  readonly identity: IdentityDetail
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
  /**
   * A profile of the AWS files as where credentials start. It is asked for some, and AWS whose they are, first.
   * @throws `name.taken`, `input.invalid`, `chain.*`, `profile.*`, `file.*`, `sts.*`, `network.*`: then nothing is stored
   */
  addProfile(input: NewProfileIdentity): Promise<IdentityDetail>
  /** A sign-in to Identity Center; nobody is signed in yet. @throws `name.taken`, `input.invalid` */
  addCenter(input: NewCenterIdentity): Promise<IdentityDetail>
  list(): IdentityDetail[]
  /** @throws `identity.not-found`, its hint naming the closest name */
  show(name: string): IdentityDetail
  /**
   * Its sessions and profiles follow, and those of roles that start from it.
   * @throws `name.taken`, `file.*`; `input.invalid`, `mfa.command-not-found` for an MFA command that can't be run, and
   *   `mfa.seed-known` when the MFA device or command is changed while a seed is stored
   */
  edit(name: string, edit: IdentityEdit): Promise<IdentityDetail>
  /** Asks GetCallerIdentity and records the answer. */
  test(name: string): Promise<IdentityDetail>
  /** Its TOTP seed goes too. @throws `record.in-use` while a role is assumed from it */
  remove(name: string): Promise<void>
}

/** A code as the device shows it. */
export interface ShownCode {
  /** Six digits. */
  readonly code: string
  /** How long it is still shown, by AWS's clock as far as that is known; null when a command printed it. */
  readonly secondsLeft: number | null
}

/** MFA codes without a person. */
export interface MfaService {
  /**
   * Stores the TOTP seed of the identity's MFA device in the vault. With `verify`, AWS is asked first (GetSessionToken,
   * whose session is dropped): a seed it does not accept is not stored.
   * @param seed Base32, or an `otpauth://` URI
   * @returns the code the device should show now
   * @throws `input.invalid` for a malformed seed or an identity without MFA device, `mfa.seed-known`, `vault.*`, and
   *   when verifying `sts.*`, `network.*`
   */
  addSeed(name: string, seed: string, options?: { verify?: boolean }): Promise<ShownCode>
  /** @throws `mfa.seed-not-found`, `vault.*` */
  removeSeed(name: string): Promise<void>
  /** The present code, of the seed or the command, once that is recorded. @throws `mfa.seed-not-found` without either, `mfa.*`, `vault.*` */
  code(name: string): Promise<ShownCode>
}

export interface RoleService {
  add(input: NewRole): Role
  list(): RoleSummary[]
  /** The same with what the person made of them. */
  rows(): RoleRow[]
  /** The rows of those that were used, are pinned or have a session: few, however many roles there are. */
  attended(): RoleRow[]
  /** For a reader that keeps a copy of the list: its first rows in that order, and every role with a live session. */
  startList(order: Pick<Settings, 'groupRolesBy' | 'sortRolesBy'>): RoleListStart
  /** The roles after that name, by name ignoring case; from the first with null. */
  listPage(after: string | null): RolePage
  /** What has changed, here or in another process, since a copy of that version was read. */
  listChanges(since: RoleListVersion): RoleListChanges
  show(name: string): RoleDetail
  /** What a shell's prompt says of the role of that name; of an identity, which has no environment, the name alone. */
  promptLabel(name: string): PromptLabel
  pin(name: string, pinned: boolean): void
  /** Its profile follows; a session of other settings ends. @throws `name.taken`, `chain.cycle`, `file.*` */
  edit(name: string, edit: RoleEdit): Promise<Role>
  /** What `editMany` would do, touching nothing. */
  planMany(changes: readonly RoleChange[]): Promise<RoleChangesPlan>
  /**
   * Changes several roles: all of it, or nothing.
   * @returns the changes that bring back exactly what was, sessions aside
   * @throws `role.not-found`, `input.invalid`, `profile.in-use`, `profile.not-owned`, `file.*`
   */
  editMany(changes: readonly RoleChange[]): Promise<RoleChange[]>
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

export interface AdoptOptions {
  /** The role or identity it is to be for. Found by profile name, role ARN or access key id when left out. */
  readonly name?: string
  /** Defaults to `process`. */
  readonly mode?: ProfileMode
}

/** What removing a profile put back. */
export interface ProfileRemoval {
  readonly profile: string
  /** `whole`: what adopting had replaced; `lost`: the vault no longer has that; `nothing`: nothing was replaced. */
  readonly restored: 'nothing' | 'whole' | 'lost'
}

/** An edit of the AWS files that can be taken back. */
export interface FileEdit {
  /** What was done: "Write profile dev". */
  readonly description: string
  /** ISO 8601, UTC. */
  readonly at: string
  readonly files: readonly string[]
  /** What it changed, unified, secrets masked; empty for an adoption, whose lines are in the vault alone. */
  readonly diff: string
}

/** The last edit, with what taking it back changes. */
export type UndoPlan = FileEdit

export interface ProfileService {
  /**
   * What `write` would do, touching nothing. A role or identity has one profile: `replaces` names the one that goes
   * for the new one.
   */
  plan(name: string, options?: ProfileWriteOptions): Promise<ProfilePlan & { readonly replaces: string | null }>
  /** @throws `profile.not-owned`, `profile.in-use`, `file.*` */
  write(name: string, options?: ProfileWriteOptions): Promise<OwnedProfile>
  /** What `adopt` would do, touching nothing. */
  planAdoption(profile: string, options?: AdoptOptions): Promise<ProfilePlan & { readonly name: string }>
  /**
   * Makes a section that Hallpass did not write into a profile of its own. What says where credentials come from is
   * replaced, and kept in the vault until `remove` puts it back; all else in the section stays.
   * @throws `profile.not-found`, `profile.in-use`, `profile.no-match` or `profile.ambiguous` when it is not clear whom
   *   it is for, `vault.*`, `file.*`
   */
  adopt(profile: string, options?: AdoptOptions): Promise<OwnedProfile>
  list(): OwnedProfile[]
  /** @throws `profile.not-found`, `profile.not-owned`, `vault.*` for an adopted profile */
  remove(profile: string): Promise<ProfileRemoval>
  /** The edits that can be taken back, newest first, at most 20. */
  edits(): Promise<FileEdit[]>
  /** What `undo` would do, touching nothing. @throws `undo.nothing`, `undo.conflict` */
  planUndo(): Promise<UndoPlan>
  /**
   * Takes back the last edit, and takes it off the list: called again, it takes back the one before. Static keys are
   * never brought back.
   * @throws `undo.nothing`, `undo.conflict` when its lines have changed since, `vault.*`, `file.*`
   */
  undo(): Promise<UndoPlan>
  /** Takes the last edit off the list and leaves the files as they are. @throws `undo.nothing` */
  forgetEdit(): Promise<FileEdit>
  /**
   * Takes static keys out of the credentials file: all of them, or only those that have expired.
   * @returns how many profiles were cleared
   */
  clearStaticKeys(options?: { expiredOnly?: boolean }): Promise<number>
}

/** Where a link leads. */
export interface LinkDestination {
  /** A service such as `s3`, or a console URL of the same partition; the console's home when absent. */
  readonly destination?: string
  /** For a service; the role's own when absent. */
  readonly region?: string
}

/** The doors of a role or an identity, and what they depend on. */
export interface ConsoleDoors {
  /** The proposed one first, if it is possible. */
  readonly doors: readonly DoorOption[]
  readonly partition: PartitionId
  /** Where a service opens unless told. */
  readonly region: string
  readonly accountId: string | null
  readonly environment: Environment | null
  /** AWS takes a duration for the console session. */
  readonly takesDuration: boolean
}

export interface SignInOptions extends LinkDestination, CredentialsOptions {
  /** Seconds the console session may last, 900–43200; as long as the credentials when absent, or where AWS takes none. */
  readonly sessionDurationSeconds?: number
  /**
   * Told when the duration is not part of the link: `not-direct` before AWS is asked, for what is not assumed directly
   * with an IAM user's key; `refused` when AWS did not take it.
   */
  readonly onDurationLeftOut?: (why: 'not-direct' | 'refused') => void
}

export interface ConsoleService {
  /** @throws `role.not-found` */
  doors(name: string): ConsoleDoors
  /** The console page a link leads to. @throws `role.not-found`, `input.invalid`, `console.not-supported` */
  destinationUrl(name: string, where: LinkDestination): string
  /** @throws `role.not-found`, `input.invalid`, `console.not-supported` where the partition's console is not public */
  switchRoleLink(name: string, options?: LinkDestination): string
  /**
   * A bearer secret, good for 15 minutes: open it at once, never store or log it. Of a role by its session; of an
   * identity by a session of its user for the console alone (GetFederationToken), which lasts an hour unless told.
   * @throws `console.not-supported` for the root user; `input.invalid` for an MFA code with an identity
   */
  signInLink(name: string, options?: SignInOptions): Promise<string>
  /**
   * The access portal's link for a role of IAM Identity Center; no secret.
   * @throws `role.not-found`, `input.invalid`, `console.not-supported` for any other
   */
  shortcutLink(name: string, options?: LinkDestination): string
}

/** State of the vault, how it came to be the one, and what is where. */
export interface VaultDetail extends VaultStatus {
  readonly chosenBy: 'environment' | 'setting' | 'default'
  /** Path of the vault file; null when there is none. */
  readonly file: string | null
  /** Secrets in the vault file, those in the keychain, and those that were in a file and are in it no more. */
  readonly secrets: { readonly inFile: number; readonly elsewhere: number; readonly lost: number }
  /** Until when an agent holds the file open: ISO 8601. */
  readonly unlockedUntil: string | null
}

/** The vault itself. Which one is used is chosen, and never changes by itself. */
export interface VaultService {
  readonly kind: VaultStatus['kind']
  /** Prompts nobody. */
  detail(): Promise<VaultDetail>
  /**
   * Makes the encrypted file the vault from now on, and the file when there is none.
   * @param options.replace keeps a file that is there aside and begins a new one
   * @throws `input.invalid`, `agent.running`, `vault.wrong-passphrase` for a file that is there, `vault.*`, `file.*`
   */
  init(
    passphrase: string,
    options?: { replace?: boolean },
  ): Promise<{ readonly path: string; readonly made: boolean; readonly setAside: string | null }>
  /** Makes the keychain the vault from now on. Nothing is moved. @throws `agent.running` */
  chooseKeychain(): Promise<void>
  /** The present passphrase is HALLPASS_PASSPHRASE, or asked for. @throws `input.invalid`, `vault.*`, `file.*` */
  changePassphrase(next: string): Promise<void>
  /** Hands the opened key to the agent. @returns when it forgets it. @throws `agent.not-running`, `vault.*` */
  unlock(seconds: number): Promise<Date>
  /** Has the agent forget the key. @returns whether it had one */
  lock(): Promise<boolean>
  /** Takes a vault file that is older than the one used last. The passphrase is asked for. @throws `vault.*` */
  accept(): Promise<void>
}

export interface HabitsService {
  /** What a person has used, through the app or the command. */
  list(): Habits
  /** Something else than a role has been chosen. @throws `input.invalid` */
  note(id: string): void
}

export interface Hallpass {
  readonly identities: IdentityService
  readonly mfa: MfaService
  readonly roles: RoleService
  readonly accounts: AccountService
  readonly centers: CenterService
  readonly breakglass: BreakGlassService
  readonly rotation: KeyRotationService
  readonly sessions: SessionService
  /** Renews live sessions ahead of expiry, once it is started: for a process that stays. */
  readonly keeper: SessionKeeper
  readonly profiles: ProfileService
  readonly files: FilesService
  readonly imports: ImportService
  readonly catalogues: CatalogueService
  readonly doctor: DoctorService
  readonly console: ConsoleService
  readonly browsers: BrowserService
  readonly activity: ActivityService
  readonly vault: VaultService & VaultHolder
  /** Where state lives, absolute. */
  readonly home: string
  /** Everything in it belongs to the practice account, and goes there. */
  readonly isPractice: boolean
  vaultStatus(): Promise<VaultStatus>
  /** Set after a damaged store was set aside, at every opening until it is acknowledged. */
  damageNotice(): ErrorReport | null
  acknowledgeDamage(): void
  /** Host of the endpoint override in force, or null for AWS itself. */
  endpointOverride(): string | null
  /** Origins of what a browser is sent to while endpoint overrides are set: sign-in links and Identity Center. */
  browserOrigins(): readonly string[]
  /** How far AWS's clock is from this computer's, as its answers told; null before the first answer. */
  clockSkew(): ClockSkew | null
  /** Calls back after anything listed has changed, in this process or another. @returns a function that stops it */
  onChange(listener: () => void): () => void
  /**
   * For a process that stays: takes static keys out of the credentials file as their sessions expire. Should the process
   * die, the next one takes out what it left.
   * @returns takes all static keys out and stops; to be called before the process ends
   */
  watchStaticKeys(): Promise<() => Promise<void>>
  /** The same for a process that may end before them, such as `hallpass agent`: what is live stays. @returns stops */
  watchExpiredKeys(): () => Promise<void>
  readonly settings: SettingsService
  readonly habits: HabitsService
  close(): void
}
