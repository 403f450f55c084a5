/** Rows of roles for the tests of what the system shows. */
import type { RoleRow } from '#shared/models.ts'

export const NOW = Date.parse('2026-11-24T15:37:00Z')
const MINUTE = 60_000

export function row(name: string, more: Partial<RoleRow> = {}): RoleRow {
  return {
    name,
    arn: `arn:aws:iam::123456789012:role/${name}`,
    accountId: '123456789012',
    roleName: name,
    from: 'dana',
    profile: name,
    profileMode: null,
    region: null,
    environment: null,
    state: 'inactive',
    expiresAt: null,
    accountName: null,
    pinned: false,
    lastUsedAt: null,
    ...more,
  }
}

/** Live for so many minutes more. */
export function live(name: string, minutes: number, more: Partial<RoleRow> = {}): RoleRow {
  return row(name, { state: 'active', expiresAt: new Date(NOW + minutes * MINUTE).toISOString(), ...more })
}

/** Last used so many minutes ago. */
export function used(name: string, minutes: number, more: Partial<RoleRow> = {}): RoleRow {
  return row(name, { lastUsedAt: new Date(NOW - minutes * MINUTE).toISOString(), ...more })
}
