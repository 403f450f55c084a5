/** AssumeRole: syntax, MFA, trust, tags and policies, duration, in that order; then a role session. */
import { parseRoleArn } from '#shared/arn.ts'
import { type Caller, sessionArn } from './authenticate.ts'
import type { Role } from './directory.ts'
import {
  EXTERNAL_ID,
  FieldChecks,
  ROLE_ARN,
  ROLE_SESSION_NAME,
  SERIAL_NUMBER,
  SOURCE_IDENTITY,
  TOKEN_CODE,
} from './limits.ts'
import { verifyMfa } from './mfa.ts'
import type { QueryParameters, ResultFields } from './query.ts'
import { accessDenied, notAuthorized, validationError } from './refusal.ts'
import { readScopeDown } from './session-policy.ts'
import { readSessionTags } from './session-tags.ts'
import { renderCredentials } from './sessions.ts'
import type { StsCall } from './sts-call.ts'
import { isTrusted } from './trust.ts'

const DEFAULT_SECONDS = 3600
const CHAINING_MAX_SECONDS = 3600

export function assumeRole({ caller, parameters, directory, sessions, nowMs }: StsCall): ResultFields {
  const checks = new FieldChecks()
  const input = readInput(parameters, checks)
  const tags = readSessionTags(parameters, checks)
  const scopeDown = readScopeDown(parameters, checks)
  checks.finish()
  if (caller.user?.isRoot) throw accessDenied('Roles may not be assumed by root accounts.')
  if (!parseRoleArn(input.roleArn)) throw validationError(`${input.roleArn} is invalid`)

  const mfaGiven = verifyMfa(caller.user?.devices, input.serial, input.code, nowMs)
  const known = directory.role(input.roleArn)
  const role = known && known.knownFrom <= nowMs ? known : undefined
  // A role session never carries MFA on; only credentials of GetSessionToken do (aws-facts C.1).
  const mfaPresent = mfaGiven || (caller.session?.subject.kind === 'user' && caller.session.mfaPresent)
  const request = { principals: caller.principals, externalId: input.externalId, mfaPresent }
  if (!role || !isTrusted(role.trust, request)) throw notAuthorized(caller.arn, 'sts:AssumeRole', input.roleArn)

  tags.check(role, caller)
  scopeDown.check(role)
  const sourceIdentity = settleSourceIdentity(input.sourceIdentity, role, caller)
  const session = sessions.issue(
    {
      subject: { kind: 'role', role, roleSessionName: input.roleSessionName },
      durationSeconds: settleDuration(input.durationSeconds, role, caller),
      mfaPresent,
      chained: caller.session !== undefined,
      sourceIdentity,
      transitiveTagKeys: tags.transitiveKeys(caller),
    },
    nowMs,
  )
  return {
    AssumedRoleUser: { AssumedRoleId: `${role.roleId}:${input.roleSessionName}`, Arn: sessionArn(session) },
    Credentials: renderCredentials(session),
    PackedPolicySize: scopeDown.packedPercent(tags.length),
    SourceIdentity: sourceIdentity,
  }
}

function readInput(parameters: QueryParameters, checks: FieldChecks) {
  return {
    roleArn: checks.required('roleArn', parameters.get('RoleArn'), ROLE_ARN),
    roleSessionName: checks.required('roleSessionName', parameters.get('RoleSessionName'), ROLE_SESSION_NAME),
    durationSeconds: checks.integer('durationSeconds', parameters.get('DurationSeconds'), 900, 43_200),
    externalId: checks.optional('externalId', parameters.get('ExternalId'), EXTERNAL_ID),
    serial: checks.optional('serialNumber', parameters.get('SerialNumber'), SERIAL_NUMBER),
    code: checks.optional('tokenCode', parameters.get('TokenCode'), TOKEN_CODE),
    sourceIdentity: checks.optional('sourceIdentity', parameters.get('SourceIdentity'), SOURCE_IDENTITY),
  }
}

/** AWS refuses a duration that is too long; it never shortens it. */
function settleDuration(wanted: number | undefined, role: Role, caller: Caller): number {
  const seconds = wanted ?? DEFAULT_SECONDS
  if (caller.session && seconds > CHAINING_MAX_SECONDS)
    throw validationError(
      'The requested DurationSeconds exceeds the 1 hour session limit for roles assumed by role chaining',
    )
  if (seconds > role.maxDurationSeconds)
    throw validationError('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.')
  return seconds
}

/** A source identity, once set, stays through the chain: the same one may be repeated, another one is refused. */
function settleSourceIdentity(wanted: string | undefined, role: Role, caller: Caller): string | undefined {
  const inherited = caller.session?.sourceIdentity
  if (wanted === undefined && inherited === undefined) return undefined
  const conflicts = wanted !== undefined && inherited !== undefined && wanted !== inherited
  if (conflicts || !role.allowsSourceIdentity) throw notAuthorized(caller.arn, 'sts:SetSourceIdentity', role.arn)
  return inherited ?? wanted
}
