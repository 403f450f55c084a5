/** The identity form: what is typed, what is wrong with it, and what of it goes to main. Secrets pass through only. */
import { accountIdFromKeyId } from '#shared/arn.ts'
import { accessKeyIdField, mfaSerialField, nameField, regionField, secretAccessKeyField } from '#shared/fields.ts'
import type { Identity, IdentityEdit } from '#shared/identities.ts'
import { collectErrors, type FieldErrors, problemWith, problemWithName, problemWithOptional } from './fields.ts'

export interface IdentityFields {
  readonly name: string
  readonly accessKeyId: string
  readonly mfaSerial: string
  readonly region: string
}
export type IdentityErrors = FieldErrors<keyof IdentityFields | 'secretAccessKey'>

export const EMPTY_IDENTITY: IdentityFields = { name: '', accessKeyId: '', mfaSerial: '', region: '' }

/** Checks a pasted key. @returns null when everything can be sent */
export function checkNewKey(fields: IdentityFields, secret: string, taken: readonly string[]): IdentityErrors | null {
  return collectErrors({
    name: problemWithName(nameField, fields.name.trim(), taken),
    accessKeyId: problemWith(accessKeyIdField, fields.accessKeyId),
    secretAccessKey: problemWith(secretAccessKeyField, secret),
    mfaSerial: problemWithOptional(mfaSerialField, fields.mfaSerial),
    region: problemWithOptional(regionField, fields.region),
  })
}

/** Checks everything but the key, for a key read from a file and for an edit. */
export function checkIdentity(fields: IdentityFields, taken: readonly string[], own?: string): IdentityErrors | null {
  return collectErrors({
    name: problemWithName(nameField, fields.name.trim(), taken, own),
    mfaSerial: problemWithOptional(mfaSerialField, fields.mfaSerial),
    region: problemWithOptional(regionField, fields.region),
  })
}

/** The parts that are not about the key; empty ones are left out. */
export function identityBasics(fields: IdentityFields): { name: string; mfaSerial?: string; region?: string } {
  const mfaSerial = fields.mfaSerial.trim()
  const region = fields.region.trim()
  return { name: fields.name.trim(), ...(mfaSerial ? { mfaSerial } : {}), ...(region ? { region } : {}) }
}

/** Only what differs from the record; a cleared field is null. */
export function identityEdit(identity: Identity, fields: IdentityFields): IdentityEdit {
  const name = fields.name.trim()
  const mfaSerial = fields.mfaSerial.trim() || null
  const region = fields.region.trim() || null
  return {
    ...(name === identity.name ? {} : { name }),
    ...(mfaSerial === identity.mfaSerial ? {} : { mfaSerial }),
    ...(region === identity.region ? {} : { region }),
  }
}

/** The account a pasted key id tells, once the id looks whole. A hint: AWS confirms it. */
export function accountHint(accessKeyId: string): string | undefined {
  const id = accessKeyId.trim()
  return problemWith(accessKeyIdField, id) === undefined && id.length >= 20 ? accountIdFromKeyId(id) : undefined
}
