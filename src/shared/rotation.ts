/** The rotation of an access key: made, proven, put to use, the old one turned off, and deleted a while later. */
import { z } from 'zod'

/**
 * - `creating`: a new key is being made.
 * - `created`: its secret is in the vault, and AWS does not yet accept it everywhere.
 * - `switching`: it is being put in the old one's place.
 * - `switched`: it is the one that is used; the old one still works.
 * - `deactivated`: the old one is turned off, and goes at `deleteAfter`.
 */
export const rotationPhaseSchema = z.enum(['creating', 'created', 'switching', 'switched', 'deactivated'])
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
  startedAt: moment,
  deleteAfter: moment.nullable(),
})
export type Rotation = z.infer<typeof rotationSchema>

/** A key of a user as IAM tells. */
export const userKeySchema = z.object({
  accessKeyId: z.string(),
  active: z.boolean(),
  createdAt: moment.nullable(),
  /** null: never, as far as AWS knows. */
  lastUsedAt: moment.nullable(),
  /** The one Hallpass has. */
  isOurs: z.boolean(),
})
export type UserKey = z.infer<typeof userKeySchema>

export const rotationStatusSchema = rotationSchema
  .omit({ holder: true, knownKeyIds: true, oldSince: true })
  .extend({ name: z.string() })
export type RotationStatus = z.infer<typeof rotationStatusSchema>
