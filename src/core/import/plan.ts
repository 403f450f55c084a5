/**
 * What the profiles of the AWS files become: access keys identities, assumed roles roles with their chain. Everything
 * else is listed with the reason why it stays what it is. Pure: reads what it is given and changes nothing.
 */
import { accountIdFromKeyId, parseRoleArn } from '#shared/arn.ts'
import { isHallpassError } from '#shared/errors.ts'
import { accessKeyIdField, mfaSerialField, regionField, secretAccessKeyField } from '#shared/fields.ts'
import type { IdentityCenterFound, ImportItem } from '#shared/import.ts'
import type { AccessKeyIdentity, NewIdentity, NewRole, Role } from '#shared/models.ts'
import { fileRejected } from '../awsfiles/chain/errors.ts'
import { resolveProfileChain } from '../awsfiles/chain/resolve.ts'
import { ACCESS_KEY_ID, isAssumedRole, keyPair, SECRET_ACCESS_KEY, setting } from '../awsfiles/chain/settings.ts'
import type { CredentialChain, RoleStep } from '../awsfiles/chain/types.ts'
import { isHallpassCommand } from '../awsfiles/command-line.ts'
import type { MergedProfiles } from '../awsfiles/merged-profiles.ts'
import type { Values } from '../awsfiles/readers/types.ts'
import { CenterPlanner, type KnownCenters, type PlannedPermissionSet } from './identity-centers.ts'
import { NOTHING, skipped } from './items.ts'
import { NameSpace } from './names.ts'
import { skipReason } from './reasons.ts'
import { roleSettings } from './role-settings.ts'
import { centerRoleOf } from './sso-profiles.ts'

/** What is in Hallpass already. */
export interface Known extends KnownCenters {
  readonly identities: readonly Pick<AccessKeyIdentity, 'name' | 'accessKeyId' | 'mfaSerial'>[]
  readonly roles: readonly Pick<Role, 'name' | 'arn' | 'accountId' | 'roleName' | 'source' | 'settings'>[]
  /** Names of other identities. */
  readonly otherNames: readonly string[]
}

/** Every name that is taken. */
export function namesIn({ identities, centers, roles, otherNames }: Known): string[] {
  return [...[...identities, ...centers, ...roles].map(({ name }) => name), ...otherNames]
}

/** An access key to store, with its secret: never to leave core. */
export interface PlannedIdentity {
  readonly input: NewIdentity
  /** Stored already under that name. */
  readonly isKnown: boolean
  /** To be set on a stored identity that names no device. */
  readonly addMfaSerial: string | null
}

/** The plan, with what it takes to carry it out. */
export interface DetailedPlan {
  readonly items: readonly ImportItem[]
  /** By profile; profiles with the same key have the same one. */
  readonly identities: ReadonlyMap<string, PlannedIdentity>
  /** By profile, sources before what starts from them. */
  readonly roles: ReadonlyMap<string, NewRole>
  /** By profile; profiles of the same role have the same one. */
  readonly permissionSets: ReadonlyMap<string, PlannedPermissionSet>
  readonly identityCenters: readonly IdentityCenterFound[]
}

/**
 * @param merged as AWS's shared rules read the files
 * @param elsewhere profiles whose key is not in the files but was added to them from another place
 * @throws `file.unparsable` when the rules reject a file
 */
export function planImport(
  merged: MergedProfiles,
  known: Known,
  elsewhere: ReadonlySet<string> = new Set(),
): DetailedPlan {
  const rejection = merged.problems.find(({ fatal }) => fatal)
  if (rejection) throw fileRejected(rejection)
  const plan = new Planner(merged, known).plan()
  const items = plan.items.map((item) => (elsewhere.has(item.profile) ? { ...item, plaintextKey: false } : item))
  return { ...plan, items }
}

interface Key {
  readonly profile: string
  readonly name: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly region: string | undefined
  readonly isKnown: boolean
  readonly notes: readonly string[]
  /** Of the stored identity, or of the first role that names one. */
  mfaSerial: string | undefined
  addMfaSerial: string | null
}

/** What chained roles start from. */
interface Start {
  readonly name: string
  readonly needs: readonly string[]
  /** Absent for a role of Identity Center. */
  readonly key: Key | undefined
}

class Planner {
  readonly #merged: MergedProfiles
  readonly #known: Known
  readonly #names: NameSpace
  readonly #centers: CenterPlanner
  readonly #items = new Map<string, ImportItem>()
  /** By access key id. */
  readonly #keys = new Map<string, Key>()
  readonly #roles = new Map<string, NewRole>()

  constructor(merged: MergedProfiles, known: Known) {
    this.#merged = merged
    this.#known = known
    this.#names = new NameSpace(namesIn(known))
    this.#centers = new CenterPlanner(known, this.#names, merged.profiles.keys())
  }

  plan(): DetailedPlan {
    const { profiles } = this.#merged
    for (const [profile, values] of profiles) {
      if (!isAssumedRole(values)) this.#items.set(profile, this.#itemOf(profile, values))
    }
    for (const [profile, values] of profiles) {
      if (isAssumedRole(values) && !this.#items.has(profile)) this.#items.set(profile, this.#roleItemOf(profile))
    }
    const identities = new Map<string, PlannedIdentity>()
    for (const [profile, values] of profiles) {
      const key = this.#keys.get(setting(values, ACCESS_KEY_ID) ?? '')
      if (key) identities.set(profile, plannedIdentity(key))
    }
    const items = [...profiles.keys()].flatMap((profile) => this.#items.get(profile) ?? [])
    const { permissionSets } = this.#centers
    return { items, identities, roles: this.#roles, permissionSets, identityCenters: this.#centers.found() }
  }

  /** A profile that assumes no role. */
  #itemOf(profile: string, values: Values): ImportItem {
    const command = setting(values, 'credential_process')
    if (command !== undefined && isHallpassCommand(command)) return skipped(profile, 'Hallpass wrote this profile.')
    if (keyPair(values) !== 'complete') return this.#centerItemOf(profile, values)
    const key = this.#keyOf(profile, values)
    if (typeof key === 'string') return skipped(profile, key, !isTemporary(values))
    const isFirst = key.profile === profile
    const notes = isFirst ? key.notes : [`Has the access key of profile ${key.profile}: one identity is for both.`]
    return {
      ...NOTHING,
      profile,
      outcome: key.isKnown ? 'known' : 'identity',
      name: key.name,
      accountId: accountIdFromKeyId(key.accessKeyId) ?? null,
      accessKeyId: key.accessKeyId,
      plaintextKey: true,
      needs: isFirst ? [] : [key.profile],
      notes: [...notes],
    }
  }

  /** A profile without a key: what it has may come with Identity Center. */
  #centerItemOf(profile: string, values: Values): ImportItem {
    const given = startsFrom(this.#merged, profile) === 'sso' ? centerRoleOf(this.#merged, profile) : undefined
    if (!given) return skipped(profile, skipReason(this.#merged, profile))
    return this.#centers.item(profile, given, (partition) => roleSettings({ profile }, values, partition))
  }

  /** The identity of a profile's key, or why it can't be one. */
  #keyOf(profile: string, values: Values | undefined): Key | string {
    if (isTemporary(values)) return 'Its credentials are short-term ones: they expire by themselves.'
    const id = accessKeyIdField.safeParse(setting(values, ACCESS_KEY_ID))
    const secret = secretAccessKeyField.safeParse(setting(values, SECRET_ACCESS_KEY))
    if (!id.success || !secret.success) {
      const issue = (id.error ?? secret.error)?.issues[0]?.message ?? ''
      return `Its access key can’t be right. ${issue}`.trim()
    }
    const before = this.#keys.get(id.data)
    if (before) return before
    const stored = this.#known.identities.find(({ accessKeyId }) => accessKeyId === id.data)
    // A profile with a key and a role becomes two records.
    const wanted = isAssumedRole(values) ? `${profile}-key` : profile
    const choice = stored ? { name: stored.name, note: null } : this.#names.take(wanted)
    const key: Key = {
      profile,
      name: choice.name,
      accessKeyId: id.data,
      secretAccessKey: secret.data,
      region: regionField.safeParse(setting(values, 'region')).data,
      isKnown: stored !== undefined,
      notes: choice.note === null ? [] : [choice.note],
      mfaSerial: stored?.mfaSerial ?? undefined,
      addMfaSerial: null,
    }
    this.#keys.set(key.accessKeyId, key)
    return key
  }

  /** A profile that assumes a role; those it is chained from get their items on the way. */
  #roleItemOf(profile: string): ImportItem {
    const values = this.#merged.profiles.get(profile)
    const hasKey = keyPair(values) === 'complete' && !isTemporary(values)
    const stays = (why: string) => skipped(profile, why, hasKey)
    let chain: CredentialChain
    try {
      chain = resolveProfileChain(this.#merged, profile)
    } catch (error) {
      if (!isHallpassError(error) || error.code === 'file.unparsable') throw error
      return stays(error.message)
    }
    const { source, sourceProfile, roles } = chain
    const start = source.kind === 'sso' ? this.#centerStart(sourceProfile) : this.#keyStart(profile, chain)
    if (typeof start === 'string') return stays(start)
    const needs = [...start.needs]
    let from = start.name
    for (const step of roles) {
      const item = this.#items.get(step.profile) ?? this.#addRole(step, from, start.key, [...needs])
      this.#items.set(step.profile, item)
      if (step.profile === profile) return item
      if (item.name === null) return stays(`It starts from profile ${step.profile}, which is not imported.`)
      needs.push(step.profile)
      from = item.name
    }
    return stays(skipReason(this.#merged, profile))
  }

  /** @returns why it can't start there */
  #keyStart(profile: string, { source, sourceProfile }: CredentialChain): Start | string {
    if (source.kind !== 'access-key') {
      const who = sourceProfile === profile ? 'It' : `It starts from profile ${sourceProfile}, which`
      return skipReason(this.#merged, sourceProfile, who)
    }
    const values = this.#merged.profiles.get(sourceProfile)
    const key = this.#keyOf(sourceProfile, values)
    if (typeof key === 'string') return `Profile ${sourceProfile}, where it starts: ${key}`
    return { name: key.name, key, needs: isAssumedRole(values) ? [] : [key.profile] }
  }

  /** @returns why it can't start there */
  #centerStart(sourceProfile: string): Start | string {
    const item = this.#items.get(sourceProfile)
    if (!item) return skipReason(this.#merged, sourceProfile, `It starts from profile ${sourceProfile}, which`)
    if (item.name === null) return `Profile ${sourceProfile}, where it starts: ${item.notes.join(' ')}`
    return { name: item.name, key: undefined, needs: [sourceProfile] }
  }

  #addRole(step: RoleStep, from: string, key: Key | undefined, needs: string[]): ImportItem {
    const { profile, roleArn } = step
    const values = this.#merged.profiles.get(profile)
    const plaintextKey = keyPair(values) === 'complete' && !isTemporary(values)
    const arn = parseRoleArn(roleArn)
    if (!arn) return skipped(profile, 'Its role_arn is not the ARN of a role.', plaintextKey)
    const { settings, notes } = roleSettings(step, values, arn.partition)
    const mfa = sendsCode(step, key, notes)
    const stored = this.#known.roles.find(
      (role) =>
        role.arn === roleArn &&
        role.source.name === from &&
        (role.settings.profile === profile || role.name === profile),
    )
    const choice = stored ? { name: stored.name, note: null } : this.#names.take(profile)
    if (!stored) this.#roles.set(profile, { name: choice.name, arn: roleArn, from, mfa, ...settings })
    return {
      ...NOTHING,
      profile,
      outcome: stored ? 'known' : 'role',
      name: choice.name,
      accountId: arn.accountId,
      arn: roleArn,
      from,
      mfa,
      plaintextKey,
      needs,
      notes: stored ? [] : [...(choice.note === null ? [] : [choice.note]), ...notes],
    }
  }
}

/** Hallpass has one device for an identity: the first that is named. @returns whether the role sends a code of it */
function sendsCode({ mfaSerial }: RoleStep, key: Key | undefined, notes: string[]): boolean {
  if (mfaSerial === undefined) return false
  if (!key) {
    notes.push('Its mfa_serial is left out: a session of Identity Center sends no codes.')
    return false
  }
  if (!mfaSerialField.safeParse(mfaSerial).success) {
    notes.push('Its mfa_serial is left out: codes of such a device can’t be sent.')
    return false
  }
  if (key.mfaSerial === undefined) {
    key.mfaSerial = mfaSerial
    if (key.isKnown) key.addMfaSerial = mfaSerial
  } else if (key.mfaSerial !== mfaSerial) {
    notes.push(`It names another MFA device; ${key.name} keeps ${key.mfaSerial}.`)
  }
  return true
}

function plannedIdentity(key: Key): PlannedIdentity {
  const { name, accessKeyId, secretAccessKey, region, mfaSerial } = key
  return {
    input: {
      name,
      accessKeyId,
      secretAccessKey,
      ...(region === undefined ? {} : { region }),
      ...(mfaSerial === undefined ? {} : { mfaSerial }),
    },
    isKnown: key.isKnown,
    addMfaSerial: key.addMfaSerial,
  }
}

/** Undefined when its credentials can't be found, and the reason says why. */
function startsFrom(merged: MergedProfiles, profile: string) {
  try {
    return resolveProfileChain(merged, profile).source.kind
  } catch (error) {
    if (!isHallpassError(error) || error.code === 'file.unparsable') throw error
    return undefined
  }
}

function isTemporary(values: Values | undefined): boolean {
  return setting(values, 'aws_session_token') !== undefined || /^ASIA/.test(setting(values, ACCESS_KEY_ID) ?? '')
}
