/** Edits of several roles at once: everything of them happens, or nothing. */
import { z } from 'zod'
import { nameField, profileModeField, profileNameField } from './fields.ts'
import { roleEditSchema } from './roles.ts'

/** What can be set for several roles at once; null clears it. */
export const sharedEditSchema = roleEditSchema.pick({
  profile: true,
  region: true,
  durationSeconds: true,
  environment: true,
  autoRenew: true,
})
export type SharedEdit = z.input<typeof sharedEditSchema>

/** The profile a role has in the AWS files afterwards. */
export const writtenProfileSchema = z.object({
  /** The role's own choice, or its name made safe, when left out. */
  profile: profileNameField.optional(),
  mode: profileModeField,
  /** Left out: `[default]` stays whose it is. */
  isDefault: z.boolean().optional(),
  /** A section of somebody else's of that name is made into Hallpass's, as it was before. */
  isAdopted: z.boolean().optional(),
})

/** One role's part of such an edit. */
export const roleChangeSchema = z.object({
  name: nameField,
  edit: sharedEditSchema,
  /** null takes its profile out of the AWS files; left out, the profile follows the edit if there is one. */
  written: writtenProfileSchema.nullable().optional(),
})
export type RoleChange = z.input<typeof roleChangeSchema>

/** A list of them, as long as may be. Names are unique. */
export const roleChangesSchema = z.array(roleChangeSchema).min(1, 'No role was named.')

/** What such an edit would do. */
export const roleChangesPlanSchema = z.object({
  /** Those that are not the same afterwards, and what of them is not. */
  roles: z.array(
    z.object({
      name: z.string(),
      fields: z.array(z.enum(['profile', 'region', 'durationSeconds', 'environment', 'autoRenew', 'written'])),
    }),
  ),
  /** Names of roles whose live session is of settings that change, and ends. */
  ends: z.array(z.string()),
  /** The lines of the AWS files that change, unified; empty when none does. */
  diff: z.string(),
})
export type RoleChangesPlan = z.infer<typeof roleChangesPlanSchema>
