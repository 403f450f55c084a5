/** `hallpass activity export`. */
import { once } from 'node:events'
import { closeSync, fsyncSync, openSync, writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { ActivityFormat } from '#core/activity/index.ts'
import { HallpassError } from '#shared/errors.ts'
import type { CliContext } from '../context.ts'
import type { Handler } from '../descriptor.ts'

/** Lines go out in pieces of this many. */
const LINES = 500

export const activityExport: Handler = async (context, invocation) => {
  const name = invocation.argument('file')
  // The parser has checked the choice.
  const format = (invocation.text('format') ?? 'jsonl') as ActivityFormat
  if (context.json && name === '') {
    throw new HallpassError('usage.invalid', 'With --json the entries need a file to go to.', {
      hint: 'Give a file, or leave --json out: the entries are JSON already.',
    })
  }
  const pieces = piecesOf((await context.hallpass()).activity.export(format))
  if (name === '') {
    for (const piece of pieces) if (!(await write(context, piece))) break
    return 0
  }
  const file = resolve(name)
  toFile(file, pieces)
  if (context.json) context.jsonData({ file, format })
  else context.note(`Wrote the activity log to ${file}.`)
  return 0
}

function* piecesOf(lines: Iterable<string>): Generator<string> {
  let piece: string[] = []
  for (const line of lines) {
    piece.push(line)
    if (piece.length < LINES) continue
    yield `${piece.join('\n')}\n`
    piece = []
  }
  if (piece.length > 0) yield `${piece.join('\n')}\n`
}

/** Waits where the reader is slower. @returns whether anybody still reads */
async function write({ host: { stdout } }: CliContext, piece: string): Promise<boolean> {
  try {
    if (!stdout.write(piece)) await once(stdout, 'drain')
    return true
  } catch {
    // The command's end reports what is wrong with standard output, if anything is.
    return false
  }
}

/** @throws `file.changed` when there is such a file, `file.permission`, `file.disk-full`, `file.not-found` */
function toFile(file: string, pieces: Iterable<string>): void {
  try {
    const handle = openSync(file, 'wx', 0o600)
    try {
      for (const piece of pieces) writeFileSync(handle, piece)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
  } catch (cause) {
    if (cause instanceof HallpassError) throw cause
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'EEXIST')
      throw new HallpassError('file.changed', `There is a file ${file} already.`, { hint: 'Choose another name.' })
    if (code === 'ENOENT')
      throw new HallpassError('file.not-found', `There is no folder for ${file}.`, { hint: 'Make it first.' })
    const full = code === 'ENOSPC' || code === 'EDQUOT'
    throw new HallpassError(full ? 'file.disk-full' : 'file.permission', `${file} can’t be written.`, {
      hint: full ? 'Free some space, then try again.' : 'Choose a folder you can write to.',
      cause,
    })
  }
}
