/** What is wrong with the AWS files, file by file, for a person. */
import type { CheckedProblem, ReadProblem } from '#core/awsfiles/service.ts'
import { usersOf } from './readers.ts'
import { type Style, withoutControls } from './style.ts'

/** Problems under the file they are in; `fix` is told where there is one. */
export function renderProblems(problems: readonly (ReadProblem & Partial<CheckedProblem>)[], style: Style): string {
  const files = [...new Set(problems.map(({ file }) => file))]
  return files
    .map((file) => {
      const own = problems.filter((problem) => problem.file === file)
      return [style('bold', withoutControls(file)), ...own.map((problem) => renderProblem(problem, style))].join('\n\n')
    })
    .join('\n\n')
}

function renderProblem(problem: ReadProblem & Partial<CheckedProblem>, style: Style): string {
  const { line, code, message, fatal, breaks, fix, fixable } = problem
  const place = line > 0 ? `line ${line}` : 'whole file'
  const grave = fatal ? `  ${style('red', 'file rejected')}` : ''
  const lines = [`  ${style('yellow', place)}  ${style('dim', code)}${grave}`, `    ${withoutControls(message)}`]
  if (breaks.length > 0) lines.push(`    ${style('dim', 'breaks')}  ${usersOf(breaks)}`)
  if (fix) lines.push(`    ${style('dim', 'fix')}     ${withoutControls(fix)}${fixable ? ' (--fix does it)' : ''}`)
  return lines.join('\n')
}
