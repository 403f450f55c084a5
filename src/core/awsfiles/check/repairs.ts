/** Which of the proposed repairs are made: those that are safe (`judge.ts`) and that undo can take back. */
import type { AwsFileDocument } from '../document.ts'
import { splice } from '../document-edit.ts'
import { withheldLines } from '../undo.ts'
import { stateOfDocument } from './file-state.ts'
import { createJudge, type TryBudget } from './judge.ts'
import { neighbourhoods } from './neighbourhoods.ts'
import { findProblems } from './rules.ts'
import type { CheckInput, FileState, Finding, LineRepair } from './types.ts'

/** Repairs of one line come one after another, each on what the one before made of it. */
const MAX_PASSES = 5
/** How often a whole file is read at most to try repairs, and how many bytes for certain. */
const MAX_TRIES = 24
const BYTES_TO_TRY = 50_000_000

const CONFLICT = /^(?:<{7}|>{7}) /

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
    for (const finding of findings) {
      const isRepaired = finding.repair?.kind === 'lines' && repairs.has(finding.repair)
      if (isRepaired) repaired.push({ ...finding, line: (origins[finding.line - 1] ?? -1) + 1 })
    }
    origins = originsAfter(origins, file.document, repairs)
    const document = splice(
      file.document,
      [...repairs].flatMap(({ edits }) => edits),
    )
    current = { ...current, [kind]: stateOfDocument(kind, file.path, document, file.mode) }
  }
  return { document: current[kind].document, repaired }
}

/** The line repairs among the findings of a file that are safe, all of them together. */
function safeRepairs(file: FileState, findings: readonly Finding[]): ReadonlySet<LineRepair> {
  const { grave, light } = candidatesAmong(file.document, findings)
  const all = [...grave, ...light]
  if (all.length === 0) return new Set()
  const size = file.document.lines.reduce((sum, { text, ending }) => sum + text.length + ending.length, 0)
  const budget = (): TryBudget => ({ bytes: Math.max(MAX_TRIES * size, BYTES_TO_TRY) })
  const whole = createJudge(file.document, file.kind, budget())
  if (whole.isSafe(all)) return new Set(all)
  const good = safeInTheirSections(file, all, grave, budget())
  if (good.size < all.length && whole.isSafe([...good])) return good
  const isGood = (repair: LineRepair) => good.has(repair)
  return new Set(whole.settle(whole.settle([], grave.filter(isGood)), light.filter(isGood)))
}

/** What is not even safe in its own sections would take many readings of the whole file to find out. */
function safeInTheirSections(
  file: FileState,
  all: readonly LineRepair[],
  grave: readonly LineRepair[],
  budget: TryBudget,
): ReadonlySet<LineRepair> {
  const groups = neighbourhoods(file, all)
  if (groups.length === 1) return new Set(all)
  const isGrave = new Set(grave)
  const good = new Set<LineRepair>()
  for (const { document, repairs } of groups) {
    const { settle } = createJudge(document, file.kind, budget)
    const [first, then]: [LineRepair[], LineRepair[]] = [[], []]
    for (const [moved, repair] of repairs) (isGrave.has(repair) ? first : then).push(moved)
    for (const moved of settle(settle([], first), then)) good.add(repairs.get(moved) ?? moved)
  }
  return good
}

interface Candidates {
  /** For what makes an SDK reject the file: the others are judged better once every SDK reads it. */
  readonly grave: readonly LineRepair[]
  readonly light: readonly LineRepair[]
}

/** Repairs that touch each line once and take away nothing that undo could not give back. */
function candidatesAmong(document: AwsFileDocument, findings: readonly Finding[]): Candidates {
  // Both sides of an unfinished merge are in the file, and only the person knows which one is right.
  if (document.lines.some(({ text }) => CONFLICT.test(text))) return { grave: [], light: [] }
  const withheld = withheldLines(document)
  const taken = new Set<number>()
  const [grave, light] = [new Set<LineRepair>(), new Set<LineRepair>()]
  for (const { repair, rejectedBy } of findings) {
    if (repair?.kind !== 'lines' || grave.has(repair) || light.has(repair)) continue
    const lines = repair.edits.flatMap(({ from, to }) => Array.from({ length: to - from }, (_, index) => from + index))
    if (lines.some((line) => taken.has(line) || withheld.has(line))) continue
    for (const line of lines) taken.add(line)
    const group = rejectedBy.length > 0 ? grave : light
    group.add(repair)
  }
  return { grave: [...grave], light: [...light] }
}

/** For each line after the repairs, the line it comes from. */
function originsAfter(
  origins: readonly number[],
  { lines }: AwsFileDocument,
  repairs: ReadonlySet<LineRepair>,
): number[] {
  const edits = [...repairs].flatMap((repair) => {
    // What a repair takes away and puts in again is a line that it moves.
    const moved = new Map<string, number[]>()
    for (const { from, to } of repair.edits) {
      for (let line = from; line < to; line++) {
        const text = lines[line]?.text ?? ''
        moved.set(text, [...(moved.get(text) ?? []), line])
      }
    }
    return repair.edits.map(({ from, to, insert }) => {
      return { from, to, sources: insert.map((text) => moved.get(text)?.shift() ?? from) }
    })
  })
  const after: number[] = []
  let next = 0
  for (const { from, to, sources } of edits.sort((one, other) => one.from - other.from)) {
    for (; next < from; next++) after.push(origins[next] ?? -1)
    for (const source of sources) after.push(origins[source] ?? -1)
    next = to
  }
  for (; next < origins.length; next++) after.push(origins[next] ?? -1)
  return after
}
