/** Calls about AWS accounts. */
import { z } from 'zod'
import { accountChangeSchema, accountIdField, accountRowSchema, accountSchema } from '#shared/accounts.ts'
import { none } from './common.ts'

export const ACCOUNTS_CALLS = {
  'accounts.list': { request: none, reply: z.array(accountRowSchema) },
  /** Names an account, or says what it is for. */
  'accounts.change': {
    request: z.object({ accountId: accountIdField, change: accountChangeSchema }),
    reply: accountSchema,
  },
} as const
