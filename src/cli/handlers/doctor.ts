/** `hallpass doctor`: the checks, the repairs there are, and the report. */
import { resolve } from 'node:path'
import { writeNewFile } from '#core/activity/export-file.ts'
import type { DoctorCheck, DoctorFindings, DoctorRepair } from '#shared/doctor.ts'
import type { CliContext } from '../context.ts'
import type { Handler } from '../descriptor.ts'
import { withoutControls } from '../output/style.ts'

/** Something does not work. */
const FAILS = 1

export const doctor: Handler = async (context, invocation) => {
  const hallpass = await context.hallpass()
  const { version } = context.host
  const reportTo = invocation.text('report')
  if (reportTo !== undefined) {
    // The parser has checked the choice.
    const names = invocation.text('names') === 'left-out' ? 'left-out' : 'hashed'
    const text = await context.progress.during('Looking at everything', hallpass.doctor.report(version, names))
    const path = resolve(reportTo)
    // Never over a file that is there.
    writeNewFile(path, [text.trimEnd()])
    if (context.json) context.jsonData({ file: path, names })
    else context.note(`The report is in ${path}. Read it before you send it to somebody.`)
    return 0
  }
  const look = (words: string) =>
    context.progress.during(words, hallpass.doctor.check(version, { askAws: invocation.flag('aws') === true }))
  let findings = await look('Looking at everything')
  if (invocation.flag('repair')) {
    const repairs = new Set(findings.checks.flatMap(({ next }) => next?.repair ?? []))
    for (const repair of repairs) {
      await hallpass.doctor.repair(repair)
      context.note(DONE[repair])
    }
    if (repairs.size > 0) findings = await look('Looking again')
  }
  if (context.json) context.jsonData(findings)
  else show(context, findings)
  return findings.checks.some(({ state }) => state === 'fail') ? FAILS : 0
}

const DONE: Readonly<Record<DoctorRepair, string>> = {
  'repair-files': 'Made the safe repairs in the AWS files. Take them back with: hallpass profile undo',
  'repair-command': 'Wrote the command that profiles run.',
  'clear-static-keys': 'Took keys of sessions that are over out of the AWS files.',
  'tighten-folder': 'Made the state folder yours alone.',
}

const MARKS = { ok: ['green', 'ok  '], warn: ['yellow', 'look'], fail: ['red', 'FAIL'] } as const

function show(context: CliContext, { checks }: DoctorFindings): void {
  context.data(checks.map((check) => render(context, check)).join('\n'))
  const count = (state: DoctorCheck['state']) => checks.filter((check) => check.state === state).length
  const [failed, odd] = [count('fail'), count('warn')]
  const words = [
    ...(failed > 0 ? [`${failed} ${failed === 1 ? 'does' : 'do'} not work`] : []),
    ...(odd > 0 ? [`${odd} to look at`] : []),
  ]
  context.note(words.length > 0 ? `\n${words.join(', ')}.` : '\nAll is well.')
}

function render({ style }: CliContext, { state, title, why, next }: DoctorCheck): string {
  const [colour, mark] = MARKS[state]
  const more = [
    ...(why === null ? [] : [style('dim', why)]),
    ...(next ? [`${style('dim', 'next')}  ${next.text}`] : []),
    ...(next?.command ? [`${style('dim', 'run')}   ${next.command}`] : []),
  ]
  return [`${style(colour, mark)}  ${title}`, ...more.map((line) => `      ${line}`)].map(withoutControls).join('\n')
}
