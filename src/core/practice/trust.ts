/** Trust policies, reduced to what decides an AssumeRole: who is named, the external id, and MFA. */

export interface TrustStatement {
  /**
   * ARNs of users, roles, role sessions or account roots, or bare account ids. Anything else, such as a service name,
   * trusts nobody who comes with credentials.
   */
  readonly principals: readonly string[]
  /** Condition `StringEquals sts:ExternalId`: a missing one does not match either. */
  readonly externalId?: string
  /** Condition `Bool aws:MultiFactorAuthPresent true`. */
  readonly requiresMfa?: boolean
}

export interface TrustRequest {
  /** Every name the caller can be trusted under. */
  readonly principals: readonly string[]
  readonly externalId: string | undefined
  readonly mfaPresent: boolean
}

/** Whether any statement lets the caller in. */
export function isTrusted(trust: readonly TrustStatement[], request: TrustRequest): boolean {
  return trust.some(
    (statement) =>
      statement.principals.some((principal) => request.principals.includes(principal)) &&
      (statement.externalId === undefined || statement.externalId === request.externalId) &&
      (!statement.requiresMfa || request.mfaPresent),
  )
}
