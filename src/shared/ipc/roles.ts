/** Calls about roles. */
import { z } from 'zod'
import { accountSchema } from '#shared/accounts.ts'
import { nameField } from '#shared/fields.ts'
import { roleChangeSchema, roleChangesPlanSchema, roleChangesSchema } from '#shared/role-changes.ts'
import {
  roleListChangesSchema,
  roleListStartSchema,
  roleListVersionSchema,
  rolePageSchema,
  roleRowSchema,
} from '#shared/role-list.ts'
import { chainHopSchema, durationLimitsSchema, newRoleSchema, roleEditSchema, roleSchema } from '#shared/roles.ts'
import { sessionSummarySchema } from '#shared/sessions.ts'
import { SHELLS } from '#shared/shell-line.ts'
import { byName, errorReportSchema, none } from './common.ts'

/** Role list row plus what the detail pane shows. */
export const roleDetailSchema = z.object({
  role: roleSchema,
  summary: roleRowSchema,
  account: accountSchema,
  /** Its profile is `[default]` too. */
  isDefault: z.boolean(),
  chain: z.array(chainHopSchema),
  session: sessionSummarySchema.nullable(),
  /** Null when its chain is broken. */
  duration: durationLimitsSchema.nullable(),
})
export type RoleDetail = z.infer<typeof roleDetailSchema>

export const ROLES_CALLS = {
  /** The first rows of the list, as the settings arrange it. The rest comes with `roles.page`. */
  'roles.start-list': { request: none, reply: roleListStartSchema },
  'roles.page': { request: z.object({ after: z.string().max(64).nullable() }), reply: rolePageSchema },
  'roles.changes': { request: z.object({ since: roleListVersionSchema }), reply: roleListChangesSchema },
  'roles.pin': { request: byName.extend({ pinned: z.boolean() }), reply: none },
  'roles.show': { request: byName, reply: roleDetailSchema },
  'roles.add': { request: newRoleSchema, reply: roleSchema },
  'roles.edit': { request: byName.extend({ edit: roleEditSchema }), reply: roleSchema },
  /** What changing several roles would do; touches nothing. */
  'roles.plan-many': { request: roleChangesSchema, reply: roleChangesPlanSchema },
  /** Changes several roles: all of it, or nothing. Answers with the changes that bring back what was. */
  'roles.edit-many': { request: roleChangesSchema, reply: z.array(roleChangeSchema) },
  'roles.remove': { request: byName, reply: none },
  /** Removes several. Answers with those that stay, because others are assumed from them. */
  'roles.remove-many': {
    request: z.object({ names: z.array(nameField).min(1) }),
    reply: z.array(z.object({ name: z.string(), error: errorReportSchema })),
  },
  /** Copies the line that has a shell's AWS tools use the role's profile. */
  'roles.copy-profile-line': { request: byName.extend({ shell: z.enum(SHELLS) }), reply: none },
  /** Copies a public field of the role to the clipboard. */
  'roles.copy-field': {
    request: byName.extend({ field: z.enum(['arn', 'account-id', 'external-id', 'profile']) }),
    reply: none,
  },
} as const
