/** Tells a sound store file from a missing or damaged one: at a quick look for every opening, or by reading all of it. */
import { closeSync, openSync, readSync, rmSync, statSync } from 'node:fs'
import { Connection, suspicionFile } from './connection.ts'
import { createRotationTable, createSealedTable, createSetupTable } from './json-tables.ts'
import { APPLICATION_ID, migrate } from './migrations.ts'
import { connect, type DatabaseSync, isDamage, readPragma } from './sqlite.ts'
import {
  createIdentityTable,
  createProfileTable,
  createRoleTable,
  createSessionTable,
  createVaultIndex,
} from './tables.ts'

/** `missing` and `damaged` call for `rescue`; an open connection is sound as far as a quick look tells. */
export type Opened = DatabaseSync | 'missing' | 'damaged'

/** Opens the file if it is there and sound, and brings it to the newest version. `thorough` reads all of it. */
export function openSound(file: string, thorough: boolean): Opened {
  const size = statSync(file, { throwIfNoEntry: false })?.size
  // A log without its file, or beside an empty one, holds what can't be put back by SQLite.
  if (size === undefined)
    return (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0 ? 'damaged' : 'missing'
  if (!hasSqliteHeader(file)) return 'damaged'
  let db: DatabaseSync | undefined
  try {
    db = connect(file)
    if (readPragma(db, 'application_id') !== APPLICATION_ID) return closeAs(db, 'damaged')
    migrate(db)
    db.prepare('SELECT value FROM settings LIMIT 1').get()
    if (thorough && !isWhole(db, file)) return closeAs(db, 'damaged')
    return db
  } catch (error) {
    if (db?.isOpen) db.close()
    if (isDamage(error)) return 'damaged'
    throw error
  }
}

function closeAs<T>(db: DatabaseSync, result: T): T {
  db.close()
  return result
}

/** The magic words, and format numbers this SQLite writes: with higher ones it would call the file read-only. */
export function hasSqliteHeader(file: string): boolean {
  const header = Buffer.alloc(100)
  const handle = openSync(file, 'r')
  try {
    if (readSync(handle, header, 0, 100, 0) < 100) return false
  } finally {
    closeSync(handle)
  }
  return (
    header.toString('latin1', 0, 16) === 'SQLite format 3\0' && header.readUInt8(18) <= 2 && header.readUInt8(19) <= 2
  )
}

/** Whether every page, key and record of the store can be read, and its tables and triggers are those of this version. */
export function isWhole(db: DatabaseSync, file: string): boolean {
  try {
    const report = db.prepare('PRAGMA integrity_check(1)').get()
    if (report?.integrity_check !== 'ok' || db.prepare('PRAGMA foreign_key_check').get() !== undefined) return false
    if (schemaOf(db) !== soundSchema()) return false
    const connection = new Connection(file, db)
    for (const table of [
      createIdentityTable,
      createRoleTable,
      createSessionTable,
      createProfileTable,
      createVaultIndex,
      createSealedTable,
      createRotationTable,
      createSetupTable,
    ])
      table(connection).list()
    return true
  } catch {
    // The caller deals with it now: no need for another look at the next opening.
    rmSync(suspicionFile(file), { force: true })
    return false
  }
}

/** SQLite reads the text of a trigger when it first runs, and no check of its own reads it before. */
function schemaOf(db: DatabaseSync): string {
  return JSON.stringify(db.prepare('SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name').all())
}

function soundSchema(): string {
  const fresh = connect(':memory:')
  try {
    migrate(fresh)
    return schemaOf(fresh)
  } finally {
    fresh.close()
  }
}
