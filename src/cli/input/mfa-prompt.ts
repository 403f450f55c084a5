/**
 * Asks for MFA codes on the terminal. When nobody can be asked it fails at once with `mfa.required`: a command in a
 * script, or one run by an SDK, must never hang.
 */
import type { MfaPrompt, MfaPromptRequest } from '#core/capabilities.ts'
import { HallpassError } from '#shared/errors.ts'
import { mfaCodeField } from '#shared/fields.ts'
import type { CliHost } from '../host.ts'
import type { Progress } from '../output/progress.ts'
import { openTerminal, type Terminal } from './terminal.ts'

/**
 * - `person`: the command was typed; asks when standard input is a terminal.
 * - `program`: an SDK runs it, with its own idea of the streams; asks when any of them shows that a person is there.
 *   botocore passes its standard input on, the JavaScript SDK none.
 * - `background`: behind a command that has the terminal for itself; asks nobody.
 */
export type Caller = 'person' | 'program' | 'background'

/** Mistyped codes are asked for again this often before the prompt gives up. */
const ATTEMPTS = 3

export function createMfaPrompt(host: CliHost, progress: Progress, caller: Caller): MfaPrompt {
  return (request) =>
    progress.aside(async () => {
      const present = caller !== 'background' && (host.stdin.isTTY || (caller === 'program' && host.stderr.isTTY))
      const terminal = present ? openTerminal(host) : undefined
      if (!terminal) throw unattended(request, caller)
      try {
        return await askForCode(terminal, request)
      } finally {
        terminal.close()
      }
    })
}

/** Asks until the answer has the form of a code. STS judges the rest. */
export async function askForCode(terminal: Pick<Terminal, 'ask' | 'say'>, request: MfaPromptRequest): Promise<string> {
  if (request.problem) terminal.say(request.problem.message)
  const device = request.serial.split('/').at(-1) ?? request.serial
  const question = `MFA code of ${device} (${request.identity}) to start ${request.target}: `
  for (let attempt = 1; ; attempt++) {
    const answer = mfaCodeField.safeParse((await terminal.ask(question)).replaceAll(' ', ''))
    if (answer.success) return answer.data
    if (attempt === ATTEMPTS) throw new HallpassError('cancelled', 'No MFA code was given.')
    terminal.say('An MFA code has exactly 6 digits.')
  }
}

function unattended({ target, identity, problem }: MfaPromptRequest, caller: Caller): HallpassError {
  if (problem) return problem
  const command = `hallpass assume ${shellWord(target)}`
  const hint =
    caller !== 'person'
      ? `Run ${command} in a terminal first; programs then use that session.`
      : `Run it in a terminal, or start the session first: ${command} --mfa-code CODE`
  return new HallpassError(
    'mfa.required',
    `${target} needs an MFA code${target === identity ? '' : ` of ${identity}`}, and nobody can be asked here.`,
    { hint },
  )
}

/** A name as it is typed in a shell. */
export function shellWord(name: string): string {
  return /^[\w.@+=,:/-]+$/.test(name) ? name : `"${name}"`
}
