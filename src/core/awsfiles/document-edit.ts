/**
 * Edits of a document that touch only the lines they must and follow the file's own style: line ending, blanks around
 * `=`, indentation, and whether the file ends with a newline. Appending a section and removing it again gives the
 * first bytes back.
 */
import {
  type AwsFileDocument,
  coreOf,
  findSections,
  type LineEnding,
  type Piece,
  type Property,
  propertiesOf,
  type Section,
  withLines,
} from './document.ts'

/** A property to write: ASCII key, value without line breaks. */
export type Entry = readonly [key: string, value: string]

/** Sets properties of a section: existing ones in place, new ones after its last property. */
export function setProperties(document: AwsFileDocument, section: Section, entries: readonly Entry[]): AwsFileDocument {
  const properties = propertiesOf(document, section)
  const edits: Splice[] = []
  const added: string[] = []
  for (const [key, value] of entries) {
    const present = properties.filter((property) => property.key === key)
    const [first, ...duplicates] = present
    if (!first) {
      added.push(styledProperty(styleOf(document, properties.at(-1)), key, value))
      continue
    }
    // A repeated key makes botocore reject the file, and the last one wins elsewhere: keep one.
    for (const duplicate of duplicates)
      edits.push({ from: duplicate.line, to: ownEnd(document, duplicate), insert: [] })
    const line = document.lines[first.line]
    const text = line && withValue(line.text, key, value)
    const isSet = first.value === value && line?.text.trimEnd() === text
    if (text !== undefined && !isSet) edits.push({ from: first.line, to: ownEnd(document, first), insert: [text] })
  }
  if (added.length > 0) {
    const last = properties.at(-1)
    const at = last ? ownEnd(document, last) : endOfPreamble(document, section)
    edits.push({ from: at, to: at, insert: added })
  }
  return splice(document, edits)
}

/**
 * Removes every property of the section that has one of these keys, with its continuation lines.
 * @param upTo how far a property goes: to the end of its value, or only to a header inside it ({@link ownEnd})
 */
export function removeProperties(
  document: AwsFileDocument,
  section: Section,
  keys: readonly string[],
  upTo: (document: AwsFileDocument, property: Property) => number = ownEnd,
): AwsFileDocument {
  return splice(
    document,
    propertiesOf(document, section)
      .filter((property) => keys.includes(property.key))
      .map((property) => ({ from: property.line, to: upTo(document, property), insert: [] })),
  )
}

/** Replaces the comment lines of a section for which `matches` holds by `comment`, put right after its header. */
export function setLeadingComment(
  document: AwsFileDocument,
  section: Section,
  matches: (text: string) => boolean,
  comment: string | undefined,
): AwsFileDocument {
  const found: number[] = []
  for (let index = section.header + 1; index < section.end; index++) {
    const line = document.lines[index]
    if (line?.kind === 'comment' && matches(line.text)) found.push(index)
  }
  const [first, ...rest] = found
  const edits: Splice[] = rest.map((index) => ({ from: index, to: index + 1, insert: [] }))
  if (first === undefined) {
    const at = section.header + 1
    if (comment !== undefined) edits.push({ from: at, to: at, insert: [comment] })
  } else if (comment === undefined) edits.push({ from: first, to: first + 1, insert: [] })
  else if (document.lines[first]?.text !== comment) edits.push({ from: first, to: first + 1, insert: [comment] })
  return splice(document, edits)
}

/** Appends a section at the end of the file, set off by one blank line. `body` has comment lines and entries. */
export function appendSection(
  document: AwsFileDocument,
  name: string,
  body: readonly (string | Entry)[],
): AwsFileDocument {
  return appendSections(document, [{ name, body }])
}

/** A section to append: its name without brackets, its comment lines and entries. */
export interface NewSection {
  readonly name: string
  readonly body: readonly (string | Entry)[]
}

/** As {@link appendSection} for one after another, in one go. */
export function appendSections(document: AwsFileDocument, sections: readonly NewSection[]): AwsFileDocument {
  const at = document.lines.length
  const style = styleOf(document, undefined)
  const insert: string[] = []
  for (const { name, body } of sections) {
    if (at + insert.length > 0) insert.push('')
    insert.push(`[${name}]`)
    for (const part of body) insert.push(typeof part === 'string' ? part : styledProperty(style, part[0], part[1]))
  }
  return splice(document, insert.length === 0 ? [] : [{ from: at, to: at, insert }])
}

/**
 * Makes the section of that name, its header included, exactly these lines: in its place, or at the end of the file.
 * @param lines `null` removes the section, and one blank line that set it off
 */
export function replaceCore(document: AwsFileDocument, name: string, lines: readonly string[] | null): AwsFileDocument {
  const [section] = findSections(document, name)
  if (!section) return appendCores(document, lines ? [lines] : [])
  const end = coreOf(document, section)
  if (lines) return splice(document, [{ from: section.header, to: end, insert: lines }])
  const from = isSetOff(document, section.header, end) ? section.header - 1 : section.header
  return splice(document, [{ from, to: end, insert: [] }])
}

/** Appends sections of exactly these lines, their headers included, one after another. */
export function appendCores(document: AwsFileDocument, cores: readonly (readonly string[])[]): AwsFileDocument {
  const at = document.lines.length
  const insert = cores.flatMap((lines, index) => (at === 0 && index === 0 ? lines : ['', ...lines]))
  return splice(document, insert.length === 0 ? [] : [{ from: at, to: at, insert }])
}

/** Whether the lines from `from` to `to` have a blank line before them and another, or the file's end, after. */
function isSetOff(document: AwsFileDocument, from: number, to: number): boolean {
  const after = document.lines[to]
  return document.lines[from - 1]?.kind === 'blank' && (after === undefined || after.kind === 'blank')
}

/**
 * Removes the header of a section that has only comments and blank lines left, and one blank line that set it off.
 * The comments stay: they may be about what follows.
 * @returns the document unchanged when the section still has properties or unknown lines, or keeps two others apart
 */
export function removeEmptySection(document: AwsFileDocument, section: Section): AwsFileDocument {
  const body = document.lines.slice(section.header + 1, section.end)
  if (body.some((line) => line.kind !== 'blank' && line.kind !== 'comment')) return document
  const [from, to] = [section.header, section.header + 1]
  const edited = splice(document, [{ from: isSetOff(document, from, to) ? from - 1 : from, to, insert: [] }])
  // Without this header, an indented one after it would continue a value of the section before.
  const next = edited.lines[edited.lines.length - (document.lines.length - section.end)]
  return next && next.kind !== 'header' ? document : edited
}

/**
 * One past the last line of a property, but never past an indented header: to botocore that continues the value, to the
 * JS SDK it begins a section of the person's.
 */
export function ownEnd(document: AwsFileDocument, property: Property): number {
  for (let index = property.line + 1; index < property.end; index++) {
    if (/^\s*\[.*\]/.test(document.lines[index]?.text ?? '')) return index
  }
  return property.end
}

/** Replaces the lines from `from` up to `to` by others, each with its own ending; a line that is not the last gets one. */
export function replaceLines(
  document: AwsFileDocument,
  from: number,
  to: number,
  pieces: readonly Piece[],
): AwsFileDocument {
  return replaceClosed(document, from, to, pieces, false)
}

export interface Splice {
  readonly from: number
  readonly to: number
  readonly insert: readonly string[]
}

/** Applies edits that do not overlap, in any order. */
export function splice(document: AwsFileDocument, edits: readonly Splice[]): AwsFileDocument {
  const sorted = [...edits].sort((one, other) => one.from - other.from)
  const [first, last] = [sorted[0], sorted.at(-1)]
  if (!first || !last) return document
  const ending = lineEndingOf(document)
  const pieces: Piece[] = []
  let next = first.from
  for (const edit of sorted) {
    for (; next < edit.from; next++) pieces.push(document.lines[next] as Piece)
    for (const text of edit.insert) pieces.push({ text, ending })
    next = edit.to
  }
  return replaceClosed(document, first.from, last.to, pieces, document.lines.at(-1)?.ending === '')
}

/**
 * Replaces lines and closes them and their neighbours: every line but the last needs an ending; the last one has one or
 * not, as the file had it. A CR never meets the LF of an empty line: the two would be read as one line break.
 * @param endsOpen whether the last line should have no ending
 */
function replaceClosed(
  document: AwsFileDocument,
  from: number,
  to: number,
  pieces: readonly Piece[],
  endsOpen: boolean,
): AwsFileDocument {
  const { lines } = document
  const [start, end] = [Math.max(0, from - 1), Math.min(lines.length, to + 1)]
  const ending = lineEndingOf(document)
  const all = [...lines.slice(start, from), ...pieces, ...lines.slice(to, end)]
  const closed: Piece[] = []
  for (const [index, piece] of all.entries()) {
    const isLast = end === lines.length && index === all.length - 1
    const before = closed.at(-1)
    const { text } = piece
    let own = piece.ending
    if (!isLast && own === '') own = ending
    else if (isLast && endsOpen && text !== '') own = ''
    if (before?.ending === '\r' && text === '' && own === '\n') own = '\r\n'
    closed.push(own === piece.ending ? piece : { text, ending: own })
  }
  return withLines(document, start, end, closed)
}

/** The ending most lines have. A file of lone CRs gets LF, because the JS SDK sees no line break in a CR. */
function lineEndingOf(document: AwsFileDocument): LineEnding {
  let crlf = 0
  let lf = 0
  for (const line of document.lines) {
    if (line.ending === '\r\n') crlf++
    else if (line.ending === '\n') lf++
  }
  return crlf > lf ? '\r\n' : '\n'
}

const PROPERTY_STYLE = /^([ \t]*)[^=:]*?([ \t]*)[=:]([ \t]*)/

/** The line with another value; its key in lower case and its delimiter `=`, or the JS SDK would not see it. */
function withValue(text: string, key: string, value: string): string {
  const [, indent = '', before = ' ', after = ' '] = PROPERTY_STYLE.exec(text) ?? []
  return `${indent}${key}${before}=${after}${value}`
}

/** The blanks of a property: before its key, before and after its `=`. */
type Style = readonly [indent: string, before: string, gap: string]

/** As the sibling has them, or else the first property of the file. */
function styleOf(document: AwsFileDocument, sibling: Property | undefined): Style {
  const model = sibling ? document.lines[sibling.line] : document.lines.find((line) => line.kind === 'property')
  const [whole = '', indent = '', before = ' ', after = ' '] = (model && PROPERTY_STYLE.exec(model.text)) ?? []
  // The head of a nested block has no value, and so says nothing about the blanks before one.
  const gap = whole.length === model?.text.length ? before : after
  return [sibling ? indent : '', before, gap]
}

function styledProperty([indent, before, gap]: Style, key: string, value: string): string {
  return `${indent}${key}${before}=${gap}${value}`
}

/** Past the header and the comments that directly follow it. */
function endOfPreamble(document: AwsFileDocument, section: Section): number {
  let index = section.header + 1
  while (index < section.end && document.lines[index]?.kind === 'comment') index++
  return index
}
