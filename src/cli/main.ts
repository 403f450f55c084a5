/** Runs one command from its words to its exit code. Nothing escapes: every failure is reported in the one format. */
import { isDeepStrictEqual } from 'node:util'
import { HallpassError } from '#shared/errors.ts'
import { COMMANDS, GROUPS } from './commands/index.ts'
import { CliContext } from './context.ts'
import type { CommandTable } from './descriptor.ts'
import type { CliHost, OutputStream } from './host.ts'
import { reportFailure } from './output/failure.ts'
import { buildProgram, HelpShown } from './program.ts'

/** @returns the exit code, once everything written has left the process */
export async function main(words: readonly string[], host: CliHost): Promise<number> {
  const outputProblem = watchOutput(host.stdout)
  // What can't be said on standard error can't be said at all; the exit code still is.
  watchOutput(host.stderr)
  const end = words.indexOf('--')
  const json = (end < 0 ? words : words.slice(0, end)).includes('--json')
  const context = new CliContext(host, json, { groups: GROUPS, commands: COMMANDS })
  let exitCode = 0
  try {
    const wanted = helpWords(words)
    const program = buildProgram({
      host,
      ...partsFor(wanted),
      run: async (descriptor, invocation) => {
        const handler = await descriptor.load()
        exitCode = (await handler(context, invocation)) ?? 0
      },
    })
    await program.parseAsync(wanted, { from: 'user' })
  } catch (error) {
    exitCode = error instanceof HelpShown ? error.exitCode : await reportFailure(error, host, json)
  } finally {
    context.close()
  }
  await Promise.all([flush(host.stdout), flush(host.stderr)])
  const problem = outputProblem()
  return problem ? reportFailure(problem, host, json) : exitCode
}

/**
 * `hallpass help role add` is `hallpass role add --help`.
 * @throws `usage.invalid` when there is no such command
 */
function helpWords(words: readonly string[]): string[] {
  const [first, ...path] = words
  if (first !== 'help' || path.length === 0 || path[0]?.startsWith('-')) return [...words]
  const isKnown = [...COMMANDS.map((command) => command.path), ...GROUPS.map(({ name }) => [name])].some((known) =>
    isDeepStrictEqual(known, path),
  )
  if (isKnown) return [...path, '--help']
  throw new HallpassError('usage.invalid', `Unknown command ${path.join(' ')}.`, { hint: 'See hallpass --help.' })
}

/**
 * What the parser must know of to understand these words: only the command they begin with, where they do. A parser of
 * all commands takes longer to build than most of them take.
 */
function partsFor(words: readonly string[]): CommandTable {
  const command = COMMANDS.find(({ path }) => path.every((word, index) => words[index] === word))
  if (!command) return { groups: GROUPS, commands: COMMANDS }
  const isGrouped = command.path.length > 1
  return { groups: GROUPS.filter(({ name }) => isGrouped && name === command.path[0]), commands: [command] }
}

/**
 * Keeps a stream that can't be written to from ending the command half-way.
 * @returns asks what went wrong; a reader that left is nothing wrong, so that `hallpass … | head` ends quietly
 */
function watchOutput(stream: OutputStream): () => HallpassError | undefined {
  let problem: HallpassError | undefined
  stream.on('error', (cause: NodeJS.ErrnoException) => {
    if (cause.code === 'EPIPE') return
    problem = new HallpassError(
      cause.code === 'ENOSPC' ? 'file.disk-full' : 'file.permission',
      `Standard output can’t be written to (${cause.code ?? cause.message}).`,
      { hint: 'Check where it is sent, then run the command again.', cause },
    )
  })
  return () => problem
}

/** However long it takes: a pager reads on when its person does, and what it never got would be missing without a word. */
function flush(stream: OutputStream): Promise<void> {
  return new Promise((resolve) => {
    stream.on('close', resolve)
    stream.write('', () => resolve())
  })
}
