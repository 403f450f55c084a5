/** Profiles that Hallpass owns in the AWS files. Times are ISO 8601 UTC. */
import { z } from 'zod'
import { profileModeField } from './fields.ts'

/** A profile Hallpass owns in the AWS files. */
export const ownedProfileSchema = z.object({
  profile: z.string(),
  /** Name of the role or identity behind it. */
  name: z.string(),
  mode: profileModeField,
  isDefault: z.boolean(),
  /** It was somebody else's section before. */
  isAdopted: z.boolean(),
  configFile: z.string(),
  credentialsFile: z.string().nullable(),
  writtenAt: z.string(),
})
export type OwnedProfile = z.infer<typeof ownedProfileSchema>
