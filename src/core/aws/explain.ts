/**
 * Says what an AWS refusal means: what happened, why as far as AWS's answer tells, and what to do.
 *
 * - The caller's secrets never reach a message; AWS's own words go to `details`, redacted.
 * Source of codes and message patterns: STS API reference and observed answers.
 */
import { formatRemaining } from '#shared/duration.ts'
import { HallpassError, isHallpassError } from '#shared/errors.ts'
import { redact } from '../redact.ts'
import type { CallContext, Explanation } from './explain-context.ts'
import { explainDenied } from './explain-denied.ts'
import { explainNetworkError } from './explain-network.ts'

/** Turns anything an STS call threw into a HallpassError. `secrets` are what the call carried: AWS may quote them. */
export function explainAwsError(error: unknown, context: CallContext, secrets: readonly string[] = []): HallpassError {
  if (isHallpassError(error)) return error
  const answer = readAnswer(error)
  const network = answer.status === undefined ? explainNetworkError(error, context) : undefined
  if (network) return network
  const { code, message, hint } = explain(answer, context)
  return new HallpassError(code, message, { hint, details: redact(answer.words, secrets) })
}

const CHAINED_LIMIT = 'AWS ends chained sessions after 1 h.'

/** True when asking again later may well work: the network, throttling, or trouble on AWS's side. */
export function isTransientError(error: unknown): boolean {
  return (
    isHallpassError(error) &&
    (error.code.startsWith('network.') ||
      error.code === 'sts.throttled' ||
      error.code === 'iam.throttled' ||
      error.code === 'sso.throttled' ||
      error.code === 'aws.unavailable')
  )
}

/** What AWS answered instead of doing it. */
export interface Answer {
  /** The code on the wire: modelled errors change `name` in the SDK, but keep `Code`. */
  readonly code: string
  readonly message: string
  readonly status: number | undefined
  /** Code, message and request id, word for word. */
  readonly words: string
}

export function readAnswer(error: unknown): Answer {
  if (!(error instanceof Error)) return { code: '', message: String(error), status: undefined, words: String(error) }
  const code = 'Code' in error && typeof error.Code === 'string' ? error.Code : error.name
  const metadata = '$metadata' in error ? (error.$metadata as { httpStatusCode?: number; requestId?: string }) : {}
  const id = metadata?.requestId ? ` (request ${metadata.requestId})` : ''
  return { code, message: error.message, status: metadata?.httpStatusCode, words: `${code}: ${error.message}${id}` }
}

function explain(answer: Answer, context: CallContext): Explanation {
  switch (answer.code) {
    case 'AccessDenied':
    case 'AccessDeniedException':
      return explainDenied(answer.message, context)
    case 'ValidationError':
    case 'ValidationException':
      return explainValidation(answer.message, context)
    case 'SignatureDoesNotMatch':
    case 'InvalidSignatureException':
    case 'RequestExpired':
      return explainSignature(answer, context)
    case 'ExpiredToken':
    case 'ExpiredTokenException':
      return {
        code: 'sts.session-expired',
        message: `The session of ${context.caller} that ${context.target} starts from has expired.`,
        hint: `Start ${context.caller} again.`,
      }
    case 'InvalidClientTokenId':
    case 'UnrecognizedClientException':
      return explainUnknownKey(context)
    case 'RegionDisabledException':
      return {
        code: 'sts.region-disabled',
        message: `AWS does not issue sessions in ${context.region} for this account.`,
        hint: `Use another region, or have ${context.region} turned on, both in the account of ${context.caller} and in the account of ${context.target}.`,
      }
    case 'MalformedPolicyDocument':
    case 'MalformedPolicyDocumentException':
      return {
        code: 'sts.policy-malformed',
        message: `AWS can’t read the session policy of ${context.target}.`,
        hint: 'Correct the policy. Details has what AWS objects to.',
      }
    case 'PackedPolicyTooLarge':
    case 'PackedPolicyTooLargeException':
      return {
        code: 'sts.policy-too-large',
        message: `The session policy and tags of ${context.target} are too large once AWS packs them.`,
        hint: 'Shorten the policy, or use fewer tags and policy ARNs.',
      }
    case 'Throttling':
    case 'ThrottlingException':
    case 'RequestLimitExceeded':
    case 'TooManyRequestsException':
      return {
        code: 'sts.throttled',
        message: 'AWS is turning calls of this account away because there are too many.',
        hint: 'Wait a minute, then try again.',
      }
    default:
      return explainOther(answer, context)
  }
}

function explainValidation(words: string, context: CallContext): Explanation {
  const asked = context.durationSeconds === undefined ? undefined : formatRemaining(context.durationSeconds)
  if (/1 hour session limit for roles assumed by role chaining/i.test(words)) {
    return {
      code: 'sts.duration-chaining',
      message: asked ? `AWS ends chained sessions after 1 h, and this role asks for ${asked}.` : CHAINED_LIMIT,
      hint: 'Use a duration of 1 h.',
    }
  }
  if (/exceeds the MaxSessionDuration/i.test(words)) {
    return {
      code: 'sts.duration-role-maximum',
      message: `${asked ?? 'The duration asked for'} is more than the maximum session duration of ${context.target}.`,
      hint: 'Use a shorter duration, or have the role’s maximum raised. 1 h always works.',
    }
  }
  const field = /at '([A-Za-z0-9.]+)' failed/.exec(words)?.[1]
  return {
    code: 'sts.parameter-invalid',
    message: field
      ? `AWS does not accept the ${field} of ${context.target}.`
      : `AWS does not accept the request for ${context.target}.`,
    hint: 'Details has what AWS objects to.',
  }
}

function explainSignature(answer: Answer, context: CallContext): Explanation {
  const slow = /Signature expired/i.test(answer.message) || answer.code === 'RequestExpired'
  const fast = /Signature not yet current/i.test(answer.message)
  if (slow || fast) {
    const minutes = skewMinutes(answer.message)
    const direction = slow ? 'behind' : 'ahead of'
    const amount = minutes === undefined ? '' : `${minutes} ${minutes === 1 ? 'minute' : 'minutes'} `
    return {
      code: slow ? 'sts.clock-slow' : 'sts.clock-fast',
      message: `This computer is ${amount}${direction} AWS. AWS rejects requests that far off.`,
      hint: 'Turn on automatic time, then try again.',
    }
  }
  return {
    code: 'sts.secret-wrong',
    message: `The secret access key of ${context.caller} is not the one AWS has for this access key id.`,
    hint: 'Enter key id and secret again, both from the same row. AWS shows a secret only once: make a new key if it is lost.',
  }
}

/** AWS names the time signed and, in parentheses, its own: `<signed> is now earlier than <limit> (<now> - 15 min.)`. */
function skewMinutes(words: string): number | undefined {
  const stamps = [...words.matchAll(/(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z/g)].map(([, y, mo, d, h, mi, s]) =>
    Date.UTC(Number(y), Number(mo) - 1, Number(d), Number(h), Number(mi), Number(s)),
  )
  const [signed, , now] = stamps
  return signed === undefined || now === undefined ? undefined : Math.round(Math.abs(now - signed) / 60_000)
}

function explainUnknownKey(context: CallContext): Explanation {
  if (context.chained) {
    return {
      code: 'sts.key-unknown',
      message: `AWS no longer accepts the session of ${context.caller} that ${context.target} starts from.`,
      hint: `End ${context.caller}, then start ${context.target} again.`,
    }
  }
  return {
    code: 'sts.key-unknown',
    message: `AWS does not know the access key of ${context.caller}. It was deleted or turned off, or belongs to another partition.`,
    hint: `A key made just now needs a few seconds: try again. Otherwise check in the IAM console that it is active, and that ${context.region} is in its partition.`,
  }
}

function explainOther(answer: Answer, context: CallContext): Explanation {
  // A page instead of XML, typically from a proxy or a sign-in portal of the network, fails to parse in the SDK.
  const unreadable =
    answer.status === undefined || answer.status < 400 || /deserializ|unexpected token/i.test(answer.message)
  if (unreadable || (answer.status ?? 0) >= 500) {
    return {
      code: 'aws.unavailable',
      message: unreadable
        ? `${context.host} gave an answer that is not AWS’s.`
        : `AWS had a failure of its own (HTTP ${answer.status}).`,
      hint: unreadable
        ? 'Check whether a proxy or a sign-in page of this network stands in between.'
        : 'Try again in a minute.',
    }
  }
  return {
    code: 'aws.refused',
    message: `AWS refused ${context.operation} for ${context.target} (${answer.code}).`,
    hint: 'Details has AWS’s own words.',
  }
}
