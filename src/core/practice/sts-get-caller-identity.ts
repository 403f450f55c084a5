/** GetCallerIdentity: needs no permission, whoever has valid credentials gets an answer. */
import type { ResultFields } from './query.ts'
import type { StsCall } from './sts-call.ts'

export function getCallerIdentity({ caller }: StsCall): ResultFields {
  return { Arn: caller.arn, UserId: caller.userId, Account: caller.account.id }
}
