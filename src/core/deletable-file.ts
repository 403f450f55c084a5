/** Files that hold a secret in the clear, and can go once it is in the vault. */
import { createHash } from 'node:crypto'
import { unlink } from 'node:fs/promises'
import { HallpassError } from '#shared/errors.ts'
import { readSmallFile } from './small-file.ts'

export interface DeletableFile {
  readonly bytes: Buffer
  /** Removes the file, if it is still the one that was read. @throws `file.changed`, `file.*` */
  deleteFile(): Promise<void>
}

/** @throws `file.*`, also when it has more than `maxBytes` */
export async function readDeletableFile(path: string, maxBytes: number): Promise<DeletableFile> {
  const bytes = await readSmallFile(path, maxBytes)
  const digest = digestOf(bytes)
  return {
    bytes,
    async deleteFile() {
      if (digestOf(await readSmallFile(path, maxBytes)) !== digest)
        throw new HallpassError('file.changed', `${path} is no longer the file that was read.`, {
          hint: 'Look at it, and delete it by hand.',
        })
      await unlink(path).catch((error: unknown) => {
        throw new HallpassError('file.permission', `${path} can’t be deleted.`, {
          hint: 'Delete it by hand: it holds a secret in plain text.',
          cause: error,
        })
      })
    },
  }
}

/** Kept instead of the bytes, which have secrets in them. */
function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
