/** The options that say how a session is to be started. */

import { parseInput } from '#core/input.ts'
import type { CredentialsOptions } from '#core/sessions/service.ts'
import { mfaCodeField } from '#shared/fields.ts'
import type { Invocation } from '../invocation.ts'
import { readDuration } from './duration-option.ts'

/** @throws `usage.invalid`, `input.invalid` */
export function readCredentialsOptions(invocation: Invocation): CredentialsOptions {
  const durationSeconds = readDuration(invocation)
  const mfaCode = invocation.text('mfaCode')
  return {
    ...(durationSeconds === undefined ? {} : { durationSeconds }),
    ...(mfaCode === undefined ? {} : { mfaCode: parseInput(mfaCodeField, mfaCode) }),
    ...(invocation.flag('readOnly') ? { readOnly: true } : {}),
    ...(invocation.flag('renew') ? { renew: true } : {}),
  }
}
