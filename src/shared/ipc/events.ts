/** What main tells the renderer unasked. */
import { z } from 'zod'
import { BREAKGLASS_EVENTS } from './breakglass.ts'
import { CENTERS_EVENTS } from './centers.ts'
import { errorReportSchema, none } from './common.ts'
import { DESKTOP_EVENTS } from './desktop.ts'

/** Main → renderer. */
export const IPC_EVENTS = {
  /** Something the lists show has changed, here or through the CLI: ask again. Break-glass has an event of its own. */
  'state.changed': none,
  /** A code is needed. One prompt serves every caller that waits for this device. */
  'mfa.requested': z.object({
    promptId: z.string(),
    /** The device, as the serial STS gets. */
    serial: z.string(),
    identity: z.string(),
    /** What is being started. */
    target: z.string(),
    /** Why the last code was refused, when this asks again. */
    problem: errorReportSchema.nullable(),
  }),
  /** The present code of the device is used up, and the next one is waited for. */
  'mfa.waiting': z.object({ serial: z.string(), target: z.string(), seconds: z.number() }),
  /** A session ends soon and is not renewed by itself, or could not be. */
  'session.expiring': z.object({
    name: z.string(),
    /** Rounded down; 0 is less than a minute. */
    minutesLeft: z.number(),
    because: z.enum(['needs-mfa', 'set-to-lapse', 'renewal-failed']),
  }),
  /** The app was locked or unlocked, or a lock has ended its sessions: ask `lock.state`. */
  'lock.changed': z.object({ locked: z.boolean() }),
  /** The prompt is over, however it ended: close the dialog. */
  'mfa.closed': z.object({ promptId: z.string() }),
  ...DESKTOP_EVENTS,
  ...BREAKGLASS_EVENTS,
  ...CENTERS_EVENTS,
} as const satisfies Record<string, z.ZodType>
