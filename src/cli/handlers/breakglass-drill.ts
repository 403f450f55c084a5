/** `hallpass breakglass drill`: the emergency path, rehearsed on the practice account. */
import type { DrillOptions } from '#core/breakglass/drill/drill.ts'
import { type DrillReport, type DrillStepReport, failedSteps } from '#shared/breakglass-drill.ts'
import { HallpassError } from '#shared/errors.ts'
import type { CliContext } from '../context.ts'
import type { Handler } from '../descriptor.ts'
import { openTerminal, type Terminal } from '../input/terminal.ts'
import { DRILL_TITLES, drillRows, drillSummary, inEarnest } from '../output/describe-drill.ts'
import { untilStopped } from '../until-stopped.ts'

export const breakglassDrill: Handler = async (context, invocation) => {
  const { breakglass } = await context.hallpass()
  const given = invocation.argument('name')
  const name = given === '' ? undefined : breakglass.show(given).name
  const isAlone = invocation.flag('yes') === true
  const terminal = isAlone ? undefined : terminalOf(context)
  let report: DrillReport
  try {
    report = await rehearse(context, name, terminal)
  } finally {
    terminal?.close()
  }
  if (context.json) context.jsonData(report)
  else {
    const columns = [{ title: 'step' }, { title: '' }, { title: 'seconds' }, { title: 'note', shrinks: true }]
    context.table(columns, drillRows(report))
  }
  context.note(drillSummary(report))
  await breakglass.drilled(report)
  return failedSteps(report).length === 0 ? 0 : 1
}

/** @throws `input.required` without one */
function terminalOf(context: CliContext): Terminal {
  const terminal = context.host.stdin.isTTY ? openTerminal(context.host) : undefined
  if (terminal) return terminal
  throw new HallpassError('input.required', 'A drill asks before each of its steps, and there is no terminal.', {
    hint: 'Give --yes to let it run by itself.',
  })
}

/** @throws `cancelled` at a signal or Ctrl-C: nothing is left of the drill then, nor recorded */
async function rehearse(
  context: CliContext,
  name: string | undefined,
  terminal: Terminal | undefined,
): Promise<DrillReport> {
  const [{ openDrillWorld }, { runDrill }] = await Promise.all([
    import('#core/breakglass/drill/world.ts'),
    import('#core/breakglass/drill/drill.ts'),
  ])
  return untilStopped(async (signal) => {
    const world = await context.progress.during('Starting the practice account', openDrillWorld())
    try {
      const alone = { name, signal }
      const options = terminal ? { ...alone, ...withPerson(terminal, name) } : alone
      const work = runDrill({ hallpass: world.hallpass, from: world.from }, options)
      return terminal ? await work : await context.progress.during('Rehearsing the emergency path', work)
    } finally {
      await world.end()
    }
  })
}

function withPerson(terminal: Terminal, name: string | undefined): Pick<DrillOptions, 'confirm' | 'onStep'> {
  terminal.say('A drill on the practice account: nothing in AWS is touched. Enter does a step, s skips it.')
  return {
    async confirm(step, { number, of }) {
      const lines = inEarnest(step, name).replaceAll('\n', '\n  ')
      terminal.say(`\n${number}/${of}  ${DRILL_TITLES[step]}\n  In the real case: ${lines}`)
      for (;;) {
        const answer = (await terminal.ask('  Enter, or s: ')).toLowerCase()
        if (answer === '') return 'do'
        if (answer === 's') return 'skip'
      }
    },
    onStep: ({ id, done, note, seconds }: DrillStepReport) => {
      const result = done ? 'Done' : seconds === null ? `Missed: ${DRILL_TITLES[id]}` : 'Failed'
      terminal.say(`  ${result}. ${note ?? ''}`)
    },
  }
}
