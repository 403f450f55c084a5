/**
 * The one way an AWS file is changed: under a lock between processes, read again under it, edited as a document,
 * and replaced whole. Whatever goes wrong, the file is the old one or the new one.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Clock } from '#core/capabilities.ts'
import { HallpassError } from '#shared/errors.ts'
import { type AwsFileDocument, parseDocument, printDocument } from './document.ts'
import { type FileSystem, realFileSystem } from './file-system.ts'
import { readSnapshot, resolveTarget, type Snapshot } from './file-target.ts'
import { withFileLock } from './lock.ts'
import { removeLeftover, replaceFile, temporaryPath } from './replace-file.ts'
import { discardUndo, recordUndo, type UndoSource } from './undo.ts'

/** How often an edit starts over because somebody else changed the file meanwhile. */
const MAX_ATTEMPTS = 10
/** The AWS CLI empties a file and then writes it; a file touched this recently may be half written. */
const SETTLED_MS = 20

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

/** Inode and time of the last version this process wrote of each file: those need no time to settle. */
const ownVersions = new Map<string, string>()

/**
 * Changes `file` by `edit`. Creates it (0600) and its folder (0700) when missing; an edit that changes nothing writes
 * nothing. An error thrown by `edit` passes through.
 * @throws `file.locked`, `file.changed`, `file.permission`, `file.disk-full`, `file.not-a-file`, `file.too-large`,
 *   `file.unreadable`: the file is then untouched
 */
export async function applyEdit(file: string, edit: Edit, options: ApplyEditOptions): Promise<EditResult> {
  const { stateHome, fs = realFileSystem } = options
  const target = await resolveTarget(fs, file)
  const work = async (): Promise<EditResult> => {
    const temporary = temporaryPath(target, stateHome)
    await removeLeftover(fs, temporary)
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
      const snapshot = await readSettled(fs, target)
      const outcome = await editOnce(fs, target, temporary, snapshot, edit, options)
      if (outcome !== 'changed-meanwhile') return { changed: outcome === 'written', target }
    }
    throw new HallpassError('file.changed', `${target} kept changing while Hallpass was editing it.`, {
      hint: 'Find out which program writes to it, wait for it to finish, and try again.',
    })
  }
  return withFileLock(stateHome, target, work, options.lockTimeoutMs)
}

async function editOnce(
  fs: FileSystem,
  target: string,
  temporary: string,
  snapshot: Snapshot,
  edit: Edit,
  { stateHome, description, undo = {}, clock = Date.now }: ApplyEditOptions,
): Promise<'unchanged' | 'written' | 'changed-meanwhile'> {
  const before = parseDocument(snapshot.bytes)
  const after = await edit(before)
  if (!after || after === before) return 'unchanged'
  const bytes = printDocument(after)
  if (bytes.equals(snapshot.bytes)) return 'unchanged'
  const forget = async (): Promise<void> => {
    if (undoId !== undefined) await discardUndo(fs, stateHome, undoId)
  }
  const source = { file: target, description, existed: snapshot.stat !== undefined, before, after }
  const undoId = undo === false ? undefined : await recordUndo(fs, stateHome, clock, { ...source, ...undo })
  try {
    if (await replaceFile(fs, target, snapshot, bytes, temporary)) {
      const stat = await fs.stat(target, { bigint: true }).catch(() => undefined)
      if (stat) ownVersions.set(target, versionOf(stat))
      return 'written'
    }
  } catch (cause) {
    await forget()
    throw cause
  }
  await forget()
  return 'changed-meanwhile'
}

async function readSettled(fs: FileSystem, target: string): Promise<Snapshot> {
  for (let attempt = 0; ; attempt++) {
    const snapshot = await readSnapshot(fs, target)
    if (!snapshot.stat || attempt >= MAX_ATTEMPTS) return snapshot
    const { mtimeNs, ctimeNs } = snapshot.stat
    // Touched after its last write means renamed into place: such a file is complete.
    const isComplete = ctimeNs > mtimeNs || ownVersions.get(target) === versionOf(snapshot.stat)
    const age = Date.now() - Number(mtimeNs / 1_000_000n)
    if (isComplete || age < 0 || age >= SETTLED_MS) return snapshot
    await pause(SETTLED_MS - age)
  }
}

function versionOf(stat: { ino: bigint; mtimeNs: bigint; size: bigint }): string {
  return `${stat.ino}:${stat.mtimeNs}:${stat.size}`
}
