/** The sentences of the lock screen. */
import type { LockReason, UnlockMethod } from '#shared/ipc/lock.ts'
import { countOf } from '../lib/format.ts'

export const lockStrings = {
  lock: {
    now: 'Lock now',
    title: 'Hallpass is locked',
    because: {
      asked: (ago: string) => `Locked by hand, ${ago}.`,
      idle: (ago: string) => `Locked after a time without input, ${ago}.`,
      screen: (ago: string) => `Locked with the screen, ${ago}.`,
      sleep: (ago: string) => `Locked before the computer slept, ${ago}.`,
    } satisfies Record<LockReason, (ago: string) => string>,
    nothingStarts: 'No key is read. No session starts or renews until you unlock.',
    kept: (count: number, until: string) =>
      count === 1
        ? `1 session goes on serving the command line until ${until}.`
        : `${countOf(count, 'session')} go on serving the command line, the last until ${until}.`,
    ended: (count: number) => (count === 1 ? '1 session was ended.' : `${countOf(count, 'session')} were ended.`),
    notEnded: (count: number, until: string) =>
      count === 1
        ? `1 session could not be ended. It serves the command line until ${until}.`
        : `${countOf(count, 'session')} could not be ended. They serve the command line, the last until ${until}.`,
    noneLive: 'No session is live.',
    unlock: 'Unlock',
    unlocking: {
      'touch-id': 'Waiting for Touch ID',
      polkit: 'Waiting for your password',
      keychain: 'Asking the keychain',
    },
    asks: {
      'touch-id': 'Asks for Touch ID, then reads from the keychain.',
      polkit: 'Asks for your password, then reads from the keychain.',
      keychain: 'Reads from the keychain. While that is open, nothing else is asked.',
    } satisfies Record<UnlockMethod | 'keychain', string>,
    vaultLocked: 'The keychain is locked too.',
    vaultLockedHint: 'Unlocking opens its own question.',
  },
} as const
