/**
 * AssumeRoleWithWebIdentity: a role for a token of an OpenID Connect provider that its trust policy names. Nobody signs the
 * call. Whether the provider signed the token is not looked at: it has none here.
 */
import { z } from 'zod'
import { parseRoleArn } from '#shared/arn.ts'
import { sessionArn } from './authenticate.ts'
import { FieldChecks, ROLE_ARN, ROLE_SESSION_NAME, WEB_IDENTITY_TOKEN } from './limits.ts'
import type { ResultFields } from './query.ts'
import { accessDenied, Refusal, validationError } from './refusal.ts'
import { renderCredentials } from './sessions.ts'
import type { StsCall } from './sts-call.ts'

const claims = z.object({ iss: z.url(), sub: z.string(), aud: z.string(), exp: z.number() })

export function assumeRoleWithWebIdentity(call: Omit<StsCall, 'caller'>): ResultFields {
  const { parameters, directory, sessions, nowMs } = call
  const checks = new FieldChecks()
  const roleArn = checks.required('roleArn', parameters.get('RoleArn'), ROLE_ARN)
  const roleSessionName = checks.required('roleSessionName', parameters.get('RoleSessionName'), ROLE_SESSION_NAME)
  const token = checks.required('webIdentityToken', parameters.get('WebIdentityToken'), WEB_IDENTITY_TOKEN)
  const seconds = checks.integer('durationSeconds', parameters.get('DurationSeconds'), 900, 43_200) ?? 3600
  checks.finish()
  const { iss, sub, aud, exp } = readClaims(token)
  if (exp * 1000 <= nowMs) throw new Refusal(400, 'ExpiredTokenException', 'Token expired')
  const provider = `arn:aws:iam::${parseRoleArn(roleArn)?.accountId}:oidc-provider/${iss.replace(/^https?:\/\//, '')}`
  const role = directory.role(roleArn)
  const isTrusted = role?.trust.some(({ principals }) => principals.includes(provider)) === true
  if (!role || !isTrusted) throw accessDenied('Not authorized to perform sts:AssumeRoleWithWebIdentity')
  if (seconds > role.maxDurationSeconds)
    throw validationError('The requested DurationSeconds exceeds the MaxSessionDuration set for this role.')
  const subject = { kind: 'role', role, roleSessionName } as const
  const session = sessions.issue({ subject, durationSeconds: seconds, mfaPresent: false, chained: false }, nowMs)
  return {
    SubjectFromWebIdentityToken: sub,
    Audience: aud,
    Provider: provider,
    AssumedRoleUser: { AssumedRoleId: `${role.roleId}:${roleSessionName}`, Arn: sessionArn(session) },
    Credentials: renderCredentials(session),
  }
}

function readClaims(token: string): z.infer<typeof claims> {
  const [, payload = '', signature] = token.split('.')
  try {
    if (signature === undefined) throw new Error('not a JWT')
    return claims.parse(JSON.parse(Buffer.from(payload, 'base64url').toString('utf8')))
  } catch {
    throw new Refusal(
      400,
      'InvalidIdentityToken',
      'The ID Token provided is not a valid JWT. (You may see this error if you sent an Access Token)',
    )
  }
}
