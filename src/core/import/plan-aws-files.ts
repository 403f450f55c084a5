/**
 * What the profiles of the AWS files become: access keys identities, assumed roles roles with their chain. Everything
 * else is listed with the reason why it stays what it is. Pure: reads what it is given and changes nothing.
 */
import { accountIdFromKeyId, parseRoleArn } from '#shared/arn.ts'
import { isHallpassError } from '#shared/errors.ts'
import type { ImportItem } from '#shared/import.ts'
import type { NewRole } from '#shared/roles.ts'
import { fileRejected } from '../awsfiles/chain/errors.ts'
import { resolveProfileChain } from '../awsfiles/chain/resolve.ts'
import { isAssumedRole, keyPair, setting } from '../awsfiles/chain/settings.ts'
import type { CredentialChain, RoleStep } from '../awsfiles/chain/types.ts'
import { isHallpassCommand, nameInHallpassCommand } from '../awsfiles/command-line.ts'
import type { MergedProfiles } from '../awsfiles/merged-profiles.ts'
import type { Values } from '../awsfiles/readers/types.ts'
import { CenterPlanner } from './identity-centers.ts'
import { NOTHING, skipped } from './items.ts'
import { hasPlaintextKey, KeyPlanner, type ProfileKey, sendsCode } from './keys.ts'
import { NameSpace } from './names.ts'
import { type DetailedPlan, type Known, namesIn, type PlannedIdentity } from './plan.ts'
import { skipReason } from './reasons.ts'
import { roleSettings } from './role-settings.ts'
import { centerRoleOf } from './sso-profiles.ts'

/**
 * @param merged as AWS's shared rules read the files
 * @param elsewhere profiles whose key is not in the files but was added to them from another place
 * @throws `file.unparsable` when the rules reject a file
 */
export function planAwsFiles(
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

/** What chained roles start from. */
interface Start {
  readonly name: string
  readonly needs: readonly string[]
  /** Absent for a role of Identity Center. */
  readonly key: ProfileKey | undefined
}

class Planner {
  readonly #merged: MergedProfiles
  readonly #known: Known
  readonly #names: NameSpace
  readonly #centers: CenterPlanner
  readonly #keys: KeyPlanner
  readonly #items = new Map<string, ImportItem>()
  readonly #roles = new Map<string, NewRole>()

  constructor(merged: MergedProfiles, known: Known) {
    this.#merged = merged
    this.#known = known
    this.#names = new NameSpace(namesIn(known))
    this.#centers = new CenterPlanner(known, this.#names, merged.profiles.keys())
    this.#keys = new KeyPlanner(known.identities, this.#names)
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
      const planned = this.#keys.planned(values)
      if (planned) identities.set(profile, planned)
    }
    const items = [...profiles.keys()].flatMap((profile) => this.#items.get(profile) ?? [])
    const { permissionSets } = this.#centers
    return { items, identities, roles: this.#roles, permissionSets, identityCenters: this.#centers.found() }
  }

  /** A profile that assumes no role. */
  #itemOf(profile: string, values: Values): ImportItem {
    const command = setting(values, 'credential_process')
    // One with a key beside it was cut off while that was moved, or has been given it by hand since.
    if (command !== undefined && isHallpassCommand(command) && !hasPlaintextKey(values))
      return skipped(profile, 'Hallpass wrote this profile.')
    if (keyPair(values) !== 'complete') return this.#centerItemOf(profile, values)
    const key = this.#keys.of(profile, values)
    if (typeof key === 'string') return skipped(profile, key, hasPlaintextKey(values))
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

  /** A profile that assumes a role; those it is chained from get their items on the way. */
  #roleItemOf(profile: string): ImportItem {
    const values = this.#merged.profiles.get(profile)
    const hasKey = hasPlaintextKey(values)
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
      const asked = nameInHallpassCommand(setting(this.#merged.profiles.get(sourceProfile), 'credential_process') ?? '')
      if (asked !== undefined)
        return (
          this.#ownStart(asked) ??
          `It starts from profile ${sourceProfile}, which Hallpass wrote. If it is no role here yet, add it with: hallpass role add`
        )
      const who = sourceProfile === profile ? 'It' : `It starts from profile ${sourceProfile}, which`
      return skipReason(this.#merged, sourceProfile, who)
    }
    const values = this.#merged.profiles.get(sourceProfile)
    const key = this.#keys.of(sourceProfile, values)
    if (typeof key === 'string') return `Profile ${sourceProfile}, where it starts: ${key}`
    return { name: key.name, key, needs: isAssumedRole(values) ? [] : [key.profile] }
  }

  /** What a profile that Hallpass wrote stands for; undefined when that is not here. */
  #ownStart(asked: string): Start | undefined {
    const { identities, roles } = this.#known
    const isAsked = ({ name }: { readonly name: string }) => name.toLowerCase() === asked.toLowerCase()
    const role = roles.find(isAsked)
    let origin = role
    // No further than there are roles: sources may lead back.
    for (let left = roles.length; origin?.source.kind === 'role' && left > 0; left--) {
      const { name } = origin.source
      origin = roles.find((each) => each.name === name)
    }
    const identity = identities.find((each) => (origin ? each.name === origin.source.name : isAsked(each)))
    const name = role?.name ?? identity?.name
    return name === undefined ? undefined : { name, key: identity && this.#keys.stored(identity), needs: [] }
  }

  /** @returns why it can't start there */
  #centerStart(sourceProfile: string): Start | string {
    const item = this.#items.get(sourceProfile)
    if (!item) return skipReason(this.#merged, sourceProfile, `It starts from profile ${sourceProfile}, which`)
    if (item.name === null) return `Profile ${sourceProfile}, where it starts: ${item.notes.join(' ')}`
    return { name: item.name, key: undefined, needs: [sourceProfile] }
  }

  #addRole(step: RoleStep, from: string, key: ProfileKey | undefined, needs: string[]): ImportItem {
    const { profile, roleArn } = step
    const values = this.#merged.profiles.get(profile)
    const plaintextKey = hasPlaintextKey(values)
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
    const choice = stored ? { name: stored.name, notes: [] } : this.#names.take(profile)
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
      notes: stored ? [] : [...choice.notes, ...notes],
    }
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
