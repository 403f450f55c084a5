/** What is kept from one version of a file to the next: it must be what reading the new version afresh gives. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AwsFileDocument, documentOf, parseDocument, printDocument, withLines } from '#core/awsfiles/document.ts'
import {
  appendSection,
  removeEmptySection,
  removeProperties,
  setLeadingComment,
  setProperties,
} from '#core/awsfiles/document-edit.ts'
import { READERS } from '#core/awsfiles/readers/index.ts'
import { cutIntoParts, readParts } from '#core/awsfiles/readers/parts.ts'
import type { FileReading, Values } from '#core/awsfiles/readers/types.ts'
import { fileBytes, fileText } from '../unit/core/awsfiles/support/arbitraries.ts'
import { FUZZ_TIMEOUT, RUNS } from './support/runs.ts'

const parameters = { numRuns: RUNS }
const readers = ['aws', 'botocore', 'js-sdk'] as const
const kind = fc.constantFrom('config' as const, 'credentials' as const)

/** Enough lines that nothing looks at to fill a part. */
const filler = `${'# filler\n'.repeat(240)}`
const header = fc.constantFrom(
  ...['profile a', 'profile b', 'profile "a"', 'default', 'profile default', 'DEFAULT', 'a', 'x', 'profile.a'],
  ...['sso-session s', 'services s', 'profile toString', 'profile my team', ' a', 'profile a b', 'profile  a'],
)
const section = fc
  .tuple(header, fc.constantFrom('', '', '', '\r', ' ', ' # note'), fc.boolean(), fileText, fc.boolean())
  .map(([name, tail, isPlain, text, isLong]) => {
    return `[${name}]${tail}\n${isPlain ? 'region = r\nx = 1\n' : text}${isLong ? `\n${filler}` : ''}`
  })
/** Files of several parts, tame and wild ones, with sections that come again in another part. */
const longFile = fc
  .tuple(fileText, fc.array(section, { minLength: 1, maxLength: 6 }), fc.array(fileBytes, { maxLength: 1 }))
  .map(([start, sections, end]) => Buffer.concat([Buffer.from(start + sections.join('')), ...end]))
/** A longer file with a stretch replaced, and what it was before. */
const versions = fc
  .tuple(longFile, fc.nat(), fc.nat(), fc.oneof(fileBytes, longFile, fc.constant(Buffer.alloc(0))))
  .map(([before, one, other, insert]) => {
    const [from = 0, to = 0] = [one % (before.length + 1), other % (before.length + 1)].sort((a, b) => a - b)
    return { before, after: Buffer.concat([before.subarray(0, from), insert, before.subarray(to)]) }
  })

describe('a file read in parts', () => {
  it('is what the reader sees in the whole file', { timeout: FUZZ_TIMEOUT }, () => {
    fc.assert(
      fc.property(longFile, kind, (bytes, as) => {
        for (const reader of readers) {
          expectSame(readParts(cutIntoParts(bytes), reader, as), READERS[reader](bytes, as))
        }
      }),
      parameters,
    )
  })

  it('is so too when parts of an earlier version are used again', { timeout: FUZZ_TIMEOUT }, () => {
    fc.assert(
      fc.property(versions, kind, ({ before, after }, as) => {
        const earlier = cutIntoParts(before)
        for (const reader of readers) readParts(earlier, reader, as)
        const parts = cutIntoParts(after, earlier)
        expect(Buffer.concat(parts.map(({ bytes }) => bytes))).toEqual(after)
        for (const reader of readers) expectSame(readParts(parts, reader, as), READERS[reader](after, as))
      }),
      parameters,
    )
  })

  it('does use them again', () => {
    const sections = Array.from({ length: 100 }, (_, index) => `[profile p${index}]\nregion = r\n${filler}`)
    const before = cutIntoParts(Buffer.from(sections.join('')))
    expect(before.length).toBe(100)
    const edited = sections.with(50, '[profile p50]\nregion = s\n')
    const after = cutIntoParts(Buffer.from(edited.join('')), before)
    expect(after.filter((part) => before.includes(part)).length).toBeGreaterThan(97)
  })
})

type Edit = (document: AwsFileDocument, pick: number) => AwsFileDocument
const edit = fc.constantFrom<Edit>(
  (document) => appendSection(document, 'profile new', ['# c', ['region', 'r']]),
  (document, pick) => inSection(document, pick, (at) => setProperties(document, at, [['region', 'new']])),
  (document, pick) => inSection(document, pick, (at) => setProperties(document, at, [['fresh', 'new']])),
  (document, pick) => inSection(document, pick, (at) => removeProperties(document, at, ['region', 'x', 's3'])),
  (document, pick) => inSection(document, pick, (at) => setLeadingComment(document, at, () => true, '# c')),
  (document, pick) => inSection(document, pick, (at) => removeEmptySection(document, at)),
)

function inSection(
  document: AwsFileDocument,
  pick: number,
  change: (at: AwsFileDocument['sections'][number]) => AwsFileDocument,
): AwsFileDocument {
  const at = document.sections[pick % Math.max(1, document.sections.length)]
  return at ? change(at) : document
}

describe('a document after edits', () => {
  it('is what its lines say, looked at afresh', { timeout: FUZZ_TIMEOUT }, () => {
    fc.assert(
      fc.property(fileBytes, fc.array(fc.tuple(edit, fc.nat()), { minLength: 1, maxLength: 3 }), (bytes, edits) => {
        let document = parseDocument(bytes)
        for (const [change, pick] of edits) document = change(document, pick)
        expect(document).toEqual(documentOf(document.lines.map(({ text, ending }) => ({ text, ending }))))
        expect(document).toEqual(parseDocument(printDocument(document)))
      }),
      parameters,
    )
  })

  it('is so wherever lines are replaced, and whatever by', { timeout: FUZZ_TIMEOUT }, () => {
    const piece = fileText.map((text) => ({ text: text.split(/[\r\n]/)[0] ?? '', ending: '\n' as const }))
    fc.assert(
      fc.property(fileBytes, fc.nat(), fc.nat(), fc.array(piece, { maxLength: 4 }), (bytes, one, other, pieces) => {
        const { lines, ...rest } = parseDocument(bytes)
        const size = lines.length + 1
        const [from = 0, to = 0] = [one % size, other % size].sort((a, b) => a - b)
        const plain = lines.map(({ text, ending }) => ({ text, ending }))
        expect(withLines({ lines, ...rest }, from, to, pieces)).toEqual(
          documentOf(plain.toSpliced(from, to - from, ...pieces)),
        )
      }),
      parameters,
    )
  })
})

/** The same but for the order of names. */
function expectSame(actual: FileReading, expected: FileReading): void {
  expect(sorted(actual)).toEqual(sorted(expected))
}

function sorted({ profiles, ssoSessions, services, ...rest }: FileReading): unknown {
  const entries = (map: ReadonlyMap<string, Values>) =>
    [...map].sort(([one], [other]) => (one < other ? -1 : 1)).map(([name, values]) => [name, [...values]])
  return { ...rest, profiles: entries(profiles), ssoSessions: entries(ssoSessions), services: entries(services) }
}
