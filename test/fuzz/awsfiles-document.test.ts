/** The lossless document on any bytes: printing, and every edit by itself. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  type AwsFileDocument,
  findSections,
  type Line,
  parseDocument,
  printDocument,
  propertiesOf,
  type Section,
} from '#core/awsfiles/document.ts'
import {
  appendSection,
  ownEnd,
  removeEmptySection,
  removeProperties,
  setLeadingComment,
  setProperties,
} from '#core/awsfiles/document-edit.ts'
import { fileBytes } from '../unit/core/awsfiles/support/arbitraries.ts'
import { FUZZ_TIMEOUT, RUNS } from './support/runs.ts'

const parameters = { numRuns: RUNS }

it('prints the bytes it has read, whatever they are', { timeout: FUZZ_TIMEOUT }, () => {
  fc.assert(
    fc.property(fileBytes, (bytes) => printDocument(parseDocument(bytes)).equals(bytes)),
    parameters,
  )
})

type EditSection = (document: AwsFileDocument, section: Section) => AwsFileDocument

const key = fc.constantFrom('region', 'output', 'x', 'y', 's3', 'aws_access_key_id', 'added_key')
const isComment = (text: string) => /^\s*[#;]/.test(text)
const edit: fc.Arbitrary<EditSection> = fc.oneof(
  fc.uniqueArray(fc.tuple(key, fc.constantFrom('', 'new', 'a b=c', 'us-east-1')), { selector: ([name]) => name }).map(
    (entries): EditSection =>
      (document, section) =>
        setProperties(document, section, entries),
  ),
  fc.array(key).map(
    (keys): EditSection =>
      (document, section) =>
        removeProperties(document, section, keys),
  ),
  fc.constantFrom('# new', undefined).map(
    (text): EditSection =>
      (document, section) =>
        setLeadingComment(document, section, isComment, text),
  ),
  fc.constant<EditSection>((document, section) => removeEmptySection(document, section)),
)

describe('an edit of a section', () => {
  it('keeps every byte outside it, and leaves the document its bytes would be read as', {
    timeout: FUZZ_TIMEOUT,
  }, () => {
    fc.assert(
      fc.property(fileBytes, fc.nat(), edit, (bytes, pick, change) => {
        const before = parseDocument(bytes)
        const target = before.sections[pick % Math.max(1, before.sections.length)]
        if (!target) return
        const after = change(before, target)
        expectReadable(after)
        // removeEmptySection may take the header and the blank line before it.
        const head = before.lines.slice(0, Math.max(0, target.header - 1))
        const tail = before.lines.slice(target.end)
        expect(after.lines.length).toBeGreaterThanOrEqual(head.length + tail.length)
        expectSame(after.lines.slice(0, head.length), head)
        expectSame(after.lines.slice(after.lines.length - tail.length), tail)
      }),
      parameters,
    )
  })

  it('of a property touches no line but its own and the new ones', { timeout: FUZZ_TIMEOUT }, () => {
    fc.assert(
      fc.property(fileBytes, fc.nat(), fc.nat(), (bytes, pick, nth) => {
        const before = parseDocument(bytes)
        const target = before.sections[pick % Math.max(1, before.sections.length)]
        const properties = target ? propertiesOf(before, target) : []
        const property = properties[nth % Math.max(1, properties.length)]
        if (!target || !property) return
        const same = properties.filter(({ key }) => key === property.key)
        const own = (index: number) => same.some((each) => index >= each.line && index < ownEnd(before, each))
        const others = before.lines.filter((_, index) => !own(index))
        expectSame(removeProperties(before, target, [property.key]).lines, others)
        const set = setProperties(before, target, [[property.key, 'fresh-value']])
        expectSame(
          set.lines.filter(({ text }) => !text.endsWith('fresh-value')),
          others,
        )
      }),
      parameters,
    )
  })
})

it('has its bytes back after a section was appended, written, read again and removed', {
  timeout: FUZZ_TIMEOUT,
}, () => {
  fc.assert(
    fc.property(fileBytes, (bytes) => {
      const added = appendSection(parseDocument(bytes), 'profile own-9', [
        '# mark',
        ['region', 'r'],
        ['output', 'json'],
      ])
      expectReadable(added)
      const again = parseDocument(printDocument(added))
      const at = findSections(again, 'profile own-9').at(-1)
      if (!at) throw new Error('the section is not found again')
      const emptied = removeProperties(again, at, ['region', 'output'])
      const unmarked = setLeadingComment(emptied, at, (text) => text === '# mark', undefined)
      const [left] = findSections(unmarked, 'profile own-9').slice(-1)
      const after = left ? removeEmptySection(unmarked, left) : unmarked
      expect(printDocument(after).toString('latin1')).toBe(bytes.toString('latin1'))
    }),
    parameters,
  )
})

/** The document is what a reader of its bytes would make of them: no two lines have run together. */
function expectReadable(document: AwsFileDocument): void {
  expect(parseDocument(printDocument(document)).lines).toEqual(document.lines)
}

/**
 * The same lines, but for the ending that a last line without one gets or the new last line loses, and for an LF that
 * would run together with a CR before it.
 */
function expectSame(actual: readonly Line[], expected: readonly Line[]): void {
  expect(actual.map(({ text }) => text)).toEqual(expected.map(({ text }) => text))
  for (const [index, { text, ending }] of actual.entries()) {
    const wanted = expected[index]?.ending
    const isKeptApart = text === '' && ending === '\r\n' && actual[index - 1]?.ending === '\r'
    if (ending !== '' && wanted !== '' && !isKeptApart) expect(ending).toBe(wanted)
  }
}
