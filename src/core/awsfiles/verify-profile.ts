/** The last check before a write: both SDKs must get exactly what each profile is meant to say, and nothing beside it. */
import { HallpassError } from '#shared/errors.ts'
import { propertiesOf } from './document.ts'
import { CREDENTIAL_KEYS, type FileView } from './ownership.ts'
import { entriesOf, headerOf, type ProfileContent } from './profile-text.ts'
import type { FileKind, Values } from './readers/types.ts'

const READERS = [
  ['botocore', 'boto3 and the AWS CLI'],
  ['js-sdk', 'the AWS SDK for JavaScript'],
] as const

/**
 * @param config both files as they would be after the write
 * @throws `file.unparsable` when an SDK would reject a file or miss the profile, `profile.not-owned` when keys that
 *   are not Hallpass's would come before it
 */
export function verifyProfiles(config: FileView, credentials: FileView, contents: readonly ProfileContent[]): void {
  const expected = new Map(
    contents.map((content) => [
      content.profile,
      new Map([...entriesOf(content, 'config'), ...entriesOf(content, 'credentials')]),
    ]),
  )
  for (const [reader, people] of READERS) {
    for (const view of [config, credentials]) refuseRejected(view, reader, people)
    for (const [profile, entries] of expected) {
      const parts = [config, credentials].map(({ readings }) => readings[reader].profiles.get(profile))
      // Per key, the credentials file wins, as in `mergeReadings`; both files whole would take a while to merge.
      const values = new Map(parts.flatMap((part) => [...(part ?? [])]))
      for (const key of values.keys()) {
        if (CREDENTIAL_KEYS.has(key) && !entries.has(key)) throw blockedBy(key, profile, [config, credentials])
      }
      for (const [key, value] of entries) {
        if (values.get(key) === value) continue
        throw new HallpassError(
          'file.unparsable',
          `${config.path} is written in a way that hides profile ${profile} from ${people}.`,
          {
            hint: 'Look at the lines around that profile: hallpass files check lists what is wrong.',
          },
        )
      }
    }
  }
  for (const view of [config, credentials]) refuseUnseen(view, expected)
}

/**
 * A header padded with blanks is the profile's to the cross-SDK rules and to neither of these SDKs, so what stands below
 * it would come before Hallpass's for others only.
 */
function refuseUnseen(view: FileView, written: ReadonlyMap<string, ReadonlyMap<string, string>>): void {
  const seen = seenHeaders(view, written)
  const byHeader = new Map([...written].map((each) => [headerOf(each[0], view.kind), each]))
  for (const section of view.document.sections) {
    const [profile, entries] = byHeader.get(section.name) ?? []
    if (profile === undefined || seen.get(profile)?.has(section.header)) continue
    const rival = propertiesOf(view.document, section).find(({ key }) => entries?.has(key) || CREDENTIAL_KEYS.has(key))
    if (rival) throw blocked(rival.key, profile, `${view.path}, line ${rival.line + 1}`)
  }
}

/** Lines of the headers that an SDK takes for those of each of the profiles. */
function seenHeaders({ readings }: FileView, profiles: Pick<ReadonlyMap<string, unknown>, 'has'>) {
  const found = new Map<string, Set<number>>()
  for (const { sections } of [readings.botocore, readings['js-sdk']]) {
    for (const { type, name, line } of sections) {
      if (type !== 'profile' || !profiles.has(name)) continue
      const headers = found.get(name)
      if (headers) headers.add(line - 1)
      else found.set(name, new Set([line - 1]))
    }
  }
  return found
}

/** Both SDKs must be able to read the file. @throws `file.unparsable` */
export function verifyReadable(view: FileView): void {
  for (const [reader, people] of READERS) refuseRejected(view, reader, people)
}

/** What a section is called to the person, of those that a write is about. */
export interface Written {
  readonly profiles?: ReadonlySet<string>
  readonly ssoSession?: string
}

/**
 * Both SDKs must see every other profile, and the sections profiles refer to, as they did before.
 * @param written what was
 * @throws `file.unparsable` when the lines around those sections are such that others would change with them
 */
export function verifyOthers(before: FilePairView, after: FilePairView, written: Written): void {
  const { profiles, ssoSession } = written
  for (const [reader, people] of READERS) {
    for (const kind of ['config', 'credentials'] as const) {
      const [old, fresh] = [before[kind].readings[reader], after[kind].readings[reader]]
      if (before[kind] === after[kind] || old.rejected) continue
      const changed =
        findDifference(old.profiles, fresh.profiles, profiles) ??
        findDifference(
          old.ssoSessions,
          fresh.ssoSessions,
          ssoSession === undefined ? undefined : new Set([ssoSession]),
        ) ??
        findDifference(old.services, fresh.services)
      if (changed === undefined) continue
      throw new HallpassError(
        'file.unparsable',
        `${after[kind].path} is written in a way that a change of ${describeAll(written)} would change ${changed} for ${people}.`,
        { hint: 'Look at the lines around both: hallpass files check lists what is wrong.' },
      )
    }
  }
}

type FilePairView = Readonly<Record<FileKind, FileView>>

/** The first name whose values differ. */
function findDifference(
  before: ReadonlyMap<string, Values>,
  after: ReadonlyMap<string, Values>,
  except?: ReadonlySet<string>,
): string | undefined {
  for (const [name, values] of before) if (!except?.has(name) && !sameValues(values, after.get(name))) return name
  for (const name of after.keys()) if (!except?.has(name) && !before.has(name)) return name
  return undefined
}

function describeAll({ profiles, ssoSession }: Written): string {
  if (profiles === undefined) return `sso-session ${ssoSession}`
  const [first = ''] = profiles
  return profiles.size === 1 ? `profile ${first}` : `${profiles.size} profiles, the first of them ${first},`
}

function sameValues(one: Values, other: Values | undefined): boolean {
  // What an edit left alone is not read again, and so is the same map.
  if (one === other) return true
  if (!other || one.size !== other.size) return false
  for (const [key, value] of one) {
    const second = other.get(key)
    const isSame =
      typeof value === 'string' || typeof second !== 'object' ? value === second : sameValues(value, second)
    if (!isSame) return false
  }
  return true
}

function refuseRejected(view: FileView, reader: 'botocore' | 'js-sdk', people: string): void {
  const problem = view.readings[reader].problems.find(({ fatal }) => fatal)
  if (!problem) return
  const where = problem.line > 0 ? `, line ${problem.line}` : ''
  throw new HallpassError(
    'file.unparsable',
    `${people} can’t read ${view.path}${where}: ${lowerFirst(problem.message)}`,
    {
      hint: 'Repair that line, then try again. Hallpass has changed nothing.',
    },
  )
}

function blockedBy(key: string, profile: string, views: readonly FileView[]): HallpassError {
  for (const view of views) {
    const { path, document } = view
    const headers = seenHeaders(view, new Set([profile])).get(profile)
    for (const section of document.sections) {
      // A [DEFAULT] section leaks its keys into every profile that botocore sees.
      if (!headers?.has(section.header) && section.name !== 'DEFAULT') continue
      const property = propertiesOf(document, section).find((candidate) => candidate.key === key)
      if (property) return blocked(key, profile, `${path}, line ${property.line + 1}`)
    }
  }
  return blocked(key, profile, views.map(({ path }) => path).join(' or '))
}

function blocked(key: string, profile: string, where: string): HallpassError {
  return new HallpassError(
    'profile.not-owned',
    `Profile ${profile} already has ${key} (${where}), which is not Hallpass’s and would compete with what it writes.`,
    { hint: 'Remove that line, or choose another profile name.' },
  )
}

const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)
