/** Moving in: what Hallpass makes of profiles that are there, and what became of it. Never a secret. */
import { z } from 'zod'
import { errorReportSchema } from './ipc/common.ts'

/** One profile of the AWS files, or what another tool has instead. */
export const importItemSchema = z.object({
  /** What it is called there; each once. */
  profile: z.string(),
  /**
   * `identity`: its access key goes to the vault; `role`: it becomes a role; `known`: Hallpass has it already;
   * `skipped`: it stays what it is, the notes say why.
   */
  outcome: z.enum(['identity', 'role', 'known', 'skipped']),
  /** What it is called in Hallpass; null when it is skipped. */
  name: z.string().nullable(),
  accountId: z.string().nullable(),
  /** Of an access key. */
  accessKeyId: z.string().nullable(),
  /** Of a role; a pattern of one that comes with Identity Center. */
  arn: z.string().nullable(),
  /** Of a role that comes with Identity Center. */
  permissionSet: z.string().nullable(),
  /** Name, in Hallpass, of what the role starts from. */
  from: z.string().nullable(),
  mfa: z.boolean(),
  /** A long-term secret access key stands in the files under this profile. */
  plaintextKey: z.boolean(),
  /** Profiles that have to be imported for this one to be. */
  needs: z.array(z.string()),
  /** Whole sentences: why it is skipped or renamed, what of it is left out. */
  notes: z.array(z.string()),
})
export type ImportItem = z.infer<typeof importItemSchema>

/** An IAM Identity Center that roles of the plan come from. Nobody signs in while things are taken in. */
export const identityCenterFoundSchema = z.object({
  /** What it is called in Hallpass. */
  name: z.string(),
  startUrl: z.string(),
  region: z.string(),
  /** `new`: it becomes an identity as soon as one of its roles is taken in; `known`: Hallpass has it already. */
  outcome: z.enum(['new', 'known']),
  /** Items of the plan, by `profile`. */
  roles: z.array(z.object({ profile: z.string(), accountId: z.string(), roleName: z.string() })),
  /** Whole sentences: what it is called differently for, and how to sign in. */
  notes: z.array(z.string()),
})
export type IdentityCenterFound = z.infer<typeof identityCenterFoundSchema>

/** Where things are taken in from. */
export const importSourceSchema = z.discriminatedUnion('kind', [
  /** A config or a credentials file, absolute, instead of those in force. */
  z.object({ kind: z.literal('aws-files'), file: z.string().max(4096).optional() }),
  /** Leapp's workspace, absolute; the one in the home folder when left out. */
  z.object({ kind: z.literal('leapp'), file: z.string().max(4096).optional() }),
  z.object({
    kind: z.literal('aws-vault'),
    /** Have the aws-vault program give the keys, whatever it keeps them in. */
    withProgram: z.boolean().optional(),
  }),
  z.object({
    kind: z.literal('switch-roles'),
    /** The configuration of a switch-roles extension. */
    text: z.string().max(1024 * 1024),
    /** Name, in Hallpass, of what roles start from whose own start is not known. */
    from: z.string().max(64).optional(),
  }),
])
export type ImportSource = z.infer<typeof importSourceSchema>
export type ImportKind = ImportSource['kind']

export const importPlanSchema = z.object({
  /** The files that were read, absolute. */
  files: z.array(z.string()),
  /** In the order of the source. */
  items: z.array(importItemSchema),
  identityCenters: z.array(identityCenterFoundSchema),
})
export type ImportPlan = z.infer<typeof importPlanSchema>

/** What became of one profile. */
export const importedItemSchema = importItemSchema.extend({
  /** `left-out`: it was not chosen. */
  result: z.enum(['added', 'known', 'skipped', 'left-out', 'failed']),
  /** AWS has accepted the key; null when it was not asked, or this is no key. */
  verified: z.boolean().nullable(),
  /** The plaintext key in the files gave way to a profile of Hallpass's. */
  moved: z.boolean(),
  /** Why it failed, or why the plaintext key could not be moved. */
  error: errorReportSchema.nullable(),
})
export type ImportedItem = z.infer<typeof importedItemSchema>

export const importResultSchema = importPlanSchema.extend({ items: z.array(importedItemSchema) })
export type ImportResult = z.infer<typeof importResultSchema>

/** How to import. */
export interface ImportOptions {
  /** The AWS files in force when left out. */
  readonly source?: ImportSource | undefined
  /** Profiles to import, with what they need; all of them when left out. */
  readonly profiles?: readonly string[] | undefined
  /** Have profiles of Hallpass's take the place of plaintext keys, which go on working. */
  readonly moveKeys?: boolean | undefined
  /** `false` stores keys without asking AWS. */
  readonly verify?: boolean | undefined
}
