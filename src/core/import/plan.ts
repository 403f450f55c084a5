/**
 * What the profiles of the AWS files become: access keys identities, assumed roles roles with their chain. Everything
 * else is listed with the reason why it stays what it is. Pure: reads what it is given and changes nothing.
 */
import { accountIdFromKeyId, parseRoleArn } from '#shared/arn.ts'
import { isHallpassError } from '#shared/errors.ts'
import {
  accessKeyIdField,
  externalIdField,
  mfaSerialField,
  profileNameField,
  regionField,
  roleDurationField,
  secretAccessKeyField,
  sessionNameField,
} from '#shared/fields.ts'
import type { ImportItem } from '#shared/import.ts'
import type { Identity, NewIdentity, NewRole, Role } from '#shared/models.ts'
import { partitionOfRegion } from '#shared/partitions.ts'
import { resolveProfileChain } from '../awsfiles/chain/resolve.ts'
import { isAssumedRole, keyPair, setting } from '../awsfiles/chain/settings.ts'
import type { CredentialChain, RoleStep } from '../awsfiles/chain/types.ts'
import { isHallpassCommand } from '../awsfiles/command-line.ts'
import type { MergedProfiles } from '../awsfiles/merged-profiles.ts'
import type { Values } from '../awsfiles/readers/types.ts'
import { NameSpace } from './names.ts'
import { skipReason } from './reasons.ts'

/** What is in Hallpass already. */
export interface Known {
  readonly identities: readonly Pick<Identity, 'name' | 'accessKeyId' | 'mfaSerial'>[]
  readonly roles: readonly Pick<Role, 'name' | 'arn' | 'source' | 'settings'>[]
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
}

const NOTHING = {
  name: null,
  accountId: null,
  accessKeyId: null,
  arn: null,
  from: null,
  mfa: false,
  plaintextKey: false,
} as const

/** @param merged as AWS's shared rules read the files. @throws `file.unparsable` when they reject a file */
export function planImport(merged: MergedProfiles, known: Known): DetailedPlan {
  return new Planner(merged, known).plan()
}

interface Key {
  readonly profile: string
  readonly name: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly region: string | undefined
  readonly isKnown: boolean
  /** Of the stored identity, or of the first role that names one. */
  mfaSerial: string | undefined
  addMfaSerial: string | null
}

class Planner {
  readonly #merged: MergedProfiles
  readonly #known: Known
  readonly #names: NameSpace
  readonly #items = new Map<string, ImportItem>()
  /** By access key id. */
  readonly #keys = new Map<string, Key>()
  readonly #roles = new Map<string, NewRole>()
  /** Name, in Hallpass, of the role of a profile that has one. */
  readonly #roleNames = new Map<string, string>()

  constructor(merged: MergedProfiles, known: Known) {
    this.#merged = merged
    this.#known = known
    this.#names = new NameSpace([...known.identities, ...known.roles].map(({ name }) => name))
  }

  plan(): DetailedPlan {
    const { profiles } = this.#merged
    for (const [profile, values] of profiles) if (!isAssumedRole(values)) this.#look(profile, values)
    for (const [profile, values] of profiles) if (isAssumedRole(values)) this.#lookAtRole(profile)
    const identities = new Map<string, PlannedIdentity>()
    for (const [profile, values] of profiles) {
      const key = this.#keys.get(setting(values, 'aws_access_key_id') ?? '')
      if (key) identities.set(profile, plannedIdentity(key))
    }
    const items = [...profiles.keys()].flatMap((profile) => this.#items.get(profile) ?? [])
    return { items, identities, roles: this.#roles }
  }

  #skip(profile: string, why: string, plaintextKey = false): void {
    this.#items.set(profile, { ...NOTHING, profile, outcome: 'skipped', plaintextKey, needs: [], notes: [why] })
  }

  /** A profile that assumes no role. */
  #look(profile: string, values: Values): void {
    const command = setting(values, 'credential_process')
    if (command !== undefined && isHallpassCommand(command)) return this.#skip(profile, 'Hallpass wrote this profile.')
    if (keyPair(values) !== 'complete') return this.#skip(profile, skipReason(this.#merged, profile))
    const key = this.#keyOf(profile, values)
    if (typeof key === 'string') return this.#skip(profile, key, !isTemporary(values))
    const notes = [...(this.#keyNotes.get(key.accessKeyId) ?? [])]
    if (key.profile !== profile) notes.push(`Has the access key of profile ${key.profile}: one identity is for both.`)
    this.#items.set(profile, {
      ...NOTHING,
      profile,
      outcome: key.isKnown ? 'known' : 'identity',
      name: key.name,
      accountId: accountIdFromKeyId(key.accessKeyId) ?? null,
      accessKeyId: key.accessKeyId,
      plaintextKey: true,
      needs: key.profile === profile ? [] : [key.profile],
      notes: key.profile === profile ? notes : notes.slice(-1),
    })
  }

  readonly #keyNotes = new Map<string, string[]>()

  /** The identity of a profile's key, or why it can't be one. @param suffix sets its name apart from a role's */
  #keyOf(profile: string, values: Values | undefined, suffix = ''): Key | string {
    const id = accessKeyIdField.safeParse(setting(values, 'aws_access_key_id'))
    const secret = secretAccessKeyField.safeParse(setting(values, 'aws_secret_access_key'))
    if (isTemporary(values)) return 'Its credentials are short-term ones: they expire by themselves.'
    if (!id.success || !secret.success) {
      const issue = (id.error ?? secret.error)?.issues[0]?.message ?? ''
      return `Its access key can’t be right. ${issue}`.trim()
    }
    const before = this.#keys.get(id.data)
    if (before) return before
    const stored = this.#known.identities.find(({ accessKeyId }) => accessKeyId === id.data)
    const choice = stored ? { name: stored.name, note: null } : this.#names.take(profile + suffix)
    const key: Key = {
      profile,
      name: choice.name,
      accessKeyId: id.data,
      secretAccessKey: secret.data,
      region: regionField.safeParse(setting(values, 'region')).data,
      isKnown: stored !== undefined,
      mfaSerial: stored?.mfaSerial ?? undefined,
      addMfaSerial: null,
    }
    this.#keys.set(key.accessKeyId, key)
    this.#keyNotes.set(key.accessKeyId, choice.note === null ? [] : [choice.note])
    return key
  }

  #lookAtRole(profile: string): void {
    if (this.#items.has(profile)) return
    let chain: CredentialChain
    try {
      chain = resolveProfileChain(this.#merged, profile)
    } catch (error) {
      if (!isHallpassError(error) || error.code === 'file.unparsable') throw error
      return this.#skip(profile, error.message, keyPair(this.#merged.profiles.get(profile)) === 'complete')
    }
    const { source, sourceProfile, roles } = chain
    const where = sourceProfile === profile ? 'It' : `It starts from profile ${sourceProfile}, which`
    if (source.kind !== 'access-key') return this.#skip(profile, skipReason(this.#merged, sourceProfile, where))
    const values = this.#merged.profiles.get(sourceProfile)
    const suffix = isAssumedRole(values) ? '-key' : ''
    const key = this.#keyOf(sourceProfile, values, suffix)
    if (typeof key === 'string') return this.#skip(profile, `Profile ${sourceProfile}, where it starts: ${key}`)
    let from = key.name
    const needs = isAssumedRole(values) ? [] : [key.profile]
    for (const step of roles) {
      const item = this.#items.get(step.profile)
      const name = this.#roleNames.get(step.profile) ?? (item ? undefined : this.#addRole(step, from, key, [...needs]))
      if (name === undefined)
        return this.#skip(profile, `It starts from profile ${step.profile}, which is not imported.`)
      if (step.profile !== profile) needs.push(step.profile)
      from = name
    }
  }

  /** @returns its name; `undefined` when it was skipped */
  #addRole(step: RoleStep, from: string, key: Key, needs: string[]): string | undefined {
    const { profile, roleArn } = step
    const arn = parseRoleArn(roleArn)
    const values = this.#merged.profiles.get(profile)
    if (!arn) {
      this.#skip(profile, 'Its role_arn is not the ARN of a role.')
      return undefined
    }
    const notes: string[] = []
    const taken = <T>(
      field: { safeParse(value: unknown): { success: boolean; data?: T } },
      value: unknown,
      what: string,
    ) => {
      if (value === undefined) return undefined
      const parsed = field.safeParse(value)
      if (!parsed.success) notes.push(`Its ${what} is left out: AWS would not take it.`)
      return parsed.data
    }
    const mfa = this.#mfaOf(step, key, notes)
    const region = taken(regionField, setting(values, 'region'), 'region')
    const isHere = region === undefined || partitionOfRegion(region)?.id === arn.partition
    if (!isHere) notes.push(`Its region is left out: ${region} is in another partition than the role.`)
    const stored = this.#known.roles.find(
      ({ arn: known, source, settings, name }) =>
        known === roleArn && source.name === from && (settings.profile === profile || name === profile),
    )
    const choice = stored ? { name: stored.name, note: null } : this.#names.take(profile)
    if (choice.note !== null) notes.unshift(choice.note)
    const profileName = profileNameField.safeParse(profile).data
    const durationSeconds = taken(roleDurationField, step.durationSeconds, 'duration_seconds')
    const sessionName = taken(sessionNameField, step.sessionName, 'role_session_name')
    const externalId = taken(externalIdField, step.externalId, 'external_id')
    const role: NewRole = {
      name: choice.name,
      arn: roleArn,
      from,
      mfa,
      ...(profileName === undefined ? {} : { profile: profileName }),
      ...(region === undefined || !isHere ? {} : { region }),
      ...(durationSeconds === undefined ? {} : { durationSeconds }),
      ...(sessionName === undefined ? {} : { sessionName }),
      ...(externalId === undefined ? {} : { externalId }),
    }
    if (!stored) this.#roles.set(profile, role)
    this.#roleNames.set(profile, choice.name)
    this.#items.set(profile, {
      ...NOTHING,
      profile,
      outcome: stored ? 'known' : 'role',
      name: choice.name,
      accountId: arn.accountId,
      arn: roleArn,
      from,
      mfa,
      plaintextKey: keyPair(values) === 'complete' && !isTemporary(values),
      needs,
      notes: stored ? [] : notes,
    })
    return choice.name
  }

  /** Hallpass has one device for an identity: the first that is named. @returns whether the role sends a code of it */
  #mfaOf({ mfaSerial }: RoleStep, key: Key, notes: string[]): boolean {
    if (mfaSerial === undefined) return false
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

function isTemporary(values: Values | undefined): boolean {
  return setting(values, 'aws_session_token') !== undefined || /^ASIA/.test(setting(values, 'aws_access_key_id') ?? '')
}
