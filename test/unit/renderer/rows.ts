/** Rows for tests of what the lists make of them. */
import type { RoleRow } from '#shared/models.ts'

export function makeRow(name: string, more: Partial<RoleRow> = {}): RoleRow {
  return {
    name,
    arn: `arn:aws:iam::123456789012:role/${name}`,
    accountId: '123456789012',
    roleName: name,
    from: 'work',
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
