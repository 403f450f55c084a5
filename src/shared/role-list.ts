/** The role list: its rows, and its parts for a reader that keeps a copy. Times are ISO 8601 UTC. */
import { z } from 'zod'
import { environmentField, profileModeField } from './fields.ts'
import { sessionStateSchema } from './sessions.ts'

/** One row of `role list --json` (design §3, in this order). */
export const roleSummarySchema = z.object({
  name: z.string(),
  arn: z.string(),
  accountId: z.string(),
  roleName: z.string(),
  /** Name of the identity or role it is assumed from. */
  from: z.string(),
  /** The AWS profile Hallpass wrote for it, or the name it would get. */
  profile: z.string(),
  /** null while no profile is written. */
  profileMode: profileModeField.nullable(),
  region: z.string().nullable(),
  environment: environmentField.nullable(),
  state: sessionStateSchema,
  expiresAt: z.string().nullable(),
})
export type RoleSummary = z.infer<typeof roleSummarySchema>

/** A role as the app lists it: a row of `role list`, with what a person made of it. */
export const roleRowSchema = roleSummarySchema.extend({
  /** What the person calls its account; null when unnamed. */
  accountName: z.string().nullable(),
  pinned: z.boolean(),
  /** When its credentials were last asked for by name; null when never. */
  lastUsedAt: z.string().nullable(),
})
export type RoleRow = z.infer<typeof roleRowSchema>

/** How far a copy of the role list has come: opaque to whoever holds it. */
export const roleListVersionSchema = z.object({
  /** Of the store's file. */
  file: z.int(),
  /** Of the last change. */
  change: z.int(),
  /** AWS's time, milliseconds since the epoch: sessions end by themselves. */
  at: z.number(),
})
export type RoleListVersion = z.infer<typeof roleListVersionSchema>

/** How long the whole list is. */
export const roleTotalsSchema = z.object({ roles: z.int(), accounts: z.int() })
export type RoleTotals = z.infer<typeof roleTotalsSchema>

/** The first of the role list, in the order it is shown, and every role with a live session. */
export const roleListStartSchema = z.object({
  version: roleListVersionSchema,
  totals: roleTotalsSchema,
  rows: z.array(roleRowSchema),
})
export type RoleListStart = z.infer<typeof roleListStartSchema>

/** A part of the role list by name, ignoring case; the last one is shorter than asked for. */
export const rolePageSchema = z.object({
  rows: z.array(roleRowSchema),
  /** The name to go on after; null at the end. */
  next: z.string().nullable(),
})
export type RolePage = z.infer<typeof rolePageSchema>

/** What has become of the role list since a version. */
export const roleListChangesSchema = z.object({
  version: roleListVersionSchema,
  totals: roleTotalsSchema,
  /** As they are now. */
  rows: z.array(roleRowSchema),
  /** Names that no role has any more. */
  removed: z.array(z.string()),
  /** More has changed than that: all is to be read again. */
  reload: z.boolean(),
})
export type RoleListChanges = z.infer<typeof roleListChangesSchema>
