/** What a catalogue sets of a role. */
import { z } from 'zod'
import type { CatalogueRole } from '#shared/catalogue.ts'
import { formatRemaining } from '#shared/duration.ts'
import { type Role, roleSettingsSchema } from '#shared/roles.ts'

/**
 * What it starts from is `role:` or `center:` and a name of the catalogue, `start:` and the id of what the person said, or, once the
 * person has changed it, `other:` and an id: no name, because renaming that is no change.
 */
export const managedSchema = roleSettingsSchema.extend({ arn: z.string(), from: z.string() })
export type Managed = z.infer<typeof managedSchema>

/** A role's session name and source identity are the person's own as long as the catalogue names none. */
export const FIELDS = Object.keys(managedSchema.shape) as FieldName[]
export type FieldName = keyof Managed

/** @param arn of the entry, which a permission set has only as a pattern */
export function managedOf(entry: CatalogueRole, from: string, arn = entry.arn ?? ''): Managed {
  const { name: _name, from: _from, arn: _arn, accountId: _account, permissionSet: _set, ...settings } = entry
  return { arn, from, ...settings }
}

/** The same of a role that is here. @param from as above */
export function appliedOf({ arn, settings }: Role, from: string): Managed {
  return { arn, from, ...settings }
}

/** A setting as a person reads it; null for none. */
export function shown(value: unknown, field: FieldName): string | null {
  if (value === undefined || value === null) return null
  // To the second where it is not in whole minutes: what differs is to look different.
  if (field === 'durationSeconds') return Number(value) % 60 === 0 ? formatRemaining(Number(value)) : `${value} s`
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
