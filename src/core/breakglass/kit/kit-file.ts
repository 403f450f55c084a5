/** Writes a kit: a new file that only this user can read, whole or not at all. */
import { randomUUID } from 'node:crypto'
import { constants, copyFile, link, open, rm } from 'node:fs/promises'
import { explainWriteError } from '../../write-error.ts'

/** What systems say of a disk that knows no links, as a memory stick often is. */
const NO_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS']

/**
 * @param linkFile how the file gets its name
 * @throws `file.changed` when there is such a file, `file.not-found` without its folder, `file.disk-full`, `file.permission`
 */
export async function writeKitFile(file: string, bytes: Uint8Array, linkFile: typeof link = link): Promise<void> {
  const temporary = `${file}.${randomUUID()}.part`
  try {
    const handle = await open(temporary, 'wx', 0o600)
    try {
      await handle.writeFile(bytes)
      await handle.sync()
    } finally {
      await handle.close()
    }
    // Unlike a rename, neither takes the place of a file that is there.
    await linkFile(temporary, file).catch((error: NodeJS.ErrnoException) => {
      if (!NO_LINKS.includes(error.code ?? '')) throw error
      return copyFile(temporary, file, constants.COPYFILE_EXCL)
    })
  } catch (cause) {
    throw explainWriteError(cause, file)
  } finally {
    await rm(temporary, { force: true })
  }
}
