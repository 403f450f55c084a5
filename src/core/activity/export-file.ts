/** Writing a log to a file, for good: it is on the disk when this returns. */
import { createHash, randomUUID } from 'node:crypto'
import { closeSync, fsyncSync, openSync, writeFileSync } from 'node:fs'
import { open, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { HallpassError } from '#shared/errors.ts'
import { explainWriteError } from '../write-error.ts'

/** Lines go out in pieces of this many. */
const LINES = 500

/** Texts of many lines each, with line feeds. */
export function* inPieces(lines: Iterable<string>): Generator<string> {
  let piece: string[] = []
  for (const line of lines) {
    piece.push(line)
    if (piece.length < LINES) continue
    yield `${piece.join('\n')}\n`
    piece = []
  }
  if (piece.length > 0) yield `${piece.join('\n')}\n`
}

/**
 * Makes `file`, which only this user can read. When writing fails, what was written stays, so that nobody takes it for
 * nothing.
 * @returns the SHA-256 of what was written, hex
 * @throws `file.changed` when there is such a file; `file.not-found` without its folder; `file.permission`,
 *   `file.disk-full`; and what `lines` throws
 */
export function writeNewFile(file: string, lines: Iterable<string>): string {
  const digest = createHash('sha256')
  try {
    const handle = openSync(file, 'wx', 0o600)
    try {
      for (const piece of inPieces(lines)) {
        writeFileSync(handle, piece)
        digest.update(piece)
      }
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
  } catch (cause) {
    throw explainWriteError(cause, file)
  }
  return digest.digest('hex')
}

/**
 * Makes `file`, which only this user can read, or takes the place of the one that is there; in slices. Readers see the
 * whole file or none of it, and when writing fails nothing has changed.
 * @throws `file.not-a-file`, `file.not-found` without its folder, `file.permission`, `file.disk-full`; what `lines` throws
 */
export async function saveFile(file: string, lines: Iterable<string>): Promise<void> {
  const temporary = join(dirname(file), `.${basename(file).slice(0, 100)}.${randomUUID().slice(0, 8)}.tmp`)
  try {
    if ((await stat(file).catch(() => undefined))?.isDirectory())
      throw new HallpassError('file.not-a-file', `${file} is a folder.`, { hint: 'Choose another name.' })
    const handle = await open(temporary, 'wx', 0o600)
    try {
      for (const piece of inPieces(lines)) await handle.writeFile(piece)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await rename(temporary, file)
  } catch (cause) {
    await rm(temporary, { force: true }).catch(() => undefined)
    throw explainWriteError(cause, file)
  }
}
