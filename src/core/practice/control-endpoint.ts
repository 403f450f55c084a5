/** The practice account's levers for other processes: `/_practice/control` and `/_practice/calls`, both behind the control token. */
import { HallpassError } from '#shared/errors.ts'
import { type Reply, replyJson } from './reply.ts'
import { equalSecrets } from './secrets.ts'
import { headerValue, type SignedRequest } from './sigv4.ts'
import type { PracticeState } from './state.ts'

export const CONTROL_PREFIX = '/_practice/'

/** Expects `Authorization: Bearer <control token>`. */
export function answerControl(path: string, request: SignedRequest, state: PracticeState, token: string): Reply {
  if (!equalSecrets(headerValue(request, 'authorization') ?? '', `Bearer ${token}`))
    return replyJson(401, { error: 'The control token is missing or wrong.' })
  const route = `${request.method} ${path.slice(CONTROL_PREFIX.length)}`
  if (route === 'GET calls') return replyJson(200, { calls: state.calls.list() })
  if (route === 'GET control') return replyJson(200, state.injections.state)
  if (route !== 'POST control') return replyJson(404, { error: 'There is no such control.' })
  try {
    return replyJson(200, state.control(JSON.parse(Buffer.from(request.body).toString('utf8'))))
  } catch (error) {
    if (error instanceof HallpassError) return replyJson(400, { error: error.message, details: error.details })
    if (error instanceof SyntaxError) return replyJson(400, { error: 'A command is a JSON object.' })
    throw error
  }
}
