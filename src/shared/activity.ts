/** The activity log as everybody reads it: what was done with which credential, and which process asked for it. */
import { z } from 'zod'

/**
 * What an entry is about. Names are stable: scripts filter by them.
 *
 * - `log.begun`: the first entry of a log; `detail.before` says when it takes another one's place.
 * - `log.trimmed`: entries up to `detail.through` were moved to a file.
 * - `session.started`, `session.renewed`: AWS issued a session until `detail.expires`; `session.refused`: it did not, `detail.code` says why.
 * - `credentials.issued`: session credentials were handed out; `how` and `form` say in which way.
 * - `mfa.code-shown`: a person was shown the present code of an identity's device; `detail.mfaSource` says whence.
 * - `account.edited`: what an account is called, or taken for.
 * - `identity.signed-in`, `identity.signed-out`: to and from Identity Center; `detail.way` says how. `identity.discovered`:
 *   its roles were read; `detail.added` and `detail.removed` say how many came and went.
 * - `breakglass.opened`: a seal was broken; `detail.reason` says why. `breakglass.revealed`: `detail.part` of it was shown
 *   or copied. `breakglass.done`: `detail.task` of what follows was done, with `detail.note`.
 * - `identity.rotated`, `breakglass.rotated`: `detail.step` of the rotation of a key, or of a password.
 * - `breakglass.set-up`, `breakglass.undone`: `detail.steps` of emergency access were made in the account, or taken back.
 * - `breakglass.kit-exported`: it went into a file for others, for `detail.reason`; an entry for each credential (older
 *   ones: one for those of `detail.names`). `breakglass.kit-opened`: those of `detail.names` were read out of such a file.
 * - `breakglass.drilled`: the emergency path was rehearsed in `detail.seconds`; `detail.failed` and `detail.missed` name steps.
 * - `breakglass.followed`: `detail.page` of an open one was opened, for `detail.role` unless it is the account's.
 * - `breakglass.assumed`: a session of `detail.role` was handed out; `detail.reasonAs` says how the reason went to AWS with it.
 * - `profile.static-keys`: session credentials were written into the credentials file.
 */
export const ACTIVITY_KINDS = [
  'log.begun',
  'log.trimmed',
  'session.started',
  'session.renewed',
  'session.refused',
  'session.ended',
  'credentials.issued',
  'console.opened',
  'mfa.code-shown',
  'profile.written',
  'profile.static-keys',
  'profile.adopted',
  'profile.removed',
  'profile.undone',
  'files.repaired',
  'identity.added',
  'identity.edited',
  'identity.tested',
  'identity.removed',
  'identity.signed-in',
  'identity.signed-out',
  'identity.discovered',
  'role.added',
  'role.edited',
  'role.removed',
  'account.edited',
  'breakglass.added',
  'breakglass.removed',
  'breakglass.opened',
  'breakglass.revealed',
  'breakglass.assumed',
  'breakglass.followed',
  'breakglass.closed',
  'breakglass.done',
  'breakglass.rotated',
  'breakglass.set-up',
  'breakglass.undone',
  'breakglass.kit-exported',
  'breakglass.kit-opened',
  'breakglass.drilled',
  'identity.rotated',
] as const
export const activityKindSchema = z.enum(ACTIVITY_KINDS)
export type ActivityKind = z.infer<typeof activityKindSchema>

/** A process, as far as the system tells; null where it does not. */
export const activityProcessSchema = z.object({
  pid: z.int(),
  /** The program's name, a script's own rather than its interpreter's. Never its arguments. */
  name: z.string().nullable(),
  /** Absolute path of the binary. */
  path: z.string().nullable(),
  /** Its working folder, absolute. */
  folder: z.string().nullable(),
})
export type ActivityProcess = z.infer<typeof activityProcessSchema>

/** Who asked: the process that used Hallpass, and those that started it, nearest first. */
export const activityAskerSchema = z.object({
  process: activityProcessSchema,
  parents: z.array(activityProcessSchema),
})
export type ActivityAsker = z.infer<typeof activityAskerSchema>

const hash = z.string().regex(/^[0-9a-f]{64}$/)

/** One entry, without its own hash. The order of the fields is part of what is hashed. */
export const activityRecordSchema = z.object({
  /** Counts from 1, without gaps. */
  seq: z.int().positive(),
  /** ISO 8601, UTC. */
  at: z.iso.datetime(),
  kind: activityKindSchema,
  /** `role:<id>`, `identity:<id>` or `sealed:<id>`. */
  target: z.string().nullable(),
  /** The name it had then. */
  name: z.string().nullable(),
  accountId: z.string().nullable(),
  /** Public: of the session, or of the identity's key. */
  accessKeyId: z.string().nullable(),
  /** `credential-process`, `assume`, `exec`, `clipboard`, `console`, `sign-in`, `switch-role`, … */
  how: z.string().nullable(),
  /** The form credentials were printed in, or the program they were for. */
  form: z.string().nullable(),
  /** What else belongs to the kind, in alphabetical order. */
  detail: z.record(z.string(), z.string()),
  asker: activityAskerSchema,
  /** Hash of the entry before; 64 zeros for the first. */
  previous: hash,
})

export type ActivityRecord = z.infer<typeof activityRecordSchema>

/** An entry with its hash: SHA-256, in hex, over the JSON of all other fields in their order, without white space. */
export const activityEntrySchema = activityRecordSchema.extend({ hash })
export type ActivityEntry = z.infer<typeof activityEntrySchema>

/** Which entries to list. */
export interface ActivityFilter {
  /** At most this many, the newest. */
  readonly limit?: number
  /** ISO 8601: entries of that moment and later. */
  readonly since?: string
  /** A kind, or what comes before its dot. */
  readonly kind?: string
  /** Name of a role or identity, ignoring case: of then, or of now. */
  readonly name?: string
}

/** What verifying found. */
export interface ActivityVerdict {
  readonly intact: boolean
  /** How many entries were moved to files before the first that is still here. */
  readonly trimmed: number
  /** How many entries were proven, from the first on. */
  readonly entries: number
  /** Time of the first and of the last entry proven; null when there is none. */
  readonly firstAt: string | null
  readonly lastAt: string | null
  /** Set when this log took the place of an earlier one that was `damaged`, and moved aside, or `gone`. */
  readonly before: string | null
  /** The first thing that is wrong. */
  readonly problem: ActivityProblem | null
}

export interface ActivityProblem {
  /** The first entry that is not what was recorded, or is not there; 0 for the log as a whole. */
  readonly seq: number
  readonly reason: 'changed' | 'missing' | 'out-of-order' | 'forged' | 'cut' | 'replaced' | 'removed'
  /** A sentence for people. */
  readonly message: string
}
