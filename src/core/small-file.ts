/** Reads a file a person named, when it is one that fits in memory. Every failure is a coded error with the path. */
import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { type ErrorCode, HallpassError } from '#shared/errors.ts'

const CODES: Readonly<Record<string, readonly [ErrorCode, string]>> = {
  ENOENT: ['file.not-found', 'does not exist'],
  ENOTDIR: ['file.not-found', 'does not exist'],
  EACCES: ['file.permission', 'can’t be read: permission denied'],
  EPERM: ['file.permission', 'can’t be read: permission denied'],
  EISDIR: ['file.not-a-file', 'is a folder'],
}

/**
 * @param maxBytes the largest size accepted
 * @throws `file.not-found`, `file.permission`, `file.not-a-file`, `file.too-large`, `file.unreadable`
 */
export async function readSmallFile(path: string, maxBytes: number): Promise<Buffer> {
  try {
    // Without waiting: opening a pipe would otherwise hang until somebody writes to it.
    const file = await open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    try {
      const stat = await file.stat()
      if (!stat.isFile()) {
        throw new HallpassError('file.not-a-file', `${path} is not a file.`, { hint: 'Check the path.' })
      }
      if (stat.size > maxBytes) {
        throw new HallpassError('file.too-large', `${path} is too large: it has ${stat.size} bytes.`, {
          hint: 'Check that it is the right file.',
        })
      }
      return await file.readFile()
    } finally {
      await file.close()
    }
  } catch (error) {
    if (error instanceof HallpassError) throw error
    const system = (error as NodeJS.ErrnoException).code ?? ''
    const [code, what] = CODES[system] ?? ['file.unreadable', `can’t be read (${system || 'unknown reason'})`]
    throw new HallpassError(code, `${path} ${what}.`, { hint: 'Check the path.', cause: error })
  }
}
