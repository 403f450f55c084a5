/** The portal service: accounts, roles and role credentials of whoever comes with an access token (aws-facts E.4). */
import { randomUUID } from 'node:crypto'
import { QueryParameters } from '../query.ts'
import { Refusal } from '../refusal.ts'
import { type Reply, replyJson } from '../reply.ts'
import { headerValue, type SignedRequest } from '../sigv4.ts'
import { PortalLoad, serverError, tooManyRequests } from './load.ts'
import { invalidRequest, Paging } from './paging.ts'
import type { SignIns } from './sign-ins.ts'
import { DONE, recordCall, type Surroundings, takeNext } from './surroundings.ts'

const noAccess = () => new Refusal(403, 'ForbiddenException', 'No access')
const unauthorized = () => new Refusal(401, 'UnauthorizedException', 'Session token not found or invalid')

interface PortalCall {
  readonly parameters: QueryParameters
  readonly accessToken: string
  readonly userName: string
  readonly nowMs: number
}

type PortalAction = (call: PortalCall) => Record<string, unknown> | undefined

export class Portal {
  readonly load = new PortalLoad()
  readonly #around: Surroundings
  readonly #signIns: SignIns
  readonly #paging = new Paging()
  readonly #actions: ReadonlyMap<string, readonly [name: string, action: PortalAction]> = new Map([
    ['GET /assignment/accounts', ['ListAccounts', (call) => this.#listAccounts(call)]],
    ['GET /assignment/roles', ['ListAccountRoles', (call) => this.#listAccountRoles(call)]],
    ['GET /federation/credentials', ['GetRoleCredentials', (call) => this.#getRoleCredentials(call)]],
    ['POST /logout', ['Logout', (call) => this.#logout(call)]],
  ] as const)

  constructor(around: Surroundings, signIns: SignIns) {
    this.#around = around
    this.#signIns = signIns
  }

  /** @returns `undefined` when the path and method are none of the portal's */
  answer(path: string, query: string, request: SignedRequest): Reply | undefined {
    const [name, action] = this.#actions.get(`${request.method} ${path}`) ?? []
    if (!name || !action) return undefined
    const parameters = new QueryParameters(query)
    let refusal: Refusal | undefined
    let answer: Record<string, unknown> | undefined
    try {
      answer = action(this.#admit(request, parameters))
    } catch (error) {
      // Anything but a refusal is a defect here; clients see what they would see of one at AWS.
      refusal = error instanceof Refusal ? error : serverError()
    }
    this.#record(name, parameters, refusal)
    const requestId = { 'x-amzn-requestid': randomUUID() }
    if (refusal) return replyRefusal(refusal, requestId)
    if (!answer) return { status: 200, headers: requestId, body: '' }
    const reply = replyJson(200, answer)
    return { ...reply, headers: { ...reply.headers, ...requestId, 'cache-control': 'no-store' } }
  }

  #admit(request: SignedRequest, parameters: QueryParameters): PortalCall {
    const nowMs = this.#around.now()
    if (takeNext(this.#around, 'tooManyNext')) throw tooManyRequests()
    if (takeNext(this.#around, 'failNext')) throw serverError()
    this.load.refuseIfBusy(this.#around.settings(), nowMs)
    const accessToken = headerValue(request, 'x-amz-sso_bearer_token') ?? ''
    const userName = this.#signIns.userOf(accessToken, nowMs)
    if (userName === undefined) throw unauthorized()
    return { parameters, accessToken, userName, nowMs }
  }

  #listAccounts({ parameters }: PortalCall) {
    const { items, nextToken } = this.#paging.page('accounts', this.#around.assignments.accounts(), parameters)
    return { accountList: items, nextToken }
  }

  #listAccountRoles({ parameters }: PortalCall) {
    const accountId = readAccountId(parameters)
    const names = this.#around.assignments.roleNames(accountId)
    if (names.length === 0) throw noAccess()
    const { items, nextToken } = this.#paging.page(`roles of ${accountId}`, names, parameters)
    return { roleList: items.map((roleName) => ({ roleName, accountId })), nextToken }
  }

  #getRoleCredentials({ parameters, userName, nowMs }: PortalCall) {
    const assigned = this.#around.assignments.find(readAccountId(parameters), parameters.get('role_name') ?? '')
    if (!assigned) throw noAccess()
    const { role, sessionSeconds } = assigned
    const { accessKeyId, secretAccessKey, sessionToken, expiresAt } = this.#around.sessions.issue(
      {
        subject: { kind: 'role', role, roleSessionName: userName },
        durationSeconds: sessionSeconds,
        mfaPresent: false,
        // The federation endpoint takes them for chained ones (aws-facts D.3).
        chained: true,
      },
      nowMs,
    )
    return { roleCredentials: { accessKeyId, secretAccessKey, sessionToken, expiration: expiresAt } }
  }

  #logout({ accessToken, nowMs }: PortalCall) {
    this.#signIns.end(accessToken, nowMs)
    return undefined
  }

  #record(name: string, parameters: QueryParameters, refusal: Refusal | undefined): void {
    const accountId = parameters.get('account_id') ?? ''
    const assigned = this.#around.assignments.find(accountId, parameters.get('role_name') ?? '')
    recordCall(this.#around, `sso:${name}`, refusal ?? DONE, assigned?.role.arn)
  }
}

function readAccountId(parameters: QueryParameters): string {
  const accountId = parameters.get('account_id') ?? ''
  if (/^\d{12}$/.test(accountId)) return accountId
  throw invalidRequest('An account id has 12 digits')
}

function replyRefusal({ status, code, message }: Refusal, requestId: Record<string, string>): Reply {
  const reply = replyJson(status, { message, __type: `com.amazonaws.switchboard.portal#${code}` })
  return { ...reply, headers: { ...reply.headers, ...requestId, 'x-amzn-errortype': code } }
}
