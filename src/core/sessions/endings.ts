/**
 * How sessions end: because a person said so, at expiry, or with the key that seals them. What is under way at that
 * moment, here or in another process, must not bring an ended one back.
 */
import { randomUUID } from 'node:crypto'
import { HallpassError } from '#shared/errors.ts'
import type { SessionCredentials } from '#shared/sessions.ts'
import type { Clock } from '../capabilities.ts'
import { findTarget, targetByKey, targetName } from '../names.ts'
import type { SealedSession, Store } from '../store/types.ts'
import type { Vault } from '../vault/types.ts'
import { isWiped, type SessionCache } from './cache.ts'
import { rotateSessionKey } from './session-key.ts'
import { staleKeys } from './stale.ts'

/** How long lists show that a session has expired, once its credentials are wiped. Milliseconds. */
const REMEMBERED = 24 * 3_600_000

/**
 * Told of every session stored, and with null of every one ended, so that static profiles follow. A failure while
 * ending stops the end; a failure after a start is logged, because the credentials are good.
 */
export type OnSession = (targetKey: string, credentials: SessionCredentials | null) => Promise<void>

export interface EndingsParts {
  readonly store: Store
  readonly vault: Vault
  readonly cache: SessionCache
  /** AWS's clock. */
  readonly clock: Clock
  readonly onSession: OnSession | undefined
}

export interface Endings {
  end(name: string): Promise<void>
  endAll(): Promise<number>
  /** Ends sessions whose role, identity or source was edited since. @throws `file.*` when static keys can't be removed */
  endStale(): Promise<void>
  /**
   * Wipes the credentials of expired sessions, forgets those long expired, and those of targets that are gone.
   * @param known what is stored, where somebody has just listed it
   */
  sweep(known?: readonly SealedSession[]): void
  /** Ends every session and replaces the key that seals them. @returns how many were ended. @throws `vault.*` */
  rotateKey(): Promise<number>
}

/** Changes whenever a session of that target is ended, in any process. */
export function endMark(store: Store, key: string): string | undefined {
  return store.setting(markOf(key))
}

export function createEndings({ store, vault, cache, clock, onSession }: EndingsParts): Endings {
  function mark(key: string): void {
    store.setSetting(markOf(key), randomUUID())
  }

  async function endKey(key: string): Promise<void> {
    const known = store.sessions.get(key)?.accessKeyId
    // What is being started from here on, or is under way, finds the mark changed and gives up.
    mark(key)
    // First the static keys: should they stay behind, the session has to stay listed.
    await onSession?.(key, null)
    const last = store.transaction(() => {
      mark(key)
      const row = store.sessions.get(key)
      store.sessions.remove(key)
      return row?.accessKeyId
    })
    // One that was started in between may have written its static keys as well.
    if (last !== known) await onSession?.(key, null)
  }

  async function endAll(): Promise<number> {
    const failures: unknown[] = []
    const rows = store.sessions.list()
    for (const { key } of rows) await endKey(key).catch((error: unknown) => failures.push(error))
    if (failures.length > 0) throw failures[0]
    return rows.length
  }

  return {
    async end(name) {
      const target = findTarget(store, name)
      if (!store.sessions.get(target.key)) {
        throw new HallpassError('session.not-found', `${targetName(target)} has no session.`, {
          hint: 'See hallpass session list.',
        })
      }
      await endKey(target.key)
    },

    endAll,

    async endStale() {
      for (const key of staleKeys(store, cache)) await endKey(key)
    },

    sweep(known = store.sessions.list()) {
      const now = clock()
      if (!known.some((row) => fate(store, row, now) !== 'stay')) return
      store.transaction(() => {
        for (const row of store.sessions.list()) {
          const next = fate(store, row, now)
          if (next === 'forget') store.sessions.remove(row.key)
          if (next === 'wipe') store.sessions.put({ ...row, sealed: new Uint8Array() })
        }
      })
    },

    async rotateKey() {
      const ended = await endAll()
      await rotateSessionKey(vault, store)
      return ended
    },
  }
}

function fate(store: Store, row: SealedSession, now: number): 'stay' | 'wipe' | 'forget' {
  if (row.expiresAt > now) return targetByKey(store, row.key) ? 'stay' : 'forget'
  if (row.expiresAt + REMEMBERED < now || !targetByKey(store, row.key)) return 'forget'
  return isWiped(row) ? 'stay' : 'wipe'
}

function markOf(key: string): string {
  return `session.ended/${key}`
}
