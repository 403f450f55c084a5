/** `hallpass profile undo`. */
import type { FileEdit } from '#core/profile-service.ts'
import { HallpassError, isHallpassError } from '#shared/errors.ts'
import type { CliContext } from '../context.ts'
import type { Handler } from '../descriptor.ts'
import { colourDiff } from '../output/diff.ts'
import { clockText } from '../output/time.ts'

export const profileUndo: Handler = async (context, invocation) => {
  const chosen = ['list', 'dryRun', 'skip'].filter((flag) => invocation.flag(flag))
  if (chosen.length > 1) {
    throw new HallpassError('usage.invalid', '--list, --dry-run and --skip don’t go together.', {
      hint: 'Give one of them, or none to take the last edit back.',
    })
  }
  const { profiles } = await context.hallpass()
  switch (chosen[0]) {
    case 'list':
      list(context, await profiles.edits())
      break
    case 'dryRun':
      show(context, await profiles.planUndo().catch(suggestSkipping), 'Would take back')
      break
    case 'skip': {
      const edit = await profiles.forgetEdit()
      if (context.json) context.jsonData({ skipped: edit })
      else context.note(`Left as it is: ${edit.description}. The edit before it is now the last.`)
      break
    }
    default:
      show(context, await profiles.undo().catch(suggestSkipping), 'Took back')
  }
  return 0
}

function list(context: CliContext, edits: readonly FileEdit[]): void {
  if (context.json) context.jsonData(edits)
  else if (edits.length === 0) context.note('There is no edit of the AWS files to take back.')
  else {
    context.table(
      [{ title: 'edit' }, { title: 'when' }, { title: 'files', shrinks: true }],
      edits.map(({ description, at, files }) => [
        { text: description, format: 'bold' },
        clockText(at, Date.now()),
        files.join(', '),
      ]),
    )
  }
}

function show(context: CliContext, edit: FileEdit, done: string): void {
  if (context.json) {
    context.jsonData(edit)
    return
  }
  context.note(`${done}: ${edit.description}, ${clockText(edit.at, Date.now())}.`)
  if (edit.diff === '') context.note('No line of the files changes: they are as they were already.')
  else context.data(colourDiff(context.style, edit.diff))
}

function suggestSkipping(error: unknown): never {
  if (!isHallpassError(error, 'undo.conflict')) throw error
  throw new HallpassError(error.code, error.message, {
    hint: 'Change those lines by hand, and go on to the edit before with hallpass profile undo --skip',
    cause: error,
  })
}
