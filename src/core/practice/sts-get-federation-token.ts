/** GetFederationToken: short-term credentials that the console takes, from a user's long-term key only, never with MFA. */
import { sessionArn } from './authenticate.ts'
import { FEDERATED_NAME, FieldChecks } from './limits.ts'
import type { ResultFields } from './query.ts'
import { accessDenied } from './refusal.ts'
import { readScopeDown } from './session-policy.ts'
import { renderCredentials } from './sessions.ts'
import type { StsCall } from './sts-call.ts'

const DEFAULT_SECONDS = 43_200
const MAX_SECONDS = 129_600
/** The root user's are shortened to this without a word. */
const ROOT_MAX_SECONDS = 3600

export function getFederationToken({ caller, parameters, sessions, nowMs }: StsCall): ResultFields {
  const checks = new FieldChecks()
  const federatedName = checks.required('name', parameters.get('Name'), FEDERATED_NAME)
  const wanted = checks.integer('durationSeconds', parameters.get('DurationSeconds'), 900, MAX_SECONDS)
  const scopeDown = readScopeDown(parameters, checks)
  checks.finish()
  const { user, account } = caller
  if (caller.session || !user) throw accessDenied('Cannot call GetFederationToken with session credentials')
  scopeDown.check({ account })
  const seconds = wanted ?? DEFAULT_SECONDS
  const session = sessions.issue(
    {
      subject: { kind: 'federated', user, federatedName },
      durationSeconds: user.isRoot ? Math.min(seconds, ROOT_MAX_SECONDS) : seconds,
      mfaPresent: false,
      chained: false,
    },
    nowMs,
  )
  return {
    Credentials: renderCredentials(session),
    FederatedUser: { FederatedUserId: `${account.id}:${federatedName}`, Arn: sessionArn(session) },
    PackedPolicySize: scopeDown.packedPercent(0),
  }
}
