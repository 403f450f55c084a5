/** Takes permissions from a file without touching its content. */
import { constants } from 'node:fs'
import { explainFileError } from './file-errors.ts'
import type { FileSystem } from './file-system.ts'

/**
 * @param target the real file, links followed
 * @param mode permission bits
 * @throws `file.permission` for somebody else's file
 */
export async function narrowMode(fs: FileSystem, target: string, mode: number): Promise<void> {
  try {
    // Through a handle: the path may lead elsewhere by now, and a link is not to be followed.
    const handle = await fs.open(target, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0))
    try {
      await handle.chmod(mode)
    } finally {
      await handle.close()
    }
  } catch (cause) {
    throw explainFileError(cause, 'write', target)
  }
}
