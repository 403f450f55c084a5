/**
 * The file of the activity log: SQLite in WAL mode, beside the store, so that any number of processes may append at
 * once and what was appended is on the disk. The newest entry's number and hash, and the key of the next place, stand in
 * a row of their own that each append replaces.
 *
 * Loads little, for processes that live only to hand out credentials; beginning a log is in log-begin.ts.
 */
import { existsSync, rmSync } from 'node:fs'
import type { ActivityAsker } from '#shared/activity.ts'
import { HallpassError, isHallpassError } from '#shared/errors.ts'
import { Connection, suspicionFile } from '../store/connection.ts'
import { connect, type DatabaseSync, isDamage, readPragma, toStoreError } from '../store/sqlite.ts'
import { type ActivityDraft, entryHash, entryText } from './entry.ts'
import { KEY_LENGTH, nextKey, sealOf } from './seal.ts'

/** Marks a SQLite file as an activity log (`HPal`). */
export const LOG_APPLICATION_ID = 0x4850616c
/** Where the log stands. */
export interface Head {
  /** The log's id, which names its entries in the vault. */
  readonly log: string
  readonly seq: number
  readonly hash: string
  readonly nextKey: Uint8Array
}

export interface Row {
  readonly seq: number
  readonly entry: string
  readonly hash: string
  readonly seal: Uint8Array
}

export class LogFile {
  readonly #connection: Connection

  private constructor(connection: Connection) {
    this.#connection = connection
  }

  /**
   * @returns `undefined` when there is no sound log: then `beginLog`
   * @throws `store.newer`, `store.locked`, `store.unavailable`, `file.permission`
   */
  static open(file: string): LogFile | undefined {
    try {
      const isSuspect = existsSync(suspicionFile(file))
      const db = openSound(file, isSuspect)
      if (db && isSuspect) rmSync(suspicionFile(file), { force: true })
      return db && new LogFile(new Connection(file, db))
    } catch (error) {
      throw toStoreError(error, file)
    }
  }

  /**
   * Appends one entry. When this returns it is on the disk, and so is every entry before it.
   * @param now milliseconds since the epoch
   * @param synced false: it outlives this process however it ends, and may go with the power, as long as no synced one
   *   follows. What comes before is never lost for it, and the chain stays whole.
   * @throws `store.*`, `file.disk-full`, `file.permission`
   */
  append(draft: ActivityDraft, asker: ActivityAsker, now: number, synced = true): void {
    const options = { synced }
    try {
      this.#connection.transaction(() => {
        const head = this.head()
        const seq = head.seq + 1
        const entry = entryText(draft, asker, { seq, now, previous: head.hash })
        const hash = entryHash(entry)
        const insert = 'INSERT INTO entries (seq, entry, hash, seal) VALUES (?, ?, ?, ?)'
        this.#connection.run(insert, seq, entry, hash, sealOf(head.nextKey, hash))
        const update = 'UPDATE head SET seq = ?, hash = ?, next_key = ?'
        this.#connection.run(update, seq, hash, nextKey(head.nextKey))
      }, options)
    } catch (error) {
      throw explain(error, this.#connection.file)
    }
  }

  /** Removes the entries up to `through`, and appends the one that says so. @throws what `append` throws */
  trim(through: number, draft: ActivityDraft, asker: ActivityAsker, now: number): void {
    this.#connection.transaction(() => {
      this.append(draft, asker, now)
      this.#connection.run('DELETE FROM entries WHERE seq <= ?', through)
    })
  }

  /** Brings what was appended without waiting for the disk onto it. @throws what `append` throws */
  sync(): void {
    // A synced commit takes with it what was committed before; one that changes nothing would be none.
    this.#connection.run('UPDATE head SET seq = seq')
  }

  head(): Head {
    const [log, seq, hash, key] = this.#connection.get('SELECT log, seq, hash, next_key FROM head') ?? []
    return { log: String(log), seq: Number(seq), hash: String(hash), nextKey: bytes(key) }
  }

  /** Rows matching a condition on `seq` and `entry`, newest first. */
  newest(condition: string, values: readonly (string | number)[], limit: number): Row[] {
    const sql = `SELECT seq, entry, hash, seal FROM entries WHERE ${condition} ORDER BY seq DESC LIMIT ?`
    return this.#connection.all(sql, ...values, limit).map(toRow)
  }

  /**
   * Number of the first entry of that moment or later; one past the last when there is none. Looks at a few entries
   * only: their times go up with their numbers, as far as the computer's clock does.
   * @param time ISO 8601, UTC
   */
  firstSince(time: string): number {
    const [lowest] = this.#connection.get('SELECT min(seq) FROM entries') ?? []
    let from = Number(lowest ?? 1)
    let to = this.head().seq + 1
    while (from < to) {
      const middle = Math.floor((from + to) / 2)
      const [at] =
        this.#connection.get(
          "SELECT CASE WHEN json_valid(entry) THEN entry ->> '$.at' END FROM entries WHERE seq = ?",
          middle,
        ) ?? []
      if (String(at ?? '') < time) from = middle + 1
      else to = middle
    }
    return from
  }

  /** All rows, oldest first, and the head, as they are at one moment; others may go on appending. */
  *snapshot(): Generator<Row, Head> {
    const db = connect(this.#connection.file)
    try {
      db.exec('BEGIN')
      const head = db.prepare('SELECT log, seq, hash, next_key FROM head').get() ?? {}
      for (const row of db.prepare('SELECT seq, entry, hash, seal FROM entries ORDER BY seq').iterate())
        yield toRow([row.seq, row.entry, row.hash, row.seal])
      const { log, seq, hash, next_key: key } = head
      return { log: String(log), seq: Number(seq), hash: String(hash), nextKey: bytes(key) }
    } finally {
      db.close()
    }
  }

  close(): void {
    this.#connection.close()
  }
}

/**
 * A connection to the file if it is a log, and sound at a quick look, or a thorough one that reads all of it.
 * @throws `store.newer`, and whatever SQLite throws that is no damage
 */
export function openSound(file: string, thorough = false): DatabaseSync | undefined {
  if (!existsSync(file)) return undefined
  let db: DatabaseSync | undefined
  try {
    db = connect(file)
    const whole = () => db?.prepare('PRAGMA integrity_check(1)').get()?.integrity_check === 'ok'
    const version = readPragma(db, 'user_version')
    if (version > 1)
      throw new HallpassError('store.newer', 'A newer Hallpass wrote this activity log.', {
        hint: 'Update Hallpass, the app and the command alike. Nothing was changed.',
      })
    const head = db.prepare('SELECT next_key FROM head').get()
    const isSound =
      readPragma(db, 'application_id') === LOG_APPLICATION_ID &&
      version === 1 &&
      bytes(head?.next_key).length === KEY_LENGTH &&
      (!thorough || whole())
    if (isSound) return db
  } catch (error) {
    if (db?.isOpen) db.close()
    if (isDamage(error)) return undefined
    throw error
  }
  db.close()
  return undefined
}

function toRow([seq, entry, hash, seal]: readonly unknown[]): Row {
  return { seq: Number(seq), entry: String(entry), hash: String(hash), seal: bytes(seal) }
}

function bytes(value: unknown): Uint8Array {
  return value instanceof Uint8Array ? value : new Uint8Array()
}

/** What a broken entry number or a damaged page means here. */
function explain(error: unknown, file: string): unknown {
  if (!isHallpassError(error, 'store.damaged') && !(error instanceof Error && 'errcode' in error)) return error
  return new HallpassError('store.damaged', `The activity log ${file} can’t be added to: it is damaged.`, {
    hint: 'Try again: Hallpass then sets it aside and begins a new one, which says so.',
    cause: error,
  })
}
