/** Groups and their members. */
import type { ResultFields } from '../query.ts'
import type { Group } from './account-state.ts'
import {
  alreadyExists,
  deleteConflict,
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

const GROUPS_PER_USER = 10

/** @throws Refusal NoSuchEntity */
export function findGroup(call: IamCall): Group {
  const name = nameOf(call, 'GroupName', NAME_LIMITS.group)
  const group = call.iam.groups.get(name.toLowerCase())
  if (group) return group
  throw noSuchEntity(`The group with name ${name} cannot be found.`)
}

const shown = ({ name, path, arn, groupId, createdAt }: Group): ResultFields => ({
  Path: path,
  GroupName: name,
  GroupId: groupId,
  Arn: arn,
  CreateDate: timeText(createdAt),
})

function createGroup(call: IamCall): ResultFields {
  const name = nameOf(call, 'GroupName', NAME_LIMITS.group)
  const path = pathOf(call)
  if (call.iam.groups.has(name.toLowerCase())) throw alreadyExists('Group', name)
  const group: Group = {
    name,
    path,
    arn: `${call.arnPrefix}group${path}${name}`,
    groupId: call.directory.uniqueId('AGPA'),
    createdAt: call.nowMs,
    members: new Set(),
  }
  call.iam.groups.set(name.toLowerCase(), group)
  return { Group: shown(group) }
}

function deleteGroup(call: IamCall): ResultFields {
  const group = findGroup(call)
  if (group.members.size > 0) throw deleteConflict('Cannot delete entity, must remove users from group first.')
  if (call.iam.attachedTo(group.arn).size > 0)
    throw deleteConflict('Cannot delete entity, must detach all policies first.')
  call.iam.groups.delete(group.name.toLowerCase())
  return {}
}

function getGroup(call: IamCall): ResultFields {
  const group = findGroup(call)
  const users = [...group.members].map(({ name, arn, userId, createdAt }) => ({
    Path: '/',
    UserName: name,
    UserId: userId,
    Arn: arn,
    CreateDate: timeText(createdAt),
  }))
  return { Group: shown(group), ...pageOf(call, 'Users', users) }
}

function addUserToGroup(call: IamCall): ResultFields {
  const [group, user] = [findGroup(call), namedUser(call)]
  const groups = [...call.iam.groups.values()].filter(({ members }) => members.has(user))
  if (!group.members.has(user) && groups.length >= GROUPS_PER_USER)
    throw limitExceeded('GroupsPerUser', GROUPS_PER_USER)
  group.members.add(user)
  return {}
}

function removeUserFromGroup(call: IamCall): ResultFields {
  const [group, user] = [findGroup(call), namedUser(call)]
  if (!group.members.delete(user)) throw noSuchEntity(`User ${user.name} is not in group ${group.name}.`)
  return {}
}

export const GROUP_ACTIONS: Readonly<Record<string, IamAction>> = {
  CreateGroup: { run: createGroup },
  GetGroup: { run: getGroup },
  ListGroups: { run: (call) => pageOf(call, 'Groups', [...call.iam.groups.values()].map(shown)) },
  DeleteGroup: { run: deleteGroup },
  AddUserToGroup: { run: addUserToGroup },
  RemoveUserFromGroup: { run: removeUserFromGroup },
  ListGroupsForUser: {
    self: true,
    run: (call) => {
      const user = namedUser(call)
      const groups = [...call.iam.groups.values()].filter(({ members }) => members.has(user))
      return pageOf(call, 'Groups', groups.map(shown))
    },
  },
}
