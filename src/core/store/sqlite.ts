/**
 * The way to SQLite: loads `node:sqlite` without its "experimental" warning, opens connections with the settings the
 * store relies on, and turns what SQLite and the file system say into coded errors.
 */
import { statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import type { DatabaseSync, SQLInputValue, StatementSync } from 'node:sqlite'
import { HallpassError } from '#shared/errors.ts'

export type { DatabaseSync, SQLInputValue, StatementSync }
/** Values in the order of the columns asked for: for long lists twice as fast as objects. */
export type Row = readonly SQLInputValue[]

/** How long a connection waits for another one's write to end. */
const BUSY_MS = 5000

let sqlite: typeof import('node:sqlite') | undefined

function loadSqlite(): typeof import('node:sqlite') {
  if (sqlite) return sqlite
  // Some Node versions warn on the first load, on stderr, where a command's messages go.
  const emitWarning = process.emitWarning
  process.emitWarning = (warning: string | Error, ...rest: unknown[]) => {
    if (!String(warning).includes('SQLite')) Reflect.apply(emitWarning, process, [warning, ...rest])
  }
  try {
    // Not an import: bundlers rewrite those, some of them to a bare `sqlite`.
    sqlite = process.getBuiltinModule?.('node:sqlite')
  } finally {
    process.emitWarning = emitWarning
  }
  if (!sqlite)
    throw new HallpassError('store.unavailable', `Node ${process.versions.node} has no SQLite, which Hallpass needs.`, {
      hint: 'Run Hallpass with Node 24 or newer.',
    })
  return sqlite
}

/** A connection with foreign keys enforced, deleted content overwritten and every commit synced to the disk. */
export function connect(file: string): DatabaseSync {
  const db = new (loadSqlite().DatabaseSync)(file, { timeout: BUSY_MS, enableForeignKeyConstraints: true })
  try {
    db.exec('PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA trusted_schema = OFF')
  } catch (error) {
    db.close()
    throw error
  }
  return db
}

/** A connection that can't write. */
export function connectToRead(file: string): DatabaseSync {
  return new (loadSqlite().DatabaseSync)(file, { timeout: BUSY_MS, readOnly: true })
}

/** A single number a PRAGMA tells. */
export function readPragma(db: DatabaseSync, name: string): number {
  return Number(Object.values(db.prepare(`PRAGMA ${name}`).get() ?? {})[0])
}

/** Runs `work` between BEGIN IMMEDIATE and COMMIT. */
export function inTransaction<T>(db: DatabaseSync, work: () => T): T {
  db.exec('BEGIN IMMEDIATE')
  try {
    const result = work()
    db.exec('COMMIT')
    return result
  } catch (error) {
    if (db.isTransaction) db.exec('ROLLBACK')
    throw error
  }
}

/** SQLite's primary result code, or undefined when the error is not from SQLite. */
function sqliteCode(error: unknown): number | undefined {
  return error instanceof Error && 'errcode' in error ? Number(error.errcode) & 0xff : undefined
}

/** SQLITE_CORRUPT, SQLITE_NOTADB, or a schema that is not the one its version promises: the file itself is broken. */
export function isDamage(error: unknown): boolean {
  const code = sqliteCode(error)
  const isStrange =
    code === 1 &&
    /no such (?:table|column|index|view|function|module|collation sequence)|has no column named|unsupported file format|malformed/.test(
      String(error),
    )
  return isStrange || code === 11 || code === 26 || (error instanceof HallpassError && error.code === 'store.damaged')
}

/** SQLITE_CONSTRAINT_*: the kind of the constraint that refused a change. */
export function brokenConstraint(error: unknown): 'foreign-key' | 'unique' | 'other' | undefined {
  if (sqliteCode(error) !== 19) return undefined
  const extended = Number((error as { errcode?: unknown }).errcode)
  if (extended === 787 || extended === 1811) return 'foreign-key'
  return extended === 1555 || extended === 2067 || extended === 2579 ? 'unique' : 'other'
}

/** The error for a store in which something does not make sense. */
export function damagedError(file: string, cause?: unknown): HallpassError {
  return new HallpassError(
    'store.damaged',
    `The file ${file}, where Hallpass keeps identities and roles, is damaged.`,
    {
      hint: 'Start Hallpass again: it sets the damaged file aside and goes on with the last good copy. Secrets in the keychain are not affected.',
      details: cause instanceof Error ? cause.message : undefined,
      cause,
    },
  )
}

/** Where there is no room for its shared-memory file, SQLite says SQLITE_IOERR (10), as for any other fault of a disk. */
function isDiskFull(file: string): boolean {
  try {
    return statfsSync(dirname(file)).bavail === 0
  } catch {
    return false
  }
}

/** The coded form of a failure of SQLite or the file system; a HallpassError is passed through. */
export function toStoreError(error: unknown, file: string): HallpassError {
  if (error instanceof HallpassError) return error
  if (isDamage(error)) return damagedError(file, error)
  const about = { details: error instanceof Error ? error.message : String(error), cause: error }
  const errno = error instanceof Error && 'code' in error ? error.code : undefined
  const code = sqliteCode(error)
  if (code === 5 || code === 6)
    return new HallpassError('store.locked', `Another Hallpass has been writing to ${file} for too long.`, {
      hint: 'Try again. If it stays so, quit Hallpass everywhere and start it again.',
      ...about,
    })
  if (code === 13 || errno === 'ENOSPC' || errno === 'EDQUOT' || (code === 10 && isDiskFull(file)))
    return new HallpassError('file.disk-full', `There is no space left on the disk of ${file}. Nothing was changed.`, {
      hint: 'Free some space, then try again.',
      ...about,
    })
  if (code === 3 || code === 8 || code === 23 || errno === 'EACCES' || errno === 'EPERM' || errno === 'EROFS')
    return new HallpassError('file.permission', `Hallpass may not write to ${file} or its folder.`, {
      hint: 'Make the folder your own and writable, or set HALLPASS_HOME to another one.',
      ...about,
    })
  return new HallpassError('store.unavailable', `The file ${file}, where Hallpass keeps its records, can’t be used.`, {
    hint: 'Check that its folder exists on a local disk and is yours, or set HALLPASS_HOME to another one.',
    ...about,
  })
}
