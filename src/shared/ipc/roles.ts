/** Calls about roles. */
import { z } from 'zod'
import {
  chainHopSchema,
  durationLimitsSchema,
  newRoleSchema,
  roleEditSchema,
  roleRowSchema,
  roleSchema,
  sessionSummarySchema,
} from '#shared/models.ts'
import { byName, none } from './common.ts'

/** Role list row plus what the detail pane shows. */
export const roleDetailSchema = z.object({
  role: roleSchema,
  summary: roleRowSchema,
  chain: z.array(chainHopSchema),
  session: sessionSummarySchema.nullable(),
  /** Null when its chain is broken. */
  duration: durationLimitsSchema.nullable(),
})
export type RoleDetail = z.infer<typeof roleDetailSchema>

export const ROLES_CALLS = {
  'roles.list': { request: none, reply: z.array(roleRowSchema) },
  'roles.pin': { request: byName.extend({ pinned: z.boolean() }), reply: none },
  'roles.show': { request: byName, reply: roleDetailSchema },
  'roles.add': { request: newRoleSchema, reply: roleSchema },
  'roles.edit': { request: byName.extend({ edit: roleEditSchema }), reply: roleSchema },
  'roles.remove': { request: byName, reply: none },
  /** Copies a public field of the role to the clipboard. */
  'roles.copy-field': {
    request: byName.extend({ field: z.enum(['arn', 'account-id', 'external-id', 'profile']) }),
    reply: none,
  },
} as const
