/**
 * Reads what the AWS console offers when a user is made: the file of a password (`User name,Password,Console sign-in
 * URL`, and its older titles), of an access key, or of both (facts F.5). The file is read once and copied nowhere.
 */
import { basename } from 'node:path'
import { accountOfSignInUrl, type NewSealed, passwordField, signInUrlField, userNameField } from '#shared/breakglass.ts'
import { HallpassError } from '#shared/errors.ts'
import { accessKeyIdField, secretAccessKeyField } from '#shared/fields.ts'
import { parseRootKeyLines } from '../access-key-csv.ts'
import { type ConsoleRow, decodeConsoleFile, LARGEST_CONSOLE_FILE, parseConsoleTable } from '../console-csv.ts'
import { readDeletableFile } from '../deletable-file.ts'
import type { SealedDraft } from './service.ts'

const HINT =
  'Choose the file the AWS console offered when the user was made: it has the columns User name, Password and Console sign-in URL.'

/** Every title a column has had (facts F.5), in lower case. */
const USER = ['user name', 'username']
const PASSWORD = ['password']
const URL_TITLES = ['console sign-in url', 'console login link', 'direct signin link']
const KEY_ID = ['access key id']
const SECRET = ['secret access key']

interface ConsoleCredentials {
  readonly userName: string | null
  readonly password: string | null
  readonly signInUrl: string | null
  readonly accessKeyId: string | null
  readonly secretAccessKey: string | null
  readonly isRoot: boolean
}

/**
 * @param userName whose row to take, needed when the file has several users
 * @throws `csv.invalid`, and `file.*` when it can't be read or is larger than 1 MB
 */
export async function readConsoleFile(path: string, userName?: string): Promise<SealedDraft> {
  const { bytes, deleteFile } = await readDeletableFile(path, LARGEST_CONSOLE_FILE)
  const rows = parseConsoleCredentials(bytes, basename(path))
  const row = chooseRow(rows, userName)
  return {
    preview: {
      userName: row.userName,
      signInUrl: row.signInUrl,
      accessKeyId: row.accessKeyId,
      hasPassword: row.password !== null,
      isRoot: row.isRoot,
    },
    fields: fieldsOf(row),
    holdsOthers: rows.length > 1,
    deleteFile,
  }
}

/**
 * @param fileName tells a root user's file, `rootkey.csv`, from a user's
 * @returns at least one row
 * @throws `csv.invalid`
 */
export function parseConsoleCredentials(bytes: Uint8Array, fileName: string): ConsoleCredentials[] {
  const text = decodeConsoleFile(bytes, HINT)
  const [root] = parseRootKeyLines(text) ?? []
  if (root) return [{ ...root, password: null, signInUrl: null }]
  const table = parseConsoleTable(text, HINT)
  const hasKey = table.has(...KEY_ID) && table.has(...SECRET)
  if (!table.has(...PASSWORD) && !hasKey)
    throw new HallpassError('csv.invalid', 'The file has neither a column Password nor the two of an access key.', {
      hint: HINT,
    })
  const rows = table.rows
    .filter((row) => [...PASSWORD, ...KEY_ID].some((title) => row.value(title).trim() !== ''))
    .map((row) => checkRow(row, /^rootkey\b/i.test(fileName)))
  if (rows.length === 0) throw new HallpassError('csv.invalid', 'The file has no credentials in it.', { hint: HINT })
  return rows
}

function checkRow(row: ConsoleRow, isRoot: boolean): ConsoleCredentials {
  const read = (titles: readonly string[], field: { safeParse(text: string): { success: boolean } }, what: string) => {
    const text = row.value(...titles)
    if (text.trim() === '') return null
    if (field.safeParse(text).success) return titles === PASSWORD ? text : text.trim()
    throw new HallpassError('csv.invalid', `The file has ${what} that can’t be right (line ${row.line}).`, {
      hint: HINT,
    })
  }
  const accessKeyId = read(KEY_ID, accessKeyIdField, 'an access key id')
  const secretAccessKey = read(SECRET, secretAccessKeyField, 'a secret access key')
  if ((accessKeyId === null) !== (secretAccessKey === null))
    throw new HallpassError('csv.invalid', `The file has half an access key (line ${row.line}).`, { hint: HINT })
  return {
    userName: read(USER, userNameField, 'a user name'),
    password: read(PASSWORD, passwordField, 'a password'),
    signInUrl: read(URL_TITLES, signInUrlField, 'a sign-in address'),
    accessKeyId,
    secretAccessKey,
    isRoot,
  }
}

function chooseRow(rows: readonly ConsoleCredentials[], userName: string | undefined): ConsoleCredentials {
  const candidates = userName === undefined ? rows : rows.filter((row) => row.userName === userName)
  const [row, ...others] = candidates
  const users = [...new Set(rows.map((each) => each.userName).filter((name) => name !== null))]
  if (!row)
    throw new HallpassError('csv.invalid', `The file has nothing of ${userName}.`, {
      hint: users.length > 0 ? `It has ${users.slice(0, 5).join(', ')}.` : 'It does not name any user.',
    })
  if (others.length > 0)
    throw new HallpassError('csv.invalid', `The file has ${candidates.length} rows.`, {
      hint: users.length > 1 ? `Choose one user: ${users.slice(0, 5).join(', ')}.` : 'Leave only one row in it.',
    })
  if (row.isRoot)
    throw new HallpassError('csv.invalid', 'This is the key of a root user, which nothing can restrict.', {
      hint: 'Delete that key in the AWS console, and seal an IAM user made for emergencies instead.',
    })
  return row
}

function fieldsOf({ userName, password, signInUrl, accessKeyId, secretAccessKey }: ConsoleCredentials) {
  const account = signInUrl === null ? undefined : accountOfSignInUrl(signInUrl)
  return {
    ...(userName === null ? {} : { userName }),
    ...(password === null ? {} : { password }),
    ...(signInUrl === null ? {} : { signInUrl }),
    ...(account !== undefined && /^\d{12}$/.test(account) ? { accountId: account } : {}),
    ...(accessKeyId === null || secretAccessKey === null ? {} : { accessKeyId, secretAccessKey }),
  } satisfies Partial<NewSealed>
}
