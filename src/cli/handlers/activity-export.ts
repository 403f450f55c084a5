/** `hallpass activity export`. */
import { once } from 'node:events'
import { resolve } from 'node:path'
import { type ActivityFormat, inPieces, writeNewFile } from '#core/activity/index.ts'
import { HallpassError } from '#shared/errors.ts'
import type { CliContext } from '../context.ts'
import type { Handler } from '../descriptor.ts'

export const activityExport: Handler = async (context, invocation) => {
  const name = invocation.argument('file')
  const move = invocation.flag('move') === true
  // The parser has checked the choice.
  const format = (invocation.text('format') ?? 'jsonl') as ActivityFormat
  refuseContradictions(name, format, move, context.json)
  const { activity } = await context.hallpass()
  if (name === '') {
    for (const piece of inPieces(activity.export(format))) if (!(await write(context, piece))) break
    return 0
  }
  const file = resolve(name)
  const moved = move ? await activity.moveTo(file) : undefined
  if (moved === undefined) writeNewFile(file, activity.export(format))
  if (context.json) context.jsonData({ file, format, ...(moved === undefined ? {} : { moved }) })
  else if (moved === undefined) context.note(`Wrote the activity log to ${file}.`)
  else context.note(`Moved ${moved} entries to ${file}. Keep it: they are nowhere else now.`)
  return 0
}

/** @throws `usage.invalid` */
function refuseContradictions(name: string, format: ActivityFormat, move: boolean, json: boolean): void {
  if (name === '' && (json || move)) {
    throw new HallpassError('usage.invalid', `With ${move ? '--move' : '--json'} the entries need a file to go to.`, {
      hint: 'Give a file, or leave the option out.',
    })
  }
  if (move && format !== 'jsonl') {
    throw new HallpassError('usage.invalid', 'Only JSON lines can be moved: nobody can check the hashes of a table.', {
      hint: 'Leave --format out.',
    })
  }
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
