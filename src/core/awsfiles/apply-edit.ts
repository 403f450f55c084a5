/**
 * The one way an AWS file is changed: under a lock between processes, read again under it, edited as a document,
 * and replaced whole. Whatever goes wrong, the file is the old one or the new one.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '#core/capabilities.ts'
import { HallpassError } from '#shared/errors.ts'
import type { AwsFileDocument } from './document.ts'
import { parseOnce, printOnce } from './document-cache.ts'
import { type FileSystem, realFileSystem } from './file-system.ts'
import { readSnapshot, resolveTarget, type Snapshot } from './file-target.ts'
import { withFileLock } from './lock.ts'
import {
  mayBeOverwritten,
  noteEdit,
  type RecentEdits,
  readRecentEdits,
  restoreOverwritten,
  versionOf,
} from './recent-edits.ts'
import { type Replacement, removeLeftover, replaceFile, temporaryPath } from './replace-file.ts'
import { discardUndo, recordUndo, type UndoSource } from './undo.ts'

/** How often an edit starts over because somebody else changed the file meanwhile. */
const MAX_ATTEMPTS = 30
/** The AWS CLI empties a file and then writes it; a file touched this recently may be half written. */
const SETTLED_MS = 20
/** The same for a file that is empty: taking it as it is would lose everything that is about to be written. */
const EMPTY_SETTLED_MS = 500
/** A file that somebody else wrote this recently may be read by them again already, to be overwritten. */
const BUSY_MS = 2000
/** How long after an edit of a busy file it is looked at again. */
const LINGER_MS = 100

/** Returns the edited document, or `undefined` for "leave it as it is". May be called again on a newer file. */
export type Edit = (document: AwsFileDocument) => AwsFileDocument | undefined | Promise<AwsFileDocument | undefined>

export interface ApplyEditOptions {
  /** The Hallpass state folder: locks and undo entries live there. */
  readonly stateHome: string
  /** For the undo list: "Write profile dev". */
  readonly description: string
  /** What else the undo list should know; `false` keeps the edit off it, for one that cannot be taken back. */
  readonly undo?: Pick<UndoSource, 'operation' | 'change'> | false
  readonly clock?: Clock
  readonly fs?: FileSystem
  /** How long to wait for another process. */
  readonly lockTimeoutMs?: number
}

export interface EditResult {
  /** False when the edit left every byte as it was: then nothing was written. */
  readonly changed: boolean
  /** The file that was or would have been written, links followed. */
  readonly target: string
}

/** What was found and done in one go under the lock. */
interface Pass {
  readonly outcome: 'unchanged' | 'written' | 'changed'
  /** Somebody else is at work on the file too. */
  readonly isBusy: boolean
}

/**
 * Changes `file` by `edit`. Creates it (0600) and its folder (0700) when missing; an edit that changes nothing writes
 * nothing. An error thrown by `edit` passes through. Recent edits that a program without a lock has overwritten are
 * made again with it (`recent-edits.ts`); on a file such a program is busy with, this one is looked at again too.
 * @throws `file.locked`, `file.changed`, `file.permission`, `file.disk-full`, `file.not-a-file`, `file.too-large`,
 *   `file.unreadable`: the file is then untouched
 */
export async function applyEdit(file: string, edit: Edit, options: ApplyEditOptions): Promise<EditResult> {
  const { stateHome, fs = realFileSystem } = options
  const target = await resolveTarget(fs, file)
  const work = async (): Promise<Pass> => {
    const temporary = temporaryPath(target, stateHome)
    await removeLeftover(fs, temporary)
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const pass = await editOnce(fs, target, temporary, edit, options)
      if (pass.outcome !== 'changed') return { ...pass, isBusy: pass.isBusy || attempt > 0 }
    }
    throw new HallpassError('file.changed', `${target} kept changing while Hallpass was editing it.`, {
      hint: 'Find out which program writes to it, wait for it to finish, and try again.',
    })
  }
  const { outcome, isBusy } = await withFileLock(stateHome, target, work, options.lockTimeoutMs)
  const changed = outcome === 'written'
  if (changed && isBusy) {
    await pause(LINGER_MS)
    // The edit stands; a later look makes good what this one can't.
    await restoreEdits(target, options).catch(() => undefined)
  }
  return { changed, target }
}

/**
 * Makes recent edits of `file` again that a program without a lock has overwritten. Cheap when there is nothing to do.
 * @returns whether it wrote anything
 * @throws as `applyEdit`
 */
export async function restoreEdits(file: string, options: Omit<ApplyEditOptions, 'description'>): Promise<boolean> {
  const { stateHome, fs = realFileSystem } = options
  const target = await resolveTarget(fs, file)
  const recent = await readRecentEdits(fs, stateHome, target)
  if (recent.written === '') return false
  const stat = await fs.stat(target, { bigint: true }).catch(() => undefined)
  if (!stat || !mayBeOverwritten(recent, stat)) return false
  return (await applyEdit(target, () => undefined, { ...options, description: '' })).changed
}

async function editOnce(
  fs: FileSystem,
  target: string,
  temporary: string,
  edit: Edit,
  options: ApplyEditOptions,
): Promise<Pass> {
  const { stateHome, description, undo = {}, clock = Date.now } = options
  const recent = await readRecentEdits(fs, stateHome, target)
  const snapshot = await readSettled(fs, target, recent)
  const isBusy = isBusyFile(recent, snapshot)
  const found = parseOnce(snapshot.bytes)
  const before = snapshot.stat ? restoreOverwritten(found, recent, snapshot.stat) : found
  const after = (await edit(before)) ?? before
  const bytes = after === found ? snapshot.bytes : printOnce(after)
  if (bytes.equals(snapshot.bytes)) return { outcome: 'unchanged', isBusy }
  const source = { file: target, description, existed: snapshot.stat !== undefined, before, after }
  const isRecorded = undo !== false && after !== before
  const undoId = isRecorded ? await recordUndo(fs, stateHome, clock, { ...source, ...undo }) : undefined
  let replacement: Replacement = { outcome: 'changed' }
  try {
    replacement = await replaceFile(fs, target, snapshot, bytes, temporary)
  } finally {
    if (replacement.outcome === 'changed' && undoId !== undefined) await discardUndo(fs, stateHome, undoId)
  }
  if (replacement.outcome === 'changed') return { outcome: 'changed', isBusy: true }
  const noted = await noteEdit(fs, stateHome, target, { recent, before, after, stat: replacement.stat })
  if (replacement.outcome === 'written') return { outcome: 'written', isBusy }
  await takeOver(fs, target, temporary, replacement.bytes, noted, stateHome)
  return { outcome: 'written', isBusy: true }
}

/**
 * Puts our edits into what somebody else wrote to the file while it was being replaced. The edit itself is in place by
 * now: what goes wrong here must not claim the opposite.
 */
async function takeOver(
  fs: FileSystem,
  target: string,
  temporary: string,
  bytes: Buffer,
  recent: RecentEdits,
  stateHome: string,
): Promise<void> {
  try {
    const stat = await fs.stat(target, { bigint: true })
    if (versionOf(stat) !== recent.written) return
    const merged = restoreOverwritten(parseOnce(bytes), { ...recent, written: 'theirs' }, stat)
    const replacement = await replaceFile(fs, target, { bytes, stat }, printOnce(merged), temporary)
    if (replacement.outcome === 'changed') return
    await noteEdit(fs, stateHome, target, { recent, before: merged, after: merged, stat: replacement.stat })
  } catch {
    // Their change is lost, as it is whenever two programs without a lock write at once.
  }
}

/** Whether a program other than Hallpass, which knows this file, was here a moment ago. */
function isBusyFile(recent: RecentEdits, { stat }: Snapshot): boolean {
  if (!stat || recent.written === '' || recent.written === versionOf(stat)) return false
  return Date.now() - Number(stat.mtimeMs) < BUSY_MS
}

async function readSettled(fs: FileSystem, target: string, recent: RecentEdits): Promise<Snapshot> {
  for (const start = Date.now(); ; ) {
    const snapshot = await readSnapshot(fs, target)
    if (!snapshot.stat) return snapshot
    const { mtimeNs, ctimeNs, size } = snapshot.stat
    // Being emptied or written at this moment; a file shows its new size before its new times.
    const isTorn = Number(size) !== snapshot.bytes.length
    // Touched after its last write means renamed into place: such a file is complete.
    const isComplete = recent.written === versionOf(snapshot.stat) || (ctimeNs > mtimeNs && size > 0n)
    if (isComplete && !isTorn) return snapshot
    const settled = size === 0n ? EMPTY_SETTLED_MS : SETTLED_MS
    const age = Date.now() - Number(mtimeNs / 1_000_000n)
    const isOld = age < 0 || age >= settled
    if ((isOld && !isTorn) || Date.now() - start >= EMPTY_SETTLED_MS) return snapshot
    await pause(SETTLED_MS)
  }
}
