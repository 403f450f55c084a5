/** Calls about the person's settings. */
import { z } from 'zod'
import { settingsChangeSchema, settingsSchema } from '#shared/settings.ts'
import { errorReportSchema, none } from './common.ts'

/** Whether the global shortcut is in force, and why not when it was asked for. */
export const shortcutStateSchema = z.object({ registered: z.boolean(), problem: errorReportSchema.nullable() })
export type ShortcutState = z.infer<typeof shortcutStateSchema>

export const SETTINGS_CALLS = {
  'settings.get': { request: none, reply: settingsSchema },
  /** Answers with all settings after the change. */
  'settings.change': { request: settingsChangeSchema, reply: settingsSchema },
  'settings.shortcut-state': { request: none, reply: shortcutStateSchema },
} as const
