/** The names and documents that a set-up puts into IAM. */
import type { SetupChoices } from '#shared/breakglass-setup.ts'
import { partitionById } from '#shared/partitions.ts'

/** Those of AWS's own policies that are not where the others are (facts F.2). */
const JOB_FUNCTIONS = [
  'Billing',
  'DatabaseAdministrator',
  'DataScientist',
  'NetworkAdministrator',
  'SupportUser',
  'SystemAdministrator',
  'ViewOnlyAccess',
]

/** The ARN of a policy: AWS's own are of the partition (facts F.2). @param policy its ARN, or the name of one of AWS's */
export function policyArn(partition: string, policy: string): string {
  if (policy.startsWith('arn:')) return policy
  return `arn:${partition}:iam::aws:policy/${JOB_FUNCTIONS.includes(policy) ? 'job-function/' : ''}${policy}`
}

/** What people call a policy: its name. */
export const policyNameOf = (policy: string) => policy.slice(policy.lastIndexOf('/') + 1)

export const powerUserArn = (partition: string) => policyArn(partition, 'PowerUserAccess')

/**
 * Who may assume the role: that user, with the reason as source identity or tag. `Bool`, not `BoolIfExists`, which passes
 * for long-term keys (facts F.2).
 */
export function trustPolicy(userArn: string, { roleNeedsMfa }: Pick<SetupChoices, 'roleNeedsMfa'>): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { AWS: userArn },
        Action: ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'],
        ...(roleNeedsMfa ? { Condition: { Bool: { 'aws:MultiFactorAuthPresent': 'true' } } } : {}),
      },
    ],
  })
}

/** The account's sign-in page (facts F.5). */
export function signInUrl(partition: string, account: string): string {
  return `https://${account}.${partitionById(partition)?.signInHost ?? 'signin.aws.amazon.com'}/console`
}

export const userArnOf = (partition: string, accountId: string, user: string) =>
  `arn:${partition}:iam::${accountId}:user/${user}`
export const roleArnOf = (partition: string, accountId: string, role: string) =>
  `arn:${partition}:iam::${accountId}:role/${role}`
export const policyArnOf = (partition: string, accountId: string, policy: string) =>
  `arn:${partition}:iam::${accountId}:policy/${policy}`
export const deviceSerialOf = (partition: string, accountId: string, user: string) =>
  `arn:${partition}:iam::${accountId}:mfa/${user}`

/** Whether two documents say the same, whatever their white space and the order of their keys. */
export function sameDocument(one: string, other: string): boolean {
  return canonical(one) === canonical(other)
}

/** IAM gives documents URL-encoded (facts F.2); some look-alikes do not. */
export function decodeDocument(text: string | undefined): string {
  return text === undefined ? '' : text.trimStart().startsWith('{') ? text : decodeURIComponent(text)
}

function canonical(text: string): string {
  try {
    return JSON.stringify(sorted(JSON.parse(text)))
  } catch {
    return text
  }
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 1 ? sorted(value[0]) : value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([key, each]) => [key, sorted(each)]),
  )
}
