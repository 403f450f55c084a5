/** Access keys to take in: what makes one right, and those of AWS files, which several profiles may have. */
import { accessKeyIdField, mfaSerialField, regionField, secretAccessKeyField } from '#shared/fields.ts'
import type { NewIdentity } from '#shared/identities.ts'
import { ACCESS_KEY_ID, isAssumedRole, keyPair, SECRET_ACCESS_KEY, setting } from '../awsfiles/chain/settings.ts'
import type { RoleStep } from '../awsfiles/chain/types.ts'
import type { Values } from '../awsfiles/readers/types.ts'
import type { NameSpace } from './names.ts'
import type { Known, PlannedIdentity } from './plan.ts'

/** @returns why it can't be right, as a sentence */
export function checkKey(
  accessKeyId: string | undefined,
  secretAccessKey: string | undefined,
): Pick<NewIdentity, 'accessKeyId' | 'secretAccessKey'> | string {
  const id = accessKeyIdField.safeParse(accessKeyId)
  const secret = secretAccessKeyField.safeParse(secretAccessKey)
  if (id.success && secret.success) return { accessKeyId: id.data, secretAccessKey: secret.data }
  const issue = (id.error ?? secret.error)?.issues[0]?.message ?? ''
  return `Its access key can’t be right. ${issue}`.trim()
}

/** An identity to add; what is undefined is left out. */
export function newIdentity({
  region,
  mfaSerial,
  ...key
}: Pick<NewIdentity, 'name' | 'accessKeyId' | 'secretAccessKey'> & {
  readonly region: string | undefined
  readonly mfaSerial: string | undefined
}): NewIdentity {
  return { ...key, ...(region === undefined ? {} : { region }), ...(mfaSerial === undefined ? {} : { mfaSerial }) }
}

/** A key of an AWS file, and the identity it becomes. */
export interface ProfileKey {
  /** The first that has it. */
  readonly profile: string
  readonly name: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly region: string | undefined
  readonly isKnown: boolean
  /** It is in no file any more, only in the vault: nothing of it can be changed on the way. */
  readonly isMoved: boolean
  readonly notes: readonly string[]
  /** Of the stored identity, or of the first role that names one. */
  mfaSerial: string | undefined
  addMfaSerial: string | null
}

/** Makes one identity of each key, however many profiles have it. */
export class KeyPlanner {
  readonly #known: Known['identities']
  readonly #names: NameSpace
  /** By access key id. */
  readonly #keys = new Map<string, ProfileKey>()

  constructor(known: Known['identities'], names: NameSpace) {
    this.#known = known
    this.#names = names
  }

  /** The key of a profile, or why it can't become an identity. */
  of(profile: string, values: Values | undefined): ProfileKey | string {
    if (isTemporary(values)) return 'Its credentials are short-term ones: they expire by themselves.'
    const checked = checkKey(setting(values, ACCESS_KEY_ID), setting(values, SECRET_ACCESS_KEY))
    if (typeof checked === 'string') return checked
    const before = this.#keys.get(checked.accessKeyId)
    if (before) return before
    const stored = this.#known.find(({ accessKeyId }) => accessKeyId === checked.accessKeyId)
    // A profile with a key and a role becomes two records.
    const wanted = isAssumedRole(values) ? `${profile}-key` : profile
    const key: ProfileKey = {
      profile,
      ...checked,
      ...(stored ? { name: stored.name, notes: [] } : this.#names.take(wanted)),
      region: regionField.safeParse(setting(values, 'region')).data,
      isKnown: stored !== undefined,
      isMoved: false,
      mfaSerial: stored?.mfaSerial ?? undefined,
      addMfaSerial: null,
    }
    this.#keys.set(key.accessKeyId, key)
    return key
  }

  /** The key of an identity that is stored; its secret stays where it is. */
  stored({ name, accessKeyId, mfaSerial }: Known['identities'][number]): ProfileKey {
    const device = mfaSerial ?? undefined
    const nothing = { profile: name, secretAccessKey: '', region: undefined, addMfaSerial: null, notes: [] }
    return { ...nothing, name, accessKeyId, mfaSerial: device, isKnown: true, isMoved: true }
  }

  /** What is to be stored of a profile's key, once all roles had their say; undefined where no key came of it. */
  planned(values: Values): PlannedIdentity | undefined {
    const key = this.#keys.get(setting(values, ACCESS_KEY_ID) ?? '')
    if (!key) return undefined
    const { name, accessKeyId, secretAccessKey, region, mfaSerial, isKnown, addMfaSerial } = key
    return { input: newIdentity({ name, accessKeyId, secretAccessKey, region, mfaSerial }), isKnown, addMfaSerial }
  }
}

/** Hallpass has one device for an identity: the first that is named. @returns whether the role sends a code of it */
export function sendsCode({ mfaSerial }: RoleStep, key: ProfileKey | undefined, notes: string[]): boolean {
  if (mfaSerial === undefined) return false
  if (!key) {
    notes.push('Its mfa_serial is left out: a session of Identity Center sends no codes.')
    return false
  }
  if (!mfaSerialField.safeParse(mfaSerial).success) {
    notes.push('Its mfa_serial is left out: codes of such a device can’t be sent.')
    return false
  }
  if (key.mfaSerial === undefined && key.isMoved) {
    notes.push(
      `Its mfa_serial is left out: ${key.name} has no MFA device. Give it this one, and let the role send a code.`,
    )
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

/** A long-term key stands there in plain text. */
export function hasPlaintextKey(values: Values | undefined): boolean {
  return keyPair(values) === 'complete' && !isTemporary(values)
}

function isTemporary(values: Values | undefined): boolean {
  return setting(values, 'aws_session_token') !== undefined || /^ASIA/.test(setting(values, ACCESS_KEY_ID) ?? '')
}
