/**
 * Replaces a file whole: temporary file beside it, fsync, rename, fsync of the folder. Readers see the old file or
 * the new one, never a part; whatever fails, the old file stays and the temporary one goes.
 *
 * write-file-atomic was weighed and left: it does not fsync the folder (a crash can undo the rename), does not look
 * again whether the file changed before the rename, cannot reuse a known temporary name to clean up after a crash,
 * and lets the owner change silently for everyone but root.
 */
import { type BigIntStats, constants } from 'node:fs'
import type { FileHandle } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { shortName } from '../process-lock.ts'
import { explainFileError } from './file-errors.ts'
import type { FileSystem } from './file-system.ts'
import { isUnchanged, type Snapshot } from './file-target.ts'

const OVERTAKEN_PAUSE_MS = 20
const OVERTAKEN_ATTEMPTS = 50

/**
 * The one temporary name this state folder uses for a file. Under the lock nobody else writes it, so one found there
 * was left by a crash.
 */
export function temporaryPath(target: string, stateHome: string): string {
  return join(dirname(target), `.${basename(target)}.${shortName(stateHome).slice(0, 8)}.hallpass-tmp`)
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

/** What became of a replacement; `stat` is that of the new file, its times those of before the rename. */
export type Replacement =
  | { readonly outcome: 'written'; readonly stat: BigIntStats }
  /** Somebody else changed the file since it was read: nothing was written. */
  | { readonly outcome: 'changed' }
  /** Written, but at that very moment somebody else was rewriting the old file in place: what they wrote to it. */
  | { readonly outcome: 'overtook'; readonly stat: BigIntStats; readonly bytes: Buffer }

/**
 * @param forcedMode a mode to set whatever the old file had
 * @param snapshot what was read under the lock; its mode and owner are kept. A new file gets 0600, a new folder 0700
 * @throws `file.permission`, `file.disk-full`, `file.not-a-file`
 */
export async function replaceFile(
  fs: FileSystem,
  target: string,
  snapshot: Snapshot,
  bytes: Buffer,
  temporary: string,
  forcedMode?: number,
): Promise<Replacement> {
  let old: FileHandle | undefined
  let theirs: Buffer | undefined
  let stat: BigIntStats
  try {
    // A read-only file is a wish, although a rename would not ask.
    if (snapshot.stat) await fs.access(target, constants.W_OK)
    else await makeFolder(fs, dirname(target))
    stat = await writeTemporary(fs, temporary, snapshot, bytes, forcedMode)
    // Windows does not rename over an open file.
    if (snapshot.stat && process.platform !== 'win32')
      old = await fs.open(target, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
    if (!(await isUnchanged(fs, target, snapshot))) {
      await fs.rm(temporary, { force: true })
      return { outcome: 'changed' }
    }
    await fs.rename(temporary, target)
    if (old && snapshot.stat) theirs = await readOvertaken(old, snapshot.stat)
  } catch (cause) {
    await fs.rm(temporary, { force: true }).catch(() => undefined)
    throw explainFileError(cause, 'write', target)
  } finally {
    await old?.close().catch(() => undefined)
  }
  await syncFolder(fs, dirname(target))
  return theirs ? { outcome: 'overtook', stat, bytes: theirs } : { outcome: 'written', stat }
}

/**
 * What somebody wrote to the old file between the last look at it and the rename; `undefined` when nobody did. It has
 * no name any more, so this is the last chance to keep it.
 */
async function readOvertaken(old: FileHandle, before: BigIntStats): Promise<Buffer | undefined> {
  try {
    for (let attempt = 0; ; attempt++) {
      const { mtimeNs, size } = await old.stat({ bigint: true })
      if (mtimeNs === before.mtimeNs && size === before.size) return undefined
      if (attempt >= OVERTAKEN_ATTEMPTS) return size === 0n ? undefined : await old.readFile()
      // Emptied, and not yet written again.
      if (size > 0n && Date.now() - Number(mtimeNs / 1_000_000n) >= OVERTAKEN_PAUSE_MS) return await old.readFile()
      await pause(OVERTAKEN_PAUSE_MS)
    }
  } catch {
    // The new file is in place: a failure here would claim the opposite.
    return undefined
  }
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
): Promise<BigIntStats> {
  const flags = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0)
  const handle = await fs.open(path, flags, 0o600)
  try {
    await handle.writeFile(bytes)
    if (stat) await keepOwnerAndMode(handle, Number(stat.uid), Number(stat.gid), Number(stat.mode) & 0o7777)
    if (forcedMode !== undefined) await handle.chmod(forcedMode)
    await handle.sync()
    return await handle.stat({ bigint: true })
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
