/** All commands as completion needs them, taken from the parser itself: what it understands is what shells offer. */
import type { Argument, Command, Option } from 'commander'
import type { CommandDescriptor, CommandTable, Completes } from '../descriptor.ts'
import type { CliHost } from '../host.ts'
import { buildProgram } from '../program.ts'

/** What may stand in one place: few words, what {@link Completes} names, or something that only the person knows. */
export type Values = readonly string[] | Completes | 'nothing'

export interface OutlineOption {
  /** `['-h', '--help']`, the long one last. */
  readonly flags: readonly string[]
  readonly summary: string
  /** Of the value that follows; undefined for a switch. */
  readonly values: Values | undefined
  readonly repeats: boolean
}

export interface OutlineArgument {
  readonly name: string
  readonly values: Values
  readonly variadic: boolean
}

export interface OutlineCommand {
  /** `role add`; empty for `hallpass` itself. */
  readonly path: string
  readonly summary: string
  /** Names of the commands below it. */
  readonly children: readonly { readonly name: string; readonly summary: string }[]
  readonly options: readonly OutlineOption[]
  readonly arguments: readonly OutlineArgument[]
}

/** Every command, `hallpass` itself first, and each group before its commands. */
export function outlineCommands(host: CliHost, table: CommandTable): OutlineCommand[] {
  return outline(buildProgram({ host, ...table, run: async () => {} }), [], table)
}

/** @param siblings what `help` can be asked about: the parser makes that command without a parent */
function outline(
  command: Command,
  path: readonly string[],
  table: CommandTable,
  siblings: readonly string[] = [],
): OutlineCommand[] {
  const help = command.createHelp()
  const descriptor = table.commands.find((each) => each.path.join(' ') === path.join(' '))
  const below = command.commands.length > 0 ? help.visibleCommands(command) : []
  const children = below.map((child) => ({ name: child.name(), summary: help.subcommandDescription(child) }))
  const isHelp = path.at(-1) === 'help'
  const own: OutlineCommand = {
    path: path.join(' '),
    summary: help.subcommandDescription(command),
    children,
    options: help.visibleOptions(command).map((option) => outlineOption(option, descriptor)),
    arguments: isHelp
      ? [{ name: 'command', values: siblings, variadic: false }]
      : command.registeredArguments.map((argument, index) => outlineArgument(argument, descriptor, index)),
  }
  const names = command.commands.map((child) => child.name())
  return [own, ...below.flatMap((child) => outline(child, [...path, child.name()], table, names))]
}

function outlineOption(option: Option, descriptor: CommandDescriptor | undefined): OutlineOption {
  const described = descriptor?.options?.find(({ flags }) => flags === option.flags)
  const takesValue = option.required || option.optional
  return {
    flags: [option.short, option.long].filter((flag) => flag !== undefined),
    summary: option.description,
    values: takesValue ? (option.argChoices ?? described?.suggests ?? described?.completes ?? 'nothing') : undefined,
    repeats: described?.repeat ?? false,
  }
}

function outlineArgument(
  argument: Argument,
  descriptor: CommandDescriptor | undefined,
  index: number,
): OutlineArgument {
  const values = argument.argChoices ?? descriptor?.arguments?.[index]?.completes ?? 'nothing'
  return { name: argument.name(), values, variadic: argument.variadic }
}
