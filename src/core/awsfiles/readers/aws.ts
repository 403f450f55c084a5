/**
 * What AWS's cross-SDK rules see in a file: the rules that the SDKs for Rust, Java, C++ and others share. This is the
 * default reader. It goes on after a fatal line, to report every problem.
 */
import { decodeText } from './decode-text.ts'
import type { FileKind, FileReading, Problem, SeenSection, Values } from './types.ts'

const NAME = /^[A-Za-z0-9/.%@_:+-]+$/
const TYPES = ['profile', 'sso-session', 'services'] as const

interface RawSection {
  readonly header: string
  readonly lines: number[]
  readonly values: Map<string, string>
}

export function readAsAws(bytes: Uint8Array, kind: FileKind): FileReading {
  const { sections: raw, problems } = parse(bytes)
  const rejected = problems.some(({ fatal }) => fatal)
  const profiles = new Map<string, Values>()
  const ssoSessions = new Map<string, Values>()
  const services = new Map<string, Values>()
  const sections: SeenSection[] = []
  const maps = { profile: profiles, 'sso-session': ssoSessions, services }
  const isPrefixedDefault = ({ header }: RawSection) =>
    /^profile[ \t]/.test(header) && identify(header, kind)?.name === 'default'
  const hidesDefault = kind === 'config' && raw.some(isPrefixedDefault)
  for (const section of raw) {
    const identity = identify(section.header, kind)
    if (!identity) continue
    for (const line of section.lines) sections.push({ ...identity, line })
    if (rejected || (hidesDefault && section.header === 'default')) continue
    const valid = withoutInvalid(section.values)
    const earlier = maps[identity.type].get(identity.name)
    maps[identity.type].set(identity.name, earlier ? new Map([...earlier, ...valid]) : valid)
  }
  return { profiles, ssoSessions, services, sections, problems, rejected }
}

function withoutInvalid(values: Map<string, string>): Map<string, string> {
  for (const key of values.keys()) {
    if (!NAME.test(key)) return new Map([...values].filter(([each]) => NAME.test(each)))
  }
  return values
}

/** What a header means; `undefined` for one of the wrong form or with an invalid name, which is ignored. */
function identify(header: string, kind: FileKind): Pick<SeenSection, 'type' | 'name'> | undefined {
  const [, prefix, name = ''] = /^(\S+)[ \t]+(.*)$/.exec(header) ?? [undefined, undefined, header]
  if (!NAME.test(name)) return undefined
  if (kind === 'credentials') return prefix === undefined ? { type: 'profile', name } : undefined
  if (prefix === undefined) return name === 'default' ? { type: 'profile', name } : undefined
  const type = TYPES.find((known) => known === prefix)
  return type && { type, name }
}

function parse(bytes: Uint8Array): { sections: RawSection[]; problems: Problem[] } {
  const problems: Problem[] = []
  const sections = new Map<string, RawSection>()
  let section: RawSection | undefined
  let key: string | undefined
  let isBlock = false
  let next = 1
  let number = 1
  const report = (code: string, message: string) => problems.push({ line: number, code, message, fatal: true })
  const { text: whole, invalid } = decodeText(bytes)
  if (invalid) {
    problems.push({ line: 0, code: 'file.not-utf8', message: 'The file has bytes that are not UTF-8.', fatal: true })
  }
  const hasCr = whole.includes('\r')
  for (const line of hasCr ? whole.split(/\r?\n/) : whole.split('\n')) {
    number = next
    // A lone CR is no line break here, but it is one to editors and to the line numbers of the other readers.
    next += hasCr && line.includes('\r') ? line.split('\r').length : 1
    const text = trim(line)
    if (text === '' || line.startsWith('#') || line.startsWith(';')) continue
    if (line.startsWith('[')) {
      const header = trim(line.slice(1, commentOf(line)))
      if (!header.endsWith(']')) report('section.open', 'A section header does not end with ].')
      const name = trim(header.replace(/\]$/, ''))
      section = sections.get(name) ?? { header: name, lines: [], values: new Map() }
      sections.set(name, section)
      section.lines.push(number)
      key = undefined
    } else if (!section) {
      if (number === 1 && line.startsWith('\ufeff')) report('file.bom', 'The file starts with a byte order mark.')
      else report('line.before-section', 'A line stands before the first section.')
    } else if (isBlank(line.charCodeAt(0))) {
      if (key === undefined) {
        report('line.continues-nothing', 'An indented line follows no property of its section.')
        continue
      }
      if (isBlock) reportProperty(text, report)
      section.values.set(key, `${section.values.get(key) ?? ''}\n${text}`)
    } else {
      const property = reportProperty(text, report)
      key = property?.key
      isBlock = property?.value === ''
      if (property) section.values.set(property.key, property.value)
    }
  }
  return { sections: [...sections.values()], problems }
}

/** Splits `key = value # comment`, reporting what is missing. */
function reportProperty(
  text: string,
  report: (code: string, message: string) => void,
): { key: string; value: string } | undefined {
  const uncommented = trim(withoutComment(text))
  const equals = uncommented.indexOf('=')
  const key = trim(uncommented.slice(0, Math.max(equals, 0))).toLowerCase()
  if (equals < 0) report('line.no-key', 'A line has no =.')
  else if (key === '') report('line.no-key', 'A line has no key before its =.')
  return equals < 0 || key === '' ? undefined : { key, value: trim(uncommented.slice(equals + 1)) }
}

/** Only blanks and tabs count as white space. */
function trim(text: string): string {
  let [start, end] = [0, text.length]
  while (start < end && isBlank(text.charCodeAt(start))) start++
  while (end > start && isBlank(text.charCodeAt(end - 1))) end--
  return text.slice(start, end)
}

const isBlank = (code: number) => code === 0x20 || code === 0x09

/** Where a header's comment begins, or the line ends. */
function commentOf(header: string): number {
  const at = header.search(/[#;]/)
  return at < 0 ? header.length : at
}

/** The text up to a comment. */
function withoutComment(text: string): string {
  const mayHave = text.includes('#') || text.includes(';')
  return mayHave ? (text.split(/(?<=\s)[#;]/)[0] ?? '') : text
}
