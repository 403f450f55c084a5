/** Old keys go when their time has come, also where the app runs for weeks, or is locked when it comes. */
import type { Log } from '../capabilities.ts'
import type { AppLock } from '../lock/app-lock.ts'
import type { KeyRotationService } from './service.ts'

/** Milliseconds. */
const DAY = 86_400_000

export interface DueParts {
  readonly rotation: Pick<KeyRotationService, 'finishDue'>
  readonly lock: Pick<AppLock, 'isClosed' | 'onChange'>
  readonly log: Log
}

/** Looks now, once a day, and after unlocking. Never fails, and keeps no process alive. @returns a function that stops it */
export function watchDueKeys({ rotation, lock, log }: DueParts): () => void {
  let wasClosed = lock.isClosed

  function look(): void {
    // Nothing gets to AWS then; unlocking makes up for it.
    if (lock.isClosed) return
    rotation.finishDue().catch((error: unknown) => log.warn('Old keys stay for now.', { error }))
  }

  const timer = setInterval(look, DAY).unref()
  const stopListening = lock.onChange(() => {
    if (wasClosed && !lock.isClosed) look()
    wasClosed = lock.isClosed
  })
  look()
  return () => {
    clearInterval(timer)
    stopListening()
  }
}
