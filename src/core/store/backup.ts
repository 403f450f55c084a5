/** The last good copy of the store, made when a store is closed and used when one turns out to be damaged. */
import { closeSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import type { Connection } from './connection.ts'
import { isWhole } from './inspect.ts'
import { connect } from './sqlite.ts'

const DAY_MS = 86_400_000
/** Below this a copy takes a few milliseconds, so it is made after every change. */
const SMALL_BYTES = 1024 * 1024

/** The last good copy of the store. It has no sessions: those that were ended must not come back. */
export function backupFile(file: string): string {
  return `${file}.bak`
}

/** Whether a new copy should be made: none yet, a day old, or small enough to follow every change. */
export function isBackupDue(connection: Connection, now: number): boolean {
  const backup = statSync(backupFile(connection.file), { throwIfNoEntry: false })
  if (!backup || now - backup.mtimeMs > DAY_MS) return true
  return connection.recordsChanged && (statSync(connection.file, { throwIfNoEntry: false })?.size ?? 0) < SMALL_BYTES
}

/** Replaces the last good copy, unless what would replace it is not whole. */
export function backUp(connection: Connection): void {
  const target = backupFile(connection.file)
  const fresh = `${target}.${process.pid}`
  try {
    closeSync(openSync(fresh, 'w', 0o600))
    connection.db.prepare('VACUUM INTO ?').run(fresh)
    const db = connect(fresh)
    try {
      db.exec('DELETE FROM sessions')
      if (!isWhole(db, fresh)) connection.noteDamage()
      else renameSync(fresh, target)
    } finally {
      db.close()
    }
  } finally {
    rmSync(fresh, { force: true })
  }
}
