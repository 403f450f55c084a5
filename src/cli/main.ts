/** Runs one command from its words to its exit code. Nothing escapes: every failure is reported in the one format. */
import { setTimeout as delay } from 'node:timers/promises'
import { COMMANDS, GROUPS } from './commands/index.ts'
import { CliContext } from './context.ts'
import type { CliHost, OutputStream } from './host.ts'
import { reportFailure } from './output/failure.ts'
import { buildProgram, HelpShown } from './program.ts'

/** @returns the exit code, once everything written has left the process */
export async function main(words: readonly string[], host: CliHost): Promise<number> {
  stopAtClosedPipe(host.stdout)
  const end = words.indexOf('--')
  const json = (end < 0 ? words : words.slice(0, end)).includes('--json')
  const context = new CliContext(host, json)
  let exitCode = 0
  try {
    const program = buildProgram({
      host,
      groups: GROUPS,
      commands: COMMANDS,
      run: async (descriptor, invocation) => {
        const handler = await descriptor.load()
        exitCode = (await handler(context, invocation)) ?? 0
      },
    })
    await program.parseAsync([...words], { from: 'user' })
  } catch (error) {
    exitCode = error instanceof HelpShown ? error.exitCode : await reportFailure(error, host, json)
  } finally {
    context.close()
  }
  await Promise.race([
    Promise.all([flush(host.stdout), flush(host.stderr)]),
    delay(FLUSH_MS, undefined, { ref: false }),
  ])
  return exitCode
}

/** A reader that stops reading does not keep the command alive for longer. */
const FLUSH_MS = 5000

/** `hallpass … | head` ends quietly, as it does for other tools. */
function stopAtClosedPipe(stream: OutputStream): void {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0)
    throw error
  })
}

function flush(stream: OutputStream): Promise<void> {
  return new Promise((resolve) => {
    stream.write('', () => resolve())
  })
}
