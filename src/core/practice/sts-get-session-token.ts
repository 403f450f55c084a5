/** GetSessionToken: short-term credentials of a user, from a long-term key only, with or without an MFA code. */
import { FieldChecks, SERIAL_NUMBER, TOKEN_CODE } from './limits.ts'
import { verifyMfa } from './mfa.ts'
import type { ResultFields } from './query.ts'
import { accessDenied } from './refusal.ts'
import { renderCredentials } from './sessions.ts'
import type { StsCall } from './sts-call.ts'

const DEFAULT_SECONDS = 43_200
const MAX_SECONDS = 129_600
/** The root user's are shortened to this without a word. */
const ROOT_MAX_SECONDS = 3600

export function getSessionToken({ caller, parameters, sessions, nowMs }: StsCall): ResultFields {
  const checks = new FieldChecks()
  const wanted = checks.integer('durationSeconds', parameters.get('DurationSeconds'), 900, MAX_SECONDS)
  const serial = checks.optional('serialNumber', parameters.get('SerialNumber'), SERIAL_NUMBER)
  const code = checks.optional('tokenCode', parameters.get('TokenCode'), TOKEN_CODE)
  checks.finish()
  const { user } = caller
  if (caller.session || !user) throw accessDenied('Cannot call GetSessionToken with session credentials')
  const mfaPresent = verifyMfa(user.devices, serial, code, nowMs)
  const seconds = wanted ?? DEFAULT_SECONDS
  const session = sessions.issue(
    {
      subject: { kind: 'user', user },
      durationSeconds: user.isRoot ? Math.min(seconds, ROOT_MAX_SECONDS) : seconds,
      mfaPresent,
      chained: false,
    },
    nowMs,
  )
  return { Credentials: renderCredentials(session) }
}
