/**
 * How one entry of the activity log is made: cleaned of anything that looks like a secret, written as JSON in one fixed
 * form, and chained to the entry before by that one's hash.
 */
import { hash } from 'node:crypto'
import type { ActivityAsker, ActivityEntry, ActivityKind, ActivityProcess } from '#shared/activity.ts'
import { redact } from '../redact.ts'

/**
 * Texts in which redaction finds nothing to blank: too short for a key or a token, and without what stands between the
 * name of a secret and its value. Most texts are such, and a process that hands out credentials has little time.
 */
const PLAIN = /^[\w ./@-]{0,19}$/

/** What somebody records. Whatever is left out is null in the entry. */
export interface ActivityDraft {
  readonly kind: ActivityKind
  /** `role:<id>`, `identity:<id>` or `sealed:<id>`. */
  readonly target?: string | null
  readonly name?: string | null
  readonly accountId?: string | null
  readonly accessKeyId?: string | null
  readonly how?: string | null
  readonly form?: string | null
  readonly detail?: Readonly<Record<string, string>>
}

export interface Place {
  readonly seq: number
  /** Milliseconds since the epoch. */
  readonly now: number
  /** Hash of the entry before. */
  readonly previous: string
}

/** What the first entry of a log has as its previous hash. */
export const NO_ENTRY = '0'.repeat(64)

/** Longer texts are cut: what gets in from outside must not fill the disk. */
const LONGEST = 1024
/** Cut before redaction, which takes its time; far enough out that no secret is cut in two where it would stay. */
const LONGEST_LOOKED_AT = 16 * LONGEST

/** The text of an entry without its hash: JSON with the fields in the order of `activityRecordSchema`. */
export function entryText(draft: ActivityDraft, asker: ActivityAsker, { seq, now, previous }: Place): string {
  const { kind, target = null, name = null, accountId = null, accessKeyId = null, how = null, form = null } = draft
  const record: Omit<ActivityEntry, 'hash'> = {
    seq,
    at: new Date(now).toISOString(),
    kind,
    target: matching(target, /^(?:role|identity|sealed):[\w-]{1,64}$/),
    name: clean(name),
    accountId: matching(accountId, /^\d{12}$/),
    // Redaction would blank it; nothing that could be a secret has this shape.
    accessKeyId: matching(accessKeyId, /^A[A-Z0-9]{3,127}$/),
    how: clean(how),
    form: clean(form),
    detail: Object.fromEntries(
      Object.entries(draft.detail ?? {})
        .map(([key, value]): [string, string] => [clean(key), clean(value)])
        .sort(([one], [other]) => (one < other ? -1 : 1)),
    ),
    asker: { process: cleanProcess(asker.process), parents: asker.parents.map(cleanProcess) },
    previous,
  }
  return JSON.stringify(record)
}

/** SHA-256 of an entry's text, in hex. */
export function entryHash(text: string): string {
  return hash('sha256', text, 'hex')
}

function cleanProcess({ pid, name, path, folder }: ActivityProcess): ActivityProcess {
  return { pid, name: clean(name), path: cleanPath(path), folder: cleanPath(folder) }
}

function clean<T extends string | null>(text: T): T | string {
  return text === null ? text : cut(blank(text.slice(0, LONGEST_LOOKED_AT)))
}

/** Part by part: a path as a whole can look like one long secret. */
function cleanPath(path: string | null): string | null {
  return path === null ? null : cut(path.slice(0, LONGEST_LOOKED_AT).replaceAll(/[^/\\]+/g, blank))
}

function blank(text: string): string {
  return PLAIN.test(text) ? text : redact(text)
}

function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text
}

function matching(text: string | null, shape: RegExp): string | null {
  return text !== null && shape.test(text) ? text : null
}
