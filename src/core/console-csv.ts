/**
 * The CSV files the AWS console lets people download, as rows. It writes CSV only mostly: passwords are not quoted,
 * whatever is in them. Headers are matched whatever their case, order and blanks; a byte order mark, CRLF and a missing
 * last line feed are fine, as spreadsheets leave them behind. No error quotes the file.
 */
import { parse } from 'csv-parse/sync'
import { HallpassError } from '#shared/errors.ts'

/** The largest file the console makes has a few hundred users. */
export const LARGEST_CONSOLE_FILE = 1024 * 1024

export interface ConsoleRow {
  /** As it stands in the file, of the column with one of these titles; empty when there is none. */
  value(...titles: readonly string[]): string
  /** Counted from 1. */
  readonly line: number
}

export interface ConsoleTable {
  /** Whether it has a column of one of these titles, in lower case. */
  has(...titles: readonly string[]): boolean
  readonly rows: readonly ConsoleRow[]
}

/** @throws `csv.invalid` with that hint when it is not text */
export function decodeConsoleFile(bytes: Uint8Array, hint: string): string {
  try {
    // Drops a byte order mark, and refuses what is not text.
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new HallpassError('csv.invalid', 'The file is not text.', { hint })
  }
}

/** @throws `csv.invalid` with that hint */
export function parseConsoleTable(text: string, hint: string): ConsoleTable {
  const [header, ...records] = readLines(text, hint)
  const titles = (header?.fields ?? []).map((title) => title.trim().toLowerCase())
  const columnOf = (names: readonly string[]) => titles.findIndex((title) => names.includes(title))
  return {
    has: (...names) => columnOf(names) >= 0,
    rows: records.map((record, index) => {
      const fields = alignFields(record, titles)
      return { line: index + 2, value: (...names) => fields[columnOf(names)] ?? '' }
    }),
  }
}

interface Line {
  readonly fields: readonly string[]
  /** As it stands in the file. */
  readonly raw: string
}

function readLines(text: string, hint: string): Line[] {
  const options = { relax_column_count: true, skip_empty_lines: true, raw: true }
  try {
    const lines = parse(text, options) as unknown as { record: string[]; raw: string }[]
    return lines.map(({ record, raw }) => ({ fields: record, raw }))
  } catch {
    // The console does not quote passwords, so a lone quote is part of one.
    const lines = text.split(/\r\n|\r|\n/).filter((line) => line.trim() !== '')
    if (lines.length > 0) return lines.map((raw) => ({ fields: splitPlainly(raw).map(unquoted), raw }))
    throw new HallpassError('csv.invalid', 'The file can’t be read as CSV.', { hint })
  }
}

const splitPlainly = (raw: string) => raw.replace(/[\r\n]+$/, '').split(',')
const unquoted = (field: string) => /^\s*"(.*)"\s*$/.exec(field)?.[1]?.replaceAll('""', '"') ?? field

/**
 * Joins what an unquoted password with commas has torn apart: it stands in the second column of such files. What looks
 * like a quoted part of it is a part of it.
 */
function alignFields({ fields, raw }: Line, titles: readonly string[]): readonly string[] {
  const surplus = fields.length - titles.length
  const password = titles.indexOf('password')
  if (surplus <= 0 || password < 0) return fields
  const parts = splitPlainly(raw)
  const after = parts.length - (titles.length - password - 1)
  return [
    ...parts.slice(0, password).map(unquoted),
    parts.slice(password, after).join(','),
    ...parts.slice(after).map(unquoted),
  ]
}
