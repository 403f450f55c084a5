/**
 * Profiles by the name of what stands behind them: which role or identity, which mode, which region; and the static
 * keys that follow their session. The files themselves are awsfiles' business.
 */

import { HallpassError } from '#shared/errors.ts'
import { partitionById } from '#shared/partitions.ts'
import { profileNameFor } from '#shared/profile-name.ts'
import type { SessionCredentials } from '#shared/sessions.ts'
import { findAdoptionTarget } from './adoption-target.ts'
import {
  type AwsFiles,
  DEFAULT_PROFILE,
  newOperation,
  type ProfileTarget,
  type SsoSessionChange,
} from './awsfiles/index.ts'
import type { Clock } from './capabilities.ts'
import { createManyProfiles, type ManyProfiles } from './many-profiles.ts'
import { findTarget, type Target, targetByKey, targetName } from './names.ts'
import type { AdoptOptions, ProfileService, ProfileWriteOptions } from './profile-service.ts'
import { createProfileUndo } from './profile-undo.ts'
import { preferredRegion, resolveChain } from './sessions/chain.ts'
import type { OwnedProfileRecord, Store } from './store/types.ts'

export interface ProfileServiceParts {
  readonly store: Store
  /** The files in force. */
  readonly files: AwsFiles
  /** The files that a profile was written to, which other settings may have named. */
  readonly filesOf: (record: OwnedProfileRecord) => AwsFiles
  readonly clock: Clock
  /** Writes the shim if it needs writing, and tells where it is. */
  readonly shim: () => Promise<string>
  readonly credentials: (name: string) => Promise<SessionCredentials>
  /** As `ProfileUndoParts` has it. */
  readonly followSessions: (changes: readonly SsoSessionChange[]) => Promise<void>
}

export interface Profiles extends ProfileService {
  /** Brings the static profiles of a target in step with its session; `null` ends it. For the session engine. */
  followSession(targetKey: string, credentials: SessionCredentials | null): Promise<void>
  /**
   * Brings the profiles of targets in step with their names and regions. For edits of roles and identities.
   * @param where `out-of-force`: only in files that other settings name
   */
  refresh(targetKeys: readonly string[], where?: 'everywhere' | 'out-of-force'): Promise<void>
  /** Several profiles in the files in force, as one edit; and what that edit would be. */
  readonly many: ManyProfiles
  /** Removes every profile of targets, in whatever files; those of several in the files in force as one edit. */
  removeAll(targetKeys: readonly string[]): Promise<void>
  /** The profile of each target in the files in force, its own name before `[default]`. */
  byTarget(): Map<string, OwnedProfileRecord>
}

/** Builds the profile service. */
export function createProfileService(parts: ProfileServiceParts): Profiles {
  const { store, files, filesOf, clock, shim, credentials, followSessions } = parts

  /** Of one target, or of all, in whatever files. */
  const records = (targetKey?: string): OwnedProfileRecord[] =>
    store.profiles.list().filter(({ target }) => targetKey === undefined || target === targetKey)

  async function plan(name: string, options: ProfileWriteOptions): Promise<ProfileTarget> {
    return planFor(findTarget(store, name), options)
  }

  async function planFor(target: Target, options: ProfileWriteOptions): Promise<ProfileTarget> {
    return targetFor(target, options, ownedBy(files, target.key), await shim())
  }

  function targetFor(
    target: Target,
    options: ProfileWriteOptions,
    written: OwnedProfileRecord | undefined,
    command: string,
  ): ProfileTarget {
    const settings = target.kind === 'role' ? target.role.settings : undefined
    return {
      profile: options.profile ?? settings?.profile ?? written?.profile ?? profileNameFor(targetName(target)),
      name: targetName(target),
      target: target.key,
      mode: options.mode ?? written?.mode ?? 'process',
      region: regionOf(store, target),
      command,
      ...(options.makeDefault === undefined ? {} : { makeDefault: options.makeDefault }),
    }
  }

  async function planAdoption(profile: string, { name, mode = 'process' }: AdoptOptions): Promise<ProfileTarget> {
    const target = findAdoptionTarget(store, profile, await files.describeForeign(profile), name)
    return planFor(target, { profile, mode })
  }

  /** Does the work of a write, with what it needs beforehand and what follows from it, as one edit to take back. */
  async function carryOut(
    target: ProfileTarget,
    work: 'writeProfile' | 'adoptProfile',
    id = newOperation(),
  ): Promise<OwnedProfileRecord> {
    const session = target.mode === 'static' ? { credentials: await credentials(target.name) } : {}
    const previous = ownedBy(files, target.target)
    const operation = { id }
    const record = await files[work]({ ...target, ...session }, operation)
    // An adopted [default] is one more name, not a new one.
    const stays = work === 'adoptProfile' && record.profile === DEFAULT_PROFILE
    const replaced = replacedBy(previous, record.profile)
    if (replaced !== undefined && !stays) await files.removeProfile(replaced, operation)
    return record
  }

  async function write(target: ProfileTarget): Promise<OwnedProfileRecord> {
    refuseInUse(store, files, target)
    // Written once without credentials first: a name that can't be written must not cost a session or a code.
    if (target.mode === 'static') await files.planProfile(target)
    return carryOut(target, 'writeProfile')
  }

  /** Several profiles in the files in force, as one edit; and what that edit would be. */
  const many: ManyProfiles = createManyProfiles({
    store,
    files,
    targetFor,
    shim,
    byTarget: () => byTarget(),
    takeBack: (operation) => takeBack(operation),
    writeOne: async (target, work, operation) => {
      await (work === 'writeProfile' ? files.planProfile(target) : files.planAdoption(target))
      await carryOut(target, work, operation)
    },
  })

  const byTarget = () => new Map(ownNames(files.list()).map((record) => [record.target, record]))

  const { takeBack, ...undoing } = createProfileUndo({ store, files, planFor, credentials, followSessions })

  /** @param ofDefault what `[default]` is written for */
  const toOwnedProfile = (record: OwnedProfileRecord, ofDefault = defaultTarget(files)) => {
    const target = targetByKey(store, record.target)
    return {
      profile: record.profile,
      name: target ? targetName(target) : '',
      mode: record.mode,
      isDefault: record.target === ofDefault,
      isAdopted: record.adopted !== undefined,
      configFile: record.configFile,
      credentialsFile: record.credentialsFile,
      writtenAt: record.writtenAt,
    }
  }

  return {
    async plan(name, options = {}) {
      const target = await plan(name, options)
      const replaces = replacedBy(ownedBy(files, target.target), target.profile)
      return { ...(await files.planProfile(target, replaces)), replaces: replaces ?? null }
    },

    async write(name, options = {}) {
      return toOwnedProfile(await write(await plan(name, options)))
    },

    async planAdoption(profile, options = {}) {
      const target = await planAdoption(profile, options)
      return { ...(await files.planAdoption(target)), name: target.name }
    },

    async adopt(profile, options = {}) {
      const target = await planAdoption(profile, options)
      await files.planAdoption(target)
      return toOwnedProfile(await carryOut(target, 'adoptProfile'))
    },

    list() {
      const ofDefault = defaultTarget(files)
      return files.list().map((record) => toOwnedProfile(record, ofDefault))
    },
    remove: (profile) => files.removeProfile(profile),
    ...undoing,

    async clearStaticKeys({ expiredOnly = false } = {}) {
      let cleared = 0
      const failures: unknown[] = []
      for (const record of records()) {
        if (record.mode !== 'static' || (expiredOnly && isLive(store, record, clock()))) continue
        try {
          if (await filesOf(record).clearStaticKeys(record.profile)) cleared += 1
        } catch (error) {
          // One file that can't be written to must not keep secrets in the others.
          failures.push(error)
        }
      }
      if (failures.length > 0) throw failures[0]
      return cleared
    },

    async followSession(targetKey, session) {
      const target = targetByKey(store, targetKey)
      for (const record of ownNames(records(targetKey))) {
        if (record.mode !== 'static') continue
        const place = filesOf(record)
        if (!session) await place.clearStaticKeys(record.profile)
        else if (target) {
          const planned = await planFor(target, { profile: record.profile, mode: 'static' })
          await place.writeProfile({ ...planned, credentials: session }, { recorded: 'config' })
        }
      }
    },

    async refresh(targetKeys, where = 'everywhere') {
      const edited = new Set(targetKeys)
      const inForce = new Set(files.list().map(({ configFile }) => configFile))
      const following: Target[] = []
      for (const record of ownNames(records())) {
        const target = edited.has(record.target) ? targetByKey(store, record.target) : undefined
        // A static profile names nobody, and what it holds changes with its session.
        if (!target || record.mode !== 'process') continue
        const isInForce = inForce.has(record.configFile)
        if (isInForce && where === 'out-of-force') continue
        if (isInForce) following.push(target)
        else await filesOf(record).writeProfile(await planFor(target, { profile: record.profile, mode: 'process' }))
      }
      const [first, another] = following
      // All that start from what was edited follow in one edit.
      if (another) await many.apply(following.map((target) => ({ target })))
      else if (first) await write(await planFor(first, { mode: 'process' }))
    },

    many,

    async removeAll(targetKeys) {
      const going = new Set(targetKeys)
      if (going.size > 1) {
        const inForce = byTarget()
        const targets = [...going].flatMap((key) => (inForce.has(key) ? (targetByKey(store, key) ?? []) : []))
        await many.apply(targets.map((target) => ({ target, written: null })))
      }
      const left = records().filter(({ target }) => going.has(target))
      for (const { profile, configFile } of ownNames(left)) {
        // Its [default], or the last of its names, may have gone along with one before.
        const record = store.profiles.get(profile, configFile)
        if (record) await filesOf(record).removeProfile(profile)
      }
    },

    byTarget,
  }
}

/** The profile written for a target, its own name before `[default]`. */
function ownedBy(files: AwsFiles, key: string): OwnedProfileRecord | undefined {
  return ownNames(files.list()).find(({ target }) => target === key)
}

/** One record for each target and config file: `[default]` only where it is the only name. */
function ownNames(records: readonly OwnedProfileRecord[]): OwnedProfileRecord[] {
  const byPlace = new Map<string, OwnedProfileRecord>()
  for (const record of records) {
    const place = `${record.target}\n${record.configFile}`
    if (!byPlace.has(place) || record.profile !== DEFAULT_PROFILE) byPlace.set(place, record)
  }
  return [...byPlace.values()]
}

/** The name that goes when a target gets a new one; `[default]` is no name of its own. */
function replacedBy(previous: OwnedProfileRecord | undefined, profile: string): string | undefined {
  const isReplaced = previous && previous.profile !== profile && previous.profile !== DEFAULT_PROFILE
  return isReplaced ? previous.profile : undefined
}

/** Key of the target that `[default]` is written for; null without one. */
function defaultTarget(files: AwsFiles): string | null {
  return files.list().find(({ profile }) => profile === DEFAULT_PROFILE)?.target ?? null
}

/** One profile name, one role: a second role must not take it over in silence. */
function refuseInUse(store: Store, files: AwsFiles, { profile, target }: ProfileTarget): void {
  const record = files.list().find((candidate) => candidate.profile === profile)
  const owner = record && record.target !== target ? targetByKey(store, record.target) : undefined
  if (!owner || profile === DEFAULT_PROFILE) return
  throw new HallpassError('profile.in-use', `Profile ${profile} belongs to ${targetName(owner)}.`, {
    hint: `Choose another profile name, or remove profile ${profile} first.`,
  })
}

function isLive(store: Store, record: OwnedProfileRecord, now: number): boolean {
  const session = store.sessions.get(record.target)
  return session !== undefined && session.expiresAt > now
}

/** Role profiles always carry a region: without one botocore refuses, and the JS SDK guesses. */
function regionOf(store: Store, target: Target): string {
  if (target.kind === 'identity') return target.identity.region ?? partitionDefault(target.identity.userArn)
  return preferredRegion(resolveChain(store, target)) ?? partitionDefault(target.role.arn)
}

function partitionDefault(arn: string | null): string {
  return partitionById(arn?.split(':')[1] ?? 'aws')?.defaultRegion ?? 'us-east-1'
}
