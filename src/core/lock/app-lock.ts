/**
 * The lock of the app. While it is locked, no session is started or renewed and no long-term secret is read (gate.ts),
 * and its window is answered nothing (main's ipc.ts). Sessions that are kept go on serving the command line until they
 * run out. The lock outlasts the process: who quits a locked app starts a locked one.
 *
 * Unlocking asks the operating system where it can, and always the keychain: an entry of this store is read from it, so
 * that a locked keychain asks its own question.
 */
import { z } from 'zod'
import { isHallpassError } from '#shared/errors.ts'
import { type LockReason, type LockState, lockReasonSchema } from '#shared/ipc/lock.ts'
import type { Clock, Log } from '../capabilities.ts'
import type { SessionService } from '../sessions/service.ts'
import type { SettingsService } from '../settings.ts'
import type { Store } from '../store/types.ts'
import type { Vault } from '../vault/types.ts'
import { type Gate, lockedError } from './gate.ts'
import type { SystemAuth } from './system-auth.ts'

const KEY = 'app.lock'

/** A lock as it is remembered. */
const recordSchema = z.object({
  since: z.string(),
  because: lockReasonSchema,
  ended: z.int().nullable(),
})
type LockRecord = z.output<typeof recordSchema>

export interface AppLockParts {
  readonly store: Pick<Store, 'setting' | 'setSetting' | 'vaultIndex'>
  /** The keychain itself, not what remembers its entries or is gated. */
  readonly vault: Pick<Vault, 'get'>
  readonly sessions: Pick<SessionService, 'list' | 'rotateKey'>
  readonly settings: Pick<SettingsService, 'get'>
  readonly clock: Clock
  readonly log: Log
}

export interface AppLock extends Gate {
  /** Locks and unlocks this from now on; locked at once if it was left so. Called by `createHallpass`. */
  over(parts: AppLockParts): void
  state(): LockState
  /** Closes at once; resolves when the sessions that are to end have ended. Never fails. */
  lock(because: LockReason): Promise<void>
  /** @throws `unlock.refused`, `cancelled`, `vault.*`; `app.locked` when it was locked again meanwhile */
  unlock(auth: SystemAuth): Promise<void>
  /** Calls back when it was locked or unlocked, and when the sessions of a lock have ended. @returns a function that stops it */
  onChange(listener: () => void): () => void
}

export function createAppLock(): AppLock {
  const listeners = new Set<() => void>()
  let parts: AppLockParts | undefined
  let record: LockRecord | null = null
  let locking = Promise.resolve()
  let unlocking: Promise<void> | undefined
  /** How often it was locked: an unlocking that began before the last time opens nothing. */
  let times = 0

  function attached(): AppLockParts {
    if (!parts) throw new TypeError('The lock has nothing to lock yet.')
    return parts
  }

  function note(next: LockRecord | null): void {
    record = next
    const { store, log } = attached()
    try {
      store.setSetting(KEY, next === null ? '' : JSON.stringify(next))
    } catch (error) {
      // It holds in this process all the same.
      log.warn('The lock could not be remembered.', { error })
    }
    for (const listener of listeners) listener()
  }

  const live = () =>
    attached()
      .sessions.list()
      .filter(({ state }) => state === 'active')

  async function endSessions(): Promise<void> {
    const { sessions, log } = attached()
    const before = live().length
    // With a new key also what is being sealed at this moment can't be opened any more.
    await sessions.rotateKey().catch((error: unknown) => log.warn('Locking could not end every session.', { error }))
    if (record) note({ ...record, ended: before - live().length })
  }

  async function unlock(auth: SystemAuth): Promise<void> {
    const { settings, vault, store } = attached()
    await locking
    const began = times
    if (settings.get().unlockWithSystem && (await auth.method()) !== null) await auth.confirm()
    await askKeychain(vault, store.vaultIndex.list())
    if (times !== began) throw lockedError()
    note(null)
  }

  return {
    get isClosed() {
      return record !== null
    },
    over(given) {
      parts = given
      record = readRecord(given.store.setting(KEY))
    },
    state() {
      if (record === null) return { locked: false, since: null, because: null, kept: 0, keptUntil: null, ended: null }
      const kept = live()
      const keptUntil =
        kept
          .map(({ expiresAt }) => expiresAt)
          .sort()
          .at(-1) ?? null
      return { locked: true, ...record, kept: kept.length, keptUntil }
    },
    async lock(because) {
      times += 1
      if (record !== null) return locking
      const { settings, clock } = attached()
      const ends = settings.get().lockEndsSessions
      note({ since: new Date(clock()).toISOString(), because, ended: ends ? 0 : null })
      locking = ends ? endSessions() : Promise.resolve()
      return locking
    },
    async unlock(auth) {
      if (record === null) return
      unlocking ??= unlock(auth).finally(() => {
        unlocking = undefined
      })
      return unlocking
    },
    onChange(listener) {
      listeners.add(listener)
      return () => {
        listeners.delete(listener)
      }
    },
  }
}

/** A record that can't be read counts as a lock: somebody has changed it, and unlocking puts it right. */
function readRecord(text: string | undefined): LockRecord | null {
  if (text === undefined || text === '') return null
  try {
    return recordSchema.parse(JSON.parse(text))
  } catch {
    return { since: new Date(0).toISOString(), because: 'asked', ended: null }
  }
}

/**
 * Reads one entry, best one that is no long-term secret. Where nothing was stored there is nothing to protect.
 * @throws `vault.*`
 */
async function askKeychain(vault: Pick<Vault, 'get'>, entries: readonly string[]): Promise<void> {
  const entry = entries.find((one) => one.startsWith('session-key/')) ?? entries[0]
  if (entry === undefined) return
  try {
    await vault.get(entry)
  } catch (error) {
    // Only a keychain that is open knows that it has lost something.
    if (!isHallpassError(error, 'vault.entry-lost')) throw error
  }
}
