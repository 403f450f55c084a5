/** Finding the real file behind a path, and reading it with everything needed to tell later whether it changed. */
import type { BigIntStats } from 'node:fs'
import { constants } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { HallpassError } from '#shared/errors.ts'
import { explainFileError, isMissing, notAFile } from './file-errors.ts'
import type { FileSystem } from './file-system.ts'

/** Larger files are refused: an AWS file of this size is something else. */
export const MAX_FILE_BYTES = 64 * 1024 * 1024

const MAX_LINKS = 40

export interface Snapshot {
  /** Empty for a file that does not exist. */
  readonly bytes: Buffer
  /** `undefined` when the file does not exist. */
  readonly stat: BigIntStats | undefined
}

/**
 * Follows symbolic links to the file itself, which need not exist yet: writing there keeps the links of people who
 * manage their dotfiles with them.
 * @throws `file.unreadable` for links that lead round in a circle
 */
export async function resolveTarget(fs: FileSystem, file: string): Promise<string> {
  let path = resolve(file)
  for (let links = 0; links < MAX_LINKS; links++) {
    try {
      return await fs.realpath(path)
    } catch (cause) {
      if (!isMissing(cause)) throw explainFileError(cause, 'read', file)
    }
    // The file is missing; its last step may still be a link to where it should be.
    const link = await fs.readlink(path).catch((cause: NodeJS.ErrnoException) => {
      if (isMissing(cause) || cause.code === 'EINVAL') return undefined
      throw explainFileError(cause, 'read', file)
    })
    if (link === undefined) return join(await resolveFolder(fs, dirname(path), file), path.slice(dirname(path).length))
    path = resolve(dirname(path), link)
  }
  throw explainFileError({ code: 'ELOOP' }, 'read', file)
}

async function resolveFolder(fs: FileSystem, folder: string, file: string): Promise<string> {
  try {
    return await fs.realpath(folder)
  } catch (cause) {
    if (isMissing(cause)) return folder
    throw explainFileError(cause, 'read', file)
  }
}

/**
 * Reads a file whole.
 * @throws `file.not-a-file`, `file.too-large`, `file.permission`, `file.unreadable`
 */
export async function readSnapshot(fs: FileSystem, path: string): Promise<Snapshot> {
  try {
    // Non-blocking, so that a named pipe in the file's place cannot hang the call.
    const handle = await fs.open(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    try {
      const stat = await handle.stat({ bigint: true })
      if (!stat.isFile()) throw notAFile(path, stat.isDirectory())
      if (stat.size > MAX_FILE_BYTES) throw tooLarge(path)
      const bytes = await handle.readFile()
      if (bytes.length > MAX_FILE_BYTES) throw tooLarge(path)
      return { bytes, stat }
    } finally {
      await handle.close()
    }
  } catch (cause) {
    if (isMissing(cause)) return { bytes: Buffer.alloc(0), stat: undefined }
    throw explainFileError(cause, 'read', path)
  }
}

/** Whether the path still holds exactly the file that was read. */
export async function isUnchanged(fs: FileSystem, path: string, { stat: before }: Snapshot): Promise<boolean> {
  const now = await fs.stat(path, { bigint: true }).catch((cause: unknown) => {
    if (isMissing(cause)) return undefined
    throw explainFileError(cause, 'read', path)
  })
  if (!now || !before) return now === before
  return (
    now.dev === before.dev &&
    now.ino === before.ino &&
    now.size === before.size &&
    now.mtimeNs === before.mtimeNs &&
    now.ctimeNs === before.ctimeNs
  )
}

function tooLarge(path: string): HallpassError {
  const limit = MAX_FILE_BYTES / 1024 / 1024
  return new HallpassError('file.too-large', `${path} is larger than ${limit} MB, too large for an AWS file.`, {
    hint: 'Check AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE, or move the file away.',
  })
}
