/** Turns what the operating system says about a file into Hallpass's coded errors. */
import { type ErrorCode, HallpassError, isHallpassError } from '#shared/errors.ts'

interface Explanation {
  readonly code: ErrorCode
  /** Completes "Hallpass can’t write FILE: …". */
  readonly why: string
  readonly hint: string
}

const NO_PERMISSION: Explanation = {
  code: 'file.permission',
  why: 'permission was denied',
  hint: 'Check who owns the file and its folder, and that you may write to both.',
}
const DISK_FULL: Explanation = {
  code: 'file.disk-full',
  why: 'there is no space left',
  hint: 'Free some space and try again. The file was left as it was.',
}
const NOT_A_FILE: Explanation = {
  code: 'file.not-a-file',
  why: 'it is not a regular file, or part of its path is not a folder',
  hint: 'Move what is in the way, or set AWS_CONFIG_FILE and AWS_SHARED_CREDENTIALS_FILE to regular files.',
}

const EXPLANATIONS: Readonly<Record<string, Explanation>> = {
  EACCES: NO_PERMISSION,
  EPERM: NO_PERMISSION,
  EROFS: { ...NO_PERMISSION, why: 'it is on a read-only file system' },
  ENOSPC: DISK_FULL,
  EDQUOT: { ...DISK_FULL, why: 'your disk quota is used up' },
  EISDIR: { ...NOT_A_FILE, why: 'it is a folder' },
  ENOTDIR: { ...NOT_A_FILE, why: 'part of its path is not a folder' },
  ELOOP: {
    code: 'file.unreadable',
    why: 'its symbolic links lead round in a circle',
    hint: 'Remove or repair the symbolic link.',
  },
}

/** The coded form of a failure while reading or writing `file`; a HallpassError passes unchanged. */
export function explainFileError(cause: unknown, doing: 'read' | 'write', file: string): HallpassError {
  if (isHallpassError(cause)) return cause
  const osCode = (cause as NodeJS.ErrnoException).code ?? ''
  const known = EXPLANATIONS[osCode]
  const message = `Hallpass can’t ${doing} ${file}: ${known?.why ?? `the system reported ${osCode || 'a failure'}`}.`
  return new HallpassError(known?.code ?? 'file.unreadable', message, { hint: known?.hint, cause })
}

/** True for a missing file or folder. */
export function isMissing(error: unknown): boolean {
  return (error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT'
}

/** The error for something that is there but is not a regular file. */
export function notAFile(file: string, isFolder: boolean): HallpassError {
  const why = isFolder ? 'it is a folder' : 'it is not a regular file'
  return new HallpassError(NOT_A_FILE.code, `Hallpass can’t use ${file}: ${why}.`, { hint: NOT_A_FILE.hint })
}
