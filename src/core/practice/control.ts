/**
 * The practice account's levers: throttling, failures, latency, clock skew, regions, keys. One command format, used in
 * process and over HTTP alike.
 */
import { z } from 'zod'
import { regionField } from '#shared/fields.ts'
import { identityCenterCommandSchema } from './identity-center/settings.ts'

const count = z.int().min(0).max(1_000_000)

/** One command; what is left out stays as it is. */
export const controlCommandSchema = z.strictObject({
  /** The next so many calls of STS and IAM get `Throttling`. */
  throttleNext: count.optional(),
  /** The next so many calls of STS and IAM get HTTP 500. */
  failNext: count.optional(),
  /** The connections of the next so many calls, Identity Center's too, are cut before anything is done. */
  dropNext: count.optional(),
  /** The same after everything is done: the answer is lost. */
  loseNext: count.optional(),
  /** Every answer waits this long. */
  latencyMs: z.int().min(0).max(60_000).optional(),
  /** What is changed through IAM is seen by STS and by trust policies only after so long. */
  iamDelayMs: z.int().min(0).max(600_000).optional(),
  /** The server's clock is ahead by this; negative: behind. */
  clockSkewSeconds: z.int().min(-315_360_000).max(315_360_000).optional(),
  /** STS is off in these regions and on in all others. us-east-1 can't be switched off. */
  disabledRegions: z
    .array(regionField)
    .refine((regions) => !regions.includes('us-east-1'), 'STS in us-east-1 can’t be switched off.')
    .optional(),
  /** Sessions issued from now on last at most so many seconds, so that an expiry can be waited for; null: as asked. */
  shortenTo: z.int().min(1).max(129_600).nullable().optional(),
  /** A user's key stops working. Sessions it already obtained go on until they expire, as at AWS. */
  deactivateKey: z.string().optional(),
  activateKey: z.string().optional(),
  /** The practice account no longer knows this session's key. */
  revokeSession: z.string().optional(),
  /** This session's credentials expire now. */
  expireSession: z.string().optional(),
  /** MFA codes already used pass again, so that nobody has to wait for the next one. */
  forgetUsedCodes: z.literal(true).optional(),
  /** The same for Identity Center; what is left out stays as it is there, too. */
  identityCenter: identityCenterCommandSchema.optional(),
  /** Empties the log of calls. */
  clearCalls: z.literal(true).optional(),
})
export type ControlCommand = z.input<typeof controlCommandSchema>
