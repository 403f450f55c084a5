/** Profiles of several roles at once, as one edit of the AWS files that is taken back as one. */
import { HallpassError } from '#shared/errors.ts'
import type { ProfileMode } from '#shared/fields.ts'
import {
  type AwsFiles,
  DEFAULT_PROFILE,
  newOperation,
  type ProfileBatch,
  type ProfileTarget,
} from './awsfiles/index.ts'
import { type Target, targetByKey, targetName } from './names.ts'
import type { ProfileWriteOptions } from './profile-service.ts'
import type { OwnedProfileRecord, Store } from './store/types.ts'

/** The profile one target shall have. */
export interface ProfileWish {
  /** As it will be: it need not be stored yet. */
  readonly target: Target
  /** null for none. Left out: the profile it has follows the target's name and region. */
  readonly written?: (Partial<WrittenProfile> & { readonly mode: ProfileMode }) | null
}

export interface WrittenProfile {
  readonly profile: string
  readonly mode: ProfileMode
  readonly isDefault: boolean
  /** It is a section of somebody else's that was made into Hallpass's. */
  readonly isAdopted: boolean
}

export interface ManyProfiles {
  /** What `apply` would change in the files, as far as it needs no session. Throws what `apply` would throw about that. */
  plan(wishes: readonly ProfileWish[]): Promise<{ readonly diff: string; readonly files: readonly string[] }>
  /**
   * All of it, or nothing.
   * @returns takes it back, lines and records alike
   * @throws `profile.in-use`, `profile.not-owned`, `file.*`; for static keys also what starting a session throws
   */
  apply(wishes: readonly ProfileWish[]): Promise<() => Promise<void>>
  /** The profile of a target in the files in force; null when it has none. */
  of(targetKey: string): WrittenProfile | null
  /** The profiles of all targets in the files in force, by the targets' keys. */
  written(): ReadonlyMap<string, WrittenProfile>
  /** Names that a new profile can't have: those in the files, and those of records. @throws `file.*` */
  taken(): Promise<Set<string>>
}

export interface ManyProfilesParts {
  readonly store: Store
  /** Those in force. */
  readonly files: AwsFiles
  /** @param written the profile the target has, and `command` where the shim is */
  readonly targetFor: (
    target: Target,
    options: ProfileWriteOptions,
    written: OwnedProfileRecord | undefined,
    command: string,
  ) => ProfileTarget
  /** Writes the shim if it needs writing, and tells where it is. */
  readonly shim: () => Promise<string>
  /** The profile of each target, its own name before `[default]`. */
  readonly byTarget: () => ReadonlyMap<string, OwnedProfileRecord>
  /** Writes or adopts a profile as a part of an operation, with a session where it has static keys. */
  readonly writeOne: (target: ProfileTarget, work: 'writeProfile' | 'adoptProfile', operation: string) => Promise<void>
  /** Takes an operation back, as far as it has come. */
  readonly takeBack: (operation: string) => Promise<void>
}

interface Work {
  readonly batch: ProfileBatch
  /** What is done one by one: keys need a session, and what an adoption replaced is in the vault. */
  readonly writeStatic: readonly ProfileTarget[]
  readonly adopt: readonly ProfileTarget[]
  readonly removeAdopted: readonly string[]
}

export function createManyProfiles({
  store,
  files,
  targetFor,
  shim,
  byTarget,
  writeOne,
  takeBack,
}: ManyProfilesParts): ManyProfiles {
  async function workOf(wishes: readonly ProfileWish[]): Promise<Work> {
    const write: ProfileTarget[] = []
    const remove: OwnedProfileRecord[] = []
    const statics: ProfileTarget[] = []
    const adopt: ProfileTarget[] = []
    const removeAdopted: string[] = []
    const owned = byTarget()
    const ofDefault = files.list().find(({ profile }) => profile === DEFAULT_PROFILE)
    const drop = (record: OwnedProfileRecord): void => {
      const adopted = record.adopted ?? (ofDefault?.target === record.target ? ofDefault.adopted : undefined)
      if (adopted) removeAdopted.push(record.profile)
      else remove.push(record)
    }
    let command: string | undefined
    for (const { target, written } of wishes) {
      const before = owned.get(target.key)
      // A static profile names nobody, and its region changes with its next keys.
      if (written === undefined && before?.mode !== 'process') continue
      if (written === null) {
        if (before) drop(before)
        continue
      }
      const { profile, isDefault, isAdopted, mode } = written ?? { mode: 'process' }
      command ??= await shim()
      const options = {
        mode,
        ...(profile === undefined ? {} : { profile }),
        ...(isDefault === undefined ? {} : { makeDefault: isDefault }),
      }
      const planned = targetFor(target, options, before, command)
      const isReadopted = isAdopted === true && !before
      if (isReadopted || mode === 'static') {
        const one = isReadopted ? adopt : statics
        one.push(planned)
        continue
      }
      write.push(planned)
      // `[default]` is no name of its own.
      if (before && before.profile !== planned.profile && before.profile !== DEFAULT_PROFILE) drop(before)
    }
    refuseClashes(
      [...write, ...statics, ...adopt],
      new Set([...remove.map(({ profile }) => profile), ...removeAdopted]),
    )
    return { batch: { write, remove }, writeStatic: statics, adopt, removeAdopted }
  }

  /** One profile name, one target; a name that goes in the same edit is free. */
  function refuseClashes(targets: readonly ProfileTarget[], freed: ReadonlySet<string>): void {
    const names = new Map<string, string>()
    for (const record of files.list()) {
      const owner = targetByKey(store, record.target)
      if (owner && record.profile !== DEFAULT_PROFILE && !freed.has(record.profile))
        names.set(record.profile, record.target)
    }
    for (const { profile, target, name } of targets) {
      const other = names.get(profile)
      const owner = other === undefined || other === target ? undefined : targetByKey(store, other)
      if (owner) {
        throw new HallpassError(
          'profile.in-use',
          `${name} and ${targetName(owner)} can’t both be written as profile ${profile}.`,
          { hint: `Give one of them a profile name of its own first.` },
        )
      }
      names.set(profile, target)
    }
  }

  function written(): Map<string, WrittenProfile> {
    const ofDefault = files.list().find(({ profile }) => profile === DEFAULT_PROFILE)
    const profileOf = ({ profile, mode, target, adopted }: OwnedProfileRecord): WrittenProfile => ({
      profile,
      mode,
      isDefault: ofDefault?.target === target,
      isAdopted: adopted !== undefined,
    })
    return new Map([...byTarget()].map(([target, record]) => [target, profileOf(record)]))
  }

  return {
    async plan(wishes) {
      return files.planProfiles((await workOf(wishes)).batch)
    },

    async apply(wishes) {
      const work = await workOf(wishes)
      const operation = newOperation()
      try {
        if (work.batch.write.length + work.batch.remove.length > 0)
          await files.writeProfiles(work.batch, { id: operation })
        for (const target of work.adopt) await writeOne(target, 'adoptProfile', operation)
        for (const target of work.writeStatic) await writeOne(target, 'writeProfile', operation)
        for (const profile of work.removeAdopted) await files.removeProfile(profile, { id: operation })
      } catch (error) {
        await takeBack(operation)
        throw error
      }
      return () => takeBack(operation)
    },

    async taken() {
      return new Set([...(await files.names()), ...files.list().map(({ profile }) => profile)])
    },

    of: (targetKey) => written().get(targetKey) ?? null,
    written,
  }
}
