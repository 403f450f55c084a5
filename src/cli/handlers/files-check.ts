/** `hallpass files check`: every problem of the AWS files, and the repairs that are safe. */
import type { FileRepair, FilesCheck } from '#core/awsfiles/service.ts'
import { HallpassError } from '#shared/errors.ts'
import type { CliContext } from '../context.ts'
import type { Handler } from '../descriptor.ts'
import { openTerminal } from '../input/terminal.ts'
import { colourDiff } from '../output/diff.ts'
import { renderProblems } from '../output/file-problems.ts'

/** Something is wrong with the files: the code of `file.unparsable`, with which other commands refuse them. */
const PROBLEMS = 8

export const filesCheck: Handler = async (context, invocation) => {
  const fix = invocation.flag('fix') === true
  const dryRun = invocation.flag('dryRun') === true
  const yes = invocation.flag('yes') === true
  if (!fix && (dryRun || yes)) {
    throw new HallpassError('usage.invalid', `${dryRun ? '--dry-run' : '--yes'} goes with --fix.`, {
      hint: 'Write hallpass files check --fix --dry-run, or leave it out.',
    })
  }
  const { files } = await context.hallpass()
  const found = await context.progress.during('Checking the AWS files', files.check())
  if (!fix || dryRun || found.repairs.length === 0) {
    if (context.json) context.jsonData(toJson(found, fix))
    else report(context, found, fix)
    return found.problems.length === 0 ? 0 : PROBLEMS
  }
  if (!context.json) {
    context.data(colourDiff(context.style, preview(found.repairs)))
    if (!yes) await confirm(context)
  }
  const left = await context.progress.during('Repairing the AWS files', files.fix(found))
  if (context.json) context.jsonData({ ...toJson(left, false), fixed: left.fixed, diff: preview(found.repairs) })
  else {
    context.note(`\nRepaired ${count(left.fixed.length)}. Take it back with: hallpass profile undo`)
    if (left.problems.length > 0) {
      context.data(`\n${renderProblems(left.problems, context.style)}`)
      context.note(`\n${count(left.problems.length)} left, to be repaired by hand.`)
    }
  }
  return left.problems.length === 0 ? 0 : PROBLEMS
}

function report(context: CliContext, { problems, repairs }: FilesCheck, withRepairs: boolean): void {
  if (problems.length === 0) {
    context.note('Nothing is wrong with the AWS files.')
    return
  }
  context.data(renderProblems(problems, context.style))
  if (withRepairs && repairs.length > 0) context.data(`\n${colourDiff(context.style, preview(repairs))}`)
  const fixable = problems.filter((problem) => problem.fixable).length
  const safe = fixable > 0 ? ` ${fixable} can be repaired safely: hallpass files check --fix` : ''
  context.note(`\n${count(problems.length)}.${safe}`)
}

/** A person is asked; a script that says --fix has said it. */
async function confirm(context: CliContext): Promise<void> {
  const { host } = context
  const terminal = host.stdin.isTTY && host.stderr.isTTY ? openTerminal(host) : undefined
  if (!terminal) return
  try {
    const answer = await terminal.ask('\nMake these repairs? [y/N] ')
    if (!/^y(es)?$/i.test(answer)) throw new HallpassError('cancelled', 'Nothing was changed.')
  } finally {
    terminal.close()
  }
}

function toJson({ problems, repairs }: FilesCheck, withDiff: boolean) {
  return { problems, ...(withDiff ? { fixed: [], diff: preview(repairs) } : {}) }
}

function preview(repairs: readonly FileRepair[]): string {
  const modeOf = (mode: number) => mode.toString(8).padStart(4, '0')
  return repairs
    .map(({ file, edit, mode }) => {
      const head = edit === '' ? `--- ${file}\n+++ ${file}\n` : edit
      return mode ? `${head}-mode ${modeOf(mode.from)}\n+mode ${modeOf(mode.to)}\n` : head
    })
    .join('')
    .trimEnd()
}

const count = (problems: number) => (problems === 1 ? '1 problem' : `${problems} problems`)
