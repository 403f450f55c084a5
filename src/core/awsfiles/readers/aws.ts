/**
 * What AWS's cross-SDK rules see in a file: the rules that the SDKs for Rust, Java, C++ and others share. This is the
 * default reader. It goes on after a fatal line, to report every problem.
 */
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
    const valid = [...section.values].filter(([key]) => NAME.test(key))
    const earlier = maps[identity.type].get(identity.name) ?? new Map<string, string>()
    maps[identity.type].set(identity.name, new Map([...earlier, ...valid]))
  }
  return { profiles, ssoSessions, services, sections, problems, rejected }
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
  for (const line of decode(bytes, problems).split(/\r?\n/)) {
    const number = next
    // A lone CR is no line break here, but it is one to editors and to the line numbers of the other readers.
    next += line.includes('\r') ? line.split('\r').length : 1
    const report = (code: string, message: string) => problems.push({ line: number, code, message, fatal: true })
    const text = trim(line)
    if (text === '' || line.startsWith('#') || line.startsWith(';')) continue
    if (line.startsWith('[')) {
      const header = trim(line.slice(1).split(/[#;]/)[0] ?? '')
      if (!header.endsWith(']')) report('section.open', 'A section header does not end with ].')
      const name = trim(header.replace(/\]$/, ''))
      section = sections.get(name) ?? { header: name, lines: [], values: new Map() }
      sections.set(name, section)
      section.lines.push(number)
      key = undefined
    } else if (!section) {
      if (number === 1 && line.startsWith('\ufeff')) report('file.bom', 'The file starts with a byte order mark.')
      else report('line.before-section', 'A line stands before the first section.')
    } else if (/^[ \t]/.test(line)) {
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

function decode(bytes: Uint8Array, problems: Problem[]): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    problems.push({ line: 0, code: 'file.not-utf8', message: 'The file has bytes that are not UTF-8.', fatal: true })
    return Buffer.from(bytes).toString('latin1')
  }
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

/** The text up to a comment. */
function withoutComment(text: string): string {
  const mayHave = text.includes('#') || text.includes(';')
  return mayHave ? (text.split(/(?<=\s)[#;]/)[0] ?? '') : text
}
