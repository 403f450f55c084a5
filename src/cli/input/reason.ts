/** Why a sealed credential is opened or handed on: given as an option, or typed. It is recorded. */
import { HallpassError } from '#shared/errors.ts'
import type { Invocation } from '../invocation.ts'
import type { Terminal } from './terminal.ts'

/**
 * @param terminal undefined where there is nobody to ask
 * @param message what is said then
 * @throws `input.required`, `cancelled`
 */
export async function readReason(
  invocation: Invocation,
  terminal: Terminal | undefined,
  { question, message }: { readonly question: string; readonly message: string },
): Promise<string> {
  const reason = invocation.text('reason') ?? (await terminal?.ask(question))
  if (reason !== undefined) return reason
  throw new HallpassError('input.required', message, { hint: 'Give it with --reason.' })
}
