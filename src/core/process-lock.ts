/**
 * Locks between processes, by name, kept in the state folder.
 *
 * Each is SQLite's file lock on an empty database (node:sqlite): the kernel drops it the moment its holder dies, so
 * there are no stale locks to wait for or to guess about. proper-lockfile was weighed and left: after a crash its
 * lock stays for at least two seconds, and two processes that both find it stale can both take it.
 */
import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { HallpassError } from '#shared/errors.ts'
import { explainFileError } from './awsfiles/file-errors.ts'

const SQLITE_BUSY = 5

/** A lock this process holds. */
export interface HeldLock {
  release(): void
}

/** @returns `undefined` while somebody else holds the lock of that name. @throws `file.*` when it can't be made */
export type TryLock = (name: string) => HeldLock | undefined

/** A short, stable name for a text of any length: file names in the state folder are made of it. */
export function shortName(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}

/** Locks below `<stateHome>/locks`. Names are letters, digits and `-`. */
export function processLocks(stateHome: string): TryLock {
  const folder = join(stateHome, 'locks')
  return (name) => {
    makeFolder(folder)
    return openExclusively(join(folder, `${name}.lock`))
  }
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
  } catch (cause) {
    throw explainFileError(cause, 'write', folder)
  }
}

/**
 * Pauses before another look at what somebody else holds. Pauses grow with the number of looks up to `longestMs`, with
 * a random part so that waiters do not march in step.
 * @param attempt from 1
 */
export async function pauseBeforeRetry(attempt: number, longestMs = 25): Promise<void> {
  await pause(1 + Math.random() * Math.min(attempt * 2, longestMs))
}

function openExclusively(path: string): HeldLock | undefined {
  let database: DatabaseSync | undefined
  try {
    const opened = new DatabaseSync(path, { timeout: 0 })
    database = opened
    opened.exec('BEGIN EXCLUSIVE')
    return { release: () => opened.close() }
  } catch (cause) {
    database?.close()
    if ((cause as { errcode?: number }).errcode === SQLITE_BUSY) return undefined
    throw new HallpassError('file.permission', `Hallpass can’t lock ${path}.`, {
      hint: 'Check that you may write to the Hallpass state folder.',
      details: (cause as Error).message,
      cause,
    })
  }
}
