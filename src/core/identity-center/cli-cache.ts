/**
 * The folder where the AWS CLI, botocore and the JS SDK keep their sign-ins to Identity Center, `~/.aws/sso/cache`: no
 * variable but HOME moves it (facts A.1, E.2).
 *
 * - Every file is of this user alone, replaced whole, and written by one Hallpass process at a time.
 * - Links are followed within the folder only: a token goes, and comes from, nowhere else.
 */
import { createHash } from 'node:crypto'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { HallpassError, isHallpassError } from '#shared/errors.ts'
import { explainFileError, isMissing, notAFile } from '../awsfiles/file-errors.ts'
import { type FileSystem, realFileSystem } from '../awsfiles/file-system.ts'
import { readSnapshot } from '../awsfiles/file-target.ts'
import { withFileLock } from '../awsfiles/lock.ts'
import { removeLeftover, replaceFile, temporaryPath } from '../awsfiles/replace-file.ts'
import { type CliToken, parseCliToken, printCliToken } from './cli-token.ts'
import type { IdentityCenterToken } from './records.ts'

export interface CliCache {
  /** Absolute. */
  readonly folder: string
  /**
   * Where the sign-in of that name is.
   * @param key the name of the `[sso-session]`; for profiles without one, their start URL exactly as written
   */
  fileOf(key: string): string
  /** @returns undefined when there is none. @throws `file.*`; `file.unparsable` names the file */
  read(key: string): Promise<CliToken | undefined>
  /** Every sign-in, and what could not be read. Registrations, which are no sign-ins, are left out. @throws `file.*` */
  list(): Promise<CliCacheList>
  /** Makes it what the AWS tools sign in with. @throws `file.*` */
  write(key: string, token: IdentityCenterToken): Promise<void>
  /** @returns false when there was none. @throws `file.*` */
  remove(key: string): Promise<boolean>
}

export interface CliCacheList {
  readonly tokens: readonly { readonly file: string; readonly token: CliToken }[]
  readonly problems: readonly HallpassError[]
}

const MODE = 0o600
/** Somebody else writing at the same moment is rare; then theirs is replaced. */
const ATTEMPTS = 5
/** Before each further look at a file that is no token: the AWS CLI empties it, then writes it. Milliseconds. */
const PAUSES = [10, 40, 100]

/**
 * @param stateHome Hallpass's state folder, where locks are
 * @param home the person's home folder, absolute
 */
export function createCliCache(
  stateHome: string,
  env: Readonly<Record<string, string | undefined>>,
  home: string = env.HOME || homedir(),
  fs: FileSystem = realFileSystem,
): CliCache {
  const folder = join(home, '.aws', 'sso', 'cache')
  const fileOf = (key: string) => join(folder, `${createHash('sha1').update(key).digest('hex')}.json`)

  async function readFile(file: string): Promise<CliToken | undefined> {
    for (let look = 0; ; look++) {
      const { bytes, stat } = await readSnapshot(fs, await targetOf(fs, file))
      try {
        return stat && parseCliToken(bytes.toString('utf8'), file)
      } catch (error) {
        const wait = PAUSES[look]
        if (wait === undefined) throw error
        await pause(wait)
      }
    }
  }

  async function replace(file: string, text: string): Promise<void> {
    const target = await targetOf(fs, file)
    const temporary = temporaryPath(target, stateHome)
    for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
      await removeLeftover(fs, temporary)
      const before = await readSnapshot(fs, target)
      const { outcome } = await replaceFile(fs, target, before, Buffer.from(text), temporary, MODE)
      if (outcome !== 'changed') return
    }
    throw new HallpassError('file.changed', `Another program keeps on changing ${file}.`, { hint: 'Try again.' })
  }

  return {
    folder,
    fileOf,
    read: (key) => readFile(fileOf(key)),

    async list() {
      const names = await fs.readdir(folder).catch((cause: unknown) => {
        if (isMissing(cause)) return []
        throw explainFileError(cause, 'read', folder)
      })
      const tokens: { file: string; token: CliToken }[] = []
      const problems: HallpassError[] = []
      for (const name of names.filter((name) => /^[0-9a-f]{40}\.json$/.test(name)).toSorted()) {
        const file = join(folder, name)
        try {
          const token = await readFile(file)
          if (token) tokens.push({ file, token })
        } catch (error) {
          if (!isHallpassError(error)) throw error
          problems.push(error)
        }
      }
      return { tokens, problems }
    },

    write: (key, token) => withFileLock(stateHome, fileOf(key), () => replace(fileOf(key), printCliToken(token))),

    remove: (key) =>
      withFileLock(stateHome, fileOf(key), async () => {
        const file = fileOf(key)
        try {
          if ((await fs.lstat(file)).isDirectory()) throw notAFile(file, true)
          // The name goes, whatever it is: a link's target is not ours to delete.
          await fs.rm(file)
          return true
        } catch (cause) {
          if (isMissing(cause)) return false
          throw explainFileError(cause, 'write', file)
        }
      }),
  }
}

/**
 * The file itself, behind a link that stays in the folder.
 * @throws `file.not-a-file` for one that leads out of it, or to nothing
 */
async function targetOf(fs: FileSystem, file: string): Promise<string> {
  const orMissing = (cause: unknown) => {
    if (isMissing(cause)) return undefined
    throw explainFileError(cause, 'read', file)
  }
  const stat = await fs.lstat(file).catch(orMissing)
  if (!stat?.isSymbolicLink()) return file
  const [folder, target] = [await fs.realpath(dirname(file)), await fs.realpath(file).catch(orMissing)]
  if (target !== undefined && dirname(target) === folder) return target
  throw new HallpassError('file.not-a-file', `${file} is a link that leads out of its folder, or to nothing.`, {
    hint: 'Remove the link, then sign in again.',
  })
}
