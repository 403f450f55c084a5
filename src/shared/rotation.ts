/** The rotation of an access key: made, proven, put to use, the old one turned off, and deleted a while later. */
import { z } from 'zod'

/**
 * - `creating`: a new key is being made.
 * - `created`: its secret is in the vault, and AWS does not yet accept it everywhere.
 * - `switching`: it is being put in the old one's place.
 * - `switched`: it is the one that is used; the old one still works.
 * - `deactivated`: the old one is turned off, and goes at `deleteAfter`.
 * - `rolling-back`: the old one is being put back in its place.
 */
export const rotationPhaseSchema = z.enum([
  'creating',
  'created',
  'switching',
  'switched',
  'deactivated',
  'rolling-back',
])
export type RotationPhase = z.infer<typeof rotationPhaseSchema>

const moment = z.iso.datetime()

export const rotationSchema = z.object({
  /** `identity:<id>` or `sealed:<id>`. */
  holder: z.string(),
  phase: rotationPhaseSchema,
  oldKeyId: z.string(),
  newKeyId: z.string().nullable(),
  /** The keys the user had before, so that one whose secret was lost on its way can be told. */
  knownKeyIds: z.array(z.string()),
  /** Since when Hallpass has had the old key; what a key's age is counted from. */
  oldSince: moment,
  /** When AWS was last asked for the new key. */
  startedAt: moment,
  /** Name of the identity that signs; null for the key itself. */
  by: z.string().nullable(),
  deleteAfter: moment.nullable(),
})
export type Rotation = z.infer<typeof rotationSchema>

/** A key of a user as IAM tells. */
export const userKeySchema = z.object({
  accessKeyId: z.string(),
  active: z.boolean(),
  createdAt: moment.nullable(),
  /** null: never, as far as AWS knows, or not known at all. */
  lastUsedAt: moment.nullable(),
  /** AWS told its last use. */
  useKnown: z.boolean(),
  /** The one Hallpass has. */
  isOurs: z.boolean(),
})
export type UserKey = z.infer<typeof userKeySchema>

export const rotationStatusSchema = rotationSchema
  .omit({ holder: true, knownKeyIds: true, oldSince: true, by: true })
  .extend({ name: z.string() })
export type RotationStatus = z.infer<typeof rotationStatusSchema>
