/** The emergency user, and the group that gives it its rights. */
import { policyArn, policyNameOf } from '../documents.ts'
import type { SetupStep } from '../step.ts'

export const user: SetupStep = {
  id: 'user',
  isWanted: () => true,
  subject: ({ user: name }) => name,
  calls: ({ user: UserName }) => [{ operation: 'CreateUser', input: { UserName } }],
  look: async ({ account, choices }) =>
    (await account.look('GetUser', { UserName: choices.user })) ? 'exists' : 'absent',
  createdAt: async ({ account, choices }) =>
    (await account.look('GetUser', { UserName: choices.user }))?.User?.CreateDate,
  async make({ account, choices }) {
    await account.send('CreateUser', { UserName: choices.user })
    return null
  },
  async unmake({ account, choices }) {
    await account.look('DeleteUser', { UserName: choices.user })
  },
}

export const group: SetupStep = {
  id: 'group',
  isWanted: () => true,
  subject: ({ group: name }) => name,
  calls: ({ group: GroupName }) => [{ operation: 'CreateGroup', input: { GroupName } }],
  async look({ account, choices }) {
    const found = await account.look('GetGroup', { GroupName: choices.group })
    if (!found) return 'absent'
    const others = (found.Users ?? []).filter(({ UserName }) => UserName !== choices.user)
    return others.length === 0 ? 'exists' : { differs: 'Others are in it, who would get the same rights.' }
  },
  createdAt: async ({ account, choices }) =>
    (await account.look('GetGroup', { GroupName: choices.group }))?.Group?.CreateDate,
  async make({ account, choices }) {
    await account.send('CreateGroup', { GroupName: choices.group })
    return null
  },
  async unmake({ account, choices }) {
    await account.look('DeleteGroup', { GroupName: choices.group })
  },
}

export const groupPolicy: SetupStep = {
  id: 'group-policy',
  isWanted: () => true,
  subject: ({ groupPolicy: of }) => policyNameOf(of),
  calls: ({ group: GroupName, groupPolicy: of }, _account, partition) => [
    { operation: 'AttachGroupPolicy', input: { GroupName, PolicyArn: policyArn(partition, of) } },
  ],
  async look(context) {
    const { account, choices } = context
    const of = await group.look(context)
    if (typeof of === 'object') return of
    const answer = await account.look('ListAttachedGroupPolicies', { GroupName: choices.group })
    const wanted = policyArn(account.partition, choices.groupPolicy)
    return answer?.AttachedPolicies?.some(({ PolicyArn }) => PolicyArn === wanted) ? 'exists' : 'absent'
  },
  async make({ account, choices }) {
    const PolicyArn = policyArn(account.partition, choices.groupPolicy)
    const attach = () => account.send('AttachGroupPolicy', { GroupName: choices.group, PolicyArn })
    await account.patiently('iam.not-found', attach)
    return null
  },
  async unmake({ account, choices }) {
    const PolicyArn = policyArn(account.partition, choices.groupPolicy)
    await account.look('DetachGroupPolicy', { GroupName: choices.group, PolicyArn })
  },
}

export const membership: SetupStep = {
  id: 'membership',
  isWanted: () => true,
  subject: ({ user: name, group: of }) => `${name} in ${of}`,
  calls: ({ user: UserName, group: GroupName }) => [{ operation: 'AddUserToGroup', input: { GroupName, UserName } }],
  async look(context) {
    const { account, choices } = context
    const of = await group.look(context)
    if (typeof of === 'object') return of
    const answer = await account.look('ListGroupsForUser', { UserName: choices.user })
    return answer?.Groups?.some(({ GroupName }) => GroupName === choices.group) ? 'exists' : 'absent'
  },
  async make({ account, choices }) {
    const add = () => account.send('AddUserToGroup', { GroupName: choices.group, UserName: choices.user })
    await account.patiently('iam.not-found', add)
    return null
  },
  async unmake({ account, choices }) {
    await account.look('RemoveUserFromGroup', { GroupName: choices.group, UserName: choices.user })
  },
}
