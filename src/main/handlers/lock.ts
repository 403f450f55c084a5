/** Locking. */
import type { HandlerParts, Handlers } from './parts.ts'

export function lockHandlers({ lock, systemAuth, hallpass }: HandlerParts): Handlers<'lock'> {
  return {
    'lock.state': async () => {
      // Finding out takes a moment, which an open window has no use for, and in which the state can change.
      const method = lock.isClosed && hallpass.settings.get().unlockWithSystem ? await systemAuth.method() : null
      return { ...lock.state(), method }
    },
    'lock.now': async () => {
      await lock.lock('asked')
    },
    'lock.unlock': async () => {
      await lock.unlock(systemAuth)
    },
  }
}
