/**
 * Cuts a file into groups of sections that have nothing to do with each other, so that the repairs of one group can be
 * judged without reading the others.
 */
import { type AwsFileDocument, documentOf } from '../document.ts'
import { READER_NAMES } from './file-state.ts'
import type { FileState, LineRepair } from './types.ts'

/** Sections with a name or a repair in common, as a file of their own. */
export interface Neighbourhood {
  readonly document: AwsFileDocument
  /** The repairs of these sections with the lines of `document`, and what each of them is in the whole file. */
  readonly repairs: ReadonlyMap<LineRepair, LineRepair>
}

/**
 * The groups that have repairs. Two sections belong together when some SDK gives them one name or one repair touches
 * both, and an indented header to the section before it, whose value it might continue.
 */
export function neighbourhoods(file: FileState, repairs: readonly LineRepair[]): Neighbourhood[] {
  const owner = partOfEachLine(file)
  const sets = disjointSets(file.parts.length + 1)
  const named = new Map<string, number>()
  const nameAs = (name: string, part: number) => {
    sets.join(part, named.get(name) ?? part)
    named.set(name, part)
  }
  for (const [index, { header, section }] of file.parts.entries()) {
    nameAs(`[${header}]`, index + 1)
    if (/^\s/.test(file.document.lines[section.header]?.text ?? '')) sets.join(index + 1, index)
  }
  for (const reader of READER_NAMES) {
    for (const { type, name, line } of file.readings[reader].sections) {
      nameAs(`${type} ${name}`, owner[line - 1] ?? 0)
    }
  }
  const home = new Map<LineRepair, number>()
  for (const repair of repairs) {
    // An insertion belongs to the section of the line before it.
    const touched = repair.edits.flatMap(({ from, to }) => [owner[Math.min(from, to - 1)] ?? 0, owner[to - 1] ?? 0])
    for (const part of touched) sets.join(part, touched[0] ?? 0)
    home.set(repair, touched[0] ?? 0)
  }
  const groups = new Map<number, LineRepair[]>()
  for (const [repair, part] of home) {
    const root = sets.find(part)
    const group = groups.get(root)
    if (group) group.push(repair)
    else groups.set(root, [repair])
  }
  const linesOf = new Map<number, number[]>([...groups.keys()].map((root) => [root, []]))
  for (const [line, part] of owner.entries()) linesOf.get(sets.find(part))?.push(line)
  return [...groups].map(([root, group]) => cutOut(file.document, linesOf.get(root) ?? [], group))
}

/** The lines of one group as a document, and its repairs moved to them. */
function cutOut(document: AwsFileDocument, lines: readonly number[], repairs: readonly LineRepair[]): Neighbourhood {
  const indexOf = new Map(lines.map((line, index) => [line, index]))
  const pastLine = (line: number) => (indexOf.get(line) ?? -1) + 1
  const moved = repairs.map((repair): [LineRepair, LineRepair] => {
    const edits = repair.edits.map(({ from, to, insert }) => {
      const end = pastLine(to - 1)
      return { from: end - (to - from), to: end, insert }
    })
    return [{ kind: 'lines', edits }, repair]
  })
  return { document: documentOf(lines.flatMap((line) => document.lines[line] ?? [])), repairs: new Map(moved) }
}

/** For each line the number of its section, counted from 1; 0 before the first one. */
function partOfEachLine({ document, parts }: FileState): number[] {
  const owner = new Array<number>(document.lines.length).fill(0)
  for (const [index, { section }] of parts.entries()) owner.fill(index + 1, section.header, section.end)
  return owner
}

function disjointSets(size: number) {
  const parents = Array.from({ length: size }, (_, index) => index)
  const find = (member: number): number => {
    let root = member
    while (parents[root] !== root) root = parents[root] ?? root
    // Shortened, or long lists of one name would be walked again and again.
    for (let next = member; next !== root; ) {
      const parent = parents[next] ?? root
      parents[next] = root
      next = parent
    }
    return root
  }
  const join = (one: number, other: number) => {
    parents[find(one)] = find(other)
  }
  return { find, join }
}
