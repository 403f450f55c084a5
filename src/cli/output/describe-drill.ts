/** A drill in words: what each step is, what it takes in the real case, and what came of it. */
import { type DrillReport, type DrillStepId, failedSteps, missedSteps } from '#shared/breakglass-drill.ts'
import type { Cell } from './table.ts'

export const DRILL_TITLES: Readonly<Record<DrillStepId, string>> = {
  'set-up': 'Set up emergency access',
  open: 'Open the seal with a reason',
  'show-password': 'Show the password',
  'show-code': 'Show a code',
  'assume-role': 'Assume the support role',
  close: 'Close the seal',
  rotate: 'Change password and key',
  'write-note': 'Write the note',
  'verify-log': 'Verify the activity log',
  'take-back': 'Take it back',
}

/**
 * What to do in the real case, with the name of the credential it is a rehearsal for.
 * @param name what stands in for it when there is none in particular
 */
export function inEarnest(step: DrillStepId, name = 'NAME'): string {
  const open = `hallpass breakglass open ${name} --reason "INC-4711, console is down"`
  const texts: Readonly<Record<DrillStepId, string>> = {
    'set-up': 'Done once, long before: hallpass breakglass setup --from IDENTITY --with-mfa --with-access-key',
    open: `${open}\nThe reason is recorded before anything is shown. For production its name is typed too.`,
    'show-password': `Press p in the open seal, or: ${open} --show password\nSign in at the address that hallpass breakglass show ${name} prints.`,
    'show-code': `Press t in the open seal, or: ${open} --show code\nType it at the console’s sign-in within its 30 s.`,
    'assume-role': `${open} --assume ROLE\nFor the command line; in the console, follow the link of the role.`,
    close: `Press q in the open seal, or: hallpass breakglass close ${name}`,
    rotate: `hallpass breakglass rotate ${name}\nWhat was seen is worth nothing from then on.`,
    'write-note': `hallpass breakglass close ${name} --note "What it was used for"`,
    'verify-log': 'hallpass activity verify',
    'take-back': `Only when it is no longer wanted: hallpass breakglass undo ${name}`,
  }
  return texts[step]
}

/** Rows of step, result, seconds and note. */
export function drillRows({ steps }: DrillReport): (readonly (string | Cell)[])[] {
  return steps.map(({ id, done, seconds, note }) => [
    { text: DRILL_TITLES[id], format: 'bold' },
    done
      ? { text: 'done', format: 'green' }
      : { text: seconds === null ? 'missed' : 'failed', format: seconds === null ? 'yellow' : 'red' },
    seconds === null ? '–' : seconds.toFixed(1),
    note ?? '',
  ])
}

/** The whole of it in a sentence or two. */
export function drillSummary(report: DrillReport): string {
  const [failed, missed] = [failedSteps(report).length, missedSteps(report).length]
  const whole = `The drill took ${report.seconds.toFixed(1)} s.`
  if (failed + missed === 0) return `${whole} Every step was done.`
  const parts = [failed > 0 ? `${failed} failed` : '', missed > 0 ? `${missed} missed` : ''].filter(
    (part) => part !== '',
  )
  const counts = `Of ${report.steps.length} steps, ${parts.join(' and ')}.`
  return report.name === null
    ? `${whole} ${counts}`
    : `${whole} ${counts} It does not count as a drill of ${report.name}.`
}
