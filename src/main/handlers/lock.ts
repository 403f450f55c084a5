/** Locking. */
import type { HandlerParts, Handlers } from './parts.ts'

export function lockHandlers({ lock, systemAuth, hallpass }: HandlerParts): Handlers<'lock'> {
  return {
    'lock.state': async () => ({
      ...lock.state(),
      // Finding out takes a moment, which an open window has no use for.
      method: lock.isClosed && hallpass.settings.get().unlockWithSystem ? await systemAuth.method() : null,
    }),
    'lock.now': async () => {
      await lock.lock('asked')
    },
    'lock.unlock': async () => {
      await lock.unlock(systemAuth)
    },
  }
}
