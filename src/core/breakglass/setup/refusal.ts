/** Tells a refusal, after which nothing was made, from a failure that leaves that open. */
import { type ErrorCode, isHallpassError } from '#shared/errors.ts'

const REFUSALS: readonly ErrorCode[] = [
  'iam.denied',
  'iam.invalid',
  'iam.limit',
  'iam.name-taken',
  'iam.not-found',
  'iam.password-policy',
  'iam.principal-unknown',
]

export function isRefusal(error: unknown): boolean {
  return REFUSALS.some((code) => isHallpassError(error, code))
}
