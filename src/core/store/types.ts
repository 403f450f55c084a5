/**
 * What the store keeps, as the rest of core sees it. No secret is ever in here in the clear: vault entries are
 * listed by name only, and sessions arrive sealed.
 */
import type { SealedRecord } from '#shared/breakglass.ts'
import type { SetupRecord } from '#shared/breakglass-setup.ts'
import type { Environment, ProfileMode } from '#shared/fields.ts'
import type { Identity } from '#shared/identities.ts'
import type { DiscoveryRecord } from '#shared/identity-center.ts'
import type { Role } from '#shared/roles.ts'
import type { Rotation } from '#shared/rotation.ts'
import type { ListChanges } from './list-changes.ts'
import type { RolePages } from './role-pages.ts'

/** A cached session, sealed with the key that rests in the vault. */
export interface SealedSession {
  /** `role:<id>` or `identity:<id>`. */
  readonly key: string
  /** Hash of every setting the credentials depend on: a changed role never gets an old session. */
  readonly fingerprint: string
  readonly sealed: Uint8Array
  /** Public facts, for lists. */
  readonly accessKeyId: string
  readonly assumedRoleArn: string | null
  /** Milliseconds since the epoch. */
  readonly obtainedAt: number
  readonly expiresAt: number
}

/** What a profile section was before Hallpass adopted it. */
export interface AdoptionRecord {
  /** The vault entry that keeps what was replaced: it may hold a long-term secret. */
  readonly entry: string
  /** The files of which something was replaced, with their paths at that time. */
  readonly files: { readonly config?: string; readonly credentials?: string }
  /** True when the section has a `region` of the person's own, which Hallpass leaves alone. */
  readonly ownRegion: boolean
}

/** A profile section Hallpass wrote. */
export interface OwnedProfileRecord {
  readonly profile: string
  /** `role:<id>` or `identity:<id>`. */
  readonly target: string
  readonly mode: ProfileMode
  readonly configFile: string
  /** Set in static mode. */
  readonly credentialsFile: string | null
  readonly writtenAt: string
  /** Set when somebody else's section was adopted. */
  readonly adopted?: AdoptionRecord
}

/** A table of named records. Lookups by name ignore case. */
export interface NamedTable<T extends { id: string; name: string }> {
  list(): T[]
  byId(id: string): T | undefined
  byName(name: string): T | undefined
  /** @throws `name.taken` when an identity or a role has that name, ignoring case */
  insert(record: T): void
  /** Replaces the record of that id. @throws `name.taken` */
  update(record: T): void
  remove(id: string): void
}

export interface RoleTable extends NamedTable<Role> {
  /**
   * Whether an identity has another role directly assumed from it with MFA, for at most `maximumSeconds` (absent
   * durations count as 3600).
   */
  hasOtherWithMfa(identityId: string, roleId: string, maximumSeconds: number): boolean
  /** How many roles each account has. */
  countByAccount(): Map<string, number>
  /** Those directly assumed from that role or identity. */
  bySource(sourceId: string): Role[]
}

export interface SealedSessionTable {
  get(key: string): SealedSession | undefined
  list(): SealedSession[]
  put(session: SealedSession): void
  /** @returns whether there was one */
  remove(key: string): boolean
}

export interface OwnedProfileTable {
  /** Runs several changes as one, which waits for the disk once. */
  together<T>(work: () => T): T
  list(): OwnedProfileRecord[]
  get(profile: string, configFile: string): OwnedProfileRecord | undefined
  put(record: OwnedProfileRecord): void
  remove(profile: string, configFile: string): void
}

/** An `[sso-session]` section that Hallpass wrote into a config file, for an identity that is shared with the AWS CLI. */
export interface OwnedSsoSession {
  readonly session: string
  readonly configFile: string
  readonly identityId: string
  readonly writtenAt: string
}

export interface OwnedSsoSessionTable {
  get(session: string, configFile: string): OwnedSsoSession | undefined
  ofIdentity(identityId: string): OwnedSsoSession[]
  put(record: OwnedSsoSession): void
  remove(session: string, configFile: string): void
}

/** What a person calls an AWS account, and what for. */
export interface AccountRecord {
  readonly accountId: string
  readonly name: string | null
  /** What holds for its roles that name none themselves; null for none. */
  readonly environment: Environment | null
  /** A person has said so, also that there is none; the name did when absent. */
  readonly byHand?: true
}

export interface AccountTable {
  list(): AccountRecord[]
  get(accountId: string): AccountRecord | undefined
  /** Replaces what was recorded of that account. */
  put(record: AccountRecord): void
}

/** How a role is used. */
export interface RoleUse {
  readonly roleId: string
  readonly pinned: boolean
  /** How often a person or program was given its credentials through the app or by name. */
  readonly uses: number
  /** Milliseconds since the epoch. */
  readonly lastUsedAt: number | null
}

export interface RoleUseTable {
  /** Only of roles that were used or pinned. */
  list(): RoleUse[]
  get(roleId: string): RoleUse | undefined
  pin(roleId: string, pinned: boolean): void
  /** Counts one more use. @param at milliseconds since the epoch */
  note(roleId: string, at: number): void
}

/** Sealed credentials, without what is inside. Names are a namespace of their own, ignoring case. */
export type SealedTable = NamedTable<SealedRecord>

/**
 * Openings of sealed credentials, of all processes. Nothing can be shown by what is here; an opening that is not here any
 * more is over. One whose process died stays until its credential is closed.
 */
export interface OpeningTable {
  has(id: string): boolean
  /** Until when the last of a credential's is open: ISO 8601; null without any. */
  untilOf(sealedId: string): string | null
  /** @param until ISO 8601 */
  add(id: string, sealedId: string, until: string): void
  remove(id: string): void
  /** All of a credential's. @returns how many */
  removeOf(sealedId: string): number
}

/** Rotations of access keys that are under way, by who has the key. */
export interface RotationTable {
  list(): Rotation[]
  get(holder: string): Rotation | undefined
  put(rotation: Rotation): void
  remove(holder: string): void
}

/** Journals of set-ups, by the sealed credential they make. */
export interface SetupTable {
  list(): SetupRecord[]
  get(sealedId: string): SetupRecord | undefined
  put(record: SetupRecord): void
  remove(sealedId: string): void
}

/** A token of Identity Center, sealed with the key that rests in the vault. */
export interface SealedToken {
  readonly identityId: string
  readonly sealed: Uint8Array
  /** Milliseconds since the epoch, of AWS. */
  readonly expiresAt: number
  /** Another can be had without a person. */
  readonly renewable: boolean
}

export interface CenterTokenTable {
  get(identityId: string): SealedToken | undefined
  put(token: SealedToken): void
  remove(identityId: string): void
}

/** What is kept of the last discovery, by the identity it was made with. */
export interface DiscoveryTable {
  get(identityId: string): DiscoveryRecord | undefined
  put(record: DiscoveryRecord): void
}

/** Which entries the vault should hold, so that an entry that vanished is told from one that never was. */
export interface VaultIndex {
  has(entry: string): boolean
  add(entry: string): void
  remove(entry: string): void
  list(): string[]
}

export interface Store {
  readonly identities: NamedTable<Identity>
  readonly roles: RoleTable
  readonly sessions: SealedSessionTable
  readonly profiles: OwnedProfileTable
  readonly ssoSessions: OwnedSsoSessionTable
  readonly vaultIndex: VaultIndex
  readonly sealed: SealedTable
  readonly openings: OpeningTable
  readonly rotations: RotationTable
  readonly setups: SetupTable
  readonly centerTokens: CenterTokenTable
  readonly discoveries: DiscoveryTable
  readonly accounts: AccountTable
  readonly roleUse: RoleUseTable
  readonly rolePages: RolePages
  readonly listChanges: ListChanges
  setting(key: string): string | undefined
  setSetting(key: string, value: string): void
  /**
   * Runs `work` in one immediate transaction; nested calls join it.
   * @param options `synced: false` for what may be lost with the power: then it is not waited for the disk
   */
  transaction<T>(work: () => T, options?: { readonly synced?: boolean }): T
  /** Changes whenever another connection has committed (PRAGMA data_version). */
  foreignVersion(): number
  /** Changes whenever the file itself was replaced. */
  fileVersion(): number
  /** Where a damaged file was set aside, at this opening or an earlier one, until that is acknowledged. */
  readonly setAside: string | undefined
  /** Time (ISO 8601) of the copy that took the damaged file's place; undefined when there was none, so all is empty. */
  readonly restoredFrom: string | undefined
  /** The person has been told: `setAside` and `restoredFrom` are undefined from now on. The copy stays. */
  acknowledgeSetAside(): void
  close(): void
}
