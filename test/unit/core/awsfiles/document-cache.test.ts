import fc from 'fast-check'
import { expect, it } from 'vitest'
import { parseDocument, printDocument } from '#core/awsfiles/document.ts'
import { parseOnce, printOnce } from '#core/awsfiles/document-cache.ts'
import { appendSection, setProperties } from '#core/awsfiles/document-edit.ts'
import { fileBytes } from './support/arbitraries.ts'

it('gives what parsing and printing give, also after edits', () => {
  fc.assert(
    fc.property(fileBytes, fc.nat(), (bytes, pick) => {
      const document = parseOnce(bytes)
      expect(document).toEqual(parseDocument(bytes))
      const section = document.sections[pick % Math.max(1, document.sections.length)]
      const edited = section
        ? setProperties(document, section, [['k', 'v']])
        : appendSection(document, 'profile new', [['k', 'v']])
      const written = printOnce(edited)
      expect(written).toEqual(printDocument(edited))
      expect(parseOnce(Buffer.from(written))).toEqual(parseDocument(written))
    }),
    { numRuns: 2000 },
  )
})

it('parses the same bytes once', () => {
  const bytes = Buffer.from('[default]\nregion = r\n')
  expect(parseOnce(Buffer.from(bytes))).toBe(parseOnce(bytes))
  expect(parseOnce(Buffer.from('[default]\nregion = s\n'))).not.toBe(parseOnce(bytes))
})
