/** Rows of the role list for tests. */
import fc from 'fast-check'
import type { RoleRow } from '#shared/role-list.ts'

export function makeRow(name: string, fields: Partial<RoleRow> = {}): RoleRow {
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
    ...fields,
  }
}

/** Any row: names are few and short, so that they meet. */
export const rowField: fc.Arbitrary<RoleRow> = fc
  .record({
    name: fc.stringMatching(/^[a-cA-C][a-c0-1_-]{0,2}$/),
    accountId: fc.constantFrom('111111111111', '222222222222', '333333333333'),
    from: fc.constantFrom('work', 'play', 'a', 'b'),
    environment: fc.constantFrom(null, 'prod', 'staging', 'dev', 'other'),
    state: fc.constantFrom('inactive', 'active', 'expired', 'needs-mfa'),
    pinned: fc.boolean(),
    lastUsedAt: fc.constantFrom(null, '2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z'),
  } as const)
  .map(({ name, ...fields }) => makeRow(name, fields as Partial<RoleRow>))
