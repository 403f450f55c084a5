/** Calls about the person's settings. */
import { settingsChangeSchema, settingsSchema } from '#shared/settings.ts'
import { none } from './common.ts'

export const SETTINGS_CALLS = {
  'settings.get': { request: none, reply: settingsSchema },
  /** Answers with all settings after the change. */
  'settings.change': { request: settingsChangeSchema, reply: settingsSchema },
} as const
