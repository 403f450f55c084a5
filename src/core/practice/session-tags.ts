/** Session tags of AssumeRole: their limits, and the transitive ones that a chain inherits (aws-facts C.1). */
import type { Caller } from './authenticate.ts'
import type { Role } from './directory.ts'
import { type FieldChecks, MAX_TAGS, TAG_KEY, TAG_VALUE } from './limits.ts'
import type { QueryParameters } from './query.ts'
import { invalidParameterValue, notAuthorized } from './refusal.ts'

export interface SessionTags {
  /** Characters of all keys and values. */
  readonly length: number
  /** @throws Refusal where the role forbids tags, or they clash with each other or with inherited ones */
  check(role: Role, caller: Caller): void
  /** Lower-cased keys the next session of the chain inherits. */
  transitiveKeys(caller: Caller): ReadonlySet<string>
}

export function readSessionTags(parameters: QueryParameters, checks: FieldChecks): SessionTags {
  const tags = parameters.members('Tags')
  const transitive = parameters.members('TransitiveTagKeys').map((fields) => fields.get('') ?? '')
  checks.atMost(
    'tags',
    tags.map((fields) => Object.fromEntries(fields)),
    MAX_TAGS,
  )
  checks.atMost('transitiveTagKeys', transitive, MAX_TAGS)
  const pairs = tags.map((fields, index) => ({
    key: checks.required(`tags.${index + 1}.member.key`, fields.get('Key'), TAG_KEY),
    value: checks.required(`tags.${index + 1}.member.value`, fields.get('Value'), TAG_VALUE),
  }))
  for (const [index, key] of transitive.entries())
    checks.optional(`transitiveTagKeys.${index + 1}.member`, key, TAG_KEY)

  // Tag keys are compared without regard to case.
  const keys = pairs.map(({ key }) => key.toLowerCase())
  const transitiveLower = transitive.map((key) => key.toLowerCase())
  const inherited = (caller: Caller) => caller.session?.transitiveTagKeys ?? new Set<string>()
  return {
    length: pairs.reduce((sum, { key, value }) => sum + key.length + value.length, 0),
    check(role, caller) {
      const used = keys.length > 0 || transitive.length > 0 || inherited(caller).size > 0
      if (used && !role.allowsTags) throw notAuthorized(caller.arn, 'sts:TagSession', role.arn)
      if (new Set(keys).size < keys.length)
        throw invalidParameterValue('Duplicate tag keys found. Please note that Tag keys are case insensitive.')
      if (keys.some((key) => inherited(caller).has(key)))
        throw invalidParameterValue(
          "One of the specified transitive tag keys can't be set because it conflicts with a transitive tag key from the calling session.",
        )
      if (transitiveLower.some((key) => !keys.includes(key)))
        throw invalidParameterValue('The specified transitive tag key must be included in the requested tags.')
    },
    transitiveKeys: (caller) => new Set([...inherited(caller), ...transitiveLower]),
  }
}
