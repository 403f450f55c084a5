/**
 * The text of a section that Hallpass owns, whatever it is for: which lines are Hallpass's, and which are the person's
 * own. Pure functions on documents; nothing here decides whether a section may be touched (`ownership.ts`).
 */
import { type AwsFileDocument, findSections, printDocument, propertiesOf, type Section } from './document.ts'
import {
  appendSection,
  type Entry,
  ownEnd,
  removeEmptySection,
  removeProperties,
  setLeadingComment,
  setProperties,
} from './document-edit.ts'
import { readAsBotocore } from './readers/botocore.ts'
import type { FileKind } from './readers/types.ts'

/** Marks a section as Hallpass's, together with the record in the store. */
const MARKER = /^\s*[#;]\s*Managed by Hallpass\b/

/** A comment that says something of a section of Hallpass's. */
export interface OwnComment {
  /** Tells it from the person's own comments, and from others of Hallpass's. */
  readonly matches: (text: string) => boolean
  /** Absent: the section has none. */
  readonly text: string | undefined
}

/** The marker comment. @param command what takes the section back, without the leading `hallpass` */
export function marker(command?: string): OwnComment {
  return {
    matches: (text) => MARKER.test(text),
    text: command === undefined ? undefined : `# Managed by Hallpass (hallpass ${command})`,
  }
}

/** What Hallpass writes into a section. */
export interface OwnText {
  /** In this order, right after the header. */
  readonly comments: readonly OwnComment[]
  readonly entries: readonly Entry[]
  /** Every key that is Hallpass's: those without an entry are removed. */
  readonly ownKeys: readonly string[]
}

/**
 * The document with Hallpass's lines of a section as they should be.
 * @param section the one to use; absent, it is appended
 */
export function writeOwnSection(
  document: AwsFileDocument,
  header: string,
  section: Section | undefined,
  { comments, entries, ownKeys }: OwnText,
): AwsFileDocument {
  if (!section) return appendSection(document, header, [...comments.flatMap(({ text }) => text ?? []), ...entries])
  const keys = entries.map(([key]) => key)
  const stale = ownKeys.filter((key) => !keys.includes(key))
  return inSection(document, section, [
    (current, at) => removeProperties(current, at, stale),
    (current, at) => setProperties(current, at, entries),
    ...commentEdits(comments),
  ])
}

/**
 * The document without Hallpass's lines of a section; the section goes too when nothing else is in it, unless its header
 * is kept. A header that the person put inside a value of ours stays, unless botocore would reject the file for what
 * follows it.
 */
export function removeOwnSection(
  document: AwsFileDocument,
  kind: FileKind,
  section: Section,
  { comments, ownKeys }: Pick<OwnText, 'comments' | 'ownKeys'>,
  keepsHeader = false,
): AwsFileDocument {
  const remove = (upTo: typeof ownEnd) =>
    inSection(document, section, [
      (current, at) => removeProperties(current, at, ownKeys, upTo),
      ...commentEdits(comments.map(({ matches }) => ({ matches, text: undefined }))),
      // A section without anything of Hallpass's was the person's, even if it is empty.
      (current, at) => (keepsHeader || current === document ? current : removeEmptySection(current, at)),
    ])
  const removed = remove(ownEnd)
  const isInvaded = propertiesOf(document, section).some(
    (property) => ownKeys.includes(property.key) && ownEnd(document, property) < property.end,
  )
  if (!isInvaded || !isRejected(removed, kind) || isRejected(document, kind)) return removed
  return remove((_, { end }) => end)
}

type SectionEdit = (current: AwsFileDocument, at: Section) => AwsFileDocument

/** Each goes right after the header: the first one comes last. */
function commentEdits(comments: readonly OwnComment[]): SectionEdit[] {
  return comments.toReversed().map(
    ({ matches, text }): SectionEdit =>
      (current, at) =>
        setLeadingComment(current, at, matches, text),
  )
}

function isRejected(document: AwsFileDocument, kind: FileKind): boolean {
  return readAsBotocore(printDocument(document), kind).rejected
}

/** True when the section carries Hallpass's marker comment. */
export function isMarked(document: AwsFileDocument, section: Section): boolean {
  return commentsOf(document, section).some((text) => MARKER.test(text))
}

export function commentsOf(document: AwsFileDocument, section: Section): string[] {
  return document.lines
    .slice(section.header + 1, section.end)
    .filter((line) => line.kind === 'comment')
    .map((line) => line.text)
}

/** Runs edits one after another on the same section, found again after each by its place among its namesakes. */
function inSection(document: AwsFileDocument, section: Section, edits: readonly SectionEdit[]): AwsFileDocument {
  let current = document
  for (const edit of edits) {
    const at = findAgain(document, section, current)
    if (at) current = edit(current, at)
  }
  return current
}

/** A section of `before` in a later version of the document that has as many of its name. */
export function findAgain(before: AwsFileDocument, section: Section, after: AwsFileDocument): Section | undefined {
  const rank = findSections(before, section.name).findIndex(({ header }) => header === section.header)
  return findSections(after, section.name)[rank]
}
