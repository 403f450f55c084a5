/** Says that a session could not be renewed, and that the one at hand still serves. */
import type { HandedOutCredentials } from '#shared/models.ts'
import type { CliContext } from '../context.ts'
import { clockText } from './time.ts'

/** One line on standard error, or nothing. */
export function tellIfKept(context: CliContext, name: string, { kept, expiration }: HandedOutCredentials): void {
  if (!kept) return
  const until = clockText(expiration, Date.now())
  context.note(`hallpass: ${name} could not be renewed and is good until ${until}: ${kept.message}`)
}
