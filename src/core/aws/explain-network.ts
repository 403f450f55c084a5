/**
 * Turns a failed connection into an error that says whether the name, the host, the time or the certificate was the
 * trouble. Knows Node's error codes; understands the errors of both the SDK's HTTP handler and `fetch`.
 */
import { HallpassError } from '#shared/errors.ts'

/** Where the call was going. */
export interface CallTarget {
  /** With its port, if it has one. */
  readonly host: string
  /** The environment variable that chose the host, when one did. */
  readonly variable?: string
}

const TIMEOUT_CODES = new Set(['ETIMEDOUT', 'ESOCKETTIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT', 'UND_ERR_HEADERS_TIMEOUT'])
const TIMEOUT_NAMES = new Set(['TimeoutError', 'AbortError'])

const UNREACHABLE: Readonly<Record<string, string>> = {
  ENOTFOUND: 'its name is not known',
  EAI_AGAIN: 'its name could not be looked up',
  ECONNREFUSED: 'it refused the connection',
  ECONNRESET: 'it closed the connection',
  EPIPE: 'it closed the connection',
  UND_ERR_SOCKET: 'it closed the connection',
  EHOSTUNREACH: 'there is no way to that host',
  ENETUNREACH: 'there is no network',
  EADDRNOTAVAIL: 'there is no network',
  ENETDOWN: 'there is no network',
}

const TLS_CODE = /^(CERT_|ERR_TLS_|ERR_SSL_|UNABLE_TO_|DEPTH_ZERO_|SELF_SIGNED_|HOSTNAME_MISMATCH|EPROTO)/

/** @returns a `network.*` error, or `undefined` when `error` is not a failed connection */
export function explainNetworkError(error: unknown, target: CallTarget): HallpassError | undefined {
  const { code, name, message } = rootOf(error)
  const details = [code, message].filter(Boolean).join(': ')
  // A connect timeout of the SDK is a TimeoutError whose message names it; a reset one carries its own code.
  const timedOut = TIMEOUT_CODES.has(code) || (TIMEOUT_NAMES.has(name) && !(code in UNREACHABLE))
  if (timedOut) {
    return new HallpassError('network.timeout', `${target.host} did not answer in time.`, {
      hint: target.variable ? checkVariable(target.variable) : 'Check the connection, then try again.',
      details,
    })
  }
  if (TLS_CODE.test(code)) {
    return new HallpassError('network.tls', `The certificate of ${target.host} is not trusted (${code}).`, {
      hint: 'If a proxy inspects traffic on this network, set NODE_EXTRA_CA_CERTS to the file with its certificate.',
      details,
    })
  }
  const reason = UNREACHABLE[code]
  if (!reason) return undefined
  return new HallpassError('network.unreachable', `Can’t reach ${target.host}: ${reason}.`, {
    hint: target.variable ? checkVariable(target.variable) : 'Check the connection, then try again.',
    details,
  })
}

/** The same of a call that can have failed in no other way. */
export function networkError(error: unknown, target: CallTarget): HallpassError {
  return (
    explainNetworkError(error, target) ??
    new HallpassError('network.unreachable', `The call to ${target.host} failed.`, {
      hint: target.variable ? checkVariable(target.variable) : 'Check the connection, then try again.',
      details: rootOf(error).message,
    })
  )
}

function checkVariable(variable: string): string {
  return `The environment variable ${variable} sends calls there. Check that it is right, then try again.`
}

interface Facts {
  readonly code: string
  readonly name: string
  readonly message: string
}

/** The innermost error with a code: `fetch` wraps the cause, and dual-stack connections collect several. */
function rootOf(error: unknown, depth = 0): Facts {
  if (!(error instanceof Error)) return { code: '', name: '', message: '' }
  const own = {
    code: 'code' in error && typeof error.code === 'string' ? error.code : '',
    name: error.name,
    message: error.message,
  }
  if (own.code !== '' || depth > 5) return own
  const inner = error instanceof AggregateError ? error.errors[0] : error.cause
  const found = rootOf(inner, depth + 1)
  return found.code === '' && found.name !== 'TimeoutError' ? own : found
}
