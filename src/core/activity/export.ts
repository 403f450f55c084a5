/** The forms a log leaves Hallpass in. */
import type { ActivityEntry, ActivityProcess } from '#shared/activity.ts'
import type { Row } from './log-file.ts'

export const ACTIVITY_FORMATS = ['jsonl', 'csv'] as const
export type ActivityFormat = (typeof ACTIVITY_FORMATS)[number]

const COLUMNS = [
  ...['seq', 'at', 'kind', 'name', 'target', 'accountId', 'accessKeyId', 'how', 'form', 'detail'],
  ...['program', 'pid', 'folder', 'askedBy', 'askedByPid', 'askedByPath', 'askedByFolder', 'parents'],
  ...['previous', 'hash'],
]

/** Lines that stand above the entries, without a line feed. */
export function headerLines(format: ActivityFormat): string[] {
  return format === 'csv' ? [COLUMNS.join(',')] : []
}

/**
 * One entry, without a line feed. Of a JSON line without its last field, `hash`, the SHA-256 is that hash: anybody can
 * check an export.
 */
export function exportLine(format: ActivityFormat, row: Pick<Row, 'entry' | 'hash'>): string {
  if (format === 'jsonl') return `${row.entry.slice(0, -1)},"hash":${JSON.stringify(row.hash)}}`
  return csvFields({ ...(JSON.parse(row.entry) as Omit<ActivityEntry, 'hash'>), hash: row.hash })
    .map(quote)
    .join(',')
}

function csvFields(entry: ActivityEntry): (string | number | null)[] {
  const { process, parents } = entry.asker
  const by: Partial<ActivityProcess> = askedBy(parents) ?? {}
  return [
    ...[entry.seq, entry.at, entry.kind, entry.name, entry.target, entry.accountId, entry.accessKeyId, entry.how],
    ...[entry.form, JSON.stringify(entry.detail), process.name, process.pid, process.folder],
    ...[by.name ?? null, by.pid ?? null, by.path ?? null, by.folder ?? null, JSON.stringify(parents)],
    ...[entry.previous, entry.hash],
  ]
}

/** The program that asked: a shell in between only passed the question on. The parents end at the first that is none. */
export function askedBy(parents: readonly ActivityProcess[]): ActivityProcess | undefined {
  return parents.at(-1)
}

/** RFC 4180; and no cell that a spreadsheet would take for a formula. */
function quote(value: string | number | null): string {
  const text = String(value ?? '')
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
