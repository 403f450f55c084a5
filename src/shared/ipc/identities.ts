/** Calls about identities. */
import { z } from 'zod'
import { totpSeedField } from '#shared/fields.ts'
import {
  identityDetailSchema,
  identityEditSchema,
  newIdentitySchema,
  newProfileIdentitySchema,
} from '#shared/identities.ts'
import { rotationStatusSchema, userKeySchema } from '#shared/rotation.ts'
import { byName, none } from './common.ts'

/** An access-key CSV that main has read: its secret stays in main, under `draftId`, for ten minutes. */
export const accessKeyDraftSchema = z.object({
  draftId: z.string(),
  fileName: z.string(),
  accessKeyId: z.string(),
  accountId: z.string().nullable(),
  userName: z.string().nullable(),
  /** True when the file holds a root user's key, which should not be used. */
  isRoot: z.boolean(),
})
export type AccessKeyDraft = z.infer<typeof accessKeyDraftSchema>

/** An image of a QR code that main has read: the TOTP seed in it stays in main, under `draftId`, for ten minutes. */
export const totpDraftSchema = z.object({ draftId: z.string(), fileName: z.string() })
export type TotpDraft = z.infer<typeof totpDraftSchema>

const filePath = z.object({ path: z.string().max(4096) })

export const IDENTITIES_CALLS = {
  'identities.list': { request: none, reply: z.array(identityDetailSchema) },
  'identities.add': {
    request: z.union([
      newIdentitySchema,
      newIdentitySchema.omit({ secretAccessKey: true, accessKeyId: true }).extend({ draftId: z.string() }),
    ]),
    reply: identityDetailSchema,
  },
  /** A profile of the AWS files; AWS is asked whose credentials it gives. */
  'identities.add-profile': { request: newProfileIdentitySchema, reply: identityDetailSchema },
  'identities.edit': { request: byName.extend({ edit: identityEditSchema }), reply: identityDetailSchema },
  /** The keys of its user, asked of AWS, and the rotation that is under way. */
  'identities.keys': {
    request: byName,
    reply: z.object({ keys: z.array(userKeySchema), rotation: rotationStatusSchema.nullable() }),
  },
  /** `rotate` makes a new key and turns the old one off; the others end that, or take it back. */
  'identities.rotate': {
    request: byName.extend({ what: z.enum(['rotate', 'finish', 'roll-back']), deleteUnused: z.string().optional() }),
    reply: rotationStatusSchema.nullable(),
  },
  'identities.test': { request: byName, reply: identityDetailSchema },
  /** Stores the TOTP seed of its MFA device. The page sends it once and never gets it, or a code of it, back. */
  'identities.add-totp': {
    request: z.union([
      byName.extend({ seed: totpSeedField, verify: z.boolean().default(false) }),
      byName.extend({ draftId: z.string(), verify: z.boolean().default(false) }),
    ]),
    reply: none,
  },
  /** Opens the system's file dialog for an image of the QR code; null when the person cancels. */
  'identities.pick-totp': { request: none, reply: totpDraftSchema.nullable() },
  /** For an image dropped on the window. */
  'identities.read-totp': { request: filePath, reply: totpDraftSchema },
  'identities.remove-totp': { request: byName, reply: none },
  'identities.remove': { request: byName, reply: none },
  /** Opens the system's file dialog; null when the person cancels. */
  'identities.pick-csv': { request: none, reply: accessKeyDraftSchema.nullable() },
  /** For a file dropped on the window. */
  'identities.read-csv': { request: filePath, reply: accessKeyDraftSchema },
} as const
