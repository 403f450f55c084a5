/** Rows of roles for the tests of what the system shows. */
import type { RoleRow } from '#shared/role-list.ts'
import { makeRow } from '../../../support/role-rows.ts'

export const NOW = Date.parse('2026-11-24T15:37:00Z')
const MINUTE = 60_000

export const row = (name: string, more: Partial<RoleRow> = {}): RoleRow => makeRow(name, { from: 'dana', ...more })

/** Live for so many minutes more. */
export function live(name: string, minutes: number, more: Partial<RoleRow> = {}): RoleRow {
  return row(name, { state: 'active', expiresAt: new Date(NOW + minutes * MINUTE).toISOString(), ...more })
}

/** Last used so many minutes ago. */
export function used(name: string, minutes: number, more: Partial<RoleRow> = {}): RoleRow {
  return row(name, { lastUsedAt: new Date(NOW - minutes * MINUTE).toISOString(), ...more })
}
