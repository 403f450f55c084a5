/**
 * Which of the proposed repairs are made. Each is tried on the file first: it is kept only when every SDK that reads the
 * file today sees the same values afterwards, or values nearer to AWS's cross-SDK rules, and when it can be undone.
 */
import { type AwsFileDocument, printDocument } from '../document.ts'
import { type Splice, splice } from '../document-edit.ts'
import { KEY_LINE } from '../undo.ts'
import { changedOnlyTowards, keepsAll } from './compare.ts'
import { READER_NAMES, readWithAll, stateOfDocument } from './file-state.ts'
import { salvage } from './parse-rules.ts'
import { findProblems } from './rules.ts'
import type { CheckInput, FileState, Finding, Repair } from './types.ts'

/** Repairs of one line come one after another, each on what the one before made of it. */
const MAX_PASSES = 5
/** Trying costs a reading by every SDK: a huge file is tried less often, at the price of a repair left undone. */
const LEAST_TRIES = 24
const BYTES_TO_TRY = 50_000_000

const CONFLICT = /^(?:<{7}|>{7}) /

type LineRepair = Extract<Repair, { kind: 'lines' }>

export interface RepairedDocument {
  /** The same document when there is nothing to repair. */
  readonly document: AwsFileDocument
  /** What is gone with it, with the lines of the document before. */
  readonly repaired: readonly Finding[]
}

/**
 * A file with everything repaired that safely can be.
 * @param known what is wrong with both files, where that is known already
 */
export function repairDocument(
  input: CheckInput,
  kind: FileState['kind'],
  known: readonly Finding[] = findProblems(input),
): RepairedDocument {
  const repaired: Finding[] = []
  let current = input
  let origins = input[kind].document.lines.map((_, index) => index)
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const file = current[kind]
    const findings = (pass === 0 ? known : findProblems(current)).filter((finding) => finding.kind === kind)
    const repairs = safeRepairs(file, findings)
    if (repairs.size === 0) break
    const edits = [...repairs].flatMap((repair) => repair.edits)
    for (const finding of findings) {
      const isRepaired = finding.repair?.kind === 'lines' && repairs.has(finding.repair)
      if (isRepaired) repaired.push({ ...finding, line: (origins[finding.line - 1] ?? -1) + 1 })
    }
    origins = originsAfter(origins, edits)
    const document = splice(file.document, edits)
    current = { ...current, [kind]: stateOfDocument(kind, file.path, document, file.mode) }
  }
  return { document: current[kind].document, repaired }
}

/** The line repairs among the findings of a file that are safe, all of them together. */
function safeRepairs(file: FileState, findings: readonly Finding[]): ReadonlySet<LineRepair> {
  const { grave, light } = candidatesAmong(file.document, findings)
  if (grave.length + light.length === 0) return new Set()
  const bytes = printDocument(file.document)
  const before = readWithAll(bytes, file.kind)
  let tries = Math.max(LEAST_TRIES, BYTES_TO_TRY / bytes.length)
  const isSafe = (repairs: readonly LineRepair[]): boolean => {
    if (tries-- <= 0) return false
    const document = splice(
      file.document,
      [...repairs].flatMap((repair) => repair.edits),
    )
    const after = readWithAll(printDocument(document), file.kind)
    const rules = after.aws.rejected ? salvage(stateOfDocument(file.kind, file.path, document)).readings.aws : after.aws
    const isKept = READER_NAMES.every((reader) => changedOnlyTowards(rules, before[reader], after[reader]))
    return isKept && keepsAll(before.aws, after.aws)
  }
  /** Halves what fails until single repairs are left, so that many good ones cost few readings. */
  const settle = (accepted: LineRepair[], more: LineRepair[]): LineRepair[] => {
    if (more.length === 0 || tries <= 0) return accepted
    const together = [...accepted, ...more]
    if (isSafe(together)) return together
    if (more.length === 1) return accepted
    const half = Math.ceil(more.length / 2)
    return settle(settle(accepted, more.slice(0, half)), more.slice(half))
  }
  return new Set(settle(settle([], grave), light))
}

interface Candidates {
  /** For what makes an SDK reject the file: the others are judged better once every SDK reads it. */
  readonly grave: LineRepair[]
  readonly light: LineRepair[]
}

/** Repairs that touch each line once and take away nothing that undo could not give back. */
function candidatesAmong(document: AwsFileDocument, findings: readonly Finding[]): Candidates {
  // Both sides of an unfinished merge are in the file, and only the person knows which one is right.
  if (document.lines.some(({ text }) => CONFLICT.test(text))) return { grave: [], light: [] }
  const taken = new Set<number>()
  const [grave, light] = [new Set<LineRepair>(), new Set<LineRepair>()]
  for (const { repair, rejectedBy } of findings) {
    if (repair?.kind !== 'lines' || grave.has(repair) || light.has(repair)) continue
    const lines = repair.edits.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, index) => from + index))
    if (lines.some((line) => taken.has(line) || KEY_LINE.test(document.lines[line]?.text ?? ''))) continue
    for (const line of lines) taken.add(line)
    const group = rejectedBy.length > 0 ? grave : light
    group.add(repair)
  }
  return { grave: [...grave], light: [...light] }
}

/** For each line after the edits, the line it comes from. */
function originsAfter(origins: readonly number[], edits: readonly Splice[]): number[] {
  const after: number[] = []
  let next = 0
  for (const { from, to, insert } of [...edits].sort((one, other) => one.from - other.from)) {
    for (; next < from; next++) after.push(origins[next] ?? -1)
    for (const _ of insert) after.push(origins[from] ?? -1)
    next = to
  }
  for (; next < origins.length; next++) after.push(origins[next] ?? -1)
  return after
}
