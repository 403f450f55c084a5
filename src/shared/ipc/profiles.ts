/** Calls about profiles in the AWS files. */
import { z } from 'zod'
import { profileModeField, profileNameField } from '#shared/fields.ts'
import { ownedProfileSchema } from '#shared/profiles.ts'
import { byName, none } from './common.ts'

/** The lines a profile write would change. */
export const profilePreviewSchema = z.object({
  profile: z.string(),
  /** Unified diff over all files, empty when nothing changes. */
  diff: z.string(),
  files: z.array(z.string()),
})

export const PROFILES_CALLS = {
  'profiles.list': { request: none, reply: z.array(ownedProfileSchema) },
  'profiles.preview': {
    request: byName.extend({ profile: profileNameField.optional(), mode: profileModeField }),
    reply: profilePreviewSchema,
  },
  'profiles.write': {
    request: byName.extend({
      profile: profileNameField.optional(),
      mode: profileModeField,
      /** Write `[default]` too, or take it out again; left out, it stays whose it is. */
      makeDefault: z.boolean().optional(),
    }),
    reply: ownedProfileSchema,
  },
  /** The lines that adopting somebody else's section of that name would change. */
  'profiles.preview-adoption': {
    request: byName.extend({ profile: profileNameField, mode: profileModeField }),
    reply: profilePreviewSchema,
  },
  /** Makes that section into the role's profile; what it replaces goes into the vault. */
  'profiles.adopt': {
    request: byName.extend({ profile: profileNameField, mode: profileModeField }),
    reply: ownedProfileSchema,
  },
  'profiles.remove': { request: z.object({ profile: z.string() }), reply: none },
} as const
