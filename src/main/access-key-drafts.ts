/** Access-key files read in main, whose secrets wait there until the person has named the identity. */
import { basename } from 'node:path'
import { type AccessKeyRow, readAccessKeyFile } from '#core/access-key-csv.ts'
import { accountIdFromKeyId } from '#shared/arn.ts'
import type { AccessKeyDraft } from '#shared/ipc.ts'
import { createDrafts } from './drafts.ts'

export interface AccessKeyDrafts {
  /** Reads the file at `path`. @throws `csv.invalid`, `file.*` */
  read(path: string): Promise<AccessKeyDraft>
  /** The key of a draft, which stays until `forget`. @throws `input.invalid` when it is gone */
  take(draftId: string): { accessKeyId: string; secretAccessKey: string }
  forget(draftId: string): void
  forgetAll(): void
}

/** Keeps drafts in memory. */
export function createAccessKeyDrafts(): AccessKeyDrafts {
  const drafts = createDrafts<AccessKeyRow>()

  return {
    async read(path) {
      const { key: row } = await readAccessKeyFile(path)
      return {
        draftId: drafts.keep(row),
        fileName: basename(path),
        accessKeyId: row.accessKeyId,
        accountId: accountIdFromKeyId(row.accessKeyId) ?? null,
        userName: row.userName,
        isRoot: row.isRoot,
      }
    },
    take(draftId) {
      const { accessKeyId, secretAccessKey } = drafts.take(draftId)
      return { accessKeyId, secretAccessKey }
    },
    forget: drafts.forget,
    forgetAll: drafts.forgetAll,
  }
}
