/** The vault file on the disk: read whole, replaced whole, one process at a time, and never deleted. */
import { randomBytes } from 'node:crypto'
import { rename, writeFile } from 'node:fs/promises'
import { HallpassError, isHallpassError } from '#shared/errors.ts'
import { explainFileError } from '../../awsfiles/file-errors.ts'
import { realFileSystem } from '../../awsfiles/file-system.ts'
import { readSnapshot, resolveTarget, type Snapshot } from '../../awsfiles/file-target.ts'
import { withFileLock } from '../../awsfiles/lock.ts'
import { removeLeftover, replaceFile, temporaryPath } from '../../awsfiles/replace-file.ts'
import { changedMeanwhile } from './errors.ts'

/** Of this user alone, whatever it was. */
const MODE = 0o600

export interface VaultFile {
  /** Absolute. Links are followed: to another disk, say. */
  readonly path: string
  /** @returns `undefined` when there is none. @throws `file.*` */
  read(): Promise<Buffer | undefined>
  /**
   * Replaces the file by what `work` makes of it while no other process can. The new file is read back.
   * @param work gets `undefined` for no file; `undefined` from it leaves everything as it is
   * @throws `file.*`, and what `work` throws: then nothing was changed
   */
  replace(work: (bytes: Buffer | undefined) => Buffer | undefined): Promise<void>
  /** Gives the file another name beside it. @returns that name, or `undefined` when there is no file */
  setAside(): Promise<string | undefined>
}

export function openVaultFile(home: string, path: string): VaultFile {
  const fs = realFileSystem
  const coded = <T>(work: Promise<T>): Promise<T> => work.catch((error: unknown) => Promise.reject(inOwnWords(error)))

  async function read(target: string): Promise<Snapshot> {
    const snapshot = await readSnapshot(fs, target)
    const owner = Number(snapshot.stat?.uid)
    if (snapshot.stat && process.platform !== 'win32' && owner !== process.getuid?.())
      throw new HallpassError('file.permission', `The vault file ${target} belongs to another user.`, {
        hint: 'Give it to the user that runs Hallpass, or set HALLPASS_HOME to a folder of your own.',
      })
    return snapshot
  }

  async function replaceUnderLock(
    target: string,
    work: (bytes: Buffer | undefined) => Buffer | undefined,
  ): Promise<void> {
    const temporary = temporaryPath(target, home)
    await removeLeftover(fs, temporary)
    const before = await read(target)
    const bytes = work(before.stat && before.bytes)
    if (!bytes) return
    const replacement = await replaceFile(fs, target, before, bytes, temporary, MODE)
    if (replacement.outcome === 'overtook')
      await writeFile(asideName(target), replacement.bytes, { mode: MODE, flag: 'wx' })
    if (replacement.outcome !== 'written' || !(await read(target)).bytes.equals(bytes)) throw changedMeanwhile(target)
  }

  const locked = <T>(work: (target: string) => Promise<T>): Promise<T> =>
    coded(
      withFileLock(home, path, async () => {
        const target = await resolveTarget(fs, path)
        return work(target)
      }),
    )

  return {
    path,
    read: () =>
      coded(
        (async () => {
          const { stat, bytes } = await read(await resolveTarget(fs, path))
          return stat && bytes
        })(),
      ),
    replace: (work) => locked((target) => replaceUnderLock(target, work)),
    setAside: () =>
      locked(async (target) => {
        if (!(await readSnapshot(fs, target)).stat) return undefined
        const aside = asideName(target)
        await rename(target, aside).catch((cause: unknown) => {
          throw explainFileError(cause, 'write', target)
        })
        return aside
      }),
  }
}

function asideName(target: string): string {
  const time = new Date().toISOString().replaceAll(/[:.]/g, '-')
  return `${target}.aside-${time}-${randomBytes(2).toString('hex')}`
}

/** The pieces used here were made for the AWS files, and give advice about those. */
function inOwnWords(error: unknown): unknown {
  if (!isHallpassError(error) || !error.hint?.includes('AWS_CONFIG_FILE')) return error
  return new HallpassError(error.code, error.message.replace(/, too large for an AWS file/, ''), {
    hint: 'Move what is in the way, and put the vault file back.',
    cause: error,
  })
}
