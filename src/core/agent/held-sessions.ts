/**
 * Sessions of an agent: their credentials are in its memory only, while the facts about them (name, expiry, what they
 * are bound to) stay in the store, where every process lists them and can end them.
 *
 * A live row of the store without credentials belongs to the agent that is running; of a lapsed one nothing else is
 * kept. What a process without an agent stores sealed is taken into memory when it is next asked for; when the agent
 * ends, it puts everything back, sealed.
 */
import type { Clock } from '../capabilities.ts'
import { isWiped } from '../sessions/cache.ts'
import type { SealedSession, SealedSessionTable, Store } from '../store/types.ts'
import type { Vault } from '../vault/types.ts'

const NOTHING = new Uint8Array()

export class HeldSessions {
  readonly #held = new Map<string, SealedSession>()
  #stored: SealedSessionTable | undefined
  #clock: Clock = Date.now
  #isResting = false

  /**
   * The store as the agent's own engine is to see it. Takes over what rests in it; may be called once.
   * @param clock AWS's
   */
  over(store: Store, clock: Clock): Store {
    const stored = store.sessions
    this.#stored = stored
    this.#clock = clock
    store.transaction(() => {
      dropHollow(store, clock())
      for (const row of stored.list()) if (!isWiped(row)) this.#take(stored, row)
    })
    const sessions: SealedSessionTable = {
      get: (key) => this.#get(stored, key),
      list: () => stored.list().map((row) => this.#fill(row)),
      put: (session) => {
        if (!this.#isResting && !isWiped(session)) return this.#take(stored, session)
        this.#held.delete(session.key)
        stored.put(session)
      },
      remove: (key) => {
        this.#held.delete(key)
        return stored.remove(key)
      },
    }
    return Object.create(store, { sessions: { value: sessions, enumerable: true } }) as Store
  }

  /** Live sessions in memory. */
  live(): number {
    const now = this.#clock()
    let count = 0
    for (const { expiresAt } of this.#held.values()) if (expiresAt > now) count += 1
    return count
  }

  /** Forgets what was ended or replaced by another process, and what has expired. */
  sweep(): void {
    if (this.#held.size === 0 || !this.#stored) return
    const now = this.#clock()
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
    if (!isWiped(row) && !this.#isResting) this.#take(stored, row)
    return this.#fill(row)
  }

  #take(stored: SealedSessionTable, session: SealedSession): void {
    this.#held.set(session.key, session)
    stored.put({ ...session, sealed: NOTHING })
  }

  #fill(row: SealedSession): SealedSession {
    const held = this.#held.get(row.key)
    return isWiped(row) && held && isSame(row, held) ? held : row
  }
}

/** A row whose credentials are in an agent's memory, or were in one that died. @param now by AWS's clock */
export function isHollow(row: SealedSession, now: number): boolean {
  return isWiped(row) && row.expiresAt > now
}

function isSame(row: SealedSession, held: SealedSession): boolean {
  return row.accessKeyId === held.accessKeyId && row.fingerprint === held.fingerprint
}

/**
 * Removes the rows an agent that died has left: their credentials died with it. To be called while no agent can run.
 * @param now by AWS's clock
 */
export function dropHollow(store: Store, now: number): void {
  for (const row of store.sessions.list()) if (isHollow(row, now)) store.sessions.remove(row.key)
}

/**
 * The vault, with the key of the sessions kept in memory: an agent holds the sessions themselves there. Of two such
 * keys the one asked for last is kept: it has taken the other's place, maybe by another process.
 */
export function rememberSessionKey(vault: Vault): Vault {
  let known: { readonly entry: string; readonly secret: string } | undefined
  const forget = (entry: string) => {
    if (known?.entry === entry) known = undefined
  }
  const isKey = (entry: string) => entry.startsWith('session-key/')
  return {
    kind: vault.kind,
    status: () => vault.status(),
    async get(entry) {
      if (known?.entry === entry) return known.secret
      const secret = await vault.get(entry)
      if (isKey(entry)) known = { entry, secret }
      return secret
    },
    put(entry, secret) {
      forget(entry)
      return vault.put(entry, secret)
    },
    remove(entry) {
      forget(entry)
      return vault.remove(entry)
    },
  }
}
