/**
 * Adopting a section of somebody else's: what says where credentials come from gives way to Hallpass's lines, all else
 * stays. What gave way is kept as hunks of the section, so that it goes back to its place byte for byte. Pure functions.
 */
import { z } from 'zod'
import type { AdoptionRecord } from '#core/store/types.ts'
import { type AwsFileDocument, documentOf, type Piece, propertiesOf, type Section } from './document.ts'
import { appendSection, removeProperties, replaceLines } from './document-edit.ts'
import { type Hunk, hunkSchema, hunksOf, reverseHunks, toPiece } from './hunks.ts'
import { findAgain } from './own-section.ts'
import { CREDENTIAL_KEYS, type FileView, findOwnSection, sectionsFor } from './ownership.ts'
import { headerOf, type Kept, removeContent } from './profile-text.ts'
import type { FileKind } from './readers/types.ts'

/** Keys that say where credentials come from, and how (AWS facts A.5). */
const ROUTE_KEYS: readonly string[] = [
  ...CREDENTIAL_KEYS,
  'aws_account_id',
  'aws_credential_scope',
  'credential_source',
  'duration_seconds',
  'external_id',
  'mfa_serial',
  'role_session_name',
  'source_profile',
  'sso_region',
  'sso_registration_scopes',
]

/** Keys that adopting takes out of a section; `region` is put back where it was the person's. */
const REPLACED_KEYS: ReadonlySet<string> = new Set([...ROUTE_KEYS, 'region'])

const replacedSchema = z.object({
  config: z.array(hunkSchema).exactOptional(),
  credentials: z.array(hunkSchema).exactOptional(),
})

/** What adopting took out of a profile's section of each file. Goes to the vault only: it may hold a secret. */
export type Replaced = z.infer<typeof replacedSchema>

export function printReplaced(replaced: Replaced): string {
  return JSON.stringify(replaced)
}

/** @returns `undefined` for what `printReplaced` did not make */
export function parseReplaced(text: string): Replaced | undefined {
  try {
    return replacedSchema.safeParse(JSON.parse(text)).data
  } catch {
    return undefined
  }
}

/** What of an adopted profile's section in a file stays the person's. */
export function keptOf(adopted: AdoptionRecord | undefined, kind: FileKind): Kept {
  return { header: adopted?.files[kind] !== undefined, region: adopted?.ownRegion ?? false, endpointUrl: true }
}

/** The document without the lines of a section that say where credentials come from. */
export function clearRoute(document: AwsFileDocument, section: Section): AwsFileDocument {
  return removeProperties(document, section, ROUTE_KEYS)
}

/**
 * What adopting replaced in a section.
 * @param section in `before`
 * @param after the document with Hallpass's lines in that section
 */
export function replacedBetween(
  before: AwsFileDocument,
  section: Section,
  after: AwsFileDocument,
  kind: FileKind,
  kept: Kept,
): Hunk[] {
  const written = findAgain(before, section, after)
  const bare = written ? removeContent(after, kind, written, kept) : after
  const left = findAgain(before, section, bare)
  return hunksOf(linesOf(before, section), left ? linesOf(bare, left) : [])
}

/**
 * The document with what adopting replaced back in its place and Hallpass's lines gone. What the person has added since
 * stays; a key they have set again keeps their value. A section that is no longer Hallpass's is left alone; one that is
 * gone altogether is made again.
 */
export function restore(view: FileView, profile: string, hunks: readonly Hunk[], kept: Kept): AwsFileDocument {
  const { document, kind } = view
  const own = findOwnSection(view, profile, true)
  if (!own) {
    if (sectionsFor(view, profile).length > 0) return document
    return putBack(appendSection(document, headerOf(profile, kind), []), headerOf(profile, kind), hunks)
  }
  const bare = removeContent(document, kind, own, kept)
  const section = findAgain(document, own, bare)
  if (!section) return bare
  const lines = reverseHunks(linesOf(bare, section), hunks)
  if (lines && !repeatsKeys(lines)) return replaceLines(bare, section.header, section.end, lines)
  return putBack(bare, section.name, hunks)
}

/** Adds the properties that went to the end of a section whose lines are not as adopting left them. */
function putBack(document: AwsFileDocument, name: string, hunks: readonly Hunk[]): AwsFileDocument {
  const section = document.sections.findLast((each) => each.name === name)
  if (!section) return document
  const present = propertiesOf(document, section)
  const lost = documentOf([
    { text: `[${name}]`, ending: '\n' },
    ...hunks.flatMap(({ removed }) => removed.map(toPiece)),
  ])
  const pieces: Piece[] = []
  for (const part of lost.sections) {
    for (const { key, line, end } of propertiesOf(lost, part)) {
      // Other lines went only because they stood beside these, and are still there.
      const isMissing = REPLACED_KEYS.has(key) && !present.some((property) => property.key === key)
      if (isMissing) pieces.push(...lost.lines.slice(line, end))
    }
  }
  const at = present.at(-1)?.end ?? section.header + 1
  return replaceLines(document, at, at, pieces)
}

function repeatsKeys(lines: readonly Piece[]): boolean {
  const document = documentOf(lines)
  const keys = document.sections.flatMap((section) => propertiesOf(document, section).map(({ key }) => key))
  return new Set(keys).size < keys.length
}

function linesOf(document: AwsFileDocument, section: Section): readonly Piece[] {
  return document.lines.slice(section.header, section.end)
}
