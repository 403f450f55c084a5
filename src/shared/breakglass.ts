/**
 * Sealed credentials: emergency users whose secrets are in the vault and shown only after a reason has been recorded.
 * No record here holds a secret, or tells how long one is.
 */
import { z } from 'zod'
import { accountIdField } from './accounts.ts'
import {
  accessKeyIdField,
  environmentField,
  mfaSerialField,
  nameField,
  roleArnField,
  secretAccessKeyField,
  totpSeedField,
} from './fields.ts'
import { PARTITIONS } from './partitions.ts'

/** IAM user names: 1–64 of these, unique ignoring case in their account (IAM API reference, CreateUser). */
export const userNameField = z
  .string()
  .trim()
  .min(1, 'A user name is needed.')
  .max(64, 'A user name has at most 64 characters.')
  .regex(/^[\w+=,.@-]+$/, 'A user name has letters, digits and + = , . @ - _ only.')

/** IAM takes 1–128 characters of Latin-1 (CreateLoginProfile); line ends are left out: no field of the console takes them. */
export const passwordField = z
  .string()
  .min(1, 'A password is needed.')
  .max(128, 'A password has at most 128 characters.')
  .regex(/^[\x20-\x7e\xa0-\xff]+$/, 'A password has letters, digits, blanks and the signs of Latin-1 only.')

/** Why a seal is broken. CloudTrail gets it too, as far as its alphabet goes. */
export const reasonField = z
  .string()
  .trim()
  .min(3, 'A reason is needed: a few words that somebody understands later.')
  .max(500, 'A reason has at most 500 characters.')
  .regex(/^[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+$/u, 'A reason is one line of text.')

/** An account's sign-in page, with its id or alias (facts F.5). */
export const signInUrlField = z
  .string()
  .trim()
  .refine((text) => accountOfSignInUrl(text) !== undefined, {
    message: 'A sign-in address looks like https://123456789012.signin.aws.amazon.com/console.',
  })

/** The id or alias that a sign-in address is of; `undefined` when it is none of AWS's. */
export function accountOfSignInUrl(text: string): string | undefined {
  if (!URL.canParse(text)) return undefined
  const { protocol, username, password, port, hostname, pathname } = new URL(text)
  if (protocol !== 'https:' || username || password || port || !/^\/console\/?$/.test(pathname)) return undefined
  const partition = PARTITIONS.find(({ signInHost }) => hostname.endsWith(`.${signInHost}`))
  const account = partition && hostname.slice(0, -partition.signInHost.length - 1)
  // Aliases: 3–63 lower-case letters, digits and single hyphens inside (IAM API reference, CreateAccountAlias).
  return account && /^(?:\d{12}|(?=.{3,63}$)[a-z0-9]+(?:-[a-z0-9]+)*)$/.test(account) ? account : undefined
}

/** What can be inside a seal, each in a vault entry of its own. */
export const SEALED_PARTS = ['password', 'totp-seed', 'secret-access-key'] as const
export type SealedPart = (typeof SEALED_PARTS)[number]

/** What can be shown of an open one, one at a time. */
export const revealPartSchema = z.enum(['password', 'code', 'secret-access-key'])
export type RevealPart = z.infer<typeof revealPartSchema>

/** What can be copied from an open one: also what is no secret. */
export const copyPartSchema = z.enum(['user-name', 'access-key-id', ...revealPartSchema.options])
export type CopyPart = z.infer<typeof copyPartSchema>

/** Where an open one leads: the account's sign-in page, the switch-role form of a role, or the console as that role. */
export type SealedPage = 'sign-in-page' | 'role-link' | 'console'

/** What is left to do after a seal was broken. */
export const sealedTaskSchema = z.enum(['rotate-password', 'rotate-key', 'note'])
export type SealedTask = z.infer<typeof sealedTaskSchema>

export const roleLinkSchema = z.object({ name: z.string(), arn: z.string() })
export type RoleLink = z.infer<typeof roleLinkSchema>

const moment = z.iso.datetime()

/** A record as it is stored. */
export const sealedRecordSchema = z.object({
  id: z.string(),
  name: nameField,
  accountId: z.string().nullable(),
  accountAlias: z.string().nullable(),
  environment: environmentField.nullable(),
  userName: z.string(),
  userArn: z.string().nullable(),
  signInUrl: z.string().nullable(),
  accessKeyId: z.string().nullable(),
  mfaSerial: z.string().nullable(),
  holds: z.array(z.enum(SEALED_PARTS)),
  roles: z.array(roleLinkSchema),
  createdAt: moment,
  lastOpenedAt: moment.nullable(),
  passwordRotatedAt: moment.nullable(),
  keyRotatedAt: moment.nullable(),
  lastDrillAt: moment.nullable(),
  tasks: z.array(sealedTaskSchema),
})
export type SealedRecord = z.infer<typeof sealedRecordSchema>

/** One as it is shown: also whether it is open now, and where its roles' switch-role forms are. */
export const sealedCredentialSchema = sealedRecordSchema.extend({
  /** Until when it is open, in whatever process; null while sealed. */
  openUntil: moment.nullable(),
  /** The account as its person calls it. */
  accountName: z.string().nullable(),
  roles: z.array(roleLinkSchema.extend({ link: z.string().nullable() })),
})
export type SealedCredential = z.infer<typeof sealedCredentialSchema>

/** What is needed to seal one. At least one secret. */
export const newSealedSchema = z.object({
  name: nameField,
  userName: userNameField,
  accountId: accountIdField.optional(),
  environment: environmentField.optional(),
  signInUrl: signInUrlField.optional(),
  password: passwordField.optional(),
  totpSeed: totpSeedField.optional(),
  mfaSerial: mfaSerialField.optional(),
  accessKeyId: accessKeyIdField.optional(),
  secretAccessKey: secretAccessKeyField.optional(),
  roles: z.array(roleArnField).max(20).optional(),
})
export type NewSealed = z.input<typeof newSealedSchema>

export const openSealSchema = z.object({
  reason: reasonField,
  /** The credential's name, typed: asked for in production. */
  confirm: z.string().optional(),
})
export type OpenSeal = z.input<typeof openSealSchema>

/** An open seal. It closes by itself, and with the process that opened it. */
export interface Opening {
  /** Good in the process that opened it alone. */
  readonly id: string
  readonly credential: SealedCredential
  /** ISO 8601. */
  readonly until: string
  readonly reason: string
}

/** A secret while somebody looks at it. */
export interface Revealed {
  readonly value: string
  /** Of a code: how long the device still shows it. */
  readonly secondsLeft: number | null
}

/** What a file of the console holds, without its secrets. */
export const sealedFilePreviewSchema = z.object({
  userName: z.string().nullable(),
  signInUrl: z.string().nullable(),
  accessKeyId: z.string().nullable(),
  hasPassword: z.boolean(),
  isRoot: z.boolean(),
})
export type SealedFilePreview = z.infer<typeof sealedFilePreviewSchema>
