/** Profiles as the facade offers them. */
import type { ProfileMode } from '#shared/fields.ts'
import type { OwnedProfile } from '#shared/profiles.ts'
import type { ProfilePlan } from './awsfiles/profiles.ts'

export interface ProfileWriteOptions {
  /** Defaults to the role's `profile` setting, or its name made safe. */
  readonly profile?: string
  readonly mode?: ProfileMode
  /** Write `[default]` as well, if Hallpass owns it or it does not exist. */
  readonly makeDefault?: boolean
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
