/** Proves that a log is what was recorded, entry by entry, or finds the first that is not. */
import type { ActivityProblem, ActivityVerdict } from '#shared/activity.ts'
import { isDamage } from '../store/sqlite.ts'
import { entryHash, NO_ENTRY } from './entry.ts'
import type { Head, Row } from './log-file.ts'
import { nextKey, sealOf, trimProof } from './seal.ts'
import { slicePauses } from './slices.ts'

/** How far the log had come when it was last verified; kept in the keychain. */
export interface Mark {
  readonly seq: number
  readonly hash: string
}

/** What the newest `log.trimmed` entry says. */
export interface Trim {
  readonly through: number
  readonly proof: string
}

export interface Expected {
  /** The key of the first place; `undefined` checks hashes alone. */
  readonly firstKey: Uint8Array | undefined
  readonly mark: Mark | undefined
  readonly trim: Trim | undefined
}

/** How many missing entries are counted before the count is given up. */
const MOST_MISSING = 100_000

/**
 * Goes through `rows`, oldest first, which in the end say where the log stands. It does so in slices.
 * @throws what reading throws, other than damage
 */
export async function proveLog(
  rows: Generator<Row, Head>,
  { firstKey, mark, trim }: Expected,
): Promise<ActivityVerdict> {
  const pauseAtSliceEnd = slicePauses()
  let key = firstKey
  let start: Mark = { seq: 0, hash: NO_ENTRY }
  let last = start
  const about: { firstAt: string | null; lastAt: string | null; before: string | null } = {
    firstAt: null,
    lastAt: null,
    before: null,
  }
  const conclude = (found: ActivityProblem | null): ActivityVerdict => ({
    intact: found === null,
    trimmed: start.seq,
    entries: last.seq - start.seq,
    ...about,
    problem: found,
  })
  try {
    let step = rows.next()
    if (!step.done && step.value.seq > 1) {
      const before = { seq: step.value.seq - 1, hash: String(parse(step.value.entry)?.previous) }
      if (!isProven(before, trim, firstKey)) return conclude(missing(1, before.seq))
      start = before
      last = before
      for (let place = 0; key && place < start.seq; place += 1) {
        key = nextKey(key)
        await pauseAtSliceEnd()
      }
    }
    for (; !step.done; step = rows.next()) {
      const row = step.value
      const content = parse(row.entry)
      const found = checkRow(row, content, last, key) ?? checkMark(row, mark)
      if (found) return conclude(found)
      about.firstAt ??= content?.at ?? null
      about.lastAt = content?.at ?? null
      if (row.seq === 1) about.before = content?.detail?.before ?? null
      last = row
      key &&= nextKey(key)
      await pauseAtSliceEnd()
    }
    return conclude(await checkEnd(step.value, last, key, mark))
  } catch (error) {
    if (isDamage(error)) return conclude(changed(last.seq + 1))
    throw error
  } finally {
    rows.return({ log: '', seq: 0, hash: '', nextKey: new Uint8Array() })
  }
}

/** Whether the entries up to `before` were moved out by Hallpass. Checked before a key is computed for each of them. */
function isProven(before: Mark, trim: Trim | undefined, firstKey: Uint8Array | undefined): boolean {
  if (trim?.through !== before.seq) return false
  return !firstKey || trim.proof === trimProof(firstKey, before.seq, before.hash)
}

function checkRow(
  row: Row,
  content: Content | undefined,
  last: Mark,
  key: Uint8Array | undefined,
): ActivityProblem | null {
  const seq = last.seq + 1
  if (row.seq > seq) return missing(seq, row.seq - 1)
  if (entryHash(row.entry) !== row.hash || !content) return changed(seq)
  if (content.seq !== seq || content.previous !== last.hash)
    return problem(seq, 'out-of-order', `Entry ${seq} does not follow the one before it.`)
  if (key && Buffer.compare(sealOf(key, row.hash), row.seal) !== 0)
    return problem(seq, 'forged', `Entry ${seq} was not written when the log came to it: its seal is wrong.`)
  return null
}

function checkMark(row: Row, mark: Mark | undefined): ActivityProblem | null {
  if (!mark || row.seq !== mark.seq || row.hash === mark.hash) return null
  return problem(row.seq, 'replaced', `Entry ${row.seq} is another one than when the log was last verified.`)
}

async function checkEnd(
  head: Head,
  last: Mark,
  key: Uint8Array | undefined,
  mark: Mark | undefined,
): Promise<ActivityProblem | null> {
  const seq = last.seq + 1
  const known = Math.max(head.seq, mark?.seq ?? 0)
  if (known > last.seq) return problem(seq, 'cut', `The log was cut off: ${range(seq, known)} missing.`)
  if (key && Buffer.compare(key, head.nextKey) !== 0) {
    const count = await countMissing(key, head.nextKey)
    const message =
      count === undefined
        ? `Entry ${seq} and what followed it is missing, or somebody changed where the log stands.`
        : `The log was cut off: ${range(seq, last.seq + count)} missing.`
    return problem(seq, 'cut', message)
  }
  if (head.seq !== last.seq || head.hash !== last.hash)
    return problem(last.seq, 'forged', `Entry ${last.seq} was not added by Hallpass.`)
  return null
}

/** Keys can be computed forwards: how far the log had come shows in the key it was to use next. */
async function countMissing(key: Uint8Array, reached: Uint8Array): Promise<number | undefined> {
  const pauseAtSliceEnd = slicePauses()
  let next = key
  for (let count = 1; count <= MOST_MISSING; count += 1) {
    next = nextKey(next)
    if (Buffer.compare(next, reached) === 0) return count
    await pauseAtSliceEnd()
  }
  return undefined
}

/** What verifying looks at in an entry. */
interface Content {
  readonly seq?: unknown
  readonly previous?: unknown
  readonly at?: string
  readonly detail?: { readonly before?: string }
}

function parse(text: string): Content | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}

export function changed(seq: number): ActivityProblem {
  return problem(seq, 'changed', `Entry ${seq} was changed after it was recorded.`)
}

export function problem(seq: number, reason: ActivityProblem['reason'], message: string): ActivityProblem {
  return { seq, reason, message }
}

function missing(first: number, last: number): ActivityProblem {
  const text = range(first, last)
  return problem(first, 'missing', `${text.charAt(0).toUpperCase()}${text.slice(1)} missing.`)
}

function range(first: number, last: number): string {
  return first === last ? `entry ${first} is` : `entries ${first} to ${last} are`
}
