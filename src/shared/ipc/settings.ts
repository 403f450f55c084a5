/** Calls about the person's settings. */
import { z } from 'zod'
import { settingsChangeSchema, settingsSchema } from '#shared/settings.ts'
import { errorReportSchema, none } from './common.ts'

/** Whether the global shortcut is in force, and why not when it was asked for. */
export const shortcutStateSchema = z.object({ registered: z.boolean(), problem: errorReportSchema.nullable() })
export type ShortcutState = z.infer<typeof shortcutStateSchema>

const fileSchema = z.object({ path: z.string(), exists: z.boolean() })

/** Where things are on this computer. All paths are absolute. */
export const surroundingsSchema = z.object({
  /** The command that AWS profiles run; its folder is what goes on the PATH. */
  command: z.string(),
  /** The `hallpass` that a shell started like this app would run; null when it finds none. */
  onPath: z.string().nullable(),
  /** This app serves live sessions to the command. */
  isAgent: z.boolean(),
  configFile: fileSchema,
  credentialsFile: fileSchema,
  stateFolder: z.string(),
  /** The system tells when its screen locks. */
  knowsScreenLock: z.boolean(),
})
export type Surroundings = z.infer<typeof surroundingsSchema>

export const SETTINGS_CALLS = {
  'settings.get': { request: none, reply: settingsSchema },
  /** Answers with all settings after the change. */
  'settings.change': { request: settingsChangeSchema, reply: settingsSchema },
  'settings.shortcut-state': { request: none, reply: shortcutStateSchema },
  'settings.surroundings': { request: none, reply: surroundingsSchema },
  /** Copies one of those paths, or the line that puts the command on the PATH of a shell. */
  'settings.copy': {
    request: z.discriminatedUnion('what', [
      z.object({ what: z.literal('path-line'), shell: z.enum(['env', 'fish', 'powershell']) }),
      z.object({ what: z.enum(['command', 'config-file', 'credentials-file', 'state-folder']) }),
    ]),
    reply: none,
  },
} as const
