/** Builds the parser, and with it the help, from the command descriptions. */
import { Argument, Command, type CommanderError, Option } from 'commander'
import { type CommandDescriptor, type CommandTable, HEADINGS, type Heading } from './descriptor.ts'
import type { CliHost } from './host.ts'
import { Invocation } from './invocation.ts'
import { toUsageError } from './usage-error.ts'

/** Thrown once the parser has printed help; carries the exit code. */
export class HelpShown extends Error {
  readonly exitCode: number

  constructor(exitCode: number) {
    super('help shown')
    this.exitCode = exitCode
  }
}

export interface ProgramParts extends CommandTable {
  readonly host: CliHost
  readonly run: (descriptor: CommandDescriptor, invocation: Invocation) => Promise<void>
}

/** The parser. Parsing throws `usage.invalid`, {@link HelpShown}, or what a handler throws. */
export function buildProgram(parts: ProgramParts): Command {
  const { host, groups, commands } = parts
  const program = prepareGroup('hallpass', host, commands, HEADINGS.at(-1))
    .description('Short-term AWS credentials from keys that stay in the keychain.')
    .version(host.version, '-V, --version', 'print the version')
    .addHelpText('after', '\nRun hallpass COMMAND --help for the options and examples of a command.')
  const parents = new Map<string, Command>()
  for (const heading of HEADINGS) {
    for (const descriptor of commands.filter((each) => each.heading === heading))
      program.addCommand(buildCommand(descriptor, descriptor.path[0] ?? '', parts).helpGroup(`${heading}:`))
    for (const group of groups.filter((each) => each.heading === heading)) {
      const command = prepareGroup(group.name, host, commands)
      command.summary(group.summary).description(sentence(group.summary)).helpGroup(`${heading}:`)
      program.addCommand(command)
      parents.set(group.name, command)
    }
  }
  for (const descriptor of commands) {
    const [first = '', second] = descriptor.path
    if (second === undefined) continue
    const parent = parents.get(first)
    if (!parent) throw new Error(`no group ${first}`)
    parent.addCommand(buildCommand(descriptor, second, parts))
  }
  return program
}

function buildCommand(descriptor: CommandDescriptor, name: string, { host, commands, run }: ProgramParts): Command {
  const command = prepare(new Command(name), host, commands, descriptor).summary(descriptor.summary)
  const { summary, description } = descriptor
  command.description(description ? `${sentence(summary)}\n\n${description}` : sentence(summary))
  const names = (descriptor.arguments ?? []).map((argument) => {
    const inner = argument.variadic ? `${argument.name}...` : argument.name
    const built = new Argument(argument.optional || argument.picked ? `[${inner}]` : `<${inner}>`, argument.summary)
    if (argument.choices) built.choices([...argument.choices])
    command.addArgument(built)
    return argument.name
  })
  for (const option of descriptor.options ?? []) {
    const built = new Option(option.flags, option.summary)
    if (option.choices) built.choices([...option.choices])
    if (option.repeat) built.argParser((value: string, previous: string[] = []) => [...previous, value])
    if (option.hidden) built.hideHelp()
    command.addOption(built)
  }
  if (descriptor.json) command.option('--json', 'print JSON')
  const examples = descriptor.examples.map(({ run: line, does }) => `  # ${does}\n  ${line}`)
  command.addHelpText('after', `\nExamples:\n${examples.join('\n\n')}`)
  return command.action(async (...received: unknown[]) => {
    const missing = (descriptor.arguments ?? []).find(({ picked }, index) => picked && !received[index])
    if (missing && !(host.stdin.isTTY && host.stderr.isTTY))
      command.error(`error: missing required argument '${missing.name}'`, { code: 'commander.missingArgument' })
    const values = new Map(names.map((argument, index) => [argument, received[index] as string | string[] | undefined]))
    await run(descriptor, new Invocation(values, command.opts()))
  })
}

/** The settings every command shares: errors are thrown, never printed or turned into an exit here. */
function prepare(
  command: Command,
  host: CliHost,
  commands: ProgramParts['commands'],
  descriptor?: CommandDescriptor,
): Command {
  return command
    .enablePositionalOptions()
    .helpOption('-h, --help', 'show help')
    .configureOutput({
      writeOut: (text) => host.stdout.write(text),
      writeErr: (text) => host.stderr.write(text),
      outputError: () => {},
      getOutHelpWidth: () => host.stdout.columns ?? 100,
      getErrHelpWidth: () => host.stderr.columns ?? 100,
      getOutHasColors: () => Boolean(host.stdout.isTTY && !host.env.NO_COLOR),
      getErrHasColors: () => Boolean(host.stderr.isTTY && !host.env.NO_COLOR),
    })
    .exitOverride((error: CommanderError) => {
      if (error.exitCode === 0) throw new HelpShown(0)
      // The parser shows help for a bare group, which is a mistake in a script.
      if (error.code === 'commander.help') throw new HelpShown(2)
      throw toUsageError(error, command, commands, descriptor)
    })
}

/** @param helpHeading where its own help command is listed */
function prepareGroup(
  name: string,
  host: CliHost,
  commands: ProgramParts['commands'],
  helpHeading: Heading | 'Commands' = 'Commands',
): Command {
  return prepare(new Command(name), host, commands)
    .commandsGroup(`${helpHeading}:`)
    .helpCommand('help [command]', 'show help for a command')
}

/** Summaries stand in lists; at the top of a page they are sentences. */
function sentence(summary: string): string {
  return `${summary.charAt(0).toUpperCase()}${summary.slice(1)}.`
}
