/**
 * A lock between processes, one per real AWS file, kept in the state folder so that nothing appears beside the
 * person's own files.
 */
import { HallpassError } from '#shared/errors.ts'
import { type HeldLock, pauseBeforeRetry, processLocks, shortName, type TryLock } from '../process-lock.ts'

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
  const lock = await acquire(processLocks(stateHome), realPath, timeoutMs)
  try {
    return await work()
  } finally {
    lock.release()
  }
}

async function acquire(tryLock: TryLock, realPath: string, timeoutMs: number): Promise<HeldLock> {
  const deadline = Date.now() + timeoutMs
  for (let attempt = 1; ; attempt++) {
    const lock = tryLock(shortName(realPath))
    if (lock) return lock
    if (Date.now() >= deadline) {
      throw new HallpassError('file.locked', `Another Hallpass process has been busy with ${realPath} for too long.`, {
        hint: 'Wait for it to finish, or end it, and try again.',
      })
    }
    await pauseBeforeRetry(attempt)
  }
}
