/** The endpoint of STS and IAM: finds the action, applies what is injected, authenticates, answers in AWS's XML. */
import { randomUUID } from 'node:crypto'
import { authenticate, type Caller } from './authenticate.ts'
import type { Directory } from './directory.ts'
import { IAM_ACTIONS } from './iam/actions.ts'
import { answerIam, type IamAction } from './iam/call.ts'
import {
  IAM_VERSION,
  QueryParameters,
  type ResultFields,
  renderError,
  renderResult,
  STS_VERSION,
  splitTarget,
} from './query.ts'
import { internalFailure, Refusal } from './refusal.ts'
import type { Reply } from './reply.ts'
import { readAuthorization, type SignedRequest } from './sigv4.ts'
import type { PracticeState } from './state.ts'
import { OPEN_STS_ACTIONS, STS_ACTIONS } from './sts-actions.ts'
import type { StsAction } from './sts-call.ts'

const ACTIONS: ReadonlyMap<string, ReadonlyMap<string, StsAction | IamAction>> = new Map<
  string,
  ReadonlyMap<string, StsAction | IamAction>
>([
  [STS_VERSION, STS_ACTIONS],
  [IAM_VERSION, IAM_ACTIONS],
])

/** Answers one request; never throws. */
export function answerQuery(request: SignedRequest, state: PracticeState): Reply {
  const requestId = randomUUID()
  const parameters = readParameters(request)
  const action = parameters.get('Action') ?? ''
  const version = parameters.get('Version') ?? ''
  let refusal: Refusal | undefined
  let body: string
  try {
    body = renderResult(version, action, run(request, action, parameters, state), requestId)
  } catch (error) {
    // Anything but a refusal is a defect here; clients see what they would see of one at AWS.
    refusal = error instanceof Refusal ? error : internalFailure()
    body = renderError(version, refusal, requestId)
  }
  state.calls.record({
    at: new Date(state.now()).toISOString(),
    action,
    ...readScope(request),
    roleArn: parameters.get('RoleArn') ?? null,
    status: refusal?.status ?? 200,
    errorCode: refusal?.code ?? null,
  })
  return {
    status: refusal?.status ?? 200,
    headers: { 'content-type': 'text/xml', 'x-amzn-requestid': requestId },
    body,
  }
}

function run(request: SignedRequest, action: string, parameters: QueryParameters, state: PracticeState): ResultFields {
  const version = parameters.get('Version')
  const open = version === STS_VERSION ? OPEN_STS_ACTIONS.get(action) : undefined
  const nowMs = state.now()
  const { directory, sessions } = state
  if (open) {
    state.injections.refuseIfInjected()
    return open({ parameters, directory, sessions, nowMs })
  }
  const handler = findAction(action, version)
  state.injections.refuseIfInjected()
  const caller = authenticate(request, directory, sessions, nowMs)
  noteUse(directory, caller, parameters.get('Version') === IAM_VERSION ? 'iam' : 'sts', nowMs)
  if (typeof handler !== 'function') {
    const call = { caller, parameters, directory, nowMs, delayMs: state.injections.state.iamDelayMs }
    return answerIam(handler, action, call)
  }
  if (state.injections.isRegionDisabled(caller.region))
    throw new Refusal(
      403,
      'RegionDisabledException',
      `STS is not activated in this region for account:${caller.account.id}. Your account administrator can activate ` +
        'STS in this region using the IAM Console.',
    )
  return handler({ caller, parameters, directory, sessions, nowMs })
}

/** For GetAccessKeyLastUsed, which tells it some time later at AWS. */
function noteUse(directory: Directory, { accessKeyId, region }: Caller, service: string, at: number): void {
  const key = directory.key(accessKeyId)
  if (key) key.lastUsed = { at, service, region }
}

function findAction(action: string, version = 'NO_VERSION_SPECIFIED'): StsAction | IamAction {
  if (action === '') throw new Refusal(400, 'MissingAction', 'Missing Action')
  const known: ReadonlyMap<string, StsAction | IamAction> | undefined = ACTIONS.get(version)
  const handler = known?.get(action)
  if (!handler) throw new Refusal(400, 'InvalidAction', `Could not find operation ${action} for version ${version}`)
  return handler
}

function readParameters({ method, target, body }: SignedRequest): QueryParameters {
  return new QueryParameters(method === 'POST' ? Buffer.from(body).toString('utf8') : '', splitTarget(target).query)
}

/** Key id and region as the caller claims them, for the log of calls. */
function readScope(request: SignedRequest): { accessKeyId: string | null; region: string | null } {
  try {
    const { accessKeyId, region } = readAuthorization(request)
    return { accessKeyId, region }
  } catch {
    return { accessKeyId: null, region: null }
  }
}
