/** Makes what the rules look at from the bytes of a file. */
import { type AwsFileDocument, parseDocument, printDocument, propertiesOf } from '../document.ts'
import { READERS } from '../readers/index.ts'
import type { FileKind, FileReading, ReaderName, SeenSection } from '../readers/types.ts'
import type { FileState, SectionPart } from './types.ts'

export const READER_NAMES: readonly ReaderName[] = ['aws', 'botocore', 'js-sdk']

const BOM = Buffer.from([0xef, 0xbb, 0xbf])

/** @param mode permission bits, where the system has them */
export function stateOfBytes(kind: FileKind, path: string, bytes: Uint8Array, mode?: number): FileState {
  return stateOfDocument(kind, path, parseDocument(bytes), mode)
}

export function stateOfDocument(kind: FileKind, path: string, document: AwsFileDocument, mode?: number): FileState {
  const bytes = printDocument(document)
  let boms = 0
  while (BOM.equals(bytes.subarray(boms * BOM.length, (boms + 1) * BOM.length))) boms++
  const hasLoneCr = document.lines.some(({ ending }) => ending === '\r')
  const readable = (hasLoneCr ? printWithoutLoneCr(document) : bytes).subarray(boms * BOM.length)
  const parts = document.sections.map(
    (section): SectionPart => ({
      section,
      line: section.header + 1,
      header: fromLatin1(section.name),
      properties: propertiesOf(document, section),
    }),
  )
  return { kind, path, document, boms, parts, mode, readings: readWithAll(readable, kind) }
}

function printWithoutLoneCr({ lines }: AwsFileDocument): Buffer {
  return Buffer.from(lines.map(({ text, ending }) => text + (ending === '\r' ? '\n' : ending)).join(''), 'latin1')
}

/** What every reader makes of a file. */
export function readWithAll(bytes: Uint8Array, kind: FileKind): Record<ReaderName, FileReading> {
  return {
    aws: READERS.aws(bytes, kind),
    botocore: READERS.botocore(bytes, kind),
    'js-sdk': READERS['js-sdk'](bytes, kind),
  }
}

/** Text of a document as people wrote it: documents keep one character per byte. */
export function fromLatin1(text: string): string {
  return Buffer.from(text, 'latin1').toString('utf8')
}

/** What each reader takes a line for, by line number. */
export function seenByLine(file: FileState): Map<number, Partial<Record<ReaderName, SeenSection>>> {
  const seen = new Map<number, Partial<Record<ReaderName, SeenSection>>>()
  for (const reader of READER_NAMES) {
    for (const section of file.readings[reader].sections) {
      const here = seen.get(section.line) ?? {}
      here[reader] = section
      seen.set(section.line, here)
    }
  }
  return seen
}

/** The sections that some reader takes for a profile, by the profile's name. */
export function partsByProfile(file: FileState): Map<string, SectionPart[]> {
  const byLine = new Map(file.parts.map((part) => [part.line, part]))
  const found = new Map<string, Set<SectionPart>>()
  for (const reader of READER_NAMES) {
    for (const { type, name, line } of file.readings[reader].sections) {
      const part = byLine.get(line)
      if (type !== 'profile' || !part) continue
      const parts = found.get(name) ?? new Set()
      found.set(name, parts.add(part))
    }
  }
  return new Map([...found].map(([name, parts]) => [name, [...parts].sort((a, b) => a.line - b.line)]))
}
