/**
 * Reads the access-key files the AWS console lets people download: today's CSV, the new-user and password CSVs of
 * earlier years, and the two-line root key file. Secrets stay in the returned value; no error quotes the file.
 */
import { basename } from 'node:path'
import { HallpassError } from '#shared/errors.ts'
import { accessKeyIdField, nameField, secretAccessKeyField } from '#shared/fields.ts'
import { decodeConsoleFile, LARGEST_CONSOLE_FILE, parseConsoleTable } from './console-csv.ts'
import { readDeletableFile } from './deletable-file.ts'

export interface AccessKeyRow {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** Only some files name the user. */
  readonly userName: string | null
  /** The key of a root user, which should not be used. */
  readonly isRoot: boolean
}

/** A file whose key was read. */
export interface AccessKeyFile {
  readonly key: AccessKeyRow
  /** It has more keys, which would go with it. */
  readonly holdsOthers: boolean
  /** Removes the file, if it is still the one that was read. @throws `file.changed`, `file.*` */
  deleteFile(): Promise<void>
}

const EXPECTED_HINT =
  'Choose the file the AWS console offered when the access key was made: it has the columns Access key ID and Secret access key.'

/**
 * Reads the one access key in the file at `path`.
 * @param userName whose key to take, needed when the file has several users
 * @throws `csv.invalid`, and `file.*` when it can't be read or is larger than 1 MB
 */
export async function readAccessKeyFile(path: string, userName?: string): Promise<AccessKeyFile> {
  const { bytes, deleteFile } = await readDeletableFile(path, LARGEST_CONSOLE_FILE)
  const rows = parseAccessKeyFile(bytes, basename(path))
  return { key: chooseAccessKey(rows, userName), holdsOthers: rows.length > 1, deleteFile }
}

/**
 * Parses the bytes of an access-key file.
 * @param fileName tells a root user's file, `rootkey.csv`, from a user's: their columns may be the same
 * @returns at least one row
 * @throws `csv.invalid`
 */
export function parseAccessKeyFile(bytes: Uint8Array, fileName: string): AccessKeyRow[] {
  const text = decodeConsoleFile(bytes, EXPECTED_HINT)
  return parseRootKeyLines(text) ?? parseColumns(text, /^rootkey\b/i.test(fileName))
}

/**
 * The one key to import.
 * @param userName needed when the file has several users
 * @throws `csv.invalid` when the choice is not clear
 */
export function chooseAccessKey(rows: readonly AccessKeyRow[], userName?: string): AccessKeyRow {
  const candidates = userName === undefined ? rows : rows.filter((row) => row.userName === userName)
  const [row, ...others] = candidates
  if (row && others.length === 0) return row
  const users = [...new Set(rows.map((each) => each.userName).filter((name) => name !== null))]
  if (row) {
    throw new HallpassError('csv.invalid', `The file has ${candidates.length} access keys.`, {
      hint: users.length > 1 ? `Choose one user: ${users.slice(0, 5).join(', ')}.` : 'Leave only one row in it.',
    })
  }
  throw new HallpassError('csv.invalid', `The file has no access key of ${userName}.`, {
    hint: users.length > 0 ? `It has ${users.slice(0, 5).join(', ')}.` : 'It does not name any user.',
  })
}

/**
 * A name for the new identity: the user's, from the file or from its name (`alice_accessKeys.csv`).
 * @returns `undefined` when neither tells
 */
export function suggestIdentityName(row: AccessKeyRow, path: string): string | undefined {
  if (row.isRoot) return undefined
  const user = row.userName ?? /^(.+)_(?:accessKeys|credentials)\b.*\.csv$/i.exec(basename(path))?.[1]
  const name = user?.trim().slice(0, 64)
  return name !== undefined && nameField.safeParse(name).success ? name : undefined
}

/** The old root key file: `AWSAccessKeyId=…` and `AWSSecretKey=…`, each on a line. */
export function parseRootKeyLines(text: string): AccessKeyRow[] | undefined {
  const value = (name: string) => new RegExp(`^\\s*${name}\\s*=(.*)$`, 'im').exec(text)?.[1]
  const accessKeyId = value('AWSAccessKeyId')
  const secretAccessKey = value('AWSSecretKey')
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined
  return [checkRow({ accessKeyId, secretAccessKey, userName: null, isRoot: true }, undefined)]
}

function parseColumns(text: string, isRoot: boolean): AccessKeyRow[] {
  const { has, rows: all } = parseConsoleTable(text, EXPECTED_HINT)
  for (const column of ['Access key ID', 'Secret access key']) {
    if (!has(column.toLowerCase()))
      throw new HallpassError('csv.invalid', `The file has no column ${column}.`, { hint: EXPECTED_HINT })
  }
  const rows = all
    .filter((row) => row.value('access key id').trim() || row.value('secret access key').trim())
    .map((row) =>
      checkRow(
        {
          accessKeyId: row.value('access key id'),
          secretAccessKey: row.value('secret access key'),
          userName: row.value('user name').trim() || null,
          isRoot,
        },
        row.line,
      ),
    )
  if (rows.length === 0)
    throw new HallpassError('csv.invalid', 'The file has no access key in it.', { hint: EXPECTED_HINT })
  return rows
}

function checkRow(row: AccessKeyRow, line: number | undefined): AccessKeyRow {
  const id = accessKeyIdField.safeParse(row.accessKeyId)
  const secret = secretAccessKeyField.safeParse(row.secretAccessKey)
  if (id.success && secret.success) return { ...row, accessKeyId: id.data, secretAccessKey: secret.data }
  const problem = id.error ?? secret.error
  const where = line === undefined ? '' : ` (line ${line})`
  throw new HallpassError('csv.invalid', `The file has an access key that can’t be right${where}.`, {
    hint: problem?.issues[0]?.message ?? EXPECTED_HINT,
  })
}
