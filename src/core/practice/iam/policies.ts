/** Managed policies, AWS's and the account's own, and what they are attached to. */
import type { ResultFields } from '../query.ts'
import { Refusal } from '../refusal.ts'
import type { Policy } from './account-state.ts'
import {
  deleteConflict,
  findRole,
  type IamAction,
  type IamCall,
  limitExceeded,
  NAME_LIMITS,
  namedUser,
  nameOf,
  noSuchEntity,
  pageOf,
  pathOf,
  timeText,
} from './call.ts'
import { findGroup } from './groups.ts'
import { MANAGED_POLICIES } from './managed-policies.ts'
import { readDocument } from './trust-policy.ts'

const ATTACHED_AT_MOST = 10
const LONGEST = 6144

/** @throws Refusal NoSuchEntity */
function findPolicy(call: IamCall): Policy {
  const arn = call.parameters.get('PolicyArn') ?? ''
  const policy = [...allPolicies(call)].find((each) => each.arn === arn)
  if (policy) return policy
  throw noSuchEntity(`Policy ${arn} does not exist or is not attachable.`)
}

function allPolicies({ iam, arnPrefix }: IamCall): Policy[] {
  const managed = [...MANAGED_POLICIES].map(([pathAndName, document]): Policy => {
    const cut = pathAndName.lastIndexOf('/') + 1
    return {
      name: pathAndName.slice(cut),
      path: pathAndName.slice(0, cut),
      arn: `${arnPrefix.replace(/\d{12}:$/, 'aws:')}policy${pathAndName}`,
      policyId: `ANPA${'PRACTICE'.padEnd(17, 'A')}`,
      document,
      createdAt: 0,
    }
  })
  return [...managed, ...iam.policies.values()]
}

const shown = ({ iam }: IamCall, policy: Policy): ResultFields => ({
  PolicyName: policy.name,
  PolicyId: policy.policyId,
  Arn: policy.arn,
  Path: policy.path,
  DefaultVersionId: 'v1',
  AttachmentCount: [...iam.attached.values()].filter((arns) => arns.has(policy.arn)).length,
  IsAttachable: true,
  CreateDate: timeText(policy.createdAt),
  UpdateDate: timeText(policy.createdAt),
})

function createPolicy(call: IamCall): ResultFields {
  const name = nameOf(call, 'PolicyName', NAME_LIMITS.policy)
  const path = pathOf(call)
  const document = call.parameters.get('PolicyDocument') ?? ''
  if (readDocument(document).Version === undefined)
    throw new Refusal(400, 'MalformedPolicyDocument', 'Syntax errors in policy.')
  if (document.replaceAll(/\s/g, '').length > LONGEST) throw limitExceeded('PolicySize', LONGEST)
  if (call.iam.policies.has(name.toLowerCase()))
    throw new Refusal(
      409,
      'EntityAlreadyExists',
      `A policy called ${name} already exists. Duplicate names are not allowed.`,
    )
  const policy: Policy = {
    name,
    path,
    arn: `${call.arnPrefix}policy${path}${name}`,
    policyId: call.directory.uniqueId('ANPA'),
    document,
    description: call.parameters.get('Description'),
    createdAt: call.nowMs,
  }
  call.iam.policies.set(name.toLowerCase(), policy)
  return { Policy: shown(call, policy) }
}

function deletePolicy(call: IamCall): ResultFields {
  const policy = findPolicy(call)
  if ([...call.iam.attached.values()].some((arns) => arns.has(policy.arn)))
    throw deleteConflict('Cannot delete a policy attached to entities.')
  if (!call.iam.policies.delete(policy.name.toLowerCase()))
    throw new Refusal(403, 'AccessDenied', 'Policies of AWS can’t be deleted.')
  return {}
}

const version = (policy: Policy, withDocument: boolean): ResultFields => ({
  VersionId: 'v1',
  IsDefaultVersion: true,
  CreateDate: timeText(policy.createdAt),
  // IAM gives documents URL-encoded (facts F.2).
  ...(withDocument ? { Document: encodeURIComponent(policy.document) } : {}),
})

function getVersion(call: IamCall): ResultFields {
  const policy = findPolicy(call)
  const wanted = call.parameters.get('VersionId')
  if (wanted !== 'v1') throw noSuchEntity(`Policy ${policy.arn} version ${wanted} does not exist or is not attachable.`)
  return { PolicyVersion: version(policy, true) }
}

function listPolicies(call: IamCall): ResultFields {
  const scope = call.parameters.get('Scope') ?? 'All'
  const policies = allPolicies(call).filter(
    ({ arn }) => scope === 'All' || (scope === 'AWS') === arn.includes('::aws:policy/'),
  )
  return pageOf(
    call,
    'Policies',
    policies.map((policy) => shown(call, policy)),
  )
}

type Holder = (call: IamCall) => string
const ofUser: Holder = (call) => namedUser(call).arn
const ofGroup: Holder = (call) => findGroup(call).arn
const ofRole: Holder = (call) => findRole(call, nameOf(call, 'RoleName', NAME_LIMITS.role)).arn

const attach = (holder: Holder): IamAction => ({
  run: (call) => {
    const attached = call.iam.attachedTo(holder(call))
    const { arn } = findPolicy(call)
    if (!attached.has(arn) && attached.size >= ATTACHED_AT_MOST)
      throw limitExceeded('PoliciesPerEntity', ATTACHED_AT_MOST)
    attached.add(arn)
    return {}
  },
})

const detach = (holder: Holder): IamAction => ({
  run: (call) => {
    const arn = call.parameters.get('PolicyArn') ?? ''
    if (!call.iam.attachedTo(holder(call)).delete(arn)) throw noSuchEntity(`Policy ${arn} was not found.`)
    return {}
  },
})

const listAttached = (holder: Holder, self = false): IamAction => ({
  self,
  run: (call) => {
    const arns = [...call.iam.attachedTo(holder(call))]
    const policies = arns.map((arn) => ({ PolicyName: arn.slice(arn.lastIndexOf('/') + 1), PolicyArn: arn }))
    return pageOf(call, 'AttachedPolicies', policies)
  },
})

export const POLICY_ACTIONS: Readonly<Record<string, IamAction>> = {
  CreatePolicy: { run: createPolicy },
  GetPolicy: { run: (call) => ({ Policy: shown(call, findPolicy(call)) }) },
  GetPolicyVersion: { run: getVersion },
  ListPolicyVersions: { run: (call) => pageOf(call, 'Versions', [version(findPolicy(call), false)]) },
  ListPolicies: { run: listPolicies },
  DeletePolicy: { run: deletePolicy },
  AttachUserPolicy: attach(ofUser),
  DetachUserPolicy: detach(ofUser),
  ListAttachedUserPolicies: listAttached(ofUser, true),
  AttachGroupPolicy: attach(ofGroup),
  DetachGroupPolicy: detach(ofGroup),
  ListAttachedGroupPolicies: listAttached(ofGroup),
  AttachRolePolicy: attach(ofRole),
  DetachRolePolicy: detach(ofRole),
  ListAttachedRolePolicies: listAttached(ofRole),
}
