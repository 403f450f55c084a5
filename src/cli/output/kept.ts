/** Says that a session could not be renewed, and that the one at hand still serves. */
import type { ErrorReport } from '#shared/errors.ts'
import type { HandedOutCredentials } from '#shared/sessions.ts'
import type { CliContext } from '../context.ts'
import { clockText } from './time.ts'

/** One line on standard error, or nothing. */
export function tellIfKept(context: CliContext, name: string, { kept, expiration }: HandedOutCredentials): void {
  if (kept) context.note(`hallpass: ${keptText(name, kept, expiration)}`)
}

/** @param until when the session at hand expires */
export function keptText(name: string, kept: Pick<ErrorReport, 'message'>, until: Date): string {
  return `${name} could not be renewed and is good until ${clockText(until, Date.now())}: ${kept.message}`
}
