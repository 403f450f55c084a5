/** Roles, with their trust policies. */
import type { Role } from '../directory.ts'
import { FieldChecks } from '../limits.ts'
import type { ResultFields } from '../query.ts'
import {
  alreadyExists,
  deleteConflict,
  findRole,
  type IamAction,
  type IamCall,
  NAME_LIMITS,
  nameOf,
  pageOf,
  pathOf,
  rolesOf,
  timeText,
} from './call.ts'
import { readTrustPolicy, trustDocumentOf } from './trust-policy.ts'

const named = (call: IamCall) => findRole(call, nameOf(call, 'RoleName', NAME_LIMITS.role))

/** IAM gives documents URL-encoded (facts F.2). */
const shown = (role: Role): ResultFields => ({
  Path: role.path,
  RoleName: role.name,
  RoleId: role.roleId,
  Arn: role.arn,
  CreateDate: timeText(role.createdAt),
  AssumeRolePolicyDocument: encodeURIComponent(trustDocumentOf(role)),
  Description: role.description,
  MaxSessionDuration: role.maxDurationSeconds,
})

function createRole(call: IamCall): ResultFields {
  const name = nameOf(call, 'RoleName', NAME_LIMITS.role)
  const path = pathOf(call)
  const { directory, accountId, nowMs, delayMs, parameters } = call
  const checks = new FieldChecks()
  const maximum = checks.integer('maxSessionDuration', parameters.get('MaxSessionDuration'), 3600, 43_200)
  const trustDocument = checks.required('assumeRolePolicyDocument', parameters.get('AssumeRolePolicyDocument'), {
    min: 1,
    max: 131_072,
  })
  checks.finish()
  if (rolesOf(directory, accountId).some((role) => role.name.toLowerCase() === name.toLowerCase()))
    throw alreadyExists('Role', name)
  const role = directory.addRole({
    accountId,
    name,
    path,
    ...readTrustPolicy(trustDocument, directory, nowMs),
    trustDocument,
    description: parameters.get('Description'),
    createdAt: nowMs,
    knownFrom: nowMs + delayMs,
    ...(maximum === undefined ? {} : { maxDurationSeconds: maximum }),
  })
  return { Role: shown(role) }
}

function updateTrust(call: IamCall): ResultFields {
  const role = named(call)
  const trustDocument = call.parameters.get('PolicyDocument') ?? ''
  call.directory.putRole({ ...role, ...readTrustPolicy(trustDocument, call.directory, call.nowMs), trustDocument })
  return {}
}

function deleteRole(call: IamCall): ResultFields {
  const role = named(call)
  if (call.iam.attachedTo(role.arn).size > 0)
    throw deleteConflict('Cannot delete entity, must detach all policies first.')
  call.directory.removeRole(role.arn)
  return {}
}

export const ROLE_ACTIONS: Readonly<Record<string, IamAction>> = {
  CreateRole: { run: createRole },
  GetRole: { run: (call) => ({ Role: shown(named(call)) }) },
  ListRoles: { run: (call) => pageOf(call, 'Roles', rolesOf(call.directory, call.accountId).map(shown)) },
  UpdateAssumeRolePolicy: { run: updateTrust },
  DeleteRole: { run: deleteRole },
}
