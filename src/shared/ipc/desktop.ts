/** What the tray, notifications, menus, the global shortcut and links from outside ask of the window. */
import { z } from 'zod'
import { errorReportSchema, none } from './common.ts'
import { consoleVia } from './console.ts'
import { shellField } from './sessions.ts'

/** Where a `hallpass://` link points. It names things, and never does anything by itself. */
export const deepLinkSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('role'), name: z.string() }),
  z.object({ kind: z.literal('console'), name: z.string(), via: consoleVia }),
])
export type DeepLink = z.infer<typeof deepLinkSchema>

/** What the person asked for outside the window and only the window can do: show, ask, or explain. */
export const roleRequestSchema = z.discriminatedUnion('act', [
  z.object({
    act: z.literal('show'),
    name: z.string(),
    /** What went wrong outside the window. */
    failure: z
      .object({ action: z.enum(['start', 'renew', 'end', 'console', 'copy', 'profile']), error: errorReportSchema })
      .nullable(),
  }),
  z.object({ act: z.literal('start'), name: z.string() }),
  z.object({ act: z.literal('console'), name: z.string(), via: consoleVia }),
  z.object({ act: z.literal('copy-env'), name: z.string(), shell: shellField }),
])
export type RoleRequest = z.infer<typeof roleRequestSchema>

/** Commands that the application menu and the tray give; each is a command of the keyboard too. */
export const menuCommandSchema = z.enum([
  'roles',
  'sessions',
  'breakglass',
  'identities',
  'activity',
  'settings',
  'add',
  'search',
  'keys',
])
export type MenuCommand = z.infer<typeof menuCommandSchema>

/** Main → renderer. Kept until the page listens when it does not yet. */
export const DESKTOP_EVENTS = {
  /** The global shortcut, the tray or the menu asks for the palette. */
  'palette.open': none,
  'command.requested': z.object({ command: menuCommandSchema }),
  'role.requested': roleRequestSchema,
  /** A link from outside was opened: ask about it, or say what is wrong with it. */
  'deep-link.opened': z.union([z.object({ link: deepLinkSchema }), z.object({ problem: errorReportSchema })]),
} as const satisfies Record<string, z.ZodType>
