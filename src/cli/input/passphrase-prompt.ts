/**
 * Asks for the passphrase of the encrypted file on the terminal; hidden, and twice for a new one. Standard input is
 * left alone: it may hold a secret, or belong to an AWS tool. Where nobody can be asked, it fails at once.
 */
import type { PassphrasePrompt, PassphraseRequest } from '#core/capabilities.ts'
import { locked } from '#core/vault/file/errors.ts'
import { HallpassError } from '#shared/errors.ts'
import type { CliHost } from '../host.ts'
import type { Progress } from '../output/progress.ts'
import type { Caller } from './mfa-prompt.ts'
import { openTerminal, type Terminal } from './terminal.ts'

const ATTEMPTS = 3

export function createPassphrasePrompt(host: CliHost, progress: Progress, caller: Caller): PassphrasePrompt {
  return (request) =>
    progress.aside(async () => {
      // A terminal alone shows nobody: an SDK's process may have one, with all its streams elsewhere.
      const isPresent = caller !== 'background' && (host.stdin.isTTY || host.stderr.isTTY)
      const terminal = isPresent ? openTerminal(host) : undefined
      if (!terminal) throw locked()
      try {
        return await askForPassphrase(terminal, request)
      } finally {
        terminal.close()
      }
    })
}

/** @throws `cancelled` for an empty answer, or after new ones that differed again and again */
export async function askForPassphrase(
  terminal: Pick<Terminal, 'ask'>,
  { isNew, problem }: PassphraseRequest,
): Promise<string> {
  // What was wrong stands before the question, not apart from it: the terminal already hides what is typed by then.
  let before = problem ? `${problem.message}\n` : ''
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const question = isNew ? 'New passphrase for the encrypted file (not shown): ' : 'Passphrase (not shown): '
    const typed = await terminal.ask(`${before}${question}`, { hidden: true })
    if (typed === '') break
    if (!isNew || (await terminal.ask('The same again: ', { hidden: true })) === typed) return typed
    before = 'These two are not the same.\n'
  }
  throw new HallpassError('cancelled', 'No passphrase was given.')
}
