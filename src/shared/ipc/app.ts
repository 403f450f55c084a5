/** Calls about the app itself. */
import { z } from 'zod'
import { settingsSchema } from '#shared/settings.ts'
import { vaultStatusSchema } from '#shared/vault.ts'
import { errorReportSchema, none } from './common.ts'

export const appInfoSchema = z.object({
  version: z.string(),
  platform: z.enum(['darwin', 'win32', 'linux']),
  vault: vaultStatusSchema,
  /** Set after a damaged store was set aside, until it is acknowledged. */
  damage: errorReportSchema.nullable(),
  /** The host AWS calls go to when an endpoint override is set, such as the practice account; null for AWS itself. */
  endpointOverride: z.string().nullable(),
  /** This is the app on Hallpass's own practice account, in a state folder of its own. */
  isPractice: z.boolean(),
  settings: settingsSchema,
})
export type AppInfo = z.infer<typeof appInfoSchema>

export const APP_CALLS = {
  'app.info': { request: none, reply: appInfoSchema },
  'app.acknowledge-damage': { request: none, reply: none },
  /** The page listens from now on: what was asked of the window before comes now. */
  'app.page-ready': { request: none, reply: none },
} as const
