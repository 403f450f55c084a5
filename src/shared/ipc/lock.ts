/** Locking the app. These calls, and few others, are answered while it is locked. */
import { z } from 'zod'
import { none } from './common.ts'

/** By hand, after a time without input, with the screen, before sleep. */
export const lockReasonSchema = z.enum(['asked', 'idle', 'screen', 'sleep'])
export type LockReason = z.infer<typeof lockReasonSchema>

/** Who is asked at unlocking. The keychain always is; these come before it. */
export const unlockMethodSchema = z.enum(['touch-id', 'polkit'])
export type UnlockMethod = z.infer<typeof unlockMethodSchema>

/** Numbers only: no name of anything is told while the app is locked. */
export const lockStateSchema = z.object({
  locked: z.boolean(),
  /** ISO 8601; null while unlocked, as is `because`. */
  since: z.string().nullable(),
  because: lockReasonSchema.nullable(),
  /** Sessions that go on serving the command line, and when the last of them ends. */
  kept: z.int(),
  keptUntil: z.string().nullable(),
  /** Sessions that locking has ended; null when it was to keep them. With some kept all the same, ending them failed. */
  ended: z.int().nullable(),
})
export type LockState = z.infer<typeof lockStateSchema>

export const LOCK_CALLS = {
  'lock.state': {
    request: none,
    reply: lockStateSchema.extend({
      /** What unlocking asks before the keychain; null for nothing. */
      method: unlockMethodSchema.nullable(),
    }),
  },
  'lock.now': { request: none, reply: none },
  /** @throws `unlock.refused`, `cancelled`, `vault.*` */
  'lock.unlock': { request: none, reply: none },
} as const
