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

/** A line before it is known what it means. */
export type Piece = Pick<Line, 'text' | 'ending'>

/** Reads any bytes; never fails. */
export function parseDocument(bytes: Uint8Array): AwsFileDocument {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1')
  const reader = new LineReader()
  let start = 0
  if (text.includes('\r')) {
    LINE_BREAK.lastIndex = 0
    for (let match = LINE_BREAK.exec(text); match; match = LINE_BREAK.exec(text)) {
      reader.read(text.slice(start, match.index), match[0] as LineEnding)
      start = match.index + match[0].length
    }
  } else {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', start)) {
      reader.read(text.slice(start, at), '\n')
      start = at + 1
    }
  }
  if (start < text.length) reader.read(text.slice(start), '')
  return reader.finish()
}

/** Builds a document from lines, working out anew what each of them is. Lines that are what they were are kept. */
export function documentOf(pieces: readonly (Piece | Line)[]): AwsFileDocument {
  const reader = new LineReader()
  for (const piece of pieces) reader.reread(piece)
  return reader.finish()
}

/**
 * The document with the lines from `from` up to `to` replaced: what `documentOf` makes of all lines, but only those
 * that the change may reach are looked at again.
 */
export function withLines(
  document: AwsFileDocument,
  from: number,
  to: number,
  pieces: readonly (Piece | Line)[],
): AwsFileDocument {
  const { lines, sections } = document
  // A header means the same whatever comes before its section, unless a value does that it could continue.
  const owner = lastBefore(sections, from)
  const reader = new LineReader(document, owner)
  for (let index = sections[owner]?.header ?? 0; index < from; index++) reader.reread(lines[index] as Line)
  for (const piece of pieces) reader.reread(piece)
  let next = owner + 1
  for (let index = to; index < lines.length; index++) {
    const { kind } = reader.reread(lines[index] as Line)
    while ((sections[next]?.header ?? lines.length) < index) next++
    if (kind === 'header' && sections[next]?.header === index) return reader.finishAs(document, next)
  }
  return reader.finish()
}

/** The last section whose header is above a line; -1 without one. */
function lastBefore(sections: readonly Section[], line: number): number {
  let [low, high] = [0, sections.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sections[middle]?.header ?? 0) < line) low = middle + 1
    else high = middle
  }
  return low - 1
}

/** Works out what lines are, one after another. */
class LineReader {
  readonly #lines: Line[]
  readonly #sections: Section[]
  #open: { name: string; header: number } | undefined
  /** Indentation of the last header or property; a deeper line continues that property. */
  #indent = 0
  #inProperty = false

  /** Goes on after everything before the section number `section` of a document; -1 begins at the first line. */
  constructor(document?: AwsFileDocument, section = -1) {
    const start = document?.sections[section]?.header ?? 0
    this.#lines = document ? document.lines.slice(0, start) : []
    this.#sections = document ? document.sections.slice(0, Math.max(section, 0)) : []
  }

  read(text: string, ending: LineEnding): void {
    this.#lines.push(this.#lineOf(text, ending))
  }

  /** Keeps the line itself when it is what it was. */
  reread(piece: Piece | Line): Line {
    const fresh = this.#lineOf(piece.text, piece.ending)
    const line = 'kind' in piece && piece.kind === fresh.kind && piece.name === fresh.name ? piece : fresh
    this.#lines.push(line)
    return line
  }

  finish(): AwsFileDocument {
    this.#close()
    return { lines: this.#lines, sections: this.#sections }
  }

  /** The last line read is the header of that document's section number `section`: from there on they are the same. */
  finishAs({ lines, sections }: AwsFileDocument, section: number): AwsFileDocument {
    const header = sections[section]?.header ?? 0
    const shift = this.#lines.length - 1 - header
    for (let index = header + 1; index < lines.length; index++) this.#lines.push(lines[index] as Line)
    for (let index = section; index < sections.length; index++) {
      const { name, header: at, end } = sections[index] as Section
      this.#sections.push({ name, header: at + shift, end: end + shift })
    }
    return { lines: this.#lines, sections: this.#sections }
  }

  #lineOf(text: string, ending: LineEnding): Line {
    const start = this.#lines.length === 0 && text.startsWith(BOM) ? BOM.length : 0
    const first = skipBlanks(text, start)
    if (first === text.length) return { text, ending, kind: 'blank', name: '' }
    const code = text.charCodeAt(first)
    if (code === HASH || code === SEMICOLON) return { text, ending, kind: 'comment', name: '' }
    if (this.#inProperty && first - start > this.#indent) return { text, ending, kind: 'continuation', name: '' }
    this.#indent = first - start
    const header = code === BRACKET ? headerName(text, first) : undefined
    if (header !== undefined) {
      this.#inProperty = false
      this.#close()
      this.#open = { name: header, header: this.#lines.length }
      return { text, ending, kind: 'header', name: header }
    }
    const key = propertyKey(text, first)
    if (key === undefined) return { text, ending, kind: 'junk', name: '' }
    this.#inProperty = true
    return { text, ending, kind: 'property', name: key }
  }

  #close(): void {
    if (this.#open) this.#sections.push({ ...this.#open, end: this.#lines.length })
  }
}

const [HASH, SEMICOLON, BRACKET] = [0x23, 0x3b, 0x5b]

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
  const equals = text.indexOf('=')
  const colon = text.indexOf(':')
  return equals < 0 || (colon >= 0 && colon < equals) ? colon : equals
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
  const mayHaveComment = text.includes('#') || text.includes(';')
  const comment = mayHaveComment ? text.slice(bracket).search(/[ \t\v\f][#;]/) : -1
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
