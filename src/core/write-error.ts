/** Says why a file that a person named could not be written. */
import { HallpassError } from '#shared/errors.ts'

/** @returns `file.changed` when there is such a file, `file.not-found` without its folder, `file.disk-full`, `file.permission`; what is no failure of the file system as it is */
export function explainWriteError(cause: unknown, file: string): unknown {
  if (!(cause instanceof Error && 'code' in cause && 'syscall' in cause)) return cause
  switch (cause.code) {
    case 'EEXIST':
      return new HallpassError('file.changed', `There is a file ${file} already.`, { hint: 'Choose another name.' })
    case 'ENOENT':
    case 'ENOTDIR':
      return new HallpassError('file.not-found', `There is no folder for ${file}.`, { hint: 'Make it first.' })
    case 'ENOSPC':
    case 'EDQUOT':
      return new HallpassError('file.disk-full', `There is no space left on the disk of ${file}.`, {
        hint: 'Free some space, then try again.',
        cause,
      })
    default:
      return new HallpassError('file.permission', `${file} can’t be written.`, {
        hint: 'Choose a folder you can write to.',
        cause,
      })
  }
}
