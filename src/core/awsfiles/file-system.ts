/** The file-system calls an edit makes, as one object, so that a test can stop an edit at any of them. */
import * as nodeFs from 'node:fs/promises'

export type FileSystem = Pick<
  typeof nodeFs,
  'access' | 'lstat' | 'mkdir' | 'open' | 'readFile' | 'readdir' | 'readlink' | 'realpath' | 'rename' | 'rm' | 'stat'
>

export const realFileSystem: FileSystem = nodeFs
