/** Reminds of what is left to do after a seal was broken: once a day, until it is done. */
import type { SealedCredential } from '#shared/breakglass.ts'
import type { BreakGlassService } from '../breakglass/service.ts'
import type { Log } from '../capabilities.ts'

/** Milliseconds. */
const DAY = 86_400_000

export interface LeftToDoParts {
  readonly breakglass: Pick<BreakGlassService, 'list'>
  /** While it is locked, nothing with a name in it is said. */
  readonly isLocked: () => boolean
  readonly onLeft: (credential: SealedCredential) => void
  readonly log: Log
}

/** Looks now and every day; keeps no process alive. @returns a function that stops it */
export function remindOfTasks({ breakglass, isLocked, onLeft, log }: LeftToDoParts): () => void {
  function look(): void {
    if (isLocked()) return
    try {
      // One that is open is spoken of as open.
      for (const one of breakglass.list()) if (one.tasks.length > 0 && one.openUntil === null) onLeft(one)
    } catch (error) {
      log.warn('sealed credentials could not be read for reminders', { error })
    }
  }
  const timer = setInterval(look, DAY).unref()
  look()
  return () => clearInterval(timer)
}
