/** The role form: what is typed, what is wrong with it, and the request it makes. */

import { parseRoleArn } from '#shared/arn.ts'
import { parseDuration } from '#shared/duration.ts'
import {
  colorField,
  type Environment,
  externalIdField,
  nameField,
  profileNameField,
  regionField,
  roleArnField,
  roleDurationField,
  sessionNameField,
} from '#shared/fields.ts'
import type { NewRole, Role, RoleEdit } from '#shared/models.ts'
import { commonStrings } from '../strings/common.ts'
import { collectErrors, type FieldErrors, problemWith, problemWithName, problemWithOptional } from './fields.ts'

export interface RoleFields {
  readonly name: string
  readonly arn: string
  readonly from: string
  readonly profile: string
  readonly region: string
  /** As written, such as `1h`. */
  readonly duration: string
  readonly sessionName: string
  readonly externalId: string
  readonly color: string
  readonly mfa: boolean
  readonly environment: Environment | null
}
export type RoleErrors = FieldErrors<keyof RoleFields>

/** AWS ends the session of a role that is reached through another role after an hour (AssumeRole, "role chaining"). */
export const CHAINED_MAXIMUM_SECONDS = 3600

export function emptyRole(from: string, region = ''): RoleFields {
  return {
    name: '',
    arn: '',
    from,
    profile: '',
    region,
    duration: '',
    sessionName: '',
    externalId: '',
    color: '',
    mfa: false,
    environment: null,
  }
}

export function fieldsOf(role: Role): RoleFields {
  const { settings } = role
  return {
    name: role.name,
    arn: role.arn,
    from: role.source.name,
    profile: settings.profile ?? '',
    region: settings.region ?? '',
    duration: settings.durationSeconds === undefined ? '' : writeDuration(settings.durationSeconds),
    sessionName: settings.sessionName ?? '',
    externalId: settings.externalId ?? '',
    color: settings.color ?? '',
    mfa: settings.mfa,
    environment: settings.environment ?? null,
  }
}

/** The name the role will have: as typed, or the one in its ARN. */
export function nameOf(fields: RoleFields): string {
  return fields.name.trim() || (parseRoleArn(fields.arn.trim())?.roleName ?? '')
}

/** @param own the name the role has now, when it is edited @returns null when everything can be sent */
export function checkRole(fields: RoleFields, taken: readonly string[], own?: string): RoleErrors | null {
  return collectErrors({
    name: problemWithName(nameField, fields.name.trim(), taken, own),
    arn: problemWith(roleArnField, fields.arn),
    from: fields.from === '' ? commonStrings.fields.chooseSource : undefined,
    profile: problemWithOptional(profileNameField, fields.profile),
    region: problemWithOptional(regionField, fields.region),
    duration: problemWithDuration(fields.duration),
    sessionName: problemWithOptional(sessionNameField, fields.sessionName),
    externalId: problemWithOptional(externalIdField, fields.externalId),
    color: problemWithOptional(colorField, fields.color),
  })
}

/** The request for a new role. Call it with fields that `checkRole` found fine. */
export function newRole(fields: RoleFields): NewRole {
  const { name, arn, from, mfa, ...optional } = valuesOf(fields)
  const given = Object.entries(optional).filter(([, value]) => value !== null)
  return { name, arn, from, mfa, ...Object.fromEntries(given) }
}

/** Only what differs from the record; a cleared field is null. */
export function roleEdit(role: Role, fields: RoleFields): RoleEdit {
  const before: Record<string, unknown> = valuesOf(fieldsOf(role))
  const changed = Object.entries(valuesOf(fields)).filter(([field, value]) => value !== before[field])
  return Object.fromEntries(changed)
}

/** True when AWS would end the session earlier than the role asks for. */
export function asksTooLongForChain(fields: RoleFields, fromRole: boolean): boolean {
  return fromRole && (parseDuration(fields.duration) ?? 0) > CHAINED_MAXIMUM_SECONDS
}

function valuesOf(fields: RoleFields) {
  const text = (value: string): string | null => value.trim() || null
  return {
    name: fields.name.trim(),
    arn: fields.arn.trim(),
    from: fields.from,
    mfa: fields.mfa,
    profile: text(fields.profile),
    region: text(fields.region),
    durationSeconds: parseDuration(fields.duration) ?? null,
    sessionName: text(fields.sessionName),
    externalId: text(fields.externalId),
    environment: fields.environment,
    color: text(fields.color)?.replace('#', '').toLowerCase() ?? null,
  }
}

function problemWithDuration(text: string): string | undefined {
  if (text.trim() === '') return undefined
  const seconds = parseDuration(text)
  return seconds === undefined ? 'A duration looks like 1h, 90m or 3600.' : problemWith(roleDurationField, seconds)
}

function writeDuration(seconds: number): string {
  if (seconds % 3600 === 0) return `${seconds / 3600}h`
  return seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`
}
