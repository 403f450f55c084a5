/** The log of calls to the practice account, so that tests can count them. Bounded, and without secrets. */

/** One request to STS, IAM, the federation endpoint or Identity Center. */
export interface PracticeCall {
  /** ISO 8601, by the server's clock. */
  readonly at: string
  /**
   * `AssumeRole`, …; the federation endpoint's as `federation:getSigninToken`; Identity Center's as `sso:ListAccounts`,
   * `sso-oidc:RegisterClient`, `sso-oidc:CreateToken:refresh_token` with the last word of the grant type, and
   * `sso-oidc:authorize` or `sso-oidc:device` for its pages, with `:answer` for their buttons.
   */
  readonly action: string
  /** As claimed: also set when the signature was wrong. */
  readonly accessKeyId: string | null
  readonly region: string | null
  /** Of GetRoleCredentials: the IAM role's, when it is assigned. */
  readonly roleArn: string | null
  readonly status: number
  /** null when it succeeded. */
  readonly errorCode: string | null
}

const MAX_CALLS = 10_000
const MAX_FIELD = 2048

/** The last ten thousand calls, oldest first. */
export class CallLog {
  #calls: PracticeCall[] = []

  record(call: PracticeCall): void {
    const cut = (text: string | null) => text?.slice(0, MAX_FIELD) ?? null
    const { accessKeyId, region, roleArn } = call
    const bounded = { accessKeyId: cut(accessKeyId), region: cut(region), roleArn: cut(roleArn) }
    this.#calls.push({ ...call, action: call.action.slice(0, MAX_FIELD), ...bounded })
    if (this.#calls.length > MAX_CALLS) this.#calls.shift()
  }

  list(): PracticeCall[] {
    return [...this.#calls]
  }

  clear(): void {
    this.#calls = []
  }
}
