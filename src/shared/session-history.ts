/** The sessions of a role over the last day, as the day strip shows them. */
import { z } from 'zod'

export const sessionSpanSchema = z.object({
  /** ISO 8601, UTC. Renewals in between are part of it. */
  from: z.string(),
  /** When it ended or ends: by hand, or at AWS's expiry. */
  to: z.string(),
  /** AWS honours it now, and Hallpass has it. */
  live: z.boolean(),
})
export type SessionSpan = z.infer<typeof sessionSpanSchema>

export const sessionHistorySchema = z.object({
  /** The 24 hours before this moment, ISO 8601 UTC. */
  until: z.string(),
  /** Oldest first; those that reach into these hours. */
  spans: z.array(sessionSpanSchema),
})
export type SessionHistory = z.infer<typeof sessionHistorySchema>
