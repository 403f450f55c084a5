/**
 * A lock between processes, one per real AWS file, kept in the state folder so that nothing appears beside the
 * person's own files.
 *
 * It is SQLite's file lock on an empty database (node:sqlite): the kernel drops it the moment its holder dies, so
 * there are no stale locks to wait for or to guess about. proper-lockfile was weighed and left: after a crash its
 * lock stays for at least two seconds, and two processes that both find it stale can both take it.
 */
import { createHash } from 'node:crypto'
import { mkdirSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { setTimeout as pause } from 'node:timers/promises'
import { HallpassError } from '#shared/errors.ts'
import { explainFileError } from './file-errors.ts'

const SQLITE_BUSY = 5
/** Pauses grow with the number of tries up to this, with a random part so that waiters do not march in step. */
const LONGEST_PAUSE_MS = 25

/** A short, stable name for a path: file names in the state folder are made of it. */
export function pathKey(path: string): string {
  return createHash('sha256').update(path).digest('hex').slice(0, 16)
}

/**
 * Runs `work` while no other process holds the lock of `realPath`.
 * @throws `file.locked` when another process keeps it for longer than `timeoutMs`
 */
export async function withFileLock<T>(
  stateHome: string,
  realPath: string,
  work: () => Promise<T>,
  timeoutMs = 15_000,
): Promise<T> {
  const folder = join(stateHome, 'locks')
  const path = join(folder, `${pathKey(realPath)}.lock`)
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch((cause) => {
    throw explainFileError(cause, 'write', folder)
  })
  const lock = await acquire(path, realPath, timeoutMs)
  try {
    return await work()
  } finally {
    lock.close()
  }
}

export interface HeldLock {
  release(): void
}

/** Takes a lock of that name for as long as this process lives or until released; `undefined` when somebody has it. */
export function tryHoldLock(stateHome: string, name: string): HeldLock | undefined {
  const folder = join(stateHome, 'locks')
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const lock = tryAcquire(join(folder, `${name}.lock`))
  return lock && { release: () => lock.close() }
}

async function acquire(path: string, realPath: string, timeoutMs: number): Promise<DatabaseSync> {
  const deadline = Date.now() + timeoutMs
  for (let attempt = 1; ; attempt++) {
    const lock = tryAcquire(path)
    if (lock) return lock
    if (Date.now() >= deadline) {
      throw new HallpassError('file.locked', `Another Hallpass process has been busy with ${realPath} for too long.`, {
        hint: 'Wait for it to finish, or end it, and try again.',
      })
    }
    await pause(1 + Math.random() * Math.min(attempt * 2, LONGEST_PAUSE_MS))
  }
}

function tryAcquire(path: string): DatabaseSync | undefined {
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(path, { timeout: 0 })
    database.exec('BEGIN EXCLUSIVE')
    return database
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
