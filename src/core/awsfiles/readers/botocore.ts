/**
 * What botocore (boto3, the AWS CLI) sees in a file: Python's strict RawConfigParser and then botocore's own profile
 * map (botocore 1.43, Python 3.11). Where Python stops at the first error this goes on, to report every problem.
 */
import { delimiterIndex } from '../document.ts'
import { decodeText } from './decode-text.ts'
import { countLeadingSpace, splitFileLines, splitLines, splitShellWords, strip, stripEnd } from './python-text.ts'
import type { FileKind, FileReading, PartReading, Problem, SeenSection, Values } from './types.ts'

const HEADER = /^\[([\s\S]+)\]/
/** Keys of this section are seen by every section of the file. */
const DEFAULTS = 'DEFAULT'

interface RawOption {
  readonly line: number
  /** The value and the lines that continue it. */
  readonly parts: string[]
}

interface RawSection {
  readonly line: number
  readonly options: Map<string, RawOption>
}

interface RawFile {
  readonly sections: Map<string, RawSection>
  readonly defaults: RawSection
  readonly problems: Problem[]
  /** Sections that come again, with the line of each repetition. */
  readonly repeated: { name: string; line: number }[]
}

export function readAsBotocore(bytes: Uint8Array, kind: FileKind): FileReading {
  return readBotocorePart(bytes, kind).reading
}

/** As {@link readAsBotocore}, with what tells whether the bytes could be a part of a file that is read by itself. */
export function readBotocorePart(bytes: Uint8Array, kind: FileKind): PartReading {
  const raw = parseRaw(decodeText(bytes))
  const profiles = new Map<string, Values>()
  const ssoSessions = new Map<string, Values>()
  const services = new Map<string, Values>()
  const sections: SeenSection[] = []
  const maps = { profile: profiles, 'sso-session': ssoSessions, services }
  for (const [header, section] of raw.sections) {
    const identity = identify(header, kind)
    if (!identity) continue
    sections.push({ ...identity, line: section.line })
    maps[identity.type].set(identity.name, valuesOf(raw, section))
  }
  for (const { name: header, line } of raw.repeated) {
    const identity = identify(header, kind)
    if (identity) sections.push({ ...identity, line })
  }
  const rejected = raw.problems.some((problem) => problem.fatal)
  if (rejected) for (const map of Object.values(maps)) map.clear()
  const reading = { profiles, ssoSessions, services, sections, problems: raw.problems, rejected }
  // A name that comes again rejects the file, also that of a section nobody has a use for.
  return { reading, names: [...raw.sections.keys()], isApart: raw.defaults.options.size === 0 }
}

/** What a header means; `undefined` when botocore has no use for it. */
function identify(header: string, kind: FileKind): Pick<SeenSection, 'type' | 'name'> | undefined {
  if (kind === 'credentials') return { type: 'profile', name: header }
  if (header === 'default') return { type: 'profile', name: header }
  // A prefix is all botocore asks for: `[profilefoo bar]` is profile `bar`.
  const type = (['profile', 'sso-session', 'services'] as const).find((prefix) => header.startsWith(prefix))
  const words = type && splitShellWords(header)
  return type && words?.length === 2 ? { type, name: words[1] ?? '' } : undefined
}

function parseRaw({ text, invalid }: { text: string; invalid: boolean }): RawFile {
  const problems: Problem[] = []
  const report = (line: number, code: string, message: string) => problems.push({ line, code, message, fatal: true })
  if (invalid) report(0, 'file.not-utf8', 'The file has bytes that are not UTF-8.')
  const defaults: RawSection = { line: 0, options: new Map() }
  const raw: RawFile = { sections: new Map(), defaults, problems, repeated: [] }
  let current: RawSection | undefined
  let option: string[] | undefined
  let indent = 0
  let number = 0
  for (const line of splitFileLines(text)) {
    number++
    const depth = countLeadingSpace(line)
    const first = line.charAt(depth)
    if (first === '#' || first === ';') continue
    if (first === '') {
      option?.push('')
      continue
    }
    const value = stripEnd(depth === 0 ? line : line.slice(depth))
    if (option && depth > indent) {
      option.push(value)
      continue
    }
    indent = depth
    const header = first === '[' ? HEADER.exec(value)?.[1] : undefined
    if (header !== undefined) {
      current = openSection(raw, header, number)
      option = undefined
    } else if (!current) {
      const isBom = number === 1 && first === '\ufeff'
      if (isBom) report(number, 'file.bom', 'The file starts with a byte order mark.')
      else report(number, 'line.before-section', 'A line stands before the first section.')
      // What follows a byte order mark is read all the same, to know the sections.
      if (isBom) current = openSection(raw, HEADER.exec(value.slice(1))?.[1] ?? DEFAULTS, number)
    } else {
      const delimiter = delimiterIndex(value)
      if (delimiter <= 0) {
        report(number, 'line.no-key', delimiter === 0 ? 'A line has no key before its =.' : 'A line has no =.')
        if (delimiter === 0) option = undefined
        continue
      }
      const key = stripEnd(value.slice(0, delimiter)).toLowerCase()
      const earlier = current.options.get(key)
      if (earlier) report(number, 'key.duplicate', `The key ${key} is already set on line ${earlier.line}.`)
      option = [strip(value.slice(delimiter + 1))]
      current.options.set(key, { line: number, parts: option })
    }
  }
  reportBrokenBlocks(raw)
  return raw
}

function openSection(raw: RawFile, header: string, line: number): RawSection {
  if (header === DEFAULTS) return raw.defaults
  const known = raw.sections.get(header)
  if (known) {
    raw.repeated.push({ name: header, line })
    raw.problems.push({
      line,
      code: 'section.duplicate',
      message: `The section [${header}] is already there on line ${known.line}.`,
      fatal: true,
    })
    return known
  }
  const section: RawSection = { line, options: new Map() }
  raw.sections.set(header, section)
  return section
}

function textOf({ parts }: RawOption): string {
  return parts.length === 1 ? (parts[0] ?? '') : stripEnd(parts.join('\n'))
}

function reportBrokenBlocks(raw: RawFile): void {
  const sections = [...raw.sections.values()]
  const report = (section: RawSection, isSeen: (key: string) => boolean) => {
    for (const [key, option] of section.options) {
      if (option.parts.length === 1) continue
      const value = textOf(option)
      if (!isBlock(value) || readBlock(value) || !isSeen(key)) continue
      const { line } = option
      const message = `The block under ${key} has a line without =.`
      raw.problems.push({ line, code: 'block.no-key', message, fatal: true })
    }
  }
  for (const section of sections) report(section, () => true)
  // Keys of [DEFAULT] are only looked at through a section that has none of its own.
  report(raw.defaults, (key) => sections.some(({ options }) => !options.has(key)))
}

function valuesOf(raw: RawFile, section: RawSection): Values {
  const values: Values = new Map()
  const add = (option: RawOption, key: string) => {
    const value = textOf(option)
    values.set(key, isBlock(value) ? (readBlock(value) ?? value) : value)
  }
  section.options.forEach(add)
  for (const [key, option] of raw.defaults.options) if (!values.has(key)) add(option, key)
  return values
}

const isBlock = (value: string) => value.startsWith('\n')

/** The `key = value` lines of a nested block; `undefined` when one of them has no `=`. */
function readBlock(value: string): Map<string, string> | undefined {
  const block = new Map<string, string>()
  for (const line of splitLines(value)) {
    const text = strip(line)
    if (text === '') continue
    const equals = text.indexOf('=')
    if (equals < 0) return undefined
    block.set(strip(text.slice(0, equals)), strip(text.slice(equals + 1)))
  }
  return block
}
