/** The role that the user may assume, and the copy of PowerUserAccess. */
import { HallpassError } from '#shared/errors.ts'
import type { Account } from '../account.ts'
import {
  decodeDocument,
  policyArn,
  policyArnOf,
  policyNameOf,
  powerUserArn,
  sameDocument,
  trustPolicy,
  userArnOf,
} from '../documents.ts'
import type { SetupStep } from '../step.ts'

export const role: SetupStep = {
  id: 'role',
  isWanted: ({ role: name }) => name !== null,
  subject: ({ role: name }) => name ?? '',
  calls: (choices, accountId, partition) => [
    {
      operation: 'CreateRole',
      input: {
        RoleName: choices.role ?? '',
        AssumeRolePolicyDocument: trustPolicy(userArnOf(partition, accountId, choices.user), choices),
      },
    },
  ],
  async look({ account, choices }) {
    const answer = await account.look('GetRole', { RoleName: choices.role ?? '' })
    if (!answer?.Role) return 'absent'
    const is = decodeDocument(answer.Role.AssumeRolePolicyDocument)
    const wanted = trustPolicy(userArnOf(account.partition, account.accountId, choices.user), choices)
    return sameDocument(is, wanted) ? 'exists' : { differs: 'It trusts somebody else, or on other conditions.' }
  },
  createdAt: async ({ account, choices }) =>
    (await account.look('GetRole', { RoleName: choices.role ?? '' }))?.Role?.CreateDate,
  async make({ account, choices }) {
    const AssumeRolePolicyDocument = trustPolicy(userArnOf(account.partition, account.accountId, choices.user), choices)
    const create = () =>
      account.send('CreateRole', {
        RoleName: choices.role ?? '',
        AssumeRolePolicyDocument,
        Description: 'Assumed in an emergency, from the emergency user.',
      })
    await account.patiently('iam.principal-unknown', create)
    return null
  },
  async unmake({ account, choices }) {
    await account.look('DeleteRole', { RoleName: choices.role ?? '' })
  },
}

export const rolePolicy: SetupStep = {
  id: 'role-policy',
  isWanted: role.isWanted,
  subject: ({ rolePolicy: of }) => policyNameOf(of),
  calls: ({ role: RoleName, rolePolicy: of }, _account, partition) => [
    {
      operation: 'AttachRolePolicy',
      input: { RoleName: RoleName ?? '', PolicyArn: policyArn(partition, of) },
    },
  ],
  async look(context) {
    const { account, choices } = context
    const of = await role.look(context)
    if (typeof of === 'object') return of
    const answer = await account.look('ListAttachedRolePolicies', { RoleName: choices.role ?? '' })
    const wanted = policyArn(account.partition, choices.rolePolicy)
    return answer?.AttachedPolicies?.some(({ PolicyArn }) => PolicyArn === wanted) ? 'exists' : 'absent'
  },
  async make({ account, choices }) {
    const PolicyArn = policyArn(account.partition, choices.rolePolicy)
    const attach = () => account.send('AttachRolePolicy', { RoleName: choices.role ?? '', PolicyArn })
    await account.patiently('iam.not-found', attach)
    return null
  },
  async unmake({ account, choices }) {
    const PolicyArn = policyArn(account.partition, choices.rolePolicy)
    await account.look('DetachRolePolicy', { RoleName: choices.role ?? '', PolicyArn })
  },
}

export const policy: SetupStep = {
  id: 'policy',
  isWanted: ({ policy: name }) => name !== null,
  subject: ({ policy: name }) => name ?? '',
  calls: ({ policy: PolicyName }, _account, partition) => {
    const powerUser = powerUserArn(partition)
    return [
      { operation: 'GetPolicy', input: { PolicyArn: powerUser } },
      { operation: 'GetPolicyVersion', input: { PolicyArn: powerUser, VersionId: '<its default>' } },
      { operation: 'CreatePolicy', input: { PolicyName: PolicyName ?? '', PolicyDocument: '<the same document>' } },
    ]
  },
  async look({ account, choices }) {
    const own = await defaultDocument(account, policyArnOf(account.partition, account.accountId, choices.policy ?? ''))
    if (own === undefined) return 'absent'
    const wanted = await powerUserDocument(account)
    return sameDocument(own, wanted) ? 'exists' : { differs: 'It says something else than PowerUserAccess does today.' }
  },
  async createdAt({ account, choices }) {
    const PolicyArn = policyArnOf(account.partition, account.accountId, choices.policy ?? '')
    return (await account.look('GetPolicy', { PolicyArn }))?.Policy?.CreateDate
  },
  async make({ account, choices }) {
    const PolicyDocument = await powerUserDocument(account)
    await account.send('CreatePolicy', { PolicyName: choices.policy ?? '', PolicyDocument })
    return null
  },
  async unmake({ account, choices }) {
    const PolicyArn = policyArnOf(account.partition, account.accountId, choices.policy ?? '')
    await account.look('DeletePolicy', { PolicyArn })
  },
}

async function defaultDocument(account: Account, PolicyArn: string): Promise<string | undefined> {
  const found = await account.look('GetPolicy', { PolicyArn })
  const VersionId = found?.Policy?.DefaultVersionId
  if (!VersionId) return undefined
  const version = await account.send('GetPolicyVersion', { PolicyArn, VersionId })
  return decodeDocument(version.PolicyVersion?.Document)
}

/** As it is today: AWS changes it over time (facts F.2). */
async function powerUserDocument(account: Account): Promise<string> {
  const text = await defaultDocument(account, powerUserArn(account.partition))
  if (text !== undefined) return JSON.stringify(JSON.parse(text))
  throw new HallpassError('iam.not-found', 'This account has no AWS-managed policy PowerUserAccess to copy.', {
    hint: 'Leave the power-user policy out.',
  })
}
