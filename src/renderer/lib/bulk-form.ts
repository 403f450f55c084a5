/** The form that edits several roles: what is chosen, what is wrong with it, and the changes it makes. */
import { formatRemaining, parseDuration } from '#shared/duration.ts'
import { type Environment, regionField } from '#shared/fields.ts'
import type { RoleChange, RoleChangesPlan, SharedEdit } from '#shared/role-changes.ts'
import type { RoleRow } from '#shared/role-list.ts'
import { strings } from '../strings.ts'
import { environmentLabel } from './environment.ts'
import { collectErrors, type FieldErrors, problemWith } from './fields.ts'
import { problemWithDuration } from './role-form.ts'

const words = strings.bulkEdit

export interface BulkFields {
  readonly written: 'leave' | 'write' | 'stop'
  readonly regionChoice: 'leave' | 'default' | 'set'
  readonly region: string
  readonly durationChoice: 'leave' | 'default' | 'set'
  /** As written, such as `1h`. */
  readonly duration: string
  readonly environment: 'leave' | 'account' | Environment
  readonly renewal: 'leave' | 'renew' | 'lapse'
}

export const UNCHANGED: BulkFields = {
  written: 'leave',
  regionChoice: 'leave',
  region: '',
  durationChoice: 'leave',
  duration: '',
  environment: 'leave',
  renewal: 'leave',
}

/** @returns null when everything can be sent */
export function checkBulk(fields: BulkFields): FieldErrors<'region' | 'duration'> | null {
  return collectErrors({
    region: fields.regionChoice === 'set' ? problemWith(regionField, fields.region) : undefined,
    duration:
      fields.durationChoice !== 'set'
        ? undefined
        : fields.duration.trim() === ''
          ? words.durationNeeded
          : problemWithDuration(fields.duration),
  })
}

/** Whether anything is chosen at all. */
export function isUnchanged({ written, regionChoice, durationChoice, environment, renewal }: BulkFields): boolean {
  return [written, regionChoice, durationChoice, environment, renewal].every((choice) => choice === 'leave')
}

/** The changes for these roles. Call it with fields that `checkBulk` found fine. */
export function bulkChanges(fields: BulkFields, roles: readonly RoleRow[]): RoleChange[] {
  const { written, regionChoice, durationChoice, environment, renewal } = fields
  const edit: SharedEdit = {
    ...(regionChoice === 'leave' ? {} : { region: regionChoice === 'set' ? fields.region.trim() : null }),
    ...(durationChoice === 'leave'
      ? {}
      : { durationSeconds: durationChoice === 'set' ? (parseDuration(fields.duration) ?? null) : null }),
    ...(environment === 'leave' ? {} : { environment: environment === 'account' ? null : environment }),
    ...(renewal === 'leave' ? {} : { autoRenew: renewal === 'renew' ? null : false }),
  }
  return roles.map(({ name, profileMode }) => ({
    name,
    edit,
    // One that is written in whatever mode stays so.
    ...(written === 'write' && profileMode === null ? { written: { mode: 'process' as const } } : {}),
    ...(written === 'stop' ? { written: null } : {}),
  }))
}

/** One line for each thing that changes, with its new value and for how many roles. */
export function changeLines(fields: BulkFields, plan: RoleChangesPlan): string[] {
  const { value } = words
  const values = {
    written: fields.written === 'write' ? value.written : value.notWritten,
    profile: '',
    region: fields.regionChoice === 'set' ? fields.region.trim() : value.default,
    durationSeconds: fields.durationChoice === 'set' ? formatRemaining(parseDuration(fields.duration) ?? 0) : '1 h',
    environment:
      fields.environment === 'account' || fields.environment === 'leave'
        ? value.fromAccount
        : environmentLabel(fields.environment),
    autoRenew: fields.renewal === 'renew' ? value.renews : value.lapses,
  }
  return (['written', 'region', 'durationSeconds', 'environment', 'autoRenew'] as const).flatMap((field) => {
    const count = plan.roles.filter((role) => role.fields.includes(field)).length
    return count === 0 ? [] : [words.becomes(words.field[field], values[field], count)]
  })
}

/** Roles that are production now and are said to be something else: they would no longer ask before they start. */
export function leavingProduction(fields: BulkFields, roles: readonly RoleRow[]): RoleRow[] {
  if (fields.environment === 'leave' || fields.environment === 'prod' || fields.environment === 'account') return []
  return roles.filter(({ environment }) => environment === 'prod')
}
