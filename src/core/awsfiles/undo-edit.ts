/**
 * Taking edits back, newest first. Lines go back where they were, unless somebody has changed those lines since. Static
 * keys are never brought back: at most they are taken away, and the next session writes new ones. An adoption is taken
 * back from the vault.
 */
import type { OwnedProfileRecord } from '#core/store/types.ts'
import { HallpassError } from '#shared/errors.ts'
import { keptOf } from './adoption.ts'
import { applyEdit } from './apply-edit.ts'
import { unifiedDiff } from './diff.ts'
import { type AwsFileDocument, parseDocument, printDocument } from './document.ts'
import { replaceLines } from './document-edit.ts'
import { readSnapshot, resolveTarget } from './file-target.ts'
import { reverseHunks } from './hunks.ts'
import { findOwnSection, viewFile } from './ownership.ts'
import type { ProfileFiles } from './profile-files.ts'
import { removeContent } from './profile-text.ts'
import { readAsBotocore } from './readers/botocore.ts'
import type { FileKind } from './readers/types.ts'
import { discardOperation, listOperations, type RecordChange, type SsoSessionChange, type UndoEntry } from './undo.ts'
import { forgetReplaced, pathOf, readReplaced, removalOf } from './write-profile.ts'

/** An edit of the AWS files that can be taken back. */
export interface EditRecord {
  readonly operation: string
  /** What was done: "Write profile dev". */
  readonly description: string
  /** ISO 8601, UTC. */
  readonly at: string
  readonly files: readonly string[]
  /** What it changed, secrets masked; empty where that is in the vault alone. */
  readonly diff: string
  /** The records it changed, as they were before. */
  readonly records: readonly RecordChange[]
  /** The records of `[sso-session]` sections it changed, as they were before. Taking it back leaves them to the caller. */
  readonly sessions: readonly SsoSessionChange[]
  /** Adopted profiles that it removed: taking that back means adopting them again. */
  readonly readopts: readonly OwnedProfileRecord[]
}

/** The edits that can be taken back, newest first. */
export async function listEdits(files: ProfileFiles): Promise<EditRecord[]> {
  const operations = await listOperations(files.fs, files.stateHome)
  return operations.flatMap((entries) => {
    const [first] = entries
    if (!first) return []
    const { operation, description, at } = first
    const records = recordsOf(entries)
    return {
      operation,
      description,
      at,
      files: [...new Set(entries.map(({ file }) => file))],
      diff: entries.map(({ diff }) => diff).join(''),
      records,
      sessions: entries.flatMap(({ change }) => change?.sessions ?? []),
      readopts: readoptsOf(entries),
    }
  })
}

/** What taking an operation back would change, without what it would adopt again. @throws `undo.conflict` */
export async function planUndo(files: ProfileFiles, operation: string): Promise<{ diff: string; files: string[] }> {
  const changes: { path: string; diff: string }[] = []
  for (const [path, edit] of await editsFor(files, await entriesOf(files, operation))) {
    const { bytes } = await readSnapshot(files.fs, path)
    const diff = unifiedDiff(path, bytes, printDocument(edit(parseDocument(bytes))))
    if (diff !== '') changes.push({ path, diff })
  }
  return { diff: changes.map(({ diff }) => diff).join(''), files: changes.map(({ path }) => path) }
}

/**
 * Takes an operation back, its records included, and forgets it. What it would adopt again has been adopted before.
 * @throws `undo.conflict`, `vault.*`, `file.*`
 */
export async function undoOperation(files: ProfileFiles, operation: string): Promise<void> {
  const entries = await entriesOf(files, operation)
  const readopted = readoptsOf(entries).map(({ profile }) => profile)
  const description = `Undo: ${entries[0]?.description ?? ''}`
  const edits = await editsFor(files, entries)
  // All of it is possible, or none of it is begun.
  for (const [path, edit] of edits) edit(parseDocument((await readSnapshot(files.fs, path)).bytes))
  const records = recordsOf(entries).filter(({ profile }) => !readopted.includes(profile))
  const adopted = adoptedNow(files, entries)
  // A record comes before the lines it stands for, and goes after them.
  files.profiles.together(() => {
    for (const { before } of records) if (before) files.profiles.put(withPresentAdoption(files, before, adopted))
  })
  const { stateHome, clock, fs } = files
  for (const [path, edit] of edits) await applyEdit(path, edit, { stateHome, clock, fs, description, undo: false })
  files.profiles.together(() => {
    for (const { profile, configFile, before } of records) if (!before) files.profiles.remove(profile, configFile)
  })
  for (const record of adopted) if (record.adopted) await forgetReplaced(files, record.adopted.entry)
  await discardOperation(fs, stateHome, operation)
  files.log.info('edit undone', { description })
}

async function entriesOf(files: ProfileFiles, operation: string): Promise<UndoEntry[]> {
  const all = await listOperations(files.fs, files.stateHome)
  const entries = all.find(([first]) => first?.operation === operation)
  if (entries) return entries
  throw new HallpassError('undo.nothing', 'That edit is no longer on the list of those that can be taken back.')
}

/** Every record an operation changed, as it was before the first change. */
function recordsOf(entries: readonly UndoEntry[]): RecordChange[] {
  const records = new Map<string, RecordChange>()
  for (const { change } of entries) {
    for (const record of change?.records ?? []) {
      const key = `${record.profile}\n${record.configFile}`
      if (!records.has(key)) records.set(key, record)
    }
  }
  return [...records.values()]
}

function readoptsOf(entries: readonly UndoEntry[]): OwnedProfileRecord[] {
  const changes = entries.flatMap(({ change }) => (change?.action === 'remove' ? change.records : []))
  const removed = new Set(changes.map(({ profile }) => profile))
  return recordsOf(entries)
    .filter(({ profile }) => removed.has(profile))
    .flatMap(({ before }) => (before?.adopted ? [before] : []))
}

/** The records of profiles that the operation adopted. */
function adoptedNow(files: ProfileFiles, entries: readonly UndoEntry[]): OwnedProfileRecord[] {
  const changed = recordsOf(entries.filter(({ change }) => change?.action === 'adopt'))
  return changed.flatMap(({ profile, configFile, before }) => {
    const record = files.profiles.get(profile, configFile)
    return record?.adopted && record.adopted.entry !== before?.adopted?.entry ? [record] : []
  })
}

/** A record as it was, except that what its section was before adopting is where it is now. */
function withPresentAdoption(
  files: ProfileFiles,
  before: OwnedProfileRecord,
  undone: readonly OwnedProfileRecord[],
): OwnedProfileRecord {
  const { adopted: _, ...rest } = before
  const present = files.profiles.get(before.profile, before.configFile)
  if (!present?.adopted || undone.some(({ profile }) => profile === before.profile)) return rest
  return { ...rest, adopted: present.adopted }
}

type DocumentEdit = (document: AwsFileDocument) => AwsFileDocument

/** One edit for each file, by its real path, credentials files first: what is secret goes first. */
async function editsFor(files: ProfileFiles, entries: readonly UndoEntry[]): Promise<[string, DocumentEdit][]> {
  const steps: { path: string; isCredentials: boolean; edit: DocumentEdit }[] = []
  const readopted = readoptsOf(entries).map(({ profile }) => profile)
  for (const record of adoptedNow(files, entries)) {
    const replaced = await readReplaced(files, record)
    for (const kind of ['credentials', 'config'] as const) {
      const remove = removalOf(files, record, kind, replaced)
      const path = await resolveTarget(files.fs, pathOf(files, record, kind))
      steps.push({ path, isCredentials: kind === 'credentials', edit: (document) => remove(document) ?? document })
    }
  }
  for (const entry of entries.toReversed()) {
    const { change, file } = entry
    const isReadopted = change?.action === 'remove' && change.records.some(({ profile }) => readopted.includes(profile))
    if (change?.action === 'adopt' || isReadopted) continue
    const isCredentials = change?.kind === 'credentials'
    // As they are now: by the time of the edit the records are back to what they were.
    const present = (change?.records ?? []).map(({ profile, configFile }) => files.profiles.get(profile, configFile))
    const edit: DocumentEdit = isCredentials
      ? (document) => withoutKeys(document, entry, present)
      : (document) => reversed(document, entry)
    steps.push({ path: file, isCredentials, edit })
  }
  steps.sort((a, b) => Number(b.isCredentials) - Number(a.isCredentials))
  const byPath = new Map<string, DocumentEdit[]>()
  for (const { path, edit } of steps) byPath.set(path, [...(byPath.get(path) ?? []), edit])
  return [...byPath].map(([path, edits]) => [path, (document) => edits.reduce((each, edit) => edit(each), document)])
}

/** @throws `undo.conflict` */
function reversed(document: AwsFileDocument, { file, hunks, description, change }: UndoEntry): AwsFileDocument {
  if (hunks.some(({ withheld }) => withheld > 0)) {
    throw new HallpassError(
      'undo.conflict',
      `“${description}” took keys out of ${file}, and Hallpass keeps no copy of those.`,
    )
  }
  const lines = reverseHunks(document.lines, hunks)
  const result = lines && replaceLines(document, 0, document.lines.length, lines)
  if (result && !breaks(document, result, change?.kind ?? 'config')) return result
  throw new HallpassError(
    'undo.conflict',
    `${file} has been changed since, on lines of “${description}”, so that can’t be taken back as it was.`,
    { hint: 'Change those lines by hand, or remove the profile. Nothing was changed.' },
  )
}

/** Whether SDKs that could read the file before could not do so after. */
function breaks(before: AwsFileDocument, after: AwsFileDocument, kind: FileKind): boolean {
  const isRejected = (document: AwsFileDocument) => readAsBotocore(printDocument(document), kind).rejected
  return isRejected(after) && !isRejected(before)
}

/**
 * The document without the static keys that the operation put there, or that no record would stand for.
 * @param present the records as they are, in the order of the entry's own
 */
function withoutKeys(
  document: AwsFileDocument,
  { file, hunks, change }: UndoEntry,
  present: readonly (OwnedProfileRecord | undefined)[],
): AwsFileDocument {
  const hadKeys = hunks.some(({ withheld }) => withheld > 0)
  let result = document
  for (const [index, { profile, before }] of (change?.records ?? []).entries()) {
    const now = present[index]
    if (hadKeys && before?.mode === 'static' && before.target === now?.target) continue
    const section = findOwnSection(viewFile('credentials', file, result), profile, true)
    if (section) result = removeContent(result, 'credentials', section, keptOf(now?.adopted, 'credentials'))
  }
  return result
}
