/** What a person can set, with what holds until they do. One record; unknown or broken members fall back one by one. */
import { z } from 'zod'
import { acceleratorField } from './accelerator.ts'
import { browserRuleSchema } from './console.ts'
import { regionField } from './fields.ts'

/** Seconds and minutes are named in the member; null stands for "never" or "off". */
export const settingsSchema = z.object({
  theme: z.enum(['system', 'light', 'dark']).default('system'),
  /** Rows of 44 or of 32 pixels. */
  density: z.enum(['comfortable', 'compact']).default('comfortable'),
  /** Single letters act on the selected role (WCAG 2.1.4 asks that they can be turned off). */
  singleKeys: z.boolean().default(true),
  /** A masked field is shown by a toggle instead of only while its button is held. */
  peekToggle: z.boolean().default(false),

  groupRolesBy: z.enum(['account', 'environment', 'source', 'none']).default('account'),
  sortRolesBy: z.enum(['name', 'account', 'state', 'recent']).default('name'),
  /** Columns of the list that are shown beside the role. */
  roleColumns: z
    .array(z.enum(['source', 'profile', 'region', 'used', 'state']))
    .default(['source', 'profile', 'state']),

  /** Ask before a session of a production role starts. */
  confirmProduction: z.boolean().default(true),
  /** For new roles and identities; null leaves it to AWS's defaults. */
  defaultRegion: regionField.nullable().default(null),
  /** What "Copy as env" copies first; null is what suits the platform. */
  shell: z.enum(['env', 'fish', 'powershell', 'dotenv']).nullable().default(null),
  clipboardSeconds: z.int().min(5).max(300).default(30),

  /** The browser keeps several console sessions side by side: a sign-in link opens one beside the others. */
  consoleMultiSession: z.boolean().default(false),
  /** Which browser the consoles of an account or an environment open in; the system's for all others. */
  consoleBrowsers: z.array(browserRuleSchema).max(500).default([]),

  notifyBeforeExpiry: z.boolean().default(true),
  expiryWarningMinutes: z.int().min(1).max(60).default(10),
  notifyMfaNeeded: z.boolean().default(true),
  notifyRenewalFailed: z.boolean().default(true),
  notifyBreakGlassOpen: z.boolean().default(true),

  showInTray: z.boolean().default(true),
  /** Closing the window leaves Hallpass in the tray. */
  closeToTray: z.boolean().default(false),
  startAtLogin: z.boolean().default(false),
  /** Electron accelerator that opens the palette from anywhere; null for none. */
  globalShortcut: acceleratorField.nullable().default('CommandOrControl+Shift+K'),

  /** How long a key that was rotated out is kept, turned off, before it is deleted. */
  oldKeyDays: z.int().min(0).max(90).default(7),
  /** How long a broken seal stays open. */
  breakGlassMinutes: z.int().min(1).max(60).default(15),

  lockAfterIdleMinutes: z.int().min(1).max(720).nullable().default(15),
  lockWithScreen: z.boolean().default(true),
  lockOnSleep: z.boolean().default(true),
  /** Locking ends every session; otherwise they go on serving the command line. */
  lockEndsSessions: z.boolean().default(false),
  /** Unlocking asks the operating system (Touch ID, Windows Hello, polkit) where it can. */
  unlockWithSystem: z.boolean().default(true),

  /** The version whose news have been seen; null before the first start. */
  seenVersion: z.string().max(32).nullable().default(null),
})
export type Settings = z.output<typeof settingsSchema>

/** A change of some settings. */
export const settingsChangeSchema = z.strictObject(
  Object.fromEntries(
    Object.entries(settingsSchema.shape).map(([key, field]) => [key, field.removeDefault().optional()]),
  ) as { [K in keyof Settings]: z.ZodOptional<ReturnType<(typeof settingsSchema.shape)[K]['removeDefault']>> },
)
export type SettingsChange = z.output<typeof settingsChangeSchema>

/** Settings from what was stored. A member that is missing or no longer valid has its default. */
export function readSettings(stored: unknown): Settings {
  const members = typeof stored === 'object' && stored !== null ? stored : {}
  const valid = Object.entries(settingsSchema.shape).map(([key, field]) => {
    const parsed = field.safeParse((members as Record<string, unknown>)[key])
    return [key, parsed.success ? parsed.data : field.parse(undefined)]
  })
  return settingsSchema.parse(Object.fromEntries(valid))
}
