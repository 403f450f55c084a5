/** Calls about MFA codes. */
import { z } from 'zod'
import { mfaCodeField } from '#shared/fields.ts'
import { none } from './common.ts'

export const MFA_CALLS = {
  /** The answer to an `mfa.requested` event; null cancels. */
  'mfa.answer': { request: z.object({ promptId: z.string(), code: mfaCodeField.nullable() }), reply: none },
} as const
