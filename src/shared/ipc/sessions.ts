/** Calls about sessions. */
import { z } from 'zod'
import { sessionHistorySchema } from '#shared/session-history.ts'
import { sessionSummarySchema } from '#shared/sessions.ts'
import { byName, none } from './common.ts'

export const shellField = z.enum(['env', 'fish', 'powershell', 'dotenv'])

export const SESSIONS_CALLS = {
  /** Starts or renews. May raise `mfa.requested` events before it settles. */
  'sessions.start': { request: byName.extend({ renew: z.boolean().default(false) }), reply: sessionSummarySchema },
  /** Every live or remembered session. */
  'sessions.list': { request: none, reply: z.array(sessionSummarySchema) },
  /** The sessions of a role or identity over the last 24 hours. */
  'sessions.history': { request: byName, reply: sessionHistorySchema },
  'sessions.end-all': { request: none, reply: z.object({ ended: z.int() }) },
  'sessions.end': { request: byName, reply: none },
  /** Puts shell lines with the session's credentials on the clipboard, cleared after a while. */
  'sessions.copy-env': {
    request: byName.extend({ shell: shellField }),
    reply: z.object({ clearsInSeconds: z.number() }),
  },
} as const
