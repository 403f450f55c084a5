/** What makes an SDK reject a whole file: the readers' own findings, told once where several agree (AWS facts A.2). */
import { delimiterIndex, type Property } from '../document.ts'
import type { Splice } from '../document-edit.ts'
import type { ReaderName } from '../readers/types.ts'
import { fromLatin1, READER_NAMES, stateOfBytes } from './file-state.ts'
import type { FileState, Finding, Repair, Rule, SectionPart } from './types.ts'

const ADVICE: Readonly<Record<string, string>> = {
  'file.not-utf8': 'Save the file as UTF-8 in your editor.',
  'line.before-section': 'Put the line below the header it belongs to, or remove it.',
  'line.no-key': 'Write the line as key = value, or put a # at its start.',
  'line.continues-nothing': 'Start the line at the left margin.',
  'key.duplicate': 'Keep one of the lines; the last one is what the other SDKs use.',
  'section.duplicate': 'Move its lines below the first header of that name, and remove this header.',
  'section.open': 'End the header with a ] and nothing but a comment after it.',
  'section.proto': 'Give the profile another name.',
  'block.no-key': 'Write every line of the block as key = value, or remove it.',
}

/** Left behind by a merge. */
const CONFLICT_MARKER = /^(?:<{7}|={7}|>{7}|\|{7})/

export const byteOrderMark: Rule = (input) =>
  [input.config, input.credentials].flatMap((file): Finding[] => {
    const first = file.document.lines[0]
    if (file.boms === 0 || !first) return []
    const edits = [{ from: 0, to: 1, insert: [first.text.slice(file.boms * 3)] }]
    return [
      {
        kind: file.kind,
        line: 1,
        code: 'file.bom',
        message: 'The file starts with a byte order mark.',
        breaks: ['aws', 'botocore'],
        rejectedBy: ['aws', 'botocore'],
        advice: 'Save the file as UTF-8 without a byte order mark.',
        repair: { kind: 'lines', edits },
      },
    ]
  })

/** Lines that end with a lone CR: only botocore sees an end there (A.2 row 16). */
export const loneReturns: Rule = (input) =>
  [input.config, input.credentials].flatMap(({ kind, document }): Finding[] => {
    const edits = document.lines.flatMap(({ text, ending }, from) =>
      ending === '\r' ? [{ from, to: from + 1, insert: [text] }] : [],
    )
    const [first] = edits
    if (!first) return []
    return [
      {
        kind,
        line: first.from + 1,
        code: 'file.lone-cr',
        message: 'The line ends with a carriage return alone, which most SDKs do not take for the end of a line.',
        breaks: ['aws', 'js-sdk'],
        rejectedBy: [],
        advice: 'Save the file with LF or CRLF line endings.',
        repair: { kind: 'lines', edits },
      },
    ]
  })

export const rejections: Rule = (input) => [input.config, input.credentials].flatMap(rejectionsOf)

function rejectionsOf(file: FileState): Finding[] {
  const found = new Map<string, Finding & { rejectedBy: ReaderName[] }>()
  for (const reader of READER_NAMES) {
    for (const { line, code, message, fatal } of file.readings[reader].problems) {
      if (!fatal) continue
      const known = found.get(`${line} ${code}`)
      if (known) {
        if (!known.rejectedBy.includes(reader)) known.rejectedBy.push(reader)
        continue
      }
      const readers: ReaderName[] = [reader]
      found.set(`${line} ${code}`, {
        kind: file.kind,
        line,
        code,
        message,
        breaks: readers,
        rejectedBy: readers,
        advice: adviceFor(file, line, code),
      })
    }
  }
  const findings = [...found.values()]
  const unindent = unindentRepairs(file, findings)
  const properties = new Map(
    file.parts.flatMap((part) => part.properties).map((property) => [property.line + 1, property]),
  )
  const repeats = new Map([
    ...file.parts.flatMap((part) => repeatsIn(file, part.properties)),
    ...repeatedSections(file),
  ])
  return findings.map((finding) => {
    const repair = repairFor(file, finding, properties.get(finding.line), repeats) ?? unindent.get(finding)
    return repair ? { ...finding, repair } : finding
  })
}

function adviceFor(file: FileState, line: number, code: string): string {
  const text = file.document.lines[line - 1]?.text ?? ''
  if (CONFLICT_MARKER.test(text)) return 'Finish the merge: keep one side, and remove the lines that mark the conflict.'
  return ADVICE[code] ?? 'Repair the line by hand.'
}

function repairFor(
  file: FileState,
  { code, line }: Finding,
  property: Property | undefined,
  repeats: ReadonlyMap<number, Repair>,
): Repair | undefined {
  const text = file.document.lines[line - 1]?.text
  if (text === undefined || CONFLICT_MARKER.test(text)) return undefined
  if (code === 'key.duplicate' || code === 'section.duplicate') return repeats.get(line)
  if (code !== 'line.no-key' && code !== 'line.before-section') return undefined
  // Below a header that only some SDKs see, because it is indented.
  if (property && code === 'line.before-section') return undefined
  const insert = property ? withEqualsSign(text) : `# ${text}`
  if (insert === undefined || (property && property.end > property.line + 1)) return undefined
  return { kind: 'lines', edits: [{ from: line - 1, to: line, insert: [insert] }] }
}

/**
 * The line of a property with = for the colon that botocore takes, too; `undefined` for one without such a colon, or
 * where it stands behind what the others take for the start of a comment.
 */
function withEqualsSign(text: string): string | undefined {
  const delimiter = delimiterIndex(text)
  const key = text.slice(0, delimiter)
  if (text[delimiter] !== ':' || /\s[#;]/.test(fromLatin1(key))) return undefined
  return `${key.replace(/[ \t]+$/, '')} = ${text.slice(delimiter + 1).replace(/^[ \t]+/, '')}`
}

/** For each line that repeats a key: a repair that removes the earlier one, which no SDK uses. */
function repeatsIn(file: FileState, properties: readonly Property[]): [number, Repair][] {
  const repairs: [number, Repair][] = []
  const last = new Map<string, Property>()
  for (const property of properties) {
    const earlier = last.get(property.key)
    last.set(property.key, property)
    if (!earlier || spelling(file, earlier) !== spelling(file, property)) continue
    const edits = [{ from: earlier.line, to: earlier.end, insert: [] }]
    repairs.push([property.line + 1, { kind: 'lines', edits }])
  }
  return repairs
}

/** For each header that comes again: a repair that moves what is below it to the end of the first such section. */
function repeatedSections(file: FileState): [number, Repair][] {
  const first = new Map<string, SectionPart>()
  return file.parts.flatMap((part): [number, Repair][] => {
    const { section, header, line } = part
    const earlier = first.get(header)
    if (!earlier) {
      first.set(header, part)
      return []
    }
    const body = file.document.lines.slice(section.header + 1, section.end)
    const size = body.findLastIndex(({ kind }) => kind !== 'blank') + 1
    const at = earlier.properties.at(-1)?.end ?? earlier.section.header + 1
    const edits = [
      { from: at, to: at, insert: body.slice(0, size).map(({ text }) => text) },
      { from: section.header, to: section.header + 1 + size, insert: [] },
    ]
    return [[line, { kind: 'lines', edits }]]
  })
}

/** The key as written: the JS SDK takes `Region` and `region` for two keys. */
function spelling(file: FileState, property: Property): string | undefined {
  return file.document.lines[property.line]?.text.split(/[=:]/)[0]?.trim()
}

/** One repair for all indented lines of a section: moving only some of them would make the others continue those. */
function unindentRepairs(file: FileState, findings: readonly Finding[]): Map<Finding, Repair> {
  const repairs = new Map<Finding, Repair>()
  const bySection = new Map<number, Finding[]>()
  let at = 0
  for (const finding of findings) {
    if (finding.code !== 'line.continues-nothing') continue
    while ((file.parts[at + 1]?.line ?? Number.POSITIVE_INFINITY) < finding.line) at++
    bySection.set(at, [...(bySection.get(at) ?? []), finding])
  }
  for (const group of bySection.values()) {
    const edits = group.map(({ line }): Splice => {
      const text = file.document.lines[line - 1]?.text ?? ''
      return { from: line - 1, to: line, insert: [text.replace(/^[ \t]+/, '')] }
    })
    const repair: Repair = { kind: 'lines', edits }
    for (const finding of group) repairs.set(finding, repair)
  }
  return repairs
}

/**
 * The file without the lines for which it is rejected, every other line in its place: what else is wrong with a file
 * shows only once an SDK reads it.
 */
export function salvage(file: FileState): FileState {
  const findings = rejectionsOf(file)
  if (findings.length === 0) return file
  const texts = file.document.lines.map(({ text }) => text)
  for (const { line, code, repair } of findings) {
    const edits = repair?.kind === 'lines' && code !== 'section.duplicate' ? repair.edits : []
    for (const { from, to, insert } of edits) for (let at = from; at < to; at++) texts[at] = insert[at - from] ?? ''
    if (edits.length === 0 && /^line\./.test(code)) texts[line - 1] = ''
  }
  // A CR before an emptied line would become one line ending together with that line's LF.
  const endOf = (ending: string) => (ending === '\r' ? '\n' : ending)
  const text = file.document.lines.map(({ ending }, index) => `${texts[index]}${endOf(ending)}`).join('')
  return stateOfBytes(file.kind, file.path, Buffer.from(text, 'latin1'), file.mode)
}
