/** The refusals of the OIDC service: exceptions of its service model, with the `error` words of OAuth (aws-facts E.3). */
import { Refusal } from '../refusal.ts'
import { type Reply, replyJson } from '../reply.ts'

/** Names without `Exception`, each with its HTTP status. */
const STATUSES = {
  AccessDenied: 400,
  AuthorizationPending: 400,
  ExpiredToken: 400,
  InternalServer: 500,
  InvalidClient: 401,
  InvalidClientMetadata: 400,
  InvalidGrant: 400,
  InvalidRedirectUri: 400,
  InvalidRequest: 400,
  InvalidScope: 400,
  SlowDown: 400,
  UnauthorizedClient: 400,
  UnsupportedGrantType: 400,
} as const

export type OidcError = keyof typeof STATUSES

export function oidcRefusal(error: OidcError, description: string): Refusal {
  return new Refusal(STATUSES[error], `${error}Exception`, description)
}

export function replyOidcRefusal({ status, code, message }: Refusal, requestId: string): Reply {
  const reply = replyJson(status, { error: oauthWord(code), error_description: message })
  // Both SDKs find the exception by this header; the body has no other name for it.
  const headers = {
    ...reply.headers,
    'x-amzn-errortype': code,
    'x-amzn-requestid': requestId,
    'cache-control': 'no-store',
  }
  return { ...reply, headers }
}

/** `AuthorizationPendingException` → `authorization_pending`. */
export function oauthWord(code: string): string {
  const name = code.replace(/Exception$/, '')
  if (name === 'InternalServer') return 'server_error'
  return name.replace(/(?!^)[A-Z]/g, (letter) => `_${letter}`).toLowerCase()
}
