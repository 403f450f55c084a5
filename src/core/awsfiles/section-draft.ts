/**
 * Edits of many sections of a document, one after another, each at the cost of its own section: the outcome is that of
 * the same edits on the whole document. Only plain sections can be edited so; what decides about an edit of those is in
 * their own lines, the line before them and the header after them.
 */
import { type AwsFileDocument, documentOf, type Line, type LineEnding, type Section } from './document.ts'
import { isPlainHeader } from './readers/parts.ts'

/** An edit of one section; it may be given a document of little more than that section. */
export type SectionEdit = (document: AwsFileDocument, section: Section) => AwsFileDocument

/** A section with its lines, or what is before the first one. */
interface Block {
  lines: Line[]
  previous: Block | undefined
  next: Block | undefined
}

export class SectionDraft {
  readonly #document: AwsFileDocument
  readonly #first: Block
  /** By the line of the header in the first document; those whose header has gone are no longer there. */
  readonly #blocks = new Map<number, Block>()
  readonly #ending: LineEnding
  /** Lines with that ending, and with another. */
  #usual: number
  readonly #unusual: number
  #isChanged = false

  constructor(document: AwsFileDocument) {
    this.#document = document
    const { lines, sections } = document
    const count = (wanted: LineEnding) => lines.reduce((sum, { ending }) => sum + (ending === wanted ? 1 : 0), 0)
    const [crlf, lf] = [count('\r\n'), count('\n')]
    this.#ending = crlf > lf ? '\r\n' : '\n'
    this.#usual = Math.max(crlf, lf)
    this.#unusual = Math.min(crlf, lf)
    this.#first = { lines: lines.slice(0, sections[0]?.header ?? lines.length), previous: undefined, next: undefined }
    let last = this.#first
    for (const { header, end } of sections) {
      const block: Block = { lines: lines.slice(header, end), previous: last, next: undefined }
      last.next = block
      last = block
      this.#blocks.set(header, block)
    }
  }

  /**
   * Whether an edit of a section comes out the same whatever else is in the file: headers that every SDK takes for such,
   * one line to each value, and the line ending that the file has.
   * @param section of the document the draft began with
   */
  isPlain({ header }: Section): boolean {
    const block = this.#blocks.get(header)
    if (!block) return false
    const { lines } = block
    const after = block.next?.lines[0]
    const before = lineBefore(block)
    if (!isPlainHeader(lines[0]?.text ?? '') || (after && !isPlainHeader(after.text))) return false
    if (before && before.ending !== this.#ending) return false
    // The usual ending must stay the usual one, however many lines go.
    if (this.#unusual > 0 && this.#usual - this.#unusual <= lines.length) return false
    return lines.every(({ kind, ending }) => kind !== 'continuation' && ending === this.#ending)
  }

  /** @param section a plain one of the document the draft began with */
  edit({ header }: Section, edit: SectionEdit): void {
    const block = this.#blocks.get(header)
    if (!block) return
    const blank = lineBefore(block)?.kind === 'blank' ? lineBefore(block) : undefined
    const after = block.next?.lines[0]
    const around = documentOf([...(blank ? [blank] : []), ...block.lines, ...(after ? [after] : [])])
    const section = around.sections[0]
    const edited = section && edit(around, section)
    if (!edited || edited === around) return
    this.#isChanged = true
    const isBlankLeft = blank !== undefined && edited.lines[0] === blank
    const lines = edited.lines.slice(isBlankLeft ? 1 : 0, after ? -1 : undefined)
    const isBlankGone = blank !== undefined && !isBlankLeft
    this.#usual += lines.length - block.lines.length - (isBlankGone ? 1 : 0)
    if (isBlankGone) blockBefore(block)?.lines.pop()
    if (lines[0]?.kind === 'header') block.lines = lines
    else this.#dissolve(header, block, lines)
  }

  finish(): AwsFileDocument {
    if (!this.#isChanged) return this.#document
    const lines: Line[] = []
    for (let block: Block | undefined = this.#first; block; block = block.next)
      for (const line of block.lines) lines.push(line)
    return documentOf(lines)
  }

  /** What is left of a section without its header belongs to what is before it. */
  #dissolve(header: number, block: Block, left: readonly Line[]): void {
    const { previous, next } = block
    for (const line of left) previous?.lines.push(line)
    if (previous) previous.next = next
    if (next) next.previous = previous
    this.#blocks.delete(header)
  }
}

/** The last block before this one that has lines: only what is before the first section may have none. */
function blockBefore({ previous }: Block): Block | undefined {
  return previous && previous.lines.length > 0 ? previous : undefined
}

function lineBefore(block: Block): Line | undefined {
  return blockBefore(block)?.lines.at(-1)
}
