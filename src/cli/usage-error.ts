/** Rewords the parser's complaints as Hallpass errors, and keeps values out of them that may be secrets. */
import type { Command, CommanderError } from 'commander'
import { HallpassError } from '#shared/errors.ts'
import type { CommandDescriptor } from './descriptor.ts'
import { howToWrite, meantBy, pathOf } from './usage-hints.ts'

const SECRET_OPTION = /^-{1,2}(secret|password|pass|passphrase|token|seed|totp)/i

/**
 * A `usage.invalid` error whose hint says how to write it, names the nearest option or command, or the help page.
 * @param commands all there are @param descriptor of `command`, unless it is a group
 */
export function toUsageError(
  error: CommanderError,
  command: Command,
  commands: readonly CommandDescriptor[],
  descriptor: CommandDescriptor | undefined,
): HallpassError {
  const raw = error.message.replace(/^error: /, '')
  const option = error.code === 'commander.unknownOption' ? unknownOption(raw) : undefined
  if (option && SECRET_OPTION.test(option)) {
    return new HallpassError(
      'usage.invalid',
      `${option} is not an option: other people on this machine can see arguments.`,
      {
        hint: 'Pipe the secret to this command, or run it in a terminal and type it when asked.',
      },
    )
  }
  if (option && command.name() === 'exec') {
    return new HallpassError('usage.invalid', `Unknown option ${option}.`, {
      hint: 'If it belongs to the command to run, put -- in front: hallpass exec NAME -- COMMAND.',
    })
  }
  const help = `See ${pathOf(command)} --help.`
  const word = /unknown command '([^']*)'/.exec(raw)?.[1]
  const guess =
    (word && meantBy(word, command, commands)) ?? /\(Did you mean (?:one of )?(.+)\?\)/.exec(raw)?.[1] ?? undefined
  const advice =
    error.code === 'commander.missingArgument' ? howToWrite(command, descriptor) : guess && `Did you mean ${guess}?`
  const hint = advice ? `${advice} ${help}` : help
  return new HallpassError('usage.invalid', option ? `Unknown option ${option}.` : reword(raw, error.code), { hint })
}

/** Without a value: what follows `=`, or the letter of a short option, may be a secret. */
function unknownOption(raw: string): string | undefined {
  const typed = /unknown option '([^'=]*)/.exec(raw)?.[1]
  return typed && /^-[^-]/.test(typed) ? typed.slice(0, 2) : typed
}

function reword(raw: string, code: string): string {
  let text = raw.split('\n')[0] ?? raw
  // The words that were too many are left out: one of them may be a secret.
  if (code === 'commander.excessArguments') text = text.replace(/(but got \d+).*$/, '$1')
  text = text.replace(/'([^']*)'/g, '$1')
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}${/[.!?]$/.test(text) ? '' : '.'}`
}
