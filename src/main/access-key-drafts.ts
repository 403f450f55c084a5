/**
 * Access-key files read in main. Their secrets wait here, never in the renderer, until the person has named the
 * identity, and are forgotten after ten minutes or when used.
 */
import { randomUUID } from 'node:crypto'
import { basename } from 'node:path'
import { type AccessKeyRow, readAccessKeyFile } from '#core/access-key-csv.ts'
import { accountIdFromKeyId } from '#shared/arn.ts'
import { HallpassError } from '#shared/errors.ts'
import type { AccessKeyDraft } from '#shared/ipc.ts'

const DRAFT_LIFETIME_MS = 10 * 60 * 1000

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
  const drafts = new Map<string, AccessKeyRow>()

  return {
    async read(path) {
      const row = await readAccessKeyFile(path)
      const draftId = randomUUID()
      drafts.set(draftId, row)
      setTimeout(() => drafts.delete(draftId), DRAFT_LIFETIME_MS).unref()
      return {
        draftId,
        fileName: basename(path),
        accessKeyId: row.accessKeyId,
        accountId: accountIdFromKeyId(row.accessKeyId) ?? null,
        userName: row.userName,
        isRoot: row.isRoot,
      }
    },
    take(draftId) {
      const row = drafts.get(draftId)
      if (!row)
        throw new HallpassError('input.invalid', 'This file was read too long ago.', { hint: 'Choose it again.' })
      return { accessKeyId: row.accessKeyId, secretAccessKey: row.secretAccessKey }
    },
    forget: (draftId) => {
      drafts.delete(draftId)
    },
    forgetAll: () => drafts.clear(),
  }
}
