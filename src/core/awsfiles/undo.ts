/**
 * What an edit replaced, kept so that it can be taken back: the last 20 edits, readable by the owner only. An edit may
 * have changed both files; then it has an entry for each, under one operation.
 *
 * An entry holds only the lines the edit removed, never the rest of the file: copying a credentials file would
 * spread other profiles' secrets. Static keys, whoever wrote them, are left out altogether.
 */
import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import type { Clock } from '#core/capabilities.ts'
import type { OwnedProfileRecord, OwnedSsoSession } from '#core/store/types.ts'
import { profileModeField } from '#shared/fields.ts'
import { maskSecrets, unifiedDiff } from './diff.ts'
import type { AwsFileDocument } from './document.ts'
import { printOnce } from './document-cache.ts'
import { explainFileError, isMissing } from './file-errors.ts'
import type { FileSystem } from './file-system.ts'
import { type Hunk, hunkSchema, hunksOf } from './hunks.ts'
import type { FileKind } from './readers/types.ts'

const KEPT_OPERATIONS = 20
const VERSION = 2
const KEY_LINE = /^\s*(?:aws_access_key_id|aws_secret_access_key|aws_session_token|aws_security_token)\b|^# Expires /i

/** What an edit did to profiles, beyond its lines. */
export interface ProfileChange {
  readonly kind: FileKind
  /** What an adoption replaced is in the vault, and no line of it in the entry. */
  readonly action: 'write' | 'remove' | 'adopt'
  readonly records: readonly RecordChange[]
  /** Of `[sso-session]` sections; absent where it touched none. */
  readonly sessions?: readonly SsoSessionChange[]
}

/** The store's record of a profile before the edit; `null` when there was none. */
export interface RecordChange {
  readonly profile: string
  readonly configFile: string
  readonly before: OwnedProfileRecord | null
}

/** The store's record of an `[sso-session]` before the edit; `null` when there was none. */
export interface SsoSessionChange {
  readonly session: string
  readonly configFile: string
  readonly identityId: string
  readonly before: OwnedSsoSession | null
}

export interface UndoEntry {
  readonly version: typeof VERSION
  readonly id: string
  /** The same for everything that one command or click did. */
  readonly operation: string
  /** ISO 8601, UTC. */
  readonly at: string
  /** The real file, links followed. */
  readonly file: string
  /** What was done, for lists: "Write profile dev". */
  readonly description: string
  /** False when the edit created the file. */
  readonly existed: boolean
  readonly hunks: readonly Hunk[]
  /** Unified, secrets masked; empty for an adoption. */
  readonly diff: string
  readonly change: ProfileChange | null
}

export interface UndoSource {
  readonly file: string
  readonly description: string
  readonly existed: boolean
  readonly before: AwsFileDocument
  readonly after: AwsFileDocument
  readonly operation?: string | undefined
  readonly change?: ProfileChange | undefined
}

const recordSchema = z.object({
  profile: z.string(),
  target: z.string(),
  mode: profileModeField,
  configFile: z.string(),
  credentialsFile: z.string().nullable(),
  writtenAt: z.string(),
  adopted: z
    .object({
      entry: z.string(),
      files: z.object({ config: z.string().exactOptional(), credentials: z.string().exactOptional() }),
      ownRegion: z.boolean(),
    })
    .exactOptional(),
})

const sessionChangeSchema = z.object({
  session: z.string(),
  configFile: z.string(),
  identityId: z.string(),
  before: z
    .object({ session: z.string(), configFile: z.string(), identityId: z.string(), writtenAt: z.string() })
    .nullable(),
})

const entrySchema = z.object({
  version: z.literal(VERSION),
  id: z.string(),
  operation: z.string(),
  at: z.string(),
  file: z.string(),
  description: z.string(),
  existed: z.boolean(),
  hunks: z.array(hunkSchema),
  diff: z.string(),
  change: z
    .object({
      kind: z.enum(['config', 'credentials']),
      action: z.enum(['write', 'remove', 'adopt']),
      records: z.array(z.object({ profile: z.string(), configFile: z.string(), before: recordSchema.nullable() })),
      sessions: z.array(sessionChangeSchema).exactOptional(),
    })
    .nullable(),
})

/** The folder of undo entries below a state folder. */
export function undoFolder(stateHome: string): string {
  return join(stateHome, 'undo')
}

/** A name for everything that one command or click is about to do. */
export function newOperation(): string {
  return randomBytes(4).toString('hex')
}

/**
 * Records an edit that is about to be made and drops what is beyond the last 20.
 * @returns the entry's id
 */
export async function recordUndo(fs: FileSystem, stateHome: string, clock: Clock, source: UndoSource): Promise<string> {
  const folder = undoFolder(stateHome)
  const { file, description, existed, before, after, operation = newOperation(), change = null } = source
  // Ids sort by time; the random part keeps two processes apart, and the two files of one operation.
  const id = `${String(clock()).padStart(15, '0')}-${operation}-${randomBytes(4).toString('hex')}`
  const isKept = change?.action !== 'adopt'
  const entry: UndoEntry = {
    version: VERSION,
    id,
    operation,
    at: new Date(clock()).toISOString(),
    file,
    description,
    existed,
    hunks: isKept ? hunksOf(before.lines, after.lines, (index) => isWithheld(before, index)) : [],
    diff: isKept ? unifiedDiff(file, printOnce(before), printOnce(after)) : '',
    change,
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

/**
 * The operations that can be taken back, newest first, each with its entries in the order they were made. Entries
 * that can't be read, or are of another version, are passed over.
 * @throws `file.*` when the folder can't be read
 */
export async function listOperations(fs: FileSystem, stateHome: string): Promise<UndoEntry[][]> {
  const folder = undoFolder(stateHome)
  const operations = new Map<string, UndoEntry[]>()
  for (const name of (await entryNames(fs, folder)).reverse()) {
    const entry = await readEntry(fs, join(folder, name))
    if (!entry) continue
    const entries = operations.get(entry.operation)
    if (entries) entries.unshift(entry)
    else operations.set(entry.operation, [entry])
  }
  return [...operations.values()]
}

/** Forgets a whole operation. */
export async function discardOperation(fs: FileSystem, stateHome: string, operation: string): Promise<void> {
  for (const name of await entryNames(fs, undoFolder(stateHome))) {
    if (operationOf(name) === operation) await discardUndo(fs, stateHome, name.slice(0, -'.json'.length))
  }
}

async function readEntry(fs: FileSystem, path: string): Promise<UndoEntry | undefined> {
  try {
    return entrySchema.safeParse(JSON.parse((await fs.readFile(path)).toString('utf8'))).data
  } catch (cause) {
    // Dropped by another process meanwhile, or half written by one that crashed.
    if (isMissing(cause) || cause instanceof SyntaxError) return undefined
    throw explainFileError(cause, 'read', path)
  }
}

/** Names of the entries' files, oldest first. */
async function entryNames(fs: FileSystem, folder: string): Promise<string[]> {
  try {
    return (await fs.readdir(folder)).filter((name) => name.endsWith('.json')).sort()
  } catch (cause) {
    if (isMissing(cause)) return []
    throw explainFileError(cause, 'read', folder)
  }
}

async function dropOldEntries(fs: FileSystem, folder: string): Promise<void> {
  const names = await entryNames(fs, folder)
  const kept = new Set([...new Set(names.map(operationOf).reverse())].slice(0, KEPT_OPERATIONS))
  for (const name of names) if (!kept.has(operationOf(name))) await fs.rm(join(folder, name), { force: true })
}

/**
 * Indexes of the lines that are a key or a secret, or continue one. An undo entry never holds them, so that an edit
 * that removes one can't be taken back.
 */
export function withheldLines(document: AwsFileDocument): Set<number> {
  return new Set([...document.lines.keys()].filter((index) => isWithheld(document, index)))
}

/** Whether a line is a key or a secret, or continues one. */
function isWithheld({ lines }: AwsFileDocument, index: number): boolean {
  const text = lines[index]?.text ?? ''
  if (KEY_LINE.test(text)) return true
  // An indented line is masked for what it continues; any other for itself.
  let start = index
  while (start > 0 && /^\s+\S/.test(lines[start]?.text ?? '')) start--
  const texts = lines.slice(start, index + 1).map((line) => line.text)
  return maskSecrets(texts).at(-1) !== text
}

function operationOf(name: string): string | undefined {
  return name.split('-')[1]
}
