/** Calls about the activity log. */
import { z } from 'zod'
import {
  activityOverviewSchema,
  activityPageSchema,
  activityProofSchema,
  activityQuerySchema,
  activityVerdictSchema,
} from '#shared/activity-view.ts'
import { none } from './common.ts'

const seq = z.int().positive()

export const ACTIVITY_CALLS = {
  /** Rows below one entry, or above it; the newest without either. */
  'activity.page': {
    request: z.object({
      query: activityQuerySchema,
      before: seq.optional(),
      after: seq.optional(),
      limit: z.int().min(1).max(500),
    }),
    reply: activityPageSchema,
  },
  'activity.overview': { request: activityQuerySchema, reply: activityOverviewSchema },
  'activity.proof': { request: z.object({ seq }), reply: activityProofSchema },
  'activity.verify': { request: none, reply: activityVerdictSchema },
  /** Asks the system's dialog where to; null when the person cancels. */
  'activity.export': {
    request: z.object({ format: z.enum(['jsonl', 'csv']) }),
    reply: z.object({ fileName: z.string() }).nullable(),
  },
} as const
