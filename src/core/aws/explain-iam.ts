/** Says what a refusal of IAM means, and what to do. Source of codes: IAM API reference; facts F. */
import { HallpassError, isHallpassError } from '#shared/errors.ts'
import { redact } from '../redact.ts'
import { type Answer, readAnswer } from './explain.ts'
import type { Explanation } from './explain-context.ts'
import { explainNetworkError } from './explain-network.ts'

/** What was asked of IAM. */
export interface IamContext {
  readonly operation: string
  /** Who signed it, by the name people know. */
  readonly caller: string
  readonly host: string
  readonly variable?: string
}

/** @param secrets what the call carried: AWS may quote it */
export function explainIamError(error: unknown, context: IamContext, secrets: readonly string[]): HallpassError {
  if (isHallpassError(error)) return error
  const answer = readAnswer(error)
  const network = answer.status === undefined ? explainNetworkError(error, context) : undefined
  if (network) return network
  const { code, message, hint } = explain(answer, context)
  return new HallpassError(code, message, { hint, details: redact(answer.words, secrets), cause: error })
}

function explain({ code, message, status }: Answer, { operation, caller, host }: IamContext): Explanation {
  const words = redact(message)
  switch (code.replace(/Exception$/, '')) {
    case 'AccessDenied':
      return {
        code: 'iam.denied',
        message: `${caller} may not ${wordsOf(operation)}.`,
        hint: 'Use an identity with IAM rights, or have these given. If its policies ask for MFA, its MFA device has to be known to Hallpass.',
      }
    case 'EntityAlreadyExists':
      return {
        code: 'iam.name-taken',
        message: `AWS could not ${wordsOf(operation)}: ${lowerFirst(words)}`,
        hint: 'Choose another name. Capitals make no difference.',
      }
    case 'LimitExceeded':
      return {
        code: 'iam.limit',
        message: `AWS has no room to ${wordsOf(operation)}: ${lowerFirst(words)}.`,
        hint: 'Delete one that is no longer used, or have the quota raised.',
      }
    case 'PasswordPolicyViolation':
      return {
        code: 'iam.password-policy',
        message: `The password does not meet the account’s password policy: ${lowerFirst(words)}.`,
        hint: 'Let Hallpass make one, or change the policy.',
      }
    case 'NoSuchEntity':
      return {
        code: 'iam.not-found',
        message: words,
        hint: 'It may have been deleted meanwhile. Read the account again.',
      }
    case 'DeleteConflict':
      return {
        code: 'iam.in-use',
        message: words,
        hint: 'Something of it was added by somebody else. Look at it in IAM.',
      }
    case 'InvalidAuthenticationCode':
      return {
        code: 'iam.wrong-codes',
        message: 'AWS did not accept the two MFA codes: they have to be two that follow each other.',
        hint: 'Wait for the next code and try again. A clock that is off has the same effect.',
      }
    case 'MalformedPolicyDocument':
      if (/invalid principal/i.test(message))
        return {
          code: 'iam.principal-unknown',
          message: 'IAM does not know the user that the trust policy names yet.',
          hint: 'That is normal for up to a minute after it was made. Try again.',
        }
      return {
        code: 'iam.invalid',
        message: `IAM can’t read the policy: ${words}`,
        hint: 'Details has AWS’s own words.',
      }
    case 'ConcurrentModification':
    case 'EntityTemporarilyUnmodifiable':
      return {
        code: 'iam.conflict',
        message: 'Somebody else is changing that at this moment.',
        hint: 'Try again in a minute.',
      }
    case 'Throttling':
    case 'RequestLimitExceeded':
    case 'TooManyRequests':
      return {
        code: 'iam.throttled',
        message: 'AWS is turning calls of this account away because there are too many.',
        hint: 'Wait a minute, then try again. Nothing is lost.',
      }
    case 'InvalidClientTokenId':
    case 'UnrecognizedClient':
      return {
        code: 'sts.key-unknown',
        message: `IAM does not accept the key of ${caller}. It was turned off or deleted, or it is a session without MFA.`,
        hint: 'A key made just now needs a few seconds: try again.',
      }
    case 'SignatureDoesNotMatch':
      return {
        code: 'sts.secret-wrong',
        message: `The secret of ${caller} is not the one AWS has, or this computer’s clock is off.`,
        hint: 'Check the clock, then the key.',
      }
    case 'ValidationError':
    case 'InvalidInput':
      return { code: 'iam.invalid', message: `IAM does not accept that: ${words}`, hint: 'Correct it and try again.' }
  }
  if ((status ?? 500) >= 500)
    return {
      code: 'aws.unavailable',
      message: `${host} had a failure of its own (HTTP ${status}).`,
      hint: 'Try again in a minute.',
    }
  return { code: 'aws.refused', message: `AWS refused ${operation} (${code}).`, hint: 'Details has AWS’s own words.' }
}

/** `CreateAccessKey` as people say it: "create access key". */
function wordsOf(operation: string): string {
  return operation
    .replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ')
    .toLowerCase()
    .replace(/\bmfa\b/, 'MFA')
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1).replace(/\.$/, '')
