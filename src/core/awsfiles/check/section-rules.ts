/** Headers that some SDK takes for something else than the others, or for nothing (AWS facts A.3). */
import type { ReaderName, SeenSection } from '../readers/types.ts'
import { fromLatin1, READER_NAMES, seenByLine } from './file-state.ts'
import type { CheckInput, FileState, Finding, Repair, Rule, SectionPart } from './types.ts'

/** A name that every SDK takes in a section header (AWS facts A.3). */
const SAFE_NAME = /^[A-Za-z0-9_][A-Za-z0-9_.@+/:%-]*$/
/** Sections of the AWS CLI's own. */
const CLI_SECTIONS: ReadonlySet<string> = new Set(['plugins', 'preview'])
/** The JS SDK's map of profiles has these already, and loses a profile of that name. */
const INHERITED = new Set(Object.getOwnPropertyNames(Object.prototype))

const both = (rule: (file: FileState, input: CheckInput) => Finding[]): Rule => {
  return (input) => [...rule(input.config, input), ...rule(input.credentials, input)]
}

/** Headers that not every SDK understands alike. */
export const headers: Rule = both((file, input) => {
  const seen = seenByLine(file)
  return file.parts.flatMap((part) => headerFinding(file, part, seen.get(part.line) ?? {}, input) ?? [])
})

type Seen = Partial<Record<ReaderName, SeenSection>>

function headerFinding(file: FileState, part: SectionPart, seen: Seen, input: CheckInput): Finding | undefined {
  const { header, line } = part
  const found = (code: string, message: string, breaks: readonly ReaderName[], advice: string, repair?: Repair) => {
    return { kind: file.kind, line, code, message, breaks, rejectedBy: [], advice, ...(repair ? { repair } : {}) }
  }
  if (header === 'DEFAULT') {
    const message = 'Every profile of this file also gets the keys of [DEFAULT], for boto3 and the AWS CLI.'
    if (part.properties.length === 0) return undefined
    return found('section.leaks', message, ['botocore'], 'Rename it to [default], if that is what is meant.')
  }
  const [prefix, ...rest] = header.split(/[ \t]+/)
  if (file.kind === 'credentials' && rest.length > 0 && (prefix === 'profile' || prefix === 'sso-session')) {
    const message = `The credentials file has no [${prefix} …] sections: no SDK finds ${rest.join(' ')} here.`
    const advice = prefix === 'profile' ? `Write the header as [${rest.join(' ')}].` : 'Move it to the config file.'
    return found('section.wrong-form', message, READER_NAMES, advice)
  }
  const identities = READER_NAMES.flatMap((reader) => seen[reader] ?? [])
  const [first] = identities
  if (!first) {
    if (file.kind === 'credentials' || CLI_SECTIONS.has(header)) return undefined
    if (rest.length === 0 && SAFE_NAME.test(header)) {
      const message = `In the config file [${header}] is no profile: no SDK reads it.`
      const advice = `Write the header as [profile ${header}].`
      return found('section.wrong-form', message, READER_NAMES, advice, renameRepair(file, part, input))
    }
    return found('section.ignored', `No SDK knows what [${header}] means.`, READER_NAMES, NAME_ADVICE)
  }
  const reference = seen.aws ?? first
  const breaks = READER_NAMES.filter((reader) => {
    return seen[reader]?.name !== reference.name || seen[reader]?.type !== reference.type
  })
  if (breaks.length === 0) return inherited(file, part, reference)
  const name = reference.name.trim()
  if (!SAFE_NAME.test(name)) {
    const message = `Not every SDK sees the name in [${header}].`
    return found('section.invalid-name', message, breaks, NAME_ADVICE)
  }
  const wanted = canonicalHeader(file, reference.type, name)
  const repair = headerRepair(file, part, wanted)
  return found(
    'section.header-form',
    `Not every SDK takes ${fromLatin1(file.document.lines[line - 1]?.text.trim() ?? '')} for ${reference.type} ${name}.`,
    breaks,
    `Write the header as [${wanted}], with a blank before any comment.`,
    repair,
  )
}

function inherited(file: FileState, { line }: SectionPart, { name }: SeenSection): Finding | undefined {
  if (!INHERITED.has(name) || name === '__proto__') return undefined
  const message = `The AWS SDK for JavaScript loses a profile with the name ${name}.`
  const advice = NAME_ADVICE
  return {
    kind: file.kind,
    line,
    code: 'section.invalid-name',
    message,
    breaks: ['js-sdk'],
    rejectedBy: [],
    advice,
  }
}

const NAME_ADVICE = 'Choose a name of letters, digits and . _ - only, and change it wherever it is used.'

function canonicalHeader(file: FileState, type: SeenSection['type'], name: string): string {
  if (file.kind === 'credentials' || (type === 'profile' && name === 'default')) return name
  return `${type} ${name}`
}

/** The header line with other words between its brackets; a comment after them stays. */
function headerRepair(file: FileState, { section }: SectionPart, wanted: string): Repair | undefined {
  const text = file.document.lines[section.header]?.text ?? ''
  const match = /^[^[]*\[[^\]]*\](\s*)([#;].*)?$/.exec(text.slice(section.header === 0 ? file.boms * 3 : 0))
  if (!match) return undefined
  const [, , comment] = match
  const header = `[${wanted}]`
  // For botocore a header ends at the last bracket of its line, even one in a comment.
  const insert = comment === undefined ? [header] : comment.includes(']') ? [header, comment] : [`${header} ${comment}`]
  return { kind: 'lines', edits: [{ from: section.header, to: section.header + 1, insert }] }
}

/** Makes a profile of a section that nobody reads, when it looks like one and no profile has the name. */
function renameRepair(file: FileState, part: SectionPart, { config, credentials }: CheckInput): Repair | undefined {
  const looksLikeProfile = part.properties.some(({ key }) => PROFILE_KEYS.has(key))
  const isTaken = [config, credentials].some((each) =>
    READER_NAMES.some((reader) =>
      each.readings[reader].sections.some(({ type, name }) => type === 'profile' && name === part.header),
    ),
  )
  return looksLikeProfile && !isTaken ? headerRepair(file, part, `profile ${part.header}`) : undefined
}

const PROFILE_KEYS: ReadonlySet<string> = new Set([
  'region',
  'output',
  'role_arn',
  'source_profile',
  'credential_source',
  'credential_process',
  'sso_session',
  'sso_start_url',
  'sso_account_id',
  'login_session',
  'web_identity_token_file',
])

/** `[default]` and `[profile default]` together: one of them is ignored, and not the same one everywhere. */
export const twoDefaults: Rule = ({ config: file }) => {
  const isPrefixed = ({ header }: SectionPart) => /^profile[ \t]+(["']?)default\1$/.test(header)
  const prefixed = file.parts.filter(isPrefixed)
  const plain = file.parts.filter(({ header }) => header === 'default')
  const [other] = prefixed
  if (!other) return []
  return plain.map(({ line }) => ({
    kind: file.kind,
    line,
    code: 'section.two-defaults',
    message:
      `[default] is ignored because [profile default] is there too (line ${other.line}), ` +
      'except by boto3 and the AWS CLI, which use the later one.',
    breaks: READER_NAMES,
    rejectedBy: [],
    advice: 'Put the keys of both into [default], and remove [profile default].',
  }))
}

/** One profile under two spellings of its header: for botocore the later section replaces the earlier (A.9). */
export const respelled: Rule = both((file) => {
  const findings: Finding[] = []
  const byLine = new Map(file.parts.map((part) => [part.line, part]))
  const first = new Map<string, SectionPart>()
  for (const { type, name, line } of file.readings.botocore.sections) {
    const part = byLine.get(line)
    if (!part || name === 'default') continue
    const earlier = first.get(`${type} ${name}`)
    if (!earlier) first.set(`${type} ${name}`, part)
    if (!earlier || earlier.header === part.header) continue
    findings.push({
      kind: file.kind,
      line,
      code: 'section.respelled',
      message: `[${part.header}] is the same ${type} as [${earlier.header}] on line ${earlier.line}.`,
      breaks: ['botocore'],
      rejectedBy: [],
      advice: 'Put the lines of both under one header.',
    })
  }
  return findings
})

/** A header inside an indented value: the JS SDK starts a section there, and nobody else does. */
export const headersInValues: Rule = both((file) => {
  const known = new Set(file.parts.map(({ line }) => line))
  return file.readings['js-sdk'].sections
    .filter(({ line }) => !known.has(line))
    .map(({ line }) => ({
      kind: file.kind,
      line,
      code: 'section.in-value',
      message: `${fromLatin1(file.document.lines[line - 1]?.text.trim() ?? '')} starts a section for the AWS SDK for JavaScript, and continues a value for the others.`,
      breaks: ['js-sdk'] as const,
      rejectedBy: [],
      advice: 'Start the header at the left margin, or remove the line.',
    }))
})
