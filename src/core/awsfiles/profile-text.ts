/**
 * How an owned profile looks in the two files, and how its lines are told from the person's own. Pure functions on
 * documents; nothing here decides whether a section may be touched (`ownership.ts`).
 */
import type { ProfileMode } from '#shared/fields.ts'
import type { SessionCredentials } from '#shared/sessions.ts'
import { type AwsFileDocument, documentOf, propertiesOf, type Section } from './document.ts'
import { appendSections, type Entry, type NewSection } from './document-edit.ts'
import { commentsOf, marker, type OwnComment, removeOwnSection, writeOwnSection } from './own-section.ts'
import type { FileKind } from './readers/types.ts'

/** Says when static keys end and which key is Hallpass's own: a key pasted over it is the person's. */
const EXPIRY = /^\s*[#;]\s*Expires (\S+), key (\w+)\s*$/

export const STATIC_KEYS = ['aws_access_key_id', 'aws_secret_access_key', 'aws_session_token'] as const

const OWN_KEYS: Readonly<Record<FileKind, readonly string[]>> = {
  config: ['credential_process', 'region', 'endpoint_url'],
  credentials: STATIC_KEYS,
}

/** Everything that makes up the text of one profile. */
export interface ProfileContent {
  readonly profile: string
  readonly mode: ProfileMode
  /** `null` where the person's own `region` stands and stays. */
  readonly region: string | null
  /** Where tools are to call AWS services instead of AWS: the practice account; `null` for AWS itself. */
  readonly endpointUrl: string | null
  /** The `credential_process` line. */
  readonly commandLine: string
  /** Needed in static mode. */
  readonly credentials: Pick<
    SessionCredentials,
    'accessKeyId' | 'secretAccessKey' | 'sessionToken' | 'expiration'
  > | null
}

/** The header, without brackets, under which a file keeps a profile. */
export function headerOf(profile: string, kind: FileKind): string {
  return kind === 'config' && profile !== 'default' ? `profile ${profile}` : profile
}

/** The properties an SDK should see in a file for this profile; none when the file has no part in it. */
export function entriesOf(content: ProfileContent, kind: FileKind): Entry[] {
  const { mode, region, endpointUrl, commandLine, credentials } = content
  if (kind === 'config') {
    const settings: Entry[] = [
      ...(region === null ? [] : [['region', region] satisfies Entry]),
      ...(endpointUrl === null ? [] : [['endpoint_url', endpointUrl] satisfies Entry]),
    ]
    return mode === 'process' ? [['credential_process', commandLine], ...settings] : settings
  }
  if (mode === 'process' || !credentials) return []
  const { accessKeyId, secretAccessKey, sessionToken } = credentials
  return [
    ['aws_access_key_id', accessKeyId],
    ['aws_secret_access_key', secretAccessKey],
    ['aws_session_token', sessionToken],
  ]
}

/** What of a section is the person's although it looks like Hallpass's: an adopted section was theirs before. */
export interface Kept {
  /** The header stays when nothing else does, to mark the place of what adopting took away. */
  readonly header: boolean
  readonly region: boolean
  /** False where profiles name the practice account, and the line is Hallpass's. */
  readonly endpointUrl: boolean
}

const NOTHING_KEPT: Kept = { header: false, region: false, endpointUrl: true }

/**
 * The document with the profile's part as `content` says; its remains are removed where the file has no part in it.
 * @param section the section to use, when there is one already
 */
export function writeContent(
  document: AwsFileDocument,
  kind: FileKind,
  content: ProfileContent,
  section: Section | undefined,
  kept = NOTHING_KEPT,
): AwsFileDocument {
  const entries = fileEntries(content, kind)
  // In static mode a config section with the person's region has no property of Hallpass's, but it is marked all the same.
  const isPresent = entries.length > 0 || (kind === 'config' && section !== undefined)
  if (!isPresent) return section ? removeContent(document, kind, section, kept) : document
  return writeOwnSection(document, headerOf(content.profile, kind), section, {
    comments: commentsFor(content, kind),
    entries,
    ownKeys: ownKeys(kind, kept),
  })
}

/** The document with profiles that have no section in it yet, one after another at its end. */
export function appendContents(
  document: AwsFileDocument,
  kind: FileKind,
  contents: readonly ProfileContent[],
): AwsFileDocument {
  const sections = contents.map((content): NewSection => {
    const comments = commentsFor(content, kind).flatMap(({ text }) => text ?? [])
    return { name: headerOf(content.profile, kind), body: [...comments, ...fileEntries(content, kind)] }
  })
  return appendSections(document, sections)
}

function fileEntries(content: ProfileContent, kind: FileKind): Entry[] {
  return entriesOf(content, kind).map(([key, value]): Entry => [key, toLatin1(value)])
}

function commentsFor({ profile, credentials }: ProfileContent, kind: FileKind): OwnComment[] {
  const expiry = kind === 'credentials' && credentials ? expiryComment(credentials) : undefined
  return [marker(`profile remove ${profile}`), expires(expiry)]
}

/** Whether the section is already as `writeContent` would leave it. Looks at its own lines only. */
export function isWritten(
  document: AwsFileDocument,
  kind: FileKind,
  content: ProfileContent,
  section: Section,
  kept: Kept,
): boolean {
  const alone = documentOf(document.lines.slice(section.header, section.end))
  return writeContent(alone, kind, content, alone.sections[0], kept) === alone
}

/** The document without Hallpass's lines of a section, as `removeOwnSection` has it. */
export function removeContent(
  document: AwsFileDocument,
  kind: FileKind,
  section: Section,
  kept = NOTHING_KEPT,
): AwsFileDocument {
  const own = { comments: [marker(), expires(undefined)], ownKeys: ownKeys(kind, kept) }
  return removeOwnSection(document, kind, section, own, kept.header)
}

function expires(text: string | undefined): OwnComment {
  return { matches: (comment) => EXPIRY.test(comment), text }
}

function ownKeys(kind: FileKind, kept: Kept): readonly string[] {
  const isKept = (key: string) => (key === 'region' && kept.region) || (key === 'endpoint_url' && kept.endpointUrl)
  return OWN_KEYS[kind].filter((key) => !isKept(key))
}

/** True when the section has no static keys, or those that Hallpass noted as its own in the expiry comment. */
export function hasOwnStaticKeys(document: AwsFileDocument, section: Section): boolean {
  const values = new Map(propertiesOf(document, section).map(({ key, value }) => [key, value]))
  const keyId = values.get('aws_access_key_id')
  if (keyId === undefined) return !values.has('aws_secret_access_key')
  return commentsOf(document, section).some((text) => EXPIRY.exec(text)?.[2] === keyId)
}

/** When the static keys that Hallpass wrote into a section end, and which key is its own. */
export function expiryOf(document: AwsFileDocument, section: Section): { at: Date; keyId: string } | undefined {
  for (const text of commentsOf(document, section)) {
    const [, at, keyId] = EXPIRY.exec(text) ?? []
    if (at !== undefined && keyId !== undefined) return { at: new Date(at), keyId }
  }
  return undefined
}

/** UTF-8 text as the document keeps it: one character per byte. */
export function toLatin1(text: string): string {
  return Buffer.from(text, 'utf8').toString('latin1')
}

function expiryComment({ expiration, accessKeyId }: NonNullable<ProfileContent['credentials']>): string {
  return `# Expires ${expiration.toISOString().replace(/\.\d+Z$/, 'Z')}, key ${accessKeyId}`
}
