/**
 * The latest edits of a file, kept for a few seconds so that one overwritten by a program without a lock is noticed
 * and made again. The AWS CLI reads a file, then empties and rewrites it: whatever Hallpass wrote in between is gone.
 * Why it is done this way: docs/decisions/0008-overwritten-edits.md.
 *
 * For each section an edit changed, the record has its lines as they should be and hashes of what they were before. A
 * section that is back at one of those, in a file that somebody else wrote shortly after the edit, was overwritten. A
 * section that is anything else was changed on purpose. Lines with static keys stay in this process's memory: on
 * disk there is only their hash.
 */
import { createHash } from 'node:crypto'
import type { BigIntStats } from 'node:fs'
import { join } from 'node:path'
import { shortName } from '../process-lock.ts'
import { maskSecrets } from './diff.ts'
import { type AwsFileDocument, coreOf } from './document.ts'
import { appendCores, replaceCore } from './document-edit.ts'
import type { FileSystem } from './file-system.ts'
import { isPlainHeader } from './readers/parts.ts'
import { SectionDraft } from './section-draft.ts'

/** A file written later than this after an edit was not read before it: what it says is meant. */
const WINDOW_MS = 5000
const MAX_EARLIER = 64
/** The state of a section that is not there. */
const ABSENT = ''

interface RecentSection {
  readonly name: string
  /** When it was written, in milliseconds since the epoch, by the system's clock as the file's own time is. */
  readonly at: number
  /** Hash of the section as it should be. */
  readonly state: string
  /** Latin-1, without endings; `null` when the section should be gone, left out when the lines hold secrets. */
  readonly lines?: readonly string[] | null
  /** Hashes of what it was before. */
  readonly earlier: readonly string[]
}

export interface RecentEdits {
  /** The file as Hallpass last wrote it; see `versionOf`. */
  readonly written: string
  readonly sections: readonly RecentSection[]
}

const NONE: RecentEdits = { written: '', sections: [] }

/** Lines with secrets, by state: those that this process wrote. */
const secretLines = new Map<string, readonly string[]>()

/** Tells one version of a file from another. */
export function versionOf({ ino, mtimeNs, size }: Pick<BigIntStats, 'ino' | 'mtimeNs' | 'size'>): string {
  return `${ino}:${mtimeNs}:${size}`
}

/** The record of a file, links followed; an unreadable one counts as none, because it only serves to repair. */
export async function readRecentEdits(fs: FileSystem, stateHome: string, target: string): Promise<RecentEdits> {
  try {
    const parsed = JSON.parse(await fs.readFile(recordPath(stateHome, target), 'utf8')) as Partial<RecentEdits>
    if (typeof parsed.written !== 'string' || !Array.isArray(parsed.sections)) return NONE
    return { written: parsed.written, sections: parsed.sections }
  } catch {
    return NONE
  }
}

/** Whether somebody else wrote the file so soon after an edit of ours that the edit may be lost. */
export function mayBeOverwritten(recent: RecentEdits, stat: BigIntStats): boolean {
  if (recent.written === '' || recent.written === versionOf(stat)) return false
  return recent.sections.some(({ at }) => isWithinWindow(at, stat))
}

/** The document with the edits made again that were overwritten; the same document when there are none. */
export function restoreOverwritten(document: AwsFileDocument, recent: RecentEdits, stat: BigIntStats): AwsFileDocument {
  if (!mayBeOverwritten(recent, stat)) return document
  const due = recent.sections.filter(({ at }) => isWithinWindow(at, stat))
  let restored = document
  for (let done = 0; done < due.length; ) {
    const run = restoreRun(restored, due, done)
    restored = run.document
    done += run.count
    const [next] = run.count === 0 ? due.slice(done, ++done) : []
    const lines = next && overwrittenLines(next, linesByName(restored))
    if (next && lines !== undefined) restored = replaceCore(restored, next.name, lines)
  }
  return restored
}

/** What a section has to be made again; `undefined` when it has not been overwritten. */
function overwrittenLines(
  { name, state, lines = secretLines.get(state), earlier }: RecentSection,
  linesOf: ReturnType<typeof linesByName>,
): readonly string[] | null | undefined {
  const now = lines === undefined ? state : stateOf(linesOf(name))
  return now !== state && earlier.includes(now) ? lines : undefined
}

/** Makes sections again in one go, one after another as long as nothing around them has a say in it. */
function restoreRun(document: AwsFileDocument, due: readonly RecentSection[], from: number) {
  const linesOf = linesByName(document)
  const byName = Map.groupBy(document.sections, ({ name }) => name)
  const draft = new SectionDraft(document)
  const added: (readonly string[])[] = []
  let to = from
  for (; to < due.length; to++) {
    const recent = due[to] as RecentSection
    const { name } = recent
    const lines = overwrittenLines(recent, linesOf)
    if (lines === undefined) continue
    const [section, another] = byName.get(name) ?? []
    // Whether a blank line goes with a section at the end depends on what follows it by then.
    const isOutOfTurn = lines === null && added.length > 0
    const isOdd = another || isOutOfTurn || (lines && !isPlainHeader(lines[0] ?? ''))
    if (isOdd || (section && !draft.isPlain(section))) break
    if (section) draft.edit(section, (around) => replaceCore(around, name, lines))
    else if (lines) added.push(lines)
  }
  return { document: appendCores(draft.finish(), added), count: to - from }
}

/** Notes an edit that has just been made. Never fails: the edit stands without it. */
export async function noteEdit(
  fs: FileSystem,
  stateHome: string,
  target: string,
  edit: { recent: RecentEdits; before: AwsFileDocument; after: AwsFileDocument; stat: BigIntStats },
): Promise<RecentEdits> {
  const { recent, before, after, stat } = edit
  const at = Date.now()
  const kept = recent.sections.filter((section) => at - section.at <= WINDOW_MS)
  const sections = new Map(kept.map((section) => [section.name, section]))
  const [linesBefore, linesAfter] = [linesByName(before), linesByName(after)]
  for (const name of changedSections(before, after)) {
    const lines = linesAfter(name)
    const [state, was] = [stateOf(lines), stateOf(linesBefore(name))]
    if (state === was || lines === undefined) continue
    const known = sections.get(name)
    const earlier = [...(known?.earlier ?? []), ...(known ? [known.state] : []), was]
    const isSecret = lines !== null && hasSecret(lines)
    if (known && known.state !== state) secretLines.delete(known.state)
    if (isSecret) secretLines.set(state, lines)
    sections.set(name, {
      name,
      at,
      state,
      earlier: [...new Set(earlier)].filter((other) => other !== state).slice(-MAX_EARLIER),
      ...(isSecret ? {} : { lines }),
    })
  }
  const noted = { written: versionOf(stat), sections: [...sections.values()] }
  await save(fs, recordPath(stateHome, target), noted).catch(() => undefined)
  return noted
}

async function save(fs: FileSystem, path: string, recent: RecentEdits): Promise<void> {
  const fresh = `${path}.new`
  const handle = await fs.open(fresh, 'w', 0o600)
  try {
    await handle.writeFile(JSON.stringify(recent))
  } finally {
    await handle.close()
  }
  await fs.rename(fresh, path)
}

/** Beside the file's lock, under which alone it is written. */
function recordPath(stateHome: string, target: string): string {
  return join(stateHome, 'locks', `${shortName(target)}.recent.json`)
}

function isWithinWindow(at: number, { mtimeNs }: BigIntStats): boolean {
  return Number(mtimeNs / 1_000_000n) - at <= WINDOW_MS
}

/** A section's own lines by its name; `null` when there is none, `undefined` when there are several. */
function linesByName(document: AwsFileDocument): (name: string) => readonly string[] | null | undefined {
  const byName = Map.groupBy(document.sections, ({ name }) => name)
  return (name) => {
    const [section, another] = byName.get(name) ?? []
    if (!section) return null
    if (another) return undefined
    return document.lines.slice(section.header, coreOf(document, section)).map(({ text }) => text)
  }
}

function stateOf(lines: readonly string[] | null | undefined): string {
  return lines ? createHash('sha256').update(lines.join('\n'), 'latin1').digest('base64') : ABSENT
}

function hasSecret(lines: readonly string[]): boolean {
  return maskSecrets(lines).some((line, index) => line !== lines[index])
}

/** Names of the sections between the first and the last line that differ. */
function changedSections(before: AwsFileDocument, after: AwsFileDocument): Set<string> {
  const [old, fresh] = [before.lines, after.lines]
  const shorter = Math.min(old.length, fresh.length)
  let start = 0
  while (start < shorter && old[start]?.text === fresh[start]?.text) start++
  let end = 0
  while (end < shorter - start && old[old.length - 1 - end]?.text === fresh[fresh.length - 1 - end]?.text) end++
  const names = new Set<string>()
  for (const { lines, sections } of [before, after]) {
    const last = lines.length - end
    for (const section of sections) if (section.header <= last && section.end >= start) names.add(section.name)
  }
  return names
}
