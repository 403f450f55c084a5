/**
 * Profiles by the name of what stands behind them: which role or identity, which mode, which region; and the static
 * keys that follow their session. The files themselves are awsfiles' business.
 */

import { HallpassError } from '#shared/errors.ts'
import type { SessionCredentials } from '#shared/models.ts'
import { partitionById } from '#shared/partitions.ts'
import { findAdoptionTarget } from './adoption-target.ts'
import { type AwsFiles, DEFAULT_PROFILE, newOperation, type ProfileTarget, profileNameFor } from './awsfiles/index.ts'
import type { Clock } from './capabilities.ts'
import type { AdoptOptions, ProfileService, ProfileWriteOptions } from './hallpass.ts'
import { findTarget, type Target, targetByKey, targetName } from './names.ts'
import { createProfileUndo } from './profile-undo.ts'
import { preferredRegion, resolveChain } from './sessions/chain.ts'
import type { OwnedProfileRecord, Store } from './store/types.ts'

export interface ProfileServiceParts {
  readonly store: Store
  readonly files: AwsFiles
  readonly clock: Clock
  /** Writes the shim if it needs writing, and tells where it is. */
  readonly shim: () => Promise<string>
  readonly credentials: (name: string) => Promise<SessionCredentials>
}

export interface Profiles extends ProfileService {
  /** Brings the static profiles of a target in step with its session; `null` ends it. For the session engine. */
  followSession(targetKey: string, credentials: SessionCredentials | null): Promise<void>
}

/** Builds the profile service. */
export function createProfileService({ store, files, clock, shim, credentials }: ProfileServiceParts): Profiles {
  async function plan(name: string, options: ProfileWriteOptions): Promise<ProfileTarget> {
    return planFor(findTarget(store, name), options)
  }

  async function planFor(target: Target, options: ProfileWriteOptions): Promise<ProfileTarget> {
    const written = ownedBy(files, target.key)
    const settings = target.kind === 'role' ? target.role.settings : undefined
    return {
      profile: options.profile ?? settings?.profile ?? written?.profile ?? profileNameFor(targetName(target)),
      name: targetName(target),
      target: target.key,
      mode: options.mode ?? written?.mode ?? 'process',
      region: regionOf(store, target),
      command: await shim(),
      ...(options.makeDefault === undefined ? {} : { makeDefault: options.makeDefault }),
    }
  }

  async function planAdoption(profile: string, { name, mode = 'process' }: AdoptOptions): Promise<ProfileTarget> {
    const target = findAdoptionTarget(store, profile, await files.describeForeign(profile), name)
    return planFor(target, { profile, mode })
  }

  /** Does the work of a write, with what it needs beforehand and what follows from it, as one edit to take back. */
  async function carryOut(target: ProfileTarget, work: 'writeProfile' | 'adoptProfile'): Promise<OwnedProfileRecord> {
    const session = target.mode === 'static' ? { credentials: await credentials(target.name) } : {}
    const previous = ownedBy(files, target.target)
    const operation = { id: newOperation() }
    const record = await files[work]({ ...target, ...session }, operation)
    // An adopted [default] is one more name, not a new one.
    const stays = work === 'adoptProfile' && record.profile === DEFAULT_PROFILE
    const moved = previous && previous.profile !== record.profile && previous.profile !== DEFAULT_PROFILE
    if (moved && !stays) await files.removeProfile(previous.profile, operation)
    return record
  }

  const toOwnedProfile = (record: OwnedProfileRecord) => {
    const target = targetByKey(store, record.target)
    return {
      profile: record.profile,
      name: target ? targetName(target) : '',
      mode: record.mode,
      isDefault: isDefault(files, record),
      isAdopted: record.adopted !== undefined,
      configFile: record.configFile,
      credentialsFile: record.credentialsFile,
      writtenAt: record.writtenAt,
    }
  }

  return {
    async plan(name, options = {}) {
      return files.planProfile(await plan(name, options))
    },

    async write(name, options = {}) {
      const target = await plan(name, options)
      refuseInUse(store, files, target)
      // Written once without credentials first: a name that can't be written must not cost a session or a code.
      await files.planProfile(target)
      return toOwnedProfile(await carryOut(target, 'writeProfile'))
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

    list: () => files.list().map(toOwnedProfile),
    remove: (profile) => files.removeProfile(profile),
    ...createProfileUndo({ store, files, planFor, credentials }),

    async clearStaticKeys({ expiredOnly = false } = {}) {
      let cleared = 0
      for (const record of files.list()) {
        if (record.mode !== 'static' || (expiredOnly && isLive(store, record, clock()))) continue
        if (await files.clearStaticKeys(record.profile)) cleared += 1
      }
      return cleared
    },

    async followSession(targetKey, session) {
      const record = ownedBy(files, targetKey)
      if (record?.mode !== 'static') return
      if (!session) {
        await files.clearStaticKeys(record.profile)
        return
      }
      const target = targetByKey(store, targetKey)
      if (!target) return
      const name = targetName(target)
      const written = { ...(await plan(name, { profile: record.profile })), credentials: session }
      await files.writeProfile(written, { recorded: 'config' })
    },
  }
}

/** The profile written for a target, its own name before `[default]`. */
function ownedBy(files: AwsFiles, key: string): OwnedProfileRecord | undefined {
  const records = files.list().filter(({ target }) => target === key)
  return records.find(({ profile }) => profile !== DEFAULT_PROFILE) ?? records[0]
}

function isDefault(files: AwsFiles, record: OwnedProfileRecord): boolean {
  return files.list().some(({ profile, target }) => profile === DEFAULT_PROFILE && target === record.target)
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
