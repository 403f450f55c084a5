/**
 * Sessions of an agent: their credentials are in its memory only, while the facts about them (name, expiry, what they
 * are bound to) stay in the store, where every process lists them and can end them.
 *
 * A row of the store without credentials belongs to the agent that is running. What a process without an agent
 * stores sealed is taken into memory when it is next asked for; when the agent ends, it puts everything back, sealed.
 */
import type { SealedSession, SealedSessionTable, Store } from '../store/types.ts'
import type { Vault } from '../vault/types.ts'

const NOTHING = new Uint8Array()

export class HeldSessions {
  readonly #held = new Map<string, SealedSession>()
  #stored: SealedSessionTable | undefined
  #isResting = false

  /** The store as the agent's own engine is to see it. Takes over what rests in it; may be called once. */
  over(store: Store): Store {
    const stored = store.sessions
    this.#stored = stored
    store.transaction(() => {
      for (const row of stored.list()) {
        // Left by an agent that died: its credentials died with it.
        if (isHollow(row)) stored.remove(row.key)
        else this.#take(stored, row)
      }
    })
    const sessions: SealedSessionTable = {
      get: (key) => this.#get(stored, key),
      list: () => stored.list().map((row) => this.#fill(row)),
      put: (session) => {
        if (this.#isResting) stored.put(session)
        else this.#take(stored, session)
      },
      remove: (key) => {
        this.#held.delete(key)
        return stored.remove(key)
      },
    }
    return Object.create(store, { sessions: { value: sessions, enumerable: true } }) as Store
  }

  /** Live sessions in memory. `now` is in milliseconds. */
  live(now: number): number {
    let count = 0
    for (const { expiresAt } of this.#held.values()) if (expiresAt > now) count += 1
    return count
  }

  /** Forgets what was ended or replaced by another process, and what has expired. */
  sweep(now: number): void {
    if (this.#held.size === 0 || !this.#stored) return
    const rows = new Map(this.#stored.list().map((row) => [row.key, row]))
    for (const [key, held] of this.#held) {
      const row = rows.get(key)
      if (!row || !isSame(row, held) || held.expiresAt <= now) this.#held.delete(key)
    }
  }

  /** Puts every session back into the store, sealed, and holds none from now on. */
  rest(): void {
    if (this.#isResting || !this.#stored) return
    this.#isResting = true
    for (const held of this.#held.values()) {
      const row = this.#stored.get(held.key)
      if (row && isSame(row, held)) this.#stored.put(held)
    }
    this.#held.clear()
  }

  #get(stored: SealedSessionTable, key: string): SealedSession | undefined {
    const row = stored.get(key)
    if (!row) {
      this.#held.delete(key)
      return undefined
    }
    if (!isHollow(row) && !this.#isResting) this.#take(stored, row)
    return this.#fill(row)
  }

  #take(stored: SealedSessionTable, session: SealedSession): void {
    this.#held.set(session.key, session)
    stored.put({ ...session, sealed: NOTHING })
  }

  #fill(row: SealedSession): SealedSession {
    const held = this.#held.get(row.key)
    return isHollow(row) && held && isSame(row, held) ? held : row
  }
}

/** A row whose credentials are in an agent's memory, or were in one that died. */
export function isHollow(row: SealedSession): boolean {
  return row.sealed.length === 0
}

function isSame(row: SealedSession, held: SealedSession): boolean {
  return row.accessKeyId === held.accessKeyId && row.fingerprint === held.fingerprint
}

/** Removes the rows an agent that died has left. To be called while no agent can run. */
export function dropHollow(store: Store): void {
  for (const row of store.sessions.list()) if (isHollow(row)) store.sessions.remove(row.key)
}

/** The vault, with the key of the sessions kept in memory: an agent holds the sessions themselves there. */
export function rememberSessionKey(vault: Vault): Vault {
  const known = new Map<string, string>()
  const isKey = (entry: string) => entry.startsWith('session-key/')
  return {
    kind: vault.kind,
    status: () => vault.status(),
    async get(entry) {
      const secret = known.get(entry) ?? (await vault.get(entry))
      if (isKey(entry)) known.set(entry, secret)
      return secret
    },
    put(entry, secret) {
      known.delete(entry)
      return vault.put(entry, secret)
    },
    remove(entry) {
      known.delete(entry)
      return vault.remove(entry)
    },
  }
}
