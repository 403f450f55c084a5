/** What an explanation of an STS refusal goes by, and what it consists of. */
import type { ErrorCode } from '#shared/errors.ts'
import type { CallTarget } from './explain-network.ts'

/** What was asked of STS, in the words people know things by. */
export interface CallContext extends CallTarget {
  readonly operation: 'AssumeRole' | 'GetSessionToken' | 'GetFederationToken' | 'GetCallerIdentity'
  /** Name of the role or identity being started or tested. */
  readonly target: string
  /** Who signs the call: an IAM user's name, or the role before this one. */
  readonly caller: string
  readonly region: string
  /** Signed with session credentials: role chaining. */
  readonly chained: boolean
  readonly mfaSerial?: string | undefined
  readonly mfaSent: boolean
  readonly durationSeconds?: number | undefined
  readonly externalIdSent: boolean
  readonly tagsSent: boolean
  readonly sourceIdentitySent: boolean
}

export interface Explanation {
  readonly code: ErrorCode
  readonly message: string
  readonly hint?: string
}
