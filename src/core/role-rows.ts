/** A role's record with its session, profile and use, as a row of the lists. */
import { profileNameFor } from '#shared/profile-name.ts'
import type { RoleRow, RoleSummary } from '#shared/role-list.ts'
import type { Role } from '#shared/roles.ts'
import type { TargetState } from './sessions/index.ts'
import type { AccountRecord, OwnedProfileRecord, RoleUse } from './store/types.ts'

/**
 * @param owned the profile written for it
 * @param session its state, inactive when absent
 * @param account whose environment holds where the role has none
 */
export function roleSummary(
  role: Role,
  owned: OwnedProfileRecord | undefined,
  session: TargetState | undefined,
  account: Pick<AccountRecord, 'environment'> | undefined,
): RoleSummary {
  return {
    name: role.name,
    arn: role.arn,
    accountId: role.accountId,
    roleName: role.roleName,
    from: role.source.name,
    profile: owned?.profile ?? role.settings.profile ?? profileNameFor(role.name),
    profileMode: owned?.mode ?? null,
    region: role.settings.region ?? null,
    environment: role.settings.environment ?? account?.environment ?? null,
    state: session?.state ?? 'inactive',
    expiresAt: session?.expiresAt ?? null,
  }
}

/** The same with what the person made of it. */
export function roleRow(
  summary: RoleSummary,
  account: Pick<AccountRecord, 'name'> | undefined,
  use: RoleUse | undefined,
): RoleRow {
  return {
    ...summary,
    accountName: account?.name ?? null,
    pinned: use?.pinned ?? false,
    lastUsedAt: use?.lastUsedAt == null ? null : new Date(use.lastUsedAt).toISOString(),
  }
}
