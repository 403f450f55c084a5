/**
 * The state folder of the practice account: a folder of its own below the person's, marked by a file. Whoever opens a
 * marked folder, app or command, talks to the practice account alone, whatever the environment says. So no record of
 * practice ever meets AWS, and no real record ever meets the practice account.
 *
 * Imports Node and the folder's rules alone, so that the fast path of `credential-process` can load it.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { HallpassError } from '#shared/errors.ts'
import { ensureStateFolder, stateFolder } from '../state-folder.ts'

type Env = Readonly<Record<string, string | undefined>>

/** What the mark holds. None of it opens anything but the practice account. */
export interface PracticeMark {
  /** Where the practice account listens on 127.0.0.1. */
  readonly port: number
  /** Keys, secrets and TOTP seeds of the practice account follow from it, so that they are the same after a restart. */
  readonly seed: string
  /** Of the encrypted file that holds them: the keychain is left to what is real. */
  readonly passphrase: string
}

/** Below the person's own state folder. */
export function practiceHome(home: string): string {
  return join(home, 'practice')
}

/** URL of the practice account. */
export function practiceEndpoint({ port }: Pick<PracticeMark, 'port'>): string {
  return `http://127.0.0.1:${port}`
}

/**
 * The mark of a state folder; `undefined` when it has none, and so is a real one.
 * @throws `file.unreadable` for a mark that can't be read: such a folder must not pass for a real one
 */
export function readPracticeMark(home: string): PracticeMark | undefined {
  let text: string
  try {
    text = readFileSync(markFile(home), 'utf8')
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined
    throw unreadable(home, cause)
  }
  const mark = parseMark(text)
  if (!mark) throw unreadable(home)
  return mark
}

/** Marks the folder, making it if need be. @throws `file.*` */
export function writePracticeMark(home: string, mark: PracticeMark): void {
  ensureStateFolder(home)
  const temporary = `${markFile(home)}.${process.pid}`
  try {
    writeFileSync(temporary, `${JSON.stringify(mark)}\n`, { mode: 0o600 })
    renameSync(temporary, markFile(home))
  } catch (cause) {
    throw new HallpassError('file.permission', `Hallpass can’t write to ${home}.`, {
      hint: 'Check that you may write there, and that the disk is not full.',
      cause,
    })
  }
}

/**
 * The environment as Hallpass is to read it: with a practice folder, its endpoint and its vault take the place of
 * whatever was set. Applying it twice changes nothing.
 * @throws `file.unreadable`
 */
export function surroundingsOf(env: Env): Env {
  const mark = readPracticeMark(stateFolder(env))
  if (!mark) return env
  const others = Object.entries(env).filter(([name]) => !name.startsWith('AWS_ENDPOINT_URL'))
  return {
    ...Object.fromEntries(others),
    AWS_ENDPOINT_URL: practiceEndpoint(mark),
    HALLPASS_VAULT: 'file',
    HALLPASS_PASSPHRASE: mark.passphrase,
  }
}

const MARK_SETTING = 'practice'

/**
 * Notes in the store whose it is, and refuses one of the practice account whose folder has lost its mark: it would be
 * taken for a real one.
 * @throws `store.unavailable`
 */
export function keepPracticeApart(
  store: { setting(key: string): string | undefined; setSetting(key: string, value: string): void },
  isPractice: boolean,
): void {
  const noted = store.setting(MARK_SETTING)
  if (isPractice && noted !== '1') store.setSetting(MARK_SETTING, '1')
  if (!isPractice && noted === '1') {
    throw new HallpassError(
      'store.unavailable',
      'This state folder is of the practice account, but its mark is gone.',
      {
        hint: 'Remove the folder: everything in it is for practice. The practice account then begins anew.',
      },
    )
  }
}

function markFile(home: string): string {
  return join(home, 'practice.json')
}

function parseMark(text: string): PracticeMark | undefined {
  try {
    const { port, seed, passphrase } = JSON.parse(text) as Partial<Record<keyof PracticeMark, unknown>>
    const isPort = typeof port === 'number' && Number.isInteger(port) && port > 0 && port < 65_536
    if (!isPort || typeof seed !== 'string' || typeof passphrase !== 'string') return undefined
    return seed.length < 16 || passphrase.length < 16 ? undefined : { port, seed, passphrase }
  } catch {
    return undefined
  }
}

function unreadable(home: string, cause?: unknown): HallpassError {
  return new HallpassError('file.unreadable', `The mark of the practice account in ${home} can’t be read.`, {
    hint: 'Remove that folder: everything in it is for practice. The practice account then begins anew.',
    cause,
  })
}
