/**
 * Which section of a file Hallpass may write for a profile. The person's own sections are never touched: a section is
 * Hallpass's when the store has a record of it and its lines bear that out.
 */
import { HallpassError } from '#shared/errors.ts'
import { isHallpassCommand } from './command-line.ts'
import { type AwsFileDocument, findSections, propertiesOf, type Section } from './document.ts'
import { printOnce, sameDocument } from './document-cache.ts'
import { isMarked } from './own-section.ts'
import { hasOwnStaticKeys, headerOf } from './profile-text.ts'
import { cutIntoParts, type FileParts, readParts } from './readers/parts.ts'
import type { FileKind, FileReading, SeenSection } from './readers/types.ts'

/** Keys with which an SDK finds credentials; Hallpass does not write or replace somebody else's. */
export const CREDENTIAL_KEYS: ReadonlySet<string> = new Set([
  'aws_access_key_id',
  'aws_secret_access_key',
  'aws_session_token',
  'aws_security_token',
  'credential_process',
  'login_session',
  'role_arn',
  'sso_account_id',
  'sso_role_name',
  'sso_session',
  'sso_start_url',
  'web_identity_token_file',
])

/** One file at one moment, as a document and as both SDKs see it. */
export interface FileView {
  readonly kind: FileKind
  /** As shown to the person. */
  readonly path: string
  readonly document: AwsFileDocument
  readonly readings: Readonly<Record<'botocore' | 'js-sdk', FileReading>>
}

/** Readings of documents that are in use: a write looks at the same file several times. */
const readings: Readonly<Record<FileKind, WeakMap<AwsFileDocument, LazyReadings>>> = {
  config: new WeakMap(),
  credentials: new WeakMap(),
}

/** @param like the file before an edit: what the edit left alone is not read again */
export function viewFile(kind: FileKind, path: string, document: AwsFileDocument, like?: FileView): FileView {
  const key = sameDocument(document)
  const known = readings[kind].get(key) ?? new LazyReadings(kind, document, like?.readings)
  readings[kind].set(key, known)
  return { kind, path, document, readings: known }
}

/** Each SDK's reading is made when first asked for: large files take a moment. */
class LazyReadings implements Record<'botocore' | 'js-sdk', FileReading> {
  readonly #kind: FileKind
  readonly #parts: FileParts
  #botocore: FileReading | undefined
  #jsSdk: FileReading | undefined

  constructor(kind: FileKind, document: AwsFileDocument, like: FileView['readings'] | undefined) {
    this.#kind = kind
    this.#parts = cutIntoParts(printOnce(document), like instanceof LazyReadings ? like.#parts : [])
  }

  get botocore(): FileReading {
    this.#botocore ??= readParts(this.#parts, 'botocore', this.#kind)
    return this.#botocore
  }

  get 'js-sdk'(): FileReading {
    this.#jsSdk ??= readParts(this.#parts, 'js-sdk', this.#kind)
    return this.#jsSdk
  }
}

/**
 * The section Hallpass may write for `profile`; `undefined` when the file has none yet.
 * @param hasRecord whether the store says that Hallpass wrote this profile
 * @throws `profile.not-owned` when the section is somebody else's, `file.unparsable` when there are several
 */
export function claimSection(view: FileView, profile: string, hasRecord: boolean): Section | undefined {
  const section = onlySection(view, profile)
  if (!section || ownsSection(view, section, hasRecord)) return section
  const where = `${view.path}, line ${section.header + 1}`
  const marked = isMarked(view.document, section) && !hasRecord
  const message = marked
    ? `Profile ${profile} (${where}) was written by another Hallpass.`
    : `Profile ${profile} (${where}) is not one that Hallpass wrote.`
  throw new HallpassError('profile.not-owned', message, {
    hint: 'Let Hallpass adopt the section, which keeps what it replaces and puts it back later, or choose another profile name.',
  })
}

/**
 * The one section of a file for `profile`, whoever's it is.
 * @throws `file.unparsable` when there are several
 */
export function onlySection(view: FileView, profile: string): Section | undefined {
  return onlyOne(sectionsFor(view, profile), view.path, `profile ${profile}`)
}

/** @param what they are for, for the message. @throws `file.unparsable` when there are several */
export function onlyOne([section, another]: readonly Section[], path: string, what: string): Section | undefined {
  if (!another) return section
  const lines = `lines ${(section?.header ?? 0) + 1} and ${another.header + 1}`
  throw new HallpassError('file.unparsable', `${path} has more than one section for ${what} (${lines}).`, {
    hint: 'Merge them into one section by hand, then try again.',
  })
}

/** The section Hallpass wrote for `profile`, or `undefined` when there is none or it is somebody else's by now. */
export function findOwnSection(view: FileView, profile: string, hasRecord: boolean): Section | undefined {
  return sectionsFor(view, profile).find((section) => ownsSection(view, section, hasRecord))
}

/** The person's changes to a section of ours do not take it from us, unless they changed where credentials come from. */
export function ownsSection({ kind, document }: FileView, section: Section, hasRecord: boolean): boolean {
  if (!hasRecord || document.lines[section.header]?.kind !== 'header') return false
  const credentialKeys = propertiesOf(document, section).filter(({ key }) => CREDENTIAL_KEYS.has(key))
  if (kind === 'config') {
    const command = credentialKeys.find(({ key }) => key === 'credential_process')
    if (command && !isHallpassCommand(command.value)) return false
    return isMarked(document, section) || credentialKeys.every((property) => property === command)
  }
  return hasOwnStaticKeys(document, section)
}

/** Every section that some SDK takes for the profile, as `sectionsNamed` has them. */
export function sectionsFor(view: FileView, profile: string): Section[] {
  return sectionsNamed(view, 'profile', profile, headerOf(profile, view.kind))
}

/**
 * Every section that some SDK takes for the one of that name, in file order; also one whose header is part of a value to
 * the document, as an indented header is to botocore but not to the JS SDK. Hallpass owns none of those.
 * @param header as Hallpass writes it, without brackets
 */
export function sectionsNamed(
  { document, readings }: FileView,
  type: SeenSection['type'],
  name: string,
  header: string,
): Section[] {
  const headers = new Set(findSections(document, header).map((section) => section.header))
  for (const reading of [readings.botocore, readings['js-sdk']]) {
    for (const seen of reading.sections) {
      if (seen.type === type && seen.name === name) headers.add(seen.line - 1)
    }
  }
  const known = document.sections.filter((section) => headers.delete(section.header))
  const hidden = [...headers].map((header): Section => ({ name: '', header, end: header + 1 }))
  return [...known, ...hidden].sort((one, other) => one.header - other.header)
}

/** As {@link sectionsFor}, for many profiles: the file is looked through once. */
export function indexSections({ kind, document, readings }: FileView): (profile: string) => Section[] {
  const byName = Map.groupBy(document.sections, ({ name }) => name)
  const byHeader = new Map(document.sections.map((section) => [section.header, section]))
  const seen = [readings.botocore, readings['js-sdk']].flatMap(({ sections }) => sections)
  const byProfile = Map.groupBy(
    seen.filter(({ type }) => type === 'profile'),
    ({ name }) => name,
  )
  return (profile) => {
    const named = (byName.get(headerOf(profile, kind)) ?? []).map(({ header }) => header)
    const headers = new Set([...named, ...(byProfile.get(profile) ?? []).map(({ line }) => line - 1)])
    return [...headers]
      .sort((one, other) => one - other)
      .map((header) => byHeader.get(header) ?? { name: '', header, end: header + 1 })
  }
}
