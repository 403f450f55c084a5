/** The schemas both sides check what they are told with. The agent looks at nothing else before the proof. */
import { z } from 'zod'
import { ERROR_EXIT_CODES, type ErrorCode, type ErrorReport } from '#shared/errors.ts'
import { isNonce } from './challenge.ts'
import { LONGEST_FOLDER, LONGEST_HOLD } from './protocol.ts'

/** Far more than any name, code or message has. */
const short = z.string().max(256)

const reportSchema = z
  .strictObject({
    code: z.enum(Object.keys(ERROR_EXIT_CODES) as [ErrorCode, ...ErrorCode[]]),
    message: z.string().max(4096),
    hint: z.string().max(4096).optional(),
    details: z.string().max(8192).optional(),
  })
  // JSON has no undefined that a field could hold.
  .transform((report) => report as ErrorReport)

/** Of any protocol: a peer of another one may still ask the agent to stop. */
export const openingSchema = z.object({ protocol: z.int(), nonce: z.string().refine(isNonce) })

/** All that is read of a demand before its peer is known. */
export const proofSchema = z.object({ proof: short })

/** Understood from a known peer of any protocol. */
export const stopSchema = z.object({ request: z.object({ op: z.literal('stop') }) })

/** A process id of any system. */
const pid = z.int().nonnegative().max(0xffff_ffff)
/** Milliseconds since the epoch. */
const time = z.number().nonnegative()

const callerSchema = z.strictObject({
  pid,
  parentPid: pid,
  folder: z.string().max(LONGEST_FOLDER).nullable(),
})

const vaultKeyFields = { vault: z.uuid(), key: z.base64().length(44) }

export const vaultKeySchema = z.strictObject(vaultKeyFields)

export const vaultHoldSchema = z.object({ until: z.iso.datetime() })

export const demandSchema = z.strictObject({
  proof: short,
  context: z.string().max(8192),
  caller: callerSchema,
  request: z.discriminatedUnion('op', [
    z.strictObject({ op: z.literal('credential-process'), name: short, askedAt: time }),
    z.strictObject({
      op: z.literal('credentials'),
      name: short,
      options: z.strictObject({
        mfaCode: short.optional(),
        durationSeconds: z.number().optional(),
        readOnly: z.boolean().optional(),
        renew: z.boolean().optional(),
        byProgram: z.boolean().optional(),
        askedAt: time.optional(),
        how: short.optional(),
        form: short.optional(),
      }),
    }),
    z.strictObject({ op: z.literal('status') }),
    z.strictObject({ op: z.literal('vault-unlock'), ...vaultKeyFields, seconds: z.int().positive().max(LONGEST_HOLD) }),
    z.strictObject({ op: z.literal('vault-lock') }),
    z.strictObject({ op: z.literal('vault-key') }),
    z.strictObject({ op: z.literal('stop') }),
  ]),
})

export const answerSchema = z.union([z.strictObject({ code: short }), z.strictObject({ refused: reportSchema })])

/** Session credentials as they travel. */
export const credentialsSchema = z.object({
  accessKeyId: z.string().min(1),
  secretAccessKey: z.string().min(1),
  sessionToken: z.string().min(1),
  expiration: z.iso.datetime().transform((text) => new Date(text)),
  accountId: z.string().nullable(),
  roleArn: z.string().nullable(),
  assumedRoleArn: z.string().nullable(),
  region: z.string().nullable(),
  kept: reportSchema.optional(),
})

export const statusSchema = z.object({
  kind: z.enum(['app', 'standalone']),
  pid: z.int(),
  version: z.string(),
  startedAt: z.iso.datetime(),
  sessions: z.int(),
  clients: z.int(),
  // An agent of an earlier version does not know of it.
  vaultUnlockedUntil: z.iso.datetime().nullable().default(null),
})
