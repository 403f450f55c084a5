/** What a handler of an IAM action gets and gives, and who may call it. */
import type { Caller } from '../authenticate.ts'
import type { Directory, Role, User } from '../directory.ts'
import { FieldChecks, type TextLimit } from '../limits.ts'
import type { QueryParameters, ResultFields, ResultValue } from '../query.ts'
import { invalidToken, notAuthorized, Refusal } from '../refusal.ts'
import type { IamAccount } from './account-state.ts'

/** One authenticated call. */
export interface IamRequest {
  readonly caller: Caller
  readonly parameters: QueryParameters
  readonly directory: Directory
  /** The server's now, milliseconds since the epoch. */
  readonly nowMs: number
  /** How long others than IAM take to see a change, in milliseconds. */
  readonly delayMs: number
}

export interface IamCall extends IamRequest {
  readonly iam: IamAccount
  readonly accountId: string
  /** `arn:aws:iam::123456789012:`, which every ARN of the account begins with. */
  readonly arnPrefix: string
}

export interface IamAction {
  /** The user itself may, without a policy that says so. */
  readonly self?: boolean
  /** @returns the fields of the result element. @throws Refusal */
  run(call: IamCall): ResultFields
}

/** Policies that allow what the practice account knows of IAM. */
const ADMINISTRATORS = /^arn:[a-z-]+:iam::aws:policy\/(?:AdministratorAccess|IAMFullAccess)$/

/** @throws Refusal */
export function answerIam(action: IamAction, name: string, request: IamRequest): ResultFields {
  const { caller, directory, parameters } = request
  const { account, session, user } = caller
  // Sessions of GetSessionToken without MFA are no good for IAM (facts F.3).
  if (session?.subject.kind === 'user' && !session.mfaPresent) throw invalidToken()
  const iam = directory.iam(account.id)
  const arnPrefix = `arn:${account.partition}:iam::${account.id}:`
  const named = parameters.get('UserName')
  const isOwn = user !== undefined && (named === undefined || named.toLowerCase() === user.name.toLowerCase())
  if (!isAdministrator(caller, iam) && !(action.self === true && isOwn)) {
    const resource = user ? `user ${named ?? user.name}` : `${arnPrefix}*`
    throw notAuthorized(caller.arn, `iam:${name}`, resource)
  }
  return action.run({ ...request, iam, accountId: account.id, arnPrefix })
}

function isAdministrator({ user, session, account }: Caller, iam: IamAccount): boolean {
  if (user?.isRoot) return true
  const subject = session?.subject
  const holder = subject?.kind === 'role' ? subject.role.arn : user?.arn
  if (holder === undefined) return false
  const groups = user ? [...iam.groups.values()].filter(({ members }) => members.has(user)) : []
  return [holder, ...groups.map(({ arn }) => arn)].some((arn) =>
    [...iam.attachedTo(arn)].some(
      (policy) => ADMINISTRATORS.test(policy) && policy.includes(`arn:${account.partition}:`),
    ),
  )
}

const USER_NAME: TextLimit = { min: 1, max: 64, pattern: '[\\w+=,.@-]+' }
const LONG_NAME: TextLimit = { min: 1, max: 128, pattern: '[\\w+=,.@-]+' }
export const NAME_LIMITS = { user: USER_NAME, role: USER_NAME, group: LONG_NAME, policy: LONG_NAME, device: LONG_NAME }
const PATH: TextLimit = { min: 1, max: 512, pattern: '(\\u002F)|(\\u002F[\\u0021-\\u007E]+\\u002F)' }

/** A needed name. @throws Refusal ValidationError */
export function nameOf({ parameters }: IamCall, parameter: string, limit: TextLimit): string {
  const checks = new FieldChecks()
  const field = parameter.charAt(0).toLowerCase() + parameter.slice(1)
  const name = checks.required(field, parameters.get(parameter), limit)
  checks.finish()
  return name
}

/** @throws Refusal ValidationError */
export function pathOf({ parameters }: IamCall): string {
  const checks = new FieldChecks()
  const path = checks.optional('path', parameters.get('Path'), PATH) ?? '/'
  checks.finish()
  return path
}

export const alreadyExists = (kind: string, name: string) =>
  new Refusal(409, 'EntityAlreadyExists', `${kind} with name ${name} already exists.`)

export const noSuchEntity = (message: string) => new Refusal(404, 'NoSuchEntity', message)

export const limitExceeded = (quota: string, count: number) =>
  new Refusal(409, 'LimitExceeded', `Cannot exceed quota for ${quota}: ${count}`)

export const deleteConflict = (message: string) => new Refusal(409, 'DeleteConflict', message)

/** @throws Refusal NoSuchEntity */
export function findUser({ directory, accountId }: IamCall, name: string): User {
  const user = directory.users(accountId).find((each) => each.name.toLowerCase() === name.toLowerCase())
  if (user) return user
  throw noSuchEntity(`The user with name ${name} cannot be found.`)
}

/** @throws Refusal NoSuchEntity, ValidationError */
export const namedUser = (call: IamCall): User => findUser(call, nameOf(call, 'UserName', NAME_LIMITS.user))

/** The named user, or the one whose key signed. Temporary credentials have to name one (facts F.3). */
export function userOrSelf(call: IamCall): User {
  const { parameters, caller } = call
  if (parameters.get('UserName') !== undefined) return namedUser(call)
  if (caller.user && !caller.session) return caller.user
  throw new Refusal(400, 'ValidationError', 'Must specify userName when calling with non-User credentials')
}

/** @throws Refusal NoSuchEntity */
export function findRole({ directory, accountId }: IamCall, name: string): Role {
  const role = rolesOf(directory, accountId).find((each) => each.name.toLowerCase() === name.toLowerCase())
  if (role) return role
  throw noSuchEntity(`The role with name ${name} cannot be found.`)
}

export function rolesOf(directory: Directory, accountId: string): Role[] {
  return directory.roles().filter(({ account }) => account.id === accountId)
}

/** AWS's form of a time: `2026-11-24T14:42:03Z`. */
export function timeText(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z')
}

const PAGE = 100

/** One page of a list, as `MaxItems` and `Marker` ask for it. */
export function pageOf(call: IamCall, element: string, values: readonly ResultValue[]): ResultFields {
  const checks = new FieldChecks()
  const size = checks.integer('maxItems', call.parameters.get('MaxItems'), 1, 1000) ?? PAGE
  checks.finish()
  const start = Number(Buffer.from(call.parameters.get('Marker') ?? '', 'base64').toString() || 0)
  const end = start + size
  const more = end < values.length
  return {
    [element]: values.slice(start, end),
    IsTruncated: more,
    ...(more ? { Marker: Buffer.from(String(end)).toString('base64') } : {}),
  }
}
