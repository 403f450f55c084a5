/** The activity log as the app shows it: pages of rows, counts by day and by group, and the proof of one entry. */
import { z } from 'zod'
import { activityEntrySchema, activityRecordSchema } from './activity.ts'
import { environmentField, nameField } from './fields.ts'

/** What the log is filtered by, each group with what its kinds begin with. */
const GROUPS = {
  sessions: ['session', 'credentials'],
  console: ['console'],
  profiles: ['profile', 'files'],
  keys: ['identity', 'mfa'],
  roles: ['role', 'account'],
  breakglass: ['breakglass'],
  vault: ['vault', 'log'],
} as const

export const activityGroupSchema = z.enum(['sessions', 'console', 'profiles', 'keys', 'roles', 'breakglass', 'vault'])
export type ActivityGroup = z.infer<typeof activityGroupSchema>
export const ACTIVITY_GROUPS = activityGroupSchema.options

/** The group of a kind; `undefined` for a kind that no version knows. */
export function activityGroupOf(kind: string): ActivityGroup | undefined {
  const start = kind.slice(0, kind.indexOf('.'))
  return ACTIVITY_GROUPS.find((group) => GROUPS[group].some((prefix) => prefix === start))
}

const moment = z.iso.datetime()

/** Which entries are wanted; everything that is given has to fit. */
export const activityQuerySchema = z.object({
  /** Words that all have to occur, ignoring case: in names, accounts, reasons, programs, folders, or at a hash's start. */
  search: z.string().max(200).optional(),
  group: activityGroupSchema.optional(),
  /** A role or identity, by its name of then or of now. */
  name: nameField.optional(),
  /** From this moment on. */
  from: moment.optional(),
  /** Before this moment. */
  until: moment.optional(),
})
export type ActivityQuery = z.infer<typeof activityQuerySchema>

/** One line of the log. */
export const activityRowSchema = z.object({
  seq: z.int().positive(),
  hash: z.string().max(128),
  /** null when it can't be read: somebody changed it. */
  entry: activityRecordSchema.nullable(),
  /** Of the role, or else of the account, as it is now. */
  environment: environmentField.nullable(),
  accountId: z.string().nullable(),
  accountName: z.string().nullable(),
})
export type ActivityRow = z.infer<typeof activityRowSchema>

export const activityPageSchema = z.object({
  /** Newest first. */
  rows: z.array(activityRowSchema),
  /** Whether there may be more of them in that direction. */
  more: z.boolean(),
})
export type ActivityPage = z.infer<typeof activityPageSchema>

export const activityDaySchema = z.object({
  /** Local midnight. */
  start: moment,
  entries: z.int(),
  /** How many of them are of break-glass credentials. */
  breakglass: z.int(),
})
export type ActivityDay = z.infer<typeof activityDaySchema>

export const activityOverviewSchema = z.object({
  /** The last 30 days, oldest first, today included. What the query says of time does not count here. */
  days: z.array(activityDaySchema),
  /** How many entries each group has. What the query says of groups does not count here. */
  groups: z.record(activityGroupSchema, z.int()),
  /** All entries there are, whatever the query. */
  total: z.int(),
})
export type ActivityOverview = z.infer<typeof activityOverviewSchema>

/** What the hashes around one entry say. */
export const activityProofSchema = z.object({
  seq: z.int(),
  hash: z.string(),
  /** Whether the entry still has the hash it was recorded with. */
  intact: z.boolean(),
  /** The entry it builds on; null for the first. */
  before: z
    .object({
      seq: z.int(),
      hash: z.string(),
      /** `absent`: it was moved to a file, or is missing; the whole log's verification tells which. */
      state: z.enum(['matches', 'differs', 'absent']),
    })
    .nullable(),
})
export type ActivityProof = z.infer<typeof activityProofSchema>

/** What verifying found, as `ActivityVerdict` has it. */
export const activityVerdictSchema = z.object({
  intact: z.boolean(),
  trimmed: z.int(),
  entries: z.int(),
  firstAt: activityEntrySchema.shape.at.nullable(),
  lastAt: activityEntrySchema.shape.at.nullable(),
  before: z.string().nullable(),
  problem: z
    .object({
      seq: z.int(),
      reason: z.enum(['changed', 'missing', 'out-of-order', 'forged', 'cut', 'replaced', 'removed']),
      message: z.string(),
    })
    .nullable(),
})
