/** Reminds of what is left to do after a seal was broken: once a day, until it is done; locked, once it is unlocked. */
import type { SealedCredential } from '#shared/breakglass.ts'
import type { BreakGlassService } from '../breakglass/service.ts'
import type { Log } from '../capabilities.ts'

/** Milliseconds. */
const DAY = 86_400_000

export interface LockState {
  readonly isLocked: () => boolean
  /** Calls back when it was locked or unlocked. @returns a function that stops it */
  readonly onChange: (listener: () => void) => () => void
}

export interface LeftToDoParts {
  readonly breakglass: Pick<BreakGlassService, 'list'>
  /** While it is locked, nothing with a name in it is said. Absent where nothing can be locked. */
  readonly lock?: LockState | undefined
  readonly onLeft: (credential: SealedCredential) => void
  readonly log: Log
}

/** Looks now, every day, and after an unlock what the lock kept it from; keeps no process alive. @returns a function that stops it */
export function remindOfTasks({ breakglass, lock, onLeft, log }: LeftToDoParts): () => void {
  let isDue = false

  function look(): void {
    isDue = lock?.isLocked() ?? false
    if (isDue) return
    try {
      // One that is open is spoken of as open.
      for (const one of breakglass.list()) if (one.tasks.length > 0 && one.openUntil === null) onLeft(one)
    } catch (error) {
      log.warn('sealed credentials could not be read for reminders', { error })
    }
  }
  const timer = setInterval(look, DAY).unref()
  const stopListening = lock?.onChange(() => {
    if (isDue) look()
  })
  look()
  return () => {
    clearInterval(timer)
    stopListening?.()
  }
}
