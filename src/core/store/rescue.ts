/**
 * Making the store's file, and what happens when it is damaged: it is moved aside, never deleted, and the last good
 * copy takes its place, or an empty store when there is none. Either way the store itself remembers that this
 * happened, until the person has been told. All of it is done under a lock and ends in one rename, so a store is
 * whole from the first moment it can be seen: an empty file under its name is always damage.
 */
import { chmodSync, closeSync, copyFileSync, existsSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import { HallpassError } from '#shared/errors.ts'
import { backupFile } from './backup.ts'
import { suspicionFile } from './connection.ts'
import { hasSqliteHeader, openSound } from './inspect.ts'
import { migrate } from './migrations.ts'
import { connect } from './sqlite.ts'

/** Settings in which the store remembers a rescue. */
export const SET_ASIDE = 'store.set-aside'
export const RESTORED_FROM = 'store.restored-from'

const SIDE_FILES = ['-wal', '-shm'] as const

/**
 * Runs `work` while no other process does the same. The lock is SQLite's own on an empty file, because the system
 * releases it when its holder dies.
 */
export function withMaintenanceLock<T>(file: string, work: () => T): T {
  const lockFile = `${file}.lock`
  closeSync(openSync(lockFile, 'a', 0o600))
  const lock = connect(lockFile)
  try {
    lock.exec('BEGIN EXCLUSIVE')
    return work()
  } finally {
    lock.close()
  }
}

/** What `rescue` did. */
export interface Rescue {
  readonly setAside: string | undefined
  readonly restoredFrom: string | undefined
}

/**
 * Puts a sound store under the name of a missing or damaged one. Call it under the maintenance lock. The replacement
 * is finished before anything is moved, so that a crash in between is taken up by the next call.
 */
export function rescue(file: string, state: 'missing' | 'damaged', now: number): Rescue {
  const fresh = `${file}.new`
  const unfinished = existsSync(file) ? undefined : readRescue(fresh)
  const setAside = unfinished?.setAside ?? (state === 'damaged' ? freeName(file, now) : undefined)
  const restoredFrom = unfinished ? unfinished.restoredFrom : prepare(fresh, file, setAside)
  if (setAside !== undefined) moveAside(file, setAside)
  for (const side of SIDE_FILES) rmSync(file + side, { force: true })
  renameSync(fresh, file)
  rmSync(suspicionFile(file), { force: true })
  return { setAside, restoredFrom }
}

/** What a replacement says about itself that an earlier call finished but did not put in place. */
function readRescue(fresh: string): Rescue | undefined {
  const opened = existsSync(fresh) ? openSound(fresh, true) : 'missing'
  if (opened === 'missing' || opened === 'damaged') return undefined
  const read = (key: string) => {
    const value = opened.prepare('SELECT value FROM settings WHERE key = ?').get(key)?.value
    return value === undefined ? undefined : String(value)
  }
  const found = { setAside: read(SET_ASIDE), restoredFrom: read(RESTORED_FROM) }
  opened.close()
  return found.setAside === undefined ? undefined : found
}

/** Makes the replacement, from the last good copy if one is to be restored. @returns the time of that copy */
function prepare(fresh: string, file: string, setAside: string | undefined): string | undefined {
  for (const suffix of ['', ...SIDE_FILES]) rmSync(fresh + suffix, { force: true })
  const backup = backupFile(file)
  const restoredFrom = setAside !== undefined && restoreInto(fresh, backup) ? timeOf(backup) : undefined
  if (restoredFrom === undefined) closeSync(openSync(fresh, 'w', 0o600))
  const db = connect(fresh)
  try {
    db.exec('PRAGMA journal_mode = WAL')
    migrate(db)
    const remember = db.prepare('INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)')
    if (setAside !== undefined) remember.run(SET_ASIDE, setAside)
    if (restoredFrom !== undefined) remember.run(RESTORED_FROM, restoredFrom)
  } finally {
    db.close()
  }
  return restoredFrom
}

/** A name to move the damaged file to. Its log goes beside it under the name SQLite looks for. */
export function freeName(file: string, now: number): string {
  const stamp = new Date(now).toISOString().replaceAll(/[-:]|\.\d+/g, '')
  let name = `${file}.damaged-${stamp}`
  for (let number = 2; existsSync(name) || existsSync(`${name}-wal`); number += 1)
    name = `${file}.damaged-${stamp}-${number}`
  return name
}

/** Moves a file, and what SQLite keeps beside it. */
export function moveAside(file: string, target: string): void {
  try {
    for (const suffix of ['', ...SIDE_FILES]) if (existsSync(file + suffix)) renameSync(file + suffix, target + suffix)
  } catch (cause) {
    if (process.platform !== 'win32') throw cause
    // Windows moves no file that another process has open.
    throw new HallpassError('store.damaged', `The file ${file} is damaged, and another Hallpass still has it open.`, {
      hint: 'Quit the app and every `hallpass` command, then start again: the damaged file is then set aside.',
      cause,
    })
  }
}

/** Copies a backup that is whole. @returns whether there was one */
function restoreInto(fresh: string, backup: string): boolean {
  if (!existsSync(backup) || !hasSqliteHeader(backup)) return false
  copyFileSync(backup, fresh)
  chmodSync(fresh, 0o600)
  const opened = openSound(fresh, true)
  if (opened === 'missing' || opened === 'damaged') {
    rmSync(fresh, { force: true })
    return false
  }
  opened.close()
  return true
}

function timeOf(file: string): string {
  return statSync(file).mtime.toISOString()
}
