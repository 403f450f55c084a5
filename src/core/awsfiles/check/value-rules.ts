/** Values that the SDKs read differently, and profiles that only some of them find (AWS facts A.2). */
import type { Property } from '../document.ts'
import type { Splice } from '../document-edit.ts'
import type { FileReading, ReaderName, Values } from '../readers/types.ts'
import { flatten, isEqual } from './compare.ts'
import { READER_NAMES } from './file-state.ts'
import type { CheckInput, FileState, Finding, Repair, Rule, SectionPart } from './types.ts'

/** Keys whose values hold no blank: what follows one is a comment, whatever botocore makes of it. */
const WORDS: ReadonlySet<string> = new Set([
  'region',
  'output',
  'role_arn',
  'source_profile',
  'credential_source',
  'mfa_serial',
  'duration_seconds',
  'aws_account_id',
  'sso_session',
  'sso_start_url',
  'sso_region',
  'sso_account_id',
  'sso_role_name',
  'login_session',
  'endpoint_url',
  'retry_mode',
  'max_attempts',
  'sts_regional_endpoints',
  'use_fips_endpoint',
  'use_dualstack_endpoint',
])
// Documents hold one character per byte: \s would match half of a character.
const COMMENT = /[ \t][#;].*$/
/** Who leaves AWS's cross-SDK rules; for other codes that is those who differ from the first reader. */
const BROKEN_BY: Readonly<Record<string, readonly ReaderName[]>> = {
  'block.comment': ['js-sdk'],
  'key.colon': ['js-sdk'],
  'key.invalid-name': ['aws'],
  'key.upper-case': ['js-sdk'],
  'value.comment': ['botocore'],
  'value.continuation': ['js-sdk'],
}
const MAPS = [
  ['profile', 'profiles'],
  ['sso-session', 'ssoSessions'],
  ['services', 'services'],
] as const

/** Every value that one SDK reads otherwise than the rest. */
export const differingValues: Rule = (input) => [input.config, input.credentials].flatMap(differencesIn)

function differencesIn(file: FileState): Finding[] {
  const accepting = READER_NAMES.filter((reader) => !file.readings[reader].rejected)
  const [reference, ...others] = accepting
  if (!reference || others.length === 0) return []
  const index = indexProperties(file)
  const found = new Map<string, Finding>()
  for (const [type, map] of MAPS) {
    for (const [name, values] of file.readings[reference][map]) {
      const expected = flatten(values)
      for (const reader of others) {
        for (const key of differingKeys(expected, file.readings[reader], map, name)) {
          const finding = explain(file, index.get(`${type} ${name}`) ?? [], name, key)
          const known = found.get(`${finding.line} ${finding.code}`) ?? finding
          const breaks = BROKEN_BY[finding.code] ?? READER_NAMES.filter((r) => r === reader || known.breaks.includes(r))
          found.set(`${finding.line} ${finding.code}`, { ...known, breaks })
        }
      }
    }
  }
  return [...found.values()]
}

type MapName = (typeof MAPS)[number][1]

function differingKeys(
  expected: ReadonlyMap<string, string>,
  reading: FileReading,
  map: MapName,
  name: string,
): string[] {
  const values: Values | undefined = reading[map].get(name)
  // A profile that a reader does not have at all is the business of the rules on headers.
  if (!values) return []
  const actual = flatten(values)
  if (isEqual(expected, actual)) return []
  return [...new Set([...expected.keys(), ...actual.keys()])].filter((key) => expected.get(key) !== actual.get(key))
}

/** The sections behind each profile, sso-session and services section, by `type name`. */
function indexProperties(file: FileState): Map<string, SectionPart[]> {
  const byLine = new Map(file.parts.map((part) => [part.line, part]))
  const index = new Map<string, Set<SectionPart>>()
  for (const reader of READER_NAMES) {
    for (const { type, name, line } of file.readings[reader].sections) {
      const part = byLine.get(line)
      if (part) index.set(`${type} ${name}`, (index.get(`${type} ${name}`) ?? new Set()).add(part))
    }
  }
  return new Map([...index].map(([name, parts]) => [name, [...parts]]))
}

function explain(file: FileState, parts: readonly SectionPart[], profile: string, key: string): Finding {
  const property = parts.flatMap(({ properties }) => properties).findLast((each) => each.key === baseOf(key))
  const found = (line: number, code: string, message: string, advice: string, repair?: Repair): Finding => {
    const rest = repair ? { repair } : {}
    return { kind: file.kind, line, code, message, advice, breaks: [], rejectedBy: [], ...rest }
  }
  const continued = property ?? continuedBy(file, parts, key)
  if (!continued) {
    const message = `The SDKs read ${key} of ${profile} differently.`
    return found(parts[0]?.line ?? 0, 'value.differs', message, 'Write it as one plain line: key = value.')
  }
  const line = continued.line + 1
  const text = file.document.lines[continued.line]?.text ?? ''
  const written = text.split(/[=:]/)[0]?.trim() ?? ''
  if (continued.end > continued.line + 1 && COMMENT.test(blockText(file, continued))) {
    const message = `The block under ${continued.key} has a comment behind a value, which the AWS SDK for JavaScript cuts off and the others keep.`
    return found(line, 'block.comment', message, 'Move the comment to a line of its own, above the block.')
  }
  if (continued.end > continued.line + 1 && continued.value !== '' && !continued.value.startsWith('\n')) {
    const message = `The value of ${continued.key} goes on in indented lines, which the AWS SDK for JavaScript takes for keys.`
    return found(line, 'value.continuation', message, 'Write the value on one line.')
  }
  if (COMMENT.test(text)) {
    const message = `The value of ${continued.key} has a comment behind it. boto3 and the AWS CLI take it for part of the value; the others cut it off.`
    const advice = 'Move the comment to a line of its own.'
    return found(line, 'value.comment', message, advice, commentRepair(continued, text))
  }
  if (written !== written.toLowerCase() && written.toLowerCase() === continued.key) {
    const repair: Repair = {
      kind: 'lines',
      edits: [replaceLine(continued.line, text.replace(written, written.toLowerCase()))],
    }
    const message = `The AWS SDK for JavaScript does not know ${written}: it wants keys in lower case.`
    return found(line, 'key.upper-case', message, `Write it as ${written.toLowerCase()}.`, repair)
  }
  if (delimiterOf(text) === ':') {
    const message = `Only boto3 and the AWS CLI take the colon behind ${continued.key} for an equals sign.`
    return found(line, 'key.colon', message, 'Write the line as key = value.')
  }
  if (!/^[A-Za-z0-9/.%@_:+-]+$/.test(written)) {
    const message = `Not every SDK knows a key with the name ${written}.`
    return found(line, 'key.invalid-name', message, 'Use letters, digits and _ in the name of a key.')
  }
  const message = `The SDKs read the value of ${continued.key} differently.`
  return found(line, 'value.differs', message, 'Write it as one plain line: key = value.')
}

const baseOf = (key: string) => (key.split('.')[0] ?? key).toLowerCase()
const delimiterOf = (text: string) => /[=:]/.exec(text)?.[0]

function blockText({ document }: FileState, { line, end }: Property): string {
  return document.lines
    .slice(line + 1, end)
    .filter(({ kind }) => kind === 'continuation')
    .map(({ text }) => text)
    .join('\n')
}

/** The property whose indented lines hold this key, for a reader that takes them for keys. */
function continuedBy(file: FileState, parts: readonly SectionPart[], key: string): Property | undefined {
  for (const { properties } of parts) {
    for (const property of properties) {
      for (let at = property.line + 1; at < property.end; at++) {
        if (file.document.lines[at]?.text.trim().startsWith(key)) return property
      }
    }
  }
  return undefined
}

const replaceLine = (line: number, ...insert: string[]): Splice => ({ from: line, to: line + 1, insert })

/** The comment on a line of its own above the value; for words only, where it can't be part of the value. */
function commentRepair({ key, line, value }: Property, text: string): Repair | undefined {
  if (!WORDS.has(key) || /^[#;]/.test(value)) return undefined
  const at = text.search(COMMENT)
  return { kind: 'lines', edits: [replaceLine(line, text.slice(at).trimStart(), text.slice(0, at).trimEnd())] }
}

/** Profiles without any value in either file: the JS SDK has no such profile (A.2 row 20). */
export const emptyProfiles: Rule = ({ config, credentials }: CheckInput) => {
  if (config.readings['js-sdk'].rejected || credentials.readings['js-sdk'].rejected) return []
  return [config, credentials].flatMap((file) => {
    const other = file === config ? credentials : config
    return file.readings.aws.sections
      .filter(({ type, name }) => {
        if (type !== 'profile' || name === 'default') return false
        const values = file.readings.aws.profiles.get(name)
        const isEmpty = values !== undefined && flatten(values).size === 0
        return isEmpty && ![file, other].some((each) => each.readings['js-sdk'].profiles.has(name))
      })
      .map(({ name, line }) => ({
        kind: file.kind,
        line,
        code: 'section.empty',
        message: `Profile ${name} has no settings, so the AWS SDK for JavaScript says it does not exist.`,
        breaks: ['js-sdk'] as const,
        rejectedBy: [],
        advice: 'Give it a region, or remove it.',
      }))
  })
}
