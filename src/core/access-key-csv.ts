/**
 * Reads the access-key files the AWS console lets people download: today's CSV, the new-user and password CSVs of
 * earlier years, and the two-line root key file. Secrets stay in the returned value; no error quotes the file.
 *
 * Headers are matched whatever their case, order and blanks; a byte order mark, CRLF and a missing last line feed
 * are fine, as spreadsheets leave them behind.
 */
import { basename } from 'node:path'
import { parse } from 'csv-parse/sync'
import { HallpassError } from '#shared/errors.ts'
import { accessKeyIdField, nameField, secretAccessKeyField } from '#shared/fields.ts'
import { readSmallFile } from './small-file.ts'

export interface AccessKeyRow {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  /** Only some files name the user. */
  readonly userName: string | null
  /** The key of a root user, which should not be used. */
  readonly isRoot: boolean
}

/** The largest file the console makes has a few hundred users. */
const LARGEST_FILE_BYTES = 1024 * 1024

const EXPECTED_HINT =
  'Choose the file the AWS console offered when the access key was made: it has the columns Access key ID and Secret access key.'

/**
 * Reads the one access key in the file at `path`.
 * @param userName whose key to take, needed when the file has several users
 * @throws `csv.invalid`, and `file.*` when it can't be read or is larger than 1 MB
 */
export async function readAccessKeyFile(path: string, userName?: string): Promise<AccessKeyRow> {
  const rows = parseAccessKeyFile(await readSmallFile(path, LARGEST_FILE_BYTES), basename(path))
  return chooseAccessKey(rows, userName)
}

/**
 * Parses the bytes of an access-key file.
 * @param fileName tells a root user's file, `rootkey.csv`, from a user's: their columns may be the same
 * @returns at least one row
 * @throws `csv.invalid`
 */
export function parseAccessKeyFile(bytes: Uint8Array, fileName: string): AccessKeyRow[] {
  const text = decode(bytes)
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

function decode(bytes: Uint8Array): string {
  try {
    // Drops a byte order mark, and refuses what is not text.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new HallpassError('csv.invalid', 'The file is not text.', { hint: EXPECTED_HINT })
  }
}

/** The old root key file: `AWSAccessKeyId=…` and `AWSSecretKey=…`, each on a line. */
function parseRootKeyLines(text: string): AccessKeyRow[] | undefined {
  const value = (name: string) => new RegExp(`^\\s*${name}\\s*=(.*)$`, 'im').exec(text)?.[1]
  const accessKeyId = value('AWSAccessKeyId')
  const secretAccessKey = value('AWSSecretKey')
  if (accessKeyId === undefined || secretAccessKey === undefined) return undefined
  return [checkRow({ accessKeyId, secretAccessKey, userName: null, isRoot: true }, undefined)]
}

function parseColumns(text: string, isRoot: boolean): AccessKeyRow[] {
  const [header = [], ...records] = parseRecords(text)
  const titles = header.map((title) => title.trim().toLowerCase())
  const idColumn = titles.indexOf('access key id')
  const secretColumn = titles.indexOf('secret access key')
  if (idColumn < 0 || secretColumn < 0) {
    const missing = idColumn < 0 ? 'Access key ID' : 'Secret access key'
    throw new HallpassError('csv.invalid', `The file has no column ${missing}.`, { hint: EXPECTED_HINT })
  }
  const userColumn = titles.indexOf('user name')
  const rows = records
    .map((fields, index) => ({ fields: alignFields(fields, titles), line: index + 2 }))
    .filter(({ fields }) => fields[idColumn]?.trim() || fields[secretColumn]?.trim())
    .map(({ fields, line }) =>
      checkRow(
        {
          accessKeyId: fields[idColumn] ?? '',
          secretAccessKey: fields[secretColumn] ?? '',
          userName: (userColumn < 0 ? '' : (fields[userColumn] ?? '')).trim() || null,
          isRoot,
        },
        line,
      ),
    )
  if (rows.length === 0)
    throw new HallpassError('csv.invalid', 'The file has no access key in it.', { hint: EXPECTED_HINT })
  return rows
}

function parseRecords(text: string): string[][] {
  const options = { relax_column_count: true, skip_empty_lines: true, trim: true }
  try {
    return parse(text, options)
  } catch {
    // The console does not quote passwords, so a lone quote is part of one.
    try {
      return parse(text, { ...options, quote: null })
    } catch {
      throw new HallpassError('csv.invalid', 'The file can’t be read as CSV.', { hint: EXPECTED_HINT })
    }
  }
}

/** Joins what an unquoted password with commas has torn apart: it stands in the second column of such files. */
function alignFields(fields: readonly string[], titles: readonly string[]): readonly string[] {
  const surplus = fields.length - titles.length
  const password = titles.indexOf('password')
  if (surplus <= 0 || password < 0) return fields
  return [
    ...fields.slice(0, password),
    fields.slice(password, password + surplus + 1).join(','),
    ...fields.slice(password + surplus + 1),
  ]
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
