/** GetAccessKeyInfo: the account a key id belongs to, read from the id itself. */
import { accountIdFromKeyId } from '#shared/arn.ts'
import { ACCESS_KEY_ID, FieldChecks } from './limits.ts'
import type { ResultFields } from './query.ts'
import { notAuthorized, validationError } from './refusal.ts'
import type { StsCall } from './sts-call.ts'

export function getAccessKeyInfo({ caller, parameters }: StsCall): ResultFields {
  const checks = new FieldChecks()
  const accessKeyId = checks.required('accessKeyId', parameters.get('AccessKeyId'), ACCESS_KEY_ID)
  checks.finish()
  // From STS, credentials of GetSessionToken may call AssumeRole and GetCallerIdentity only, a federated user's the latter.
  if (caller.session && caller.session.subject.kind !== 'role')
    throw notAuthorized(caller.arn, 'sts:GetAccessKeyInfo', '*')
  const account = accountIdFromKeyId(accessKeyId)
  if (account === undefined) throw validationError(`Access key id ${accessKeyId} is invalid`)
  return { Account: account }
}
