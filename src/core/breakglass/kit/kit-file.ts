/** Writes a kit: a new file that only this user can read, whole or not at all. */
import { link, open, rm } from 'node:fs/promises'
import { explainWriteError } from '../../write-error.ts'

/** @throws `file.changed` when there is such a file, `file.not-found` without its folder, `file.disk-full`, `file.permission` */
export async function writeKitFile(file: string, bytes: Uint8Array): Promise<void> {
  const temporary = `${file}.part`
  try {
    const handle = await open(temporary, 'wx', 0o600)
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    // Unlike a rename, a link does not take the place of a file that is there.
    await link(temporary, file)
  } catch (cause) {
    throw explainWriteError(cause, file)
  } finally {
    await rm(temporary, { force: true })
  }
}
