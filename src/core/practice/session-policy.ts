/** Session policies of AssumeRole and GetFederationToken: their syntax and size. What they allow does not matter here: there is nothing to call. */
import type { Account } from './directory.ts'
import { type FieldChecks, MAX_POLICY_ARNS, ROLE_ARN, SESSION_POLICY } from './limits.ts'
import type { QueryParameters } from './query.ts'
import { Refusal, validationError } from './refusal.ts'

const MAX_PLAIN_TEXT = 2048

export interface ScopeDown {
  /** @throws Refusal for a policy that is no JSON object, too much text, or a policy of another account */
  check(of: { readonly account: Account }): void
  /** The part of the allowed size in use, in percent; `undefined` when nothing was passed. */
  packedPercent(tagLength: number): number | undefined
}

export function readScopeDown(parameters: QueryParameters, checks: FieldChecks): ScopeDown {
  const policy = checks.optional('policy', parameters.get('Policy'), SESSION_POLICY)
  const arns = parameters.members('PolicyArns').map((fields) => fields.get('arn') ?? '')
  checks.atMost('policyArns', arns, MAX_POLICY_ARNS)
  for (const [index, arn] of arns.entries()) checks.required(`policyArns.${index + 1}.member.arn`, arn, ROLE_ARN)
  const length = (policy?.length ?? 0) + arns.join('').length
  return {
    check({ account }) {
      if (policy !== undefined && !isJsonObject(policy))
        throw new Refusal(400, 'MalformedPolicyDocument', 'This policy contains invalid Json')
      const { partition, id } = account
      const prefixes = [`arn:${partition}:iam::aws:policy/`, `arn:${partition}:iam::${id}:policy/`]
      const foreign = arns.find((arn) => !prefixes.some((prefix) => arn.startsWith(prefix)))
      if (foreign !== undefined) throw validationError(`ARN ${foreign} is not valid.`)
      // AWS's packed limit is separate and undocumented; the plain-text one stands for both.
      if (length > MAX_PLAIN_TEXT)
        throw new Refusal(
          400,
          'PackedPolicyTooLarge',
          `Packed policy consumes ${percentOf(length)}% of allotted space, please use smaller policy.`,
        )
    },
    packedPercent: (tagLength) => (length + tagLength === 0 ? undefined : Math.min(100, percentOf(length + tagLength))),
  }
}

function percentOf(length: number): number {
  return Math.ceil((length / MAX_PLAIN_TEXT) * 100)
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value)
  } catch {
    return false
  }
}
