/** Moving in: what Hallpass makes of profiles that are there, and what became of it. Never a secret. */
import { z } from 'zod'
import { errorReportSchema } from './ipc/common.ts'

/** One profile of the AWS files. */
export const importItemSchema = z.object({
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
  /** Of a role. */
  arn: z.string().nullable(),
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

export const importPlanSchema = z.object({
  /** The files that were read, absolute. */
  files: z.array(z.string()),
  /** In the order of the files. */
  items: z.array(importItemSchema),
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
  /** Read instead of the files in force: a config or a credentials file, absolute. */
  readonly file?: string | undefined
  /** Profiles to import, with what they need; all of them when left out. */
  readonly profiles?: readonly string[] | undefined
  /** Have profiles of Hallpass's take the place of plaintext keys, which go on working. */
  readonly moveKeys?: boolean | undefined
  /** `false` stores keys without asking AWS. */
  readonly verify?: boolean | undefined
}
