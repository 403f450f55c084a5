/**
 * A lossless line model of an AWS config or credentials file: `print(parse(bytes))` gives the same bytes back,
 * whatever they are. Text is kept as Latin-1, one character per byte, so that invalid UTF-8 survives too.
 *
 * What a line means is decided as botocore does (the strictest of the SDKs). What each SDK makes of a file is the
 * business of `readers/`.
 */

/** `continuation` is an indented line after a property: more of its value, or a nested block. */
export type LineKind = 'blank' | 'comment' | 'header' | 'property' | 'continuation' | 'junk'

export type LineEnding = '' | '\n' | '\r\n' | '\r'

export interface Line {
  /** Without its ending; Latin-1, one character per byte. */
  readonly text: string
  /** Empty on the last line of a file without a final newline. */
  readonly ending: LineEnding
  readonly kind: LineKind
  /** Section name of a header (trimmed, without brackets), key of a property (lower case); otherwise empty. */
  readonly name: string
}

/** A header and the lines up to the next one. Indexes count from 0 into `AwsFileDocument.lines`. */
export interface Section {
  readonly name: string
  readonly header: number
  /** One past its last line. */
  readonly end: number
}

export interface Property {
  readonly key: string
  /** Trimmed; continuation lines joined with a line feed. */
  readonly value: string
  readonly line: number
  /** One past its last continuation line, blank and comment lines between them included. */
  readonly end: number
}

const BOM = '\u00ef\u00bb\u00bf'
const LINE_BREAK = /\r\n|\n|\r/g

/** Immutable; edits (`document-edit.ts`) return a new document. */
export interface AwsFileDocument {
  readonly lines: readonly Line[]
  readonly sections: readonly Section[]
}

/** Reads any bytes; never fails. */
export function parseDocument(bytes: Uint8Array): AwsFileDocument {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  const pieces: Pick<Line, 'text' | 'ending'>[] = []
  let start = 0
  LINE_BREAK.lastIndex = 0
  for (let match = LINE_BREAK.exec(text); match; match = LINE_BREAK.exec(text)) {
    pieces.push({ text: text.slice(start, match.index), ending: match[0] as LineEnding })
    start = match.index + match[0].length
  }
  if (start < text.length) pieces.push({ text: text.slice(start), ending: '' })
  return documentOf(pieces)
}

/** Builds a document from lines, working out anew what each of them is. Lines that are what they were are kept. */
export function documentOf(pieces: readonly (Pick<Line, 'text' | 'ending'> | Line)[]): AwsFileDocument {
  const lines: Line[] = []
  const sections: Section[] = []
  let open: { name: string; header: number } | undefined
  // Indentation of the last header or property; a deeper line continues that property.
  let indent = 0
  let inProperty = false
  for (const [index, piece] of pieces.entries()) {
    const { text, ending } = piece
    const start = index === 0 && text.startsWith(BOM) ? BOM.length : 0
    const first = skipBlanks(text, start)
    let kind: LineKind
    let name = ''
    if (first === text.length) kind = 'blank'
    else if (text[first] === '#' || text[first] === ';') kind = 'comment'
    else if (inProperty && first - start > indent) kind = 'continuation'
    else {
      indent = first - start
      const header = text[first] === '[' ? headerName(text, first) : undefined
      const key = header === undefined ? propertyKey(text, first) : undefined
      kind = header !== undefined ? 'header' : key !== undefined ? 'property' : 'junk'
      name = header ?? key ?? ''
      if (kind === 'header') {
        if (open) sections.push({ ...open, end: index })
        open = { name, header: index }
      }
      if (kind !== 'junk') inProperty = kind === 'property'
    }
    lines.push('kind' in piece && piece.kind === kind && piece.name === name ? piece : { text, ending, kind, name })
  }
  if (open) sections.push({ ...open, end: lines.length })
  return { lines, sections }
}

/** The exact bytes of a document. */
export function printDocument(document: AwsFileDocument): Buffer {
  const parts: string[] = []
  for (const line of document.lines) parts.push(line.text, line.ending)
  return Buffer.from(parts.join(''), 'latin1')
}

/** Every section of that name, in file order. */
export function findSections(document: AwsFileDocument, name: string): Section[] {
  return document.sections.filter((section) => section.name === name)
}

/**
 * One past the last line that is the section's own: its last property or unknown line, or the comments right after its
 * header when it has neither. Blank lines and comments after that may belong to what follows.
 */
export function coreOf(document: AwsFileDocument, section: Section): number {
  for (let index = section.end - 1; index > section.header; index--) {
    const kind = document.lines[index]?.kind
    if (kind !== 'blank' && kind !== 'comment') return index + 1
  }
  let end = section.header + 1
  while (end < section.end && document.lines[end]?.kind === 'comment') end++
  return end
}

/** The properties of a section, in file order, duplicates included. */
export function propertiesOf(document: AwsFileDocument, section: Section): Property[] {
  const found: Property[] = []
  for (let index = section.header + 1; index < section.end; index++) {
    const line = document.lines[index]
    if (line?.kind !== 'property') continue
    const parts = [inlineValue(line)]
    let end = index + 1
    for (let next = end; next < section.end; next++) {
      const follower = document.lines[next]
      if (follower?.kind === 'property' || follower?.kind === 'junk') break
      if (follower?.kind !== 'continuation') continue
      parts.push(trimBlanks(follower.text))
      end = next + 1
    }
    found.push({ key: line.name, value: parts.join('\n'), line: index, end })
  }
  return found
}

/** The trimmed value on a property line itself. */
function inlineValue(line: Line): string {
  return trimBlanks(line.text.slice(delimiterIndex(line.text) + 1))
}

/** Where the `=` (or botocore's `:`) of a property line is; -1 without one. */
export function delimiterIndex(text: string): number {
  return text.search(/[=:]/)
}

function skipBlanks(text: string, from: number): number {
  let index = from
  while (index < text.length && isBlank(text.charCodeAt(index))) index++
  return index
}

// String.trim would also take the byte 0xA0, which is half of a character in UTF-8.
function trimBlanks(text: string): string {
  const start = skipBlanks(text, 0)
  let end = text.length
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--
  return text.slice(start, end)
}

function isBlank(code: number): boolean {
  return code === 0x20 || code === 0x09 || code === 0x0b || code === 0x0c
}

function headerName(text: string, bracket: number): string | undefined {
  const comment = text.slice(bracket).search(/[ \t\v\f][#;]/)
  const beforeComment = comment < 0 ? text : text.slice(0, bracket + comment)
  let close = beforeComment.lastIndexOf(']')
  if (close <= bracket) close = text.lastIndexOf(']')
  return close <= bracket ? undefined : trimBlanks(text.slice(bracket + 1, close))
}

function propertyKey(text: string, first: number): string | undefined {
  const delimiter = delimiterIndex(text)
  if (delimiter <= first) return undefined
  return trimBlanks(text.slice(first, delimiter)).toLowerCase()
}
