/** Asks before something is changed that is not easily taken back. */
import { HallpassError } from '#shared/errors.ts'
import type { CliContext } from '../context.ts'
import { openTerminal } from './terminal.ts'

export interface Confirmation {
  readonly question: string
  /** What has to be typed; capitals make no difference. */
  readonly answer: string
  /** Said where there is nobody to ask: what it does, and what to give instead. */
  readonly message: string
  readonly hint: string
}

/** @throws `input.required` without a terminal, `cancelled` for any other answer */
export async function confirm({ host }: CliContext, { question, answer, message, hint }: Confirmation): Promise<void> {
  const terminal = host.stdin.isTTY ? openTerminal(host) : undefined
  if (!terminal) throw new HallpassError('input.required', message, { hint })
  try {
    if ((await terminal.ask(question)).toLowerCase() !== answer.toLowerCase())
      throw new HallpassError('cancelled', 'Nothing was changed.')
  } finally {
    terminal.close()
  }
}
