/**
 * Roles of Identity Center. A permission set becomes an IAM role in each account, whose name ends in letters that only AWS
 * knows: it is told by account and permission set, and its ARN is a pattern.
 */
import { randomUUID } from 'node:crypto'
import { HallpassError } from '#shared/errors.ts'
import type { CenterIdentity, Identity } from '#shared/identities.ts'
import { type PartitionId, partitionOfRegion } from '#shared/partitions.ts'
import type { Role, RoleSettings } from '#shared/roles.ts'
import type { PortalRole } from '../console-service.ts'
import type { Target } from '../names.ts'
import type { Store } from '../store/types.ts'

/** Where Identity Center keeps its roles in an account. */
const PATH = '/aws-reserved/sso.amazonaws.com/'

/**
 * The pattern that AWS gives for policies that name such a role (Identity Center User Guide, “Referencing permission sets in
 * resource policies”): the path has the home region in it, except of us-east-1.
 */
export function permissionSetArn(partition: PartitionId, accountId: string, permissionSet: string): string {
  return `arn:${partition}:iam::${accountId}:role/aws-reserved/sso.amazonaws.com*/AWSReservedSSO_${permissionSet}_*`
}

/** As AWS takes its name (Identity Center API Reference, CreatePermissionSet). */
export function isPermissionSetName(name: string): boolean {
  return /^[\w+=,.@-]{1,32}$/.test(name)
}

export interface PermissionSetRole {
  readonly name: string
  readonly accountId: string
  readonly permissionSet: string
  readonly settings?: Partial<RoleSettings>
}

/** The record of such a role, not yet stored. @param createdAt ISO 8601 */
export function permissionSetRole(identity: CenterIdentity, given: PermissionSetRole, createdAt: string): Role {
  const partition = partitionOfRegion(identity.ssoRegion)?.id ?? 'aws'
  const { name, accountId, permissionSet } = given
  return {
    id: randomUUID(),
    name,
    arn: permissionSetArn(partition, accountId, permissionSet),
    accountId,
    partition,
    path: PATH,
    roleName: permissionSet,
    source: { kind: 'identity', id: identity.id, name: identity.name },
    settings: { mfa: false, ...given.settings },
    createdAt,
  }
}

/** Whether the first role after that identity is a permission set: it gives no other. */
export function givesPermissionSets(identity: Pick<Identity, 'kind'>): boolean {
  return identity.kind === 'identity-center'
}

/** Whether that role is a permission set, and no role that is assumed. */
export function isFromCenter(store: Pick<Store, 'identities'>, { source }: Pick<Role, 'source'>): boolean {
  const identity = source.kind === 'identity' ? store.identities.byId(source.id) : undefined
  return identity !== undefined && givesPermissionSets(identity)
}

/** How the access portal knows a role of Identity Center; undefined for any other target. */
export function portalRoleOf(store: Pick<Store, 'identities'>, target: Target): PortalRole | undefined {
  if (target.kind !== 'role' || target.role.source.kind !== 'identity') return undefined
  const identity = store.identities.byId(target.role.source.id)
  if (identity?.kind !== 'identity-center') return undefined
  const { accountId, roleName } = target.role
  return { startUrl: identity.startUrl, accountId, roleName }
}

/** What only AssumeRole takes. How long a session lasts is set in Identity Center as well. */
const OF_ASSUME_ROLE = [
  'durationSeconds',
  'sessionName',
  'externalId',
  'sourceIdentity',
  'tags',
  'transitiveTagKeys',
  'policyArns',
  'policy',
] as const satisfies readonly (keyof RoleSettings)[]

/** @throws `input.invalid` for settings that Identity Center has no use for */
export function refuseAssumeRoleSettings(name: string, settings: Partial<RoleSettings>): void {
  const set = OF_ASSUME_ROLE.filter((field) => settings[field] !== undefined)
  if (set.length === 0 && !settings.mfa) return
  throw new HallpassError(
    'input.invalid',
    `${name} comes from Identity Center, which decides about all of its sessions.`,
    {
      hint: 'Set duration and policies of the permission set there, or assume another role from this one.',
    },
  )
}
