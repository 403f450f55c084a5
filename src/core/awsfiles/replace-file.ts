/**
 * Replaces a file whole: temporary file beside it, fsync, rename, fsync of the folder. Readers see the old file or
 * the new one, never a part; whatever fails, the old file stays and the temporary one goes.
 *
 * write-file-atomic was weighed and left: it does not fsync the folder (a crash can undo the rename), does not look
 * again whether the file changed before the rename, cannot reuse a known temporary name to clean up after a crash,
 * and lets the owner change silently for everyone but root.
 */
import { constants } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { explainFileError } from './file-errors.ts'
import type { FileSystem } from './file-system.ts'
import { isUnchanged, type Snapshot } from './file-target.ts'
import { pathKey } from './lock.ts'

/**
 * The one temporary name this state folder uses for a file. Under the lock nobody else writes it, so one found there
 * was left by a crash.
 */
export function temporaryPath(target: string, stateHome: string): string {
  return join(dirname(target), `.${basename(target)}.${pathKey(stateHome).slice(0, 8)}.hallpass-tmp`)
}

/** Removes what a crashed edit left behind; to be called under the lock. */
export async function removeLeftover(fs: FileSystem, temporary: string): Promise<void> {
  // Looked for first: on a read-only file system removing even a missing file fails.
  const exists = await fs.lstat(temporary).then(
    () => true,
    () => false,
  )
  if (!exists) return
  await fs.rm(temporary, { force: true }).catch((cause: unknown) => {
    throw explainFileError(cause, 'write', temporary)
  })
}

/**
 * @param forcedMode a mode to set whatever the old file had
 * @param snapshot what was read under the lock; its mode and owner are kept. A new file gets 0600, a new folder 0700
 * @returns false when the file was changed by somebody else since: then nothing was written
 * @throws `file.permission`, `file.disk-full`, `file.not-a-file`
 */
export async function replaceFile(
  fs: FileSystem,
  target: string,
  snapshot: Snapshot,
  bytes: Buffer,
  temporary: string,
  forcedMode?: number,
): Promise<boolean> {
  try {
    // A read-only file is a wish, although a rename would not ask.
    if (snapshot.stat) await fs.access(target, constants.W_OK)
    else await makeFolder(fs, dirname(target))
    await writeTemporary(fs, temporary, snapshot, bytes, forcedMode)
    if (!(await isUnchanged(fs, target, snapshot))) {
      await fs.rm(temporary, { force: true })
      return false
    }
    await fs.rename(temporary, target)
  } catch (cause) {
    await fs.rm(temporary, { force: true }).catch(() => undefined)
    throw explainFileError(cause, 'write', target)
  }
  await syncFolder(fs, dirname(target))
  return true
}

async function makeFolder(fs: FileSystem, folder: string): Promise<void> {
  const made = await fs.mkdir(folder, { recursive: true, mode: 0o700 })
  if (made !== undefined) await syncFolder(fs, dirname(made))
}

async function writeTemporary(
  fs: FileSystem,
  path: string,
  { stat }: Snapshot,
  bytes: Buffer,
  forcedMode: number | undefined,
): Promise<void> {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0)
  const handle = await fs.open(path, flags, 0o600)
  try {
    await handle.writeFile(bytes)
    if (stat) await keepOwnerAndMode(handle, Number(stat.uid), Number(stat.gid), Number(stat.mode) & 0o7777)
    if (forcedMode !== undefined) await handle.chmod(forcedMode)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

async function keepOwnerAndMode(handle: FileHandle, uid: number, gid: number, mode: number): Promise<void> {
  const own = await handle.stat()
  let kept = mode
  if (own.uid !== uid) await handle.chown(uid, gid)
  else if (own.gid !== gid) {
    // A group one is not in cannot be given; then no group may read what only that group could.
    await handle.chown(uid, gid).catch(() => {
      kept &= ~0o070
    })
  }
  // After chown, which drops the set-user-id bits.
  if ((own.mode & 0o7777) !== kept) await handle.chmod(kept)
}

/** Makes a rename last through a power cut. Not every file system can; the rename is done all the same. */
async function syncFolder(fs: FileSystem, folder: string): Promise<void> {
  let handle: FileHandle | undefined
  try {
    handle = await fs.open(folder, constants.O_RDONLY)
    await handle.sync()
  } catch {
    // The new file is in place: reporting a failure here would claim the opposite.
  } finally {
    await handle?.close().catch(() => undefined)
  }
}
