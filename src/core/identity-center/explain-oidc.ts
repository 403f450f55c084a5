/**
 * Says what a refusal of Identity Center's token service means, and what to do. Errors are OAuth 2.0's, `{error,
 * error_description}`, and each has a class in the SDK (OIDC API reference).
 */
import { HallpassError, isHallpassError } from '#shared/errors.ts'
import type { IdentityCenterInstance } from '#shared/identity-center.ts'
import { readAnswer } from '../aws/explain.ts'
import type { Explanation } from '../aws/explain-context.ts'
import { type CallTarget, explainNetworkError } from '../aws/explain-network.ts'
import { redact } from '../redact.ts'

export interface OidcContext extends CallTarget {
  readonly operation: 'RegisterClient' | 'StartDeviceAuthorization' | 'CreateToken'
  readonly instance: IdentityCenterInstance
  /** The sign-in goes on with a token had before: what AWS refuses then is that token. */
  readonly isRefresh: boolean
}

/** @param secrets what the call carried: AWS may quote it */
export function explainOidcError(error: unknown, context: OidcContext, secrets: readonly string[]): HallpassError {
  if (isHallpassError(error)) return error
  const answer = readAnswer(error)
  const network = answer.status === undefined ? explainNetworkError(error, context) : undefined
  if (network) return network
  const { code, message, hint } = explain(error, answer.status, context)
  const description = textOf(error, 'error_description')
  const details = description ? `${answer.words}: ${description}` : answer.words
  return new HallpassError(code, message, { hint, details: redact(details, secrets) })
}

/** OAuth's own word for the refusal, such as `invalid_grant`; empty when the answer was something else. */
export function oauthError(error: unknown): string {
  const word = textOf(error, 'error')
  if (word !== '') return word
  const name = readAnswer(error).code
  return name.endsWith('Exception') ? snakeCase(name.slice(0, -'Exception'.length)) : ''
}

function explain(error: unknown, status: number | undefined, context: OidcContext): Explanation {
  const { instance, isRefresh, host } = context
  // It shares OAuth's word `invalid_request` with others.
  if (readAnswer(error).code === 'InvalidRequestRegionException') return wrongRegion(error, context)
  switch (oauthError(error)) {
    case 'expired_token':
    case 'invalid_grant':
      return isRefresh
        ? signInNeeded(instance)
        : {
            code: 'sso.sign-in-expired',
            message: 'The sign-in was not finished in time, or was used already.',
            hint: 'Sign in again.',
          }
    case 'access_denied':
      return {
        code: 'sso.sign-in-denied',
        message: `The sign-in to ${instance.startUrl} was declined.`,
        hint: 'Sign in again, and allow the access that the browser asks for.',
      }
    case 'invalid_client':
    case 'unauthorized_client':
      return {
        code: 'sso.registration-expired',
        message: 'Identity Center no longer knows the registration of Hallpass.',
        hint: 'Sign in again: that makes a new one.',
      }
    case 'slow_down':
    case 'too_many_requests':
      return THROTTLED
    case 'invalid_request':
    case 'invalid_scope':
    case 'invalid_redirect_uri':
    case 'invalid_client_metadata':
    case 'unsupported_grant_type':
      return {
        code: 'sso.request-invalid',
        message: `Identity Center in ${instance.region} does not accept the sign-in to ${instance.startUrl}.`,
        hint: 'Check the start URL and the region of Identity Center. Details has AWS’s own words.',
      }
  }
  return explainStatus(status, host, context.operation)
}

/** What an answer means whose error nobody knows. */
export function explainStatus(status: number | undefined, host: string, operation: string): Explanation {
  if (status === 429) return THROTTLED
  if (status === undefined || status < 400)
    return {
      code: 'aws.unavailable',
      message: `${host} gave an answer that is not AWS’s.`,
      hint: 'Check whether a proxy or a sign-in page of this network stands in between.',
    }
  if (status >= 500)
    return {
      code: 'aws.unavailable',
      message: `Identity Center had a failure of its own (HTTP ${status}).`,
      hint: 'Try again in a minute.',
    }
  return {
    code: 'aws.refused',
    message: `Identity Center refused ${operation} (HTTP ${status}).`,
    hint: 'Details has AWS’s own words.',
  }
}

const THROTTLED: Explanation = {
  code: 'sso.throttled',
  message: 'Identity Center is turning calls away because there are too many.',
  hint: 'Wait a minute, then try again. Nothing is lost.',
}

/** The one thing left to do when a token is no good any more. */
export function signInNeeded({ startUrl }: { readonly startUrl: string }): Explanation & { readonly hint: string } {
  return { code: 'sso.sign-in-needed', message: `The sign-in to ${startUrl} has ended.`, hint: 'Sign in again.' }
}

/** An answer that lacks what AWS promises. */
export function incompleteAnswer(host: string, operation: string): HallpassError {
  return new HallpassError('aws.unavailable', `${host} answered ${operation} without what it promises.`, {
    hint: 'Try again. If an endpoint override is set, check what it points at.',
  })
}

function wrongRegion(error: unknown, { instance }: OidcContext): Explanation {
  const region = textOf(error, 'region')
  const isName = /^[a-z0-9-]{1,32}$/.test(region)
  return {
    code: 'sso.wrong-region',
    message: `Identity Center of ${instance.startUrl} is not in ${instance.region}${isName ? `, but in ${region}` : ''}.`,
    hint: isName ? `Use the region ${region}.` : 'Use the region that its settings page in the console names.',
  }
}

function textOf(error: unknown, member: string): string {
  const value: unknown =
    typeof error === 'object' && error !== null && member in error ? error[member as keyof typeof error] : ''
  return typeof value === 'string' ? value : ''
}

function snakeCase(name: string): string {
  return name.replaceAll(/(?<=[a-z])(?=[A-Z])/g, '_').toLowerCase()
}
