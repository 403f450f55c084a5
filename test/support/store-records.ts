/** Records for store tests. */
import type { AccessKeyIdentity } from '#shared/identities.ts'
import type { Role, RoleSettings } from '#shared/roles.ts'

export function makeIdentity(id: string, name = id): AccessKeyIdentity {
  return {
    id,
    name,
    kind: 'access-key',
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    accountId: '123456789012',
    userArn: null,
    mfaSerial: null,
    region: 'eu-west-1',
    verified: false,
    verifiedAt: null,
    createdAt: '2026-01-02T03:04:05.000Z',
  }
}

export function makeRole(
  id: string,
  name: string,
  source: { kind: 'identity' | 'role'; id: string; name: string },
  settings: RoleSettings = { mfa: false },
): Role {
  return {
    id,
    name,
    arn: `arn:aws:iam::123456789012:role/team/${id}`,
    accountId: '123456789012',
    partition: 'aws',
    path: '/team/',
    roleName: id,
    source,
    settings,
    createdAt: '2026-01-02T03:04:05.000Z',
  }
}
