/** The role form: what is typed, what is wrong with it, and the request it makes. */
import { z } from 'zod'
import { parseRoleArn } from '#shared/arn.ts'
import { parseDuration } from '#shared/duration.ts'
import {
  colorField,
  type Environment,
  externalIdField,
  nameField,
  policyArnField,
  profileNameField,
  regionField,
  roleArnField,
  roleDurationField,
  sessionNameField,
  sessionPolicyField,
  sourceIdentityField,
  tagField,
} from '#shared/fields.ts'
import type { NewRole, Role, RoleEdit } from '#shared/roles.ts'
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
  readonly sourceIdentity: string
  /** One `key=value` a line. */
  readonly tags: string
  /** One key a line. */
  readonly transitiveTagKeys: string
  /** One ARN a line. */
  readonly policyArns: string
  /** JSON. */
  readonly policy: string
  readonly autoRenew: boolean
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
    sourceIdentity: '',
    tags: '',
    transitiveTagKeys: '',
    policyArns: '',
    policy: '',
    autoRenew: true,
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
    sourceIdentity: settings.sourceIdentity ?? '',
    tags: (settings.tags ?? []).map(({ key, value }) => `${key}=${value}`).join('\n'),
    transitiveTagKeys: (settings.transitiveTagKeys ?? []).join('\n'),
    policyArns: (settings.policyArns ?? []).join('\n'),
    policy: settings.policy ?? '',
    autoRenew: settings.autoRenew !== false,
  }
}

/** The settings of `role` for another one: with a name and, as that is one role's alone, no profile of its own. */
export function fieldsOfCopy(role: Role, taken: readonly string[]): RoleFields {
  return { ...fieldsOf(role), name: freeName(role.name, taken), profile: '' }
}

/** `name-copy`, with the first number that makes it free. Names have at most 64 characters and ignore case. */
export function freeName(name: string, taken: readonly string[]): string {
  const used = new Set(taken.map((one) => one.toLowerCase()))
  for (let count = 1; ; count += 1) {
    const ending = count === 1 ? '-copy' : `-copy-${count}`
    const free = `${name.slice(0, 64 - ending.length).trimEnd()}${ending}`
    if (!used.has(free.toLowerCase())) return free
  }
}

/** True when something is set that the dialog keeps out of sight until asked for. */
export function hasAdvanced(fields: RoleFields): boolean {
  return ADVANCED.some((field) => fields[field] !== '') || !fields.autoRenew
}
const ADVANCED = [
  'sessionName',
  'sourceIdentity',
  'tags',
  'transitiveTagKeys',
  'policyArns',
  'policy',
  'color',
] as const

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
    sourceIdentity: problemWithOptional(sourceIdentityField, fields.sourceIdentity),
    tags: problemWithTags(fields.tags),
    transitiveTagKeys: problemWithTransitive(fields),
    policyArns: problemWithLines(policyArnField, linesOf(fields.policyArns), 10, 'session policies'),
    policy: problemWithOptional(sessionPolicyField, fields.policy),
  })
}

/** The same for a permission set, of which little can be changed. */
export function checkPermissionSet(fields: RoleFields, taken: readonly string[], own: string): RoleErrors | null {
  return collectErrors({
    name: problemWithName(nameField, fields.name.trim(), taken, own),
    profile: problemWithOptional(profileNameField, fields.profile),
    region: problemWithOptional(regionField, fields.region),
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
  const changed = Object.entries(valuesOf(fields)).filter(
    // Lists are new at every reading.
    ([field, value]) => JSON.stringify(value) !== JSON.stringify(before[field]),
  )
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
    sourceIdentity: text(fields.sourceIdentity),
    tags: listOrNull(tagsOf(fields.tags)),
    transitiveTagKeys: listOrNull(linesOf(fields.transitiveTagKeys)),
    policyArns: listOrNull(linesOf(fields.policyArns)),
    policy: text(fields.policy),
    // Renewed is what holds when nothing is said.
    autoRenew: fields.autoRenew ? null : false,
  }
}

function linesOf(text: string): string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')
}

/** A line without `=` is a key whose value is empty. */
function tagsOf(text: string): { key: string; value: string }[] {
  return linesOf(text).map((line) => {
    const at = line.indexOf('=')
    return at < 0 ? { key: line, value: '' } : { key: line.slice(0, at).trim(), value: line.slice(at + 1).trim() }
  })
}

function listOrNull<T>(list: T[]): T[] | null {
  return list.length === 0 ? null : list
}

/** The first line that is wrong, by its number: what is in it may be long. */
function problemWithLines(
  schema: z.ZodType,
  values: readonly unknown[],
  most: number,
  what: string,
): string | undefined {
  if (values.length > most) return `AWS takes at most ${most} ${what}.`
  for (const [index, value] of values.entries()) {
    const problem = problemWith(schema, value)
    if (problem !== undefined) return values.length === 1 ? problem : `Line ${index + 1}: ${problem}`
  }
  return undefined
}

function problemWithTags(text: string): string | undefined {
  const tags = tagsOf(text)
  const keys = tags.map(({ key }) => key.toLowerCase())
  const twice = keys.findIndex((key, index) => keys.indexOf(key) < index)
  if (twice >= 0) return `Line ${twice + 1}: this key is there already. Capitals make no difference.`
  return problemWithLines(readableTag, tags, 50, 'tags')
}

function problemWithTransitive(fields: RoleFields): string | undefined {
  const keys = new Set(tagsOf(fields.tags).map(({ key }) => key))
  const missing = linesOf(fields.transitiveTagKeys).find((key) => !keys.has(key))
  return missing === undefined ? undefined : `${missing.slice(0, 40)} is none of the tags.`
}

/** With words of its own: the field's rules have none. */
const readableTag = z.unknown().refine((tag) => tagField.safeParse(tag).success, {
  error: 'A tag is key=value, of letters, digits, blanks and _ . : / = + - @.',
})

/** What is wrong with a duration of a role; an empty one is fine. */
export function problemWithDuration(text: string): string | undefined {
  if (text.trim() === '') return undefined
  const seconds = parseDuration(text)
  return seconds === undefined ? 'A duration looks like 1h, 90m or 3600.' : problemWith(roleDurationField, seconds)
}

function writeDuration(seconds: number): string {
  if (seconds % 3600 === 0) return `${seconds / 3600}h`
  return seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`
}
