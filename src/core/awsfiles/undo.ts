/**
 * What an edit replaced, kept so that it can be taken back: the last 20 edits, readable by the owner only.
 *
 * An entry holds only the lines the edit removed, never the rest of the file: copying a credentials file would
 * spread other profiles' secrets. Lines it added are kept as hashes, enough to find them again. Static keys that
 * Hallpass wrote are left out altogether.
 */
import { createHash, randomBytes } from 'node:crypto'
import { join } from 'node:path'
import type { Clock } from '#core/capabilities.ts'
import { diffLines, unifiedDiff } from './diff.ts'
import { type AwsFileDocument, type Line, printDocument } from './document.ts'
import { explainFileError, isMissing } from './file-errors.ts'
import type { FileSystem } from './file-system.ts'

const KEPT_ENTRIES = 20
/** Lines an undo entry never holds, so that an edit that removed one could not be taken back. */
export const KEY_LINE =
  /^\s*(?:aws_access_key_id|aws_secret_access_key|aws_session_token|aws_security_token)\b|^# Expires /i

/** One place of the file that the edit changed. Lines are Latin-1, with their endings. */
export interface UndoHunk {
  /** Hashes of up to three lines before and after, to find the place again. */
  readonly lead: readonly string[]
  readonly trail: readonly string[]
  /** Index of the first line, in the file after the edit. */
  readonly at: number
  readonly removed: readonly string[]
  /** Hashes of the lines that are there instead. */
  readonly added: readonly string[]
}

export interface UndoEntry {
  readonly version: 1
  readonly id: string
  /** ISO 8601, UTC. */
  readonly at: string
  /** The real file, links followed. */
  readonly file: string
  /** What was done, for lists: "Write profile dev". */
  readonly description: string
  /** False when the edit created the file. */
  readonly existed: boolean
  readonly hunks: readonly UndoHunk[]
  /** Unified, secrets masked. */
  readonly diff: string
}

export interface UndoSource {
  readonly file: string
  readonly description: string
  readonly existed: boolean
  readonly before: AwsFileDocument
  readonly after: AwsFileDocument
}

/** The folder of undo entries below a state folder. */
export function undoFolder(stateHome: string): string {
  return join(stateHome, 'undo')
}

/**
 * Records an edit that is about to be made and drops entries beyond the last 20.
 * @returns the entry's id
 */
export async function recordUndo(fs: FileSystem, stateHome: string, clock: Clock, source: UndoSource): Promise<string> {
  const folder = undoFolder(stateHome)
  // Ids sort by time; the random part keeps two processes apart.
  const id = `${String(clock()).padStart(15, '0')}-${randomBytes(4).toString('hex')}`
  const entry: UndoEntry = {
    version: 1,
    id,
    at: new Date(clock()).toISOString(),
    file: source.file,
    description: source.description,
    existed: source.existed,
    hunks: hunksOf(source.before.lines, source.after.lines),
    diff: unifiedDiff(source.file, printDocument(source.before), printDocument(source.after)),
  }
  try {
    await fs.mkdir(folder, { recursive: true, mode: 0o700 })
    const handle = await fs.open(join(folder, `${id}.json`), 'wx', 0o600)
    try {
      await handle.writeFile(JSON.stringify(entry))
    } finally {
      await handle.close()
    }
    await dropOldEntries(fs, folder)
  } catch (cause) {
    await discardUndo(fs, stateHome, id)
    throw explainFileError(cause, 'write', folder)
  }
  return id
}

/** Forgets an entry, such as that of an edit which was not made after all. */
export async function discardUndo(fs: FileSystem, stateHome: string, id: string): Promise<void> {
  await fs.rm(join(undoFolder(stateHome), `${id}.json`), { force: true }).catch(() => undefined)
}

/** Ids of the entries there are, oldest first. */
export async function listUndoIds(fs: FileSystem, stateHome: string): Promise<string[]> {
  try {
    const names = await fs.readdir(undoFolder(stateHome))
    return names
      .filter((name) => name.endsWith('.json'))
      .map((name) => name.slice(0, -'.json'.length))
      .sort()
  } catch (cause) {
    if (isMissing(cause)) return []
    throw explainFileError(cause, 'read', undoFolder(stateHome))
  }
}

/** The hash under which a line is found again; short, because lines are compared in sequence. */
export function lineHash(text: string): string {
  return createHash('sha256').update(text, 'latin1').digest('base64').slice(0, 22)
}

async function dropOldEntries(fs: FileSystem, folder: string): Promise<void> {
  const names = (await fs.readdir(folder)).filter((name) => name.endsWith('.json')).sort()
  for (const name of names.slice(0, -KEPT_ENTRIES)) await fs.rm(join(folder, name), { force: true })
}

function hunksOf(before: readonly Line[], after: readonly Line[]): UndoHunk[] {
  const whole = (line: Line) => line.text + line.ending
  const parts = diffLines(before.map(whole), after.map(whole))
  const hunks: UndoHunk[] = []
  let at = 0
  for (let index = 0; index < parts.length; index++) {
    const part = parts[index]
    if (!part || part.kind === 'same') {
      at += part?.lines.length ?? 0
      continue
    }
    const removed: string[] = []
    const added: string[] = []
    const lead = parts[index - 1]?.lines.slice(-3) ?? []
    let next = index
    for (; parts[next] && parts[next]?.kind !== 'same'; next++) {
      const { kind, lines } = parts[next] as (typeof parts)[number]
      if (kind === 'removed') removed.push(...lines.filter((line) => !KEY_LINE.test(line)))
      else added.push(...lines)
    }
    const trail = parts[next]?.lines.slice(0, 3) ?? []
    const hash = (lines: readonly string[]) => lines.map(lineHash)
    hunks.push({ lead: hash(lead), trail: hash(trail), at, removed, added: hash(added) })
    at += added.length
    index = next - 1
  }
  return hunks
}
