/** Users, and the passwords they sign in to the console with. */
import type { User } from '../directory.ts'
import { FieldChecks } from '../limits.ts'
import type { ResultFields } from '../query.ts'
import { Refusal } from '../refusal.ts'
import {
  alreadyExists,
  deleteConflict,
  type IamAction,
  type IamCall,
  NAME_LIMITS,
  namedUser,
  nameOf,
  noSuchEntity,
  pageOf,
  pathOf,
  timeText,
  userOrSelf,
} from './call.ts'
import { checkPassword } from './password-policy.ts'

const shown = ({ name, arn, userId, createdAt }: User): ResultFields => ({
  Path: arn.slice(arn.indexOf('user/') + 4, arn.length - name.length),
  UserName: name,
  UserId: userId,
  Arn: arn,
  CreateDate: timeText(createdAt),
})

function createUser(call: IamCall): ResultFields {
  const name = nameOf(call, 'UserName', NAME_LIMITS.user)
  const path = pathOf(call)
  const { directory, accountId, nowMs, delayMs } = call
  if (directory.users(accountId).some((user) => user.name.toLowerCase() === name.toLowerCase()))
    throw alreadyExists('User', name)
  const knownFrom = nowMs + delayMs
  return { User: shown(directory.addBareUser({ accountId, name, path, createdAt: nowMs, knownFrom })) }
}

/** IAM deletes nothing along with a user. */
function deleteUser(call: IamCall): ResultFields {
  const user = namedUser(call)
  const { iam, directory } = call
  const conflict = (what: string) => deleteConflict(`Cannot delete entity, must ${what} first.`)
  if (directory.keysOf(user).length > 0) throw conflict('delete access keys')
  if (iam.logins.has(user)) throw conflict('delete login profile')
  if (user.devices.length > 0) throw conflict('delete MFA device')
  if ([...iam.groups.values()].some(({ members }) => members.has(user))) throw conflict('remove users from group')
  if (iam.attachedTo(user.arn).size > 0) throw conflict('detach all policies')
  directory.removeUser(user)
  return {}
}

function listUsers(call: IamCall): ResultFields {
  return pageOf(call, 'Users', call.directory.users(call.accountId).map(shown))
}

function createLoginProfile(call: IamCall): ResultFields {
  const user = namedUser(call)
  const { iam, nowMs } = call
  if (iam.logins.has(user)) throw alreadyExists('Login Profile for user', user.name)
  const login = {
    password: passwordOf(call),
    createdAt: nowMs,
    changedAt: nowMs,
    resetRequired: resetOf(call) ?? false,
  }
  iam.passwords.push(login.password)
  iam.logins.set(user, login)
  return { LoginProfile: describeLogin(user, login) }
}

function updateLoginProfile(call: IamCall): ResultFields {
  const user = namedUser(call)
  const login = loginOf(call, user)
  const password = call.parameters.get('Password') === undefined ? login.password : passwordOf(call)
  call.iam.passwords.push(password)
  const changedAt = password === login.password ? login.changedAt : call.nowMs
  call.iam.logins.set(user, { ...login, password, changedAt, resetRequired: resetOf(call) ?? login.resetRequired })
  return {}
}

function changePassword(call: IamCall): ResultFields {
  const { iam, caller, parameters, nowMs } = call
  const { user } = caller
  if (!user || user.isRoot) throw new Refusal(403, 'InvalidUserType', 'Only IAM Users can change their own password')
  if (iam.passwordPolicy?.usersMayChange === false)
    throw new Refusal(403, 'AccessDenied', `User: ${caller.arn} is not authorized to perform: iam:ChangePassword`)
  const login = loginOf(call, user)
  if (parameters.get('OldPassword') !== login.password)
    throw new Refusal(403, 'AccessDenied', 'The old password was incorrect.')
  const password = parameters.get('NewPassword') ?? ''
  checkPassword(password, iam.passwordPolicy)
  iam.passwords.push(password)
  iam.logins.set(user, { ...login, password, changedAt: nowMs, resetRequired: false })
  return {}
}

function passwordOf({ parameters, iam }: IamCall): string {
  const checks = new FieldChecks()
  const password = checks.required('password', parameters.get('Password'), {
    min: 1,
    max: 128,
    pattern: '[\\u0009\\u000A\\u000D\\u0020-\\u00FF]+',
  })
  checks.finish()
  checkPassword(password, iam.passwordPolicy)
  return password
}

function resetOf({ parameters }: IamCall): boolean | undefined {
  const text = parameters.get('PasswordResetRequired')
  return text === undefined ? undefined : text === 'true'
}

function loginOf({ iam }: IamCall, user: User) {
  const login = iam.logins.get(user)
  if (login) return login
  throw noSuchEntity(`Login Profile for User ${user.name} cannot be found.`)
}

function describeLogin(
  user: User,
  login: { readonly createdAt: number; readonly resetRequired: boolean },
): ResultFields {
  return {
    UserName: user.name,
    CreateDate: timeText(login.createdAt),
    PasswordResetRequired: login.resetRequired,
  }
}

export const USER_ACTIONS: Readonly<Record<string, IamAction>> = {
  CreateUser: { run: createUser },
  GetUser: { self: true, run: (call) => ({ User: shown(userOrSelf(call)) }) },
  ListUsers: { run: listUsers },
  DeleteUser: { run: deleteUser },
  CreateLoginProfile: { run: createLoginProfile },
  GetLoginProfile: {
    self: true,
    run: (call) => {
      const user = userOrSelf(call)
      return { LoginProfile: describeLogin(user, loginOf(call, user)) }
    },
  },
  UpdateLoginProfile: { run: updateLoginProfile },
  DeleteLoginProfile: {
    run: (call) => {
      const user = namedUser(call)
      loginOf(call, user)
      call.iam.logins.delete(user)
      return {}
    },
  },
  ChangePassword: { self: true, run: changePassword },
}
