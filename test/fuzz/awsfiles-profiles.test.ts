/**
 * Profiles written, changed and removed in any files, as `profiles.ts` does it but in memory: whatever is not refused
 * must be seen by every reader, with everything else exactly as before.
 */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type AwsFileDocument, parseDocument, printDocument } from '#core/awsfiles/document.ts'
import { claimSection, type FileView, findOwnSection, viewFile } from '#core/awsfiles/ownership.ts'
import { entriesOf, type ProfileContent, removeContent, writeContent } from '#core/awsfiles/profile-text.ts'
import { READERS } from '#core/awsfiles/readers/index.ts'
import {
  type FileKind,
  type FileReading,
  mergeReadings,
  type ReaderName,
  type Values,
} from '#core/awsfiles/readers/types.ts'
import { verifyOthers, verifyProfiles } from '#core/awsfiles/verify-profile.ts'
import { HallpassError } from '#shared/errors.ts'
import { acceptedConfig, fileBytes, readableText } from '../unit/core/awsfiles/support/arbitraries.ts'
import { FUZZ_TIMEOUT, RUNS } from './support/runs.ts'

type Files = Readonly<Record<FileKind, AwsFileDocument>>
const KINDS = ['config', 'credentials'] as const
const SDKS = ['botocore', 'js-sdk'] as const

const content = fc
  .record({
    profile: fc.constantFrom('dev', 'dev', 'x.y', 'default', 'a', 'c'),
    mode: fc.constantFrom('process', 'static'),
    region: fc.constantFrom('eu-west-1', 'us-gov-west-1'),
  })
  .map(
    (chosen): ProfileContent => ({
      ...chosen,
      mode: chosen.mode as ProfileContent['mode'],
      endpointUrl: null,
      commandLine: '"/opt/state/bin/hallpass" credential-process "dev"',
      credentials:
        chosen.mode === 'static'
          ? { accessKeyId: 'ASIAX', secretAccessKey: 'a/b+c=', sessionToken: 'IQ==', expiration: new Date(0) }
          : null,
    }),
  )

const text = fc.oneof(acceptedConfig, readableText).map((each) => Buffer.from(each))
const files = fc
  .oneof(
    { weight: 4, arbitrary: fc.tuple(text, text) },
    { weight: 2, arbitrary: fc.tuple(text, fc.constant(Buffer.alloc(0))) },
    fc.tuple(fileBytes, fileBytes),
  )
  .map(([config, credentials]): Files => ({ config: parseDocument(config), credentials: parseDocument(credentials) }))

const view = (kind: FileKind, document: AwsFileDocument): FileView => viewFile(kind, kind, document)
const bytesOf = (document: AwsFileDocument) => printDocument(document).toString('latin1')
/** Through bytes, as files go. */
const saved = (document: AwsFileDocument) => parseDocument(printDocument(document))

/** Both files with the profile written; `undefined` when Hallpass refuses. */
function write(before: Files, profile: ProfileContent, isOwn: boolean): Files | undefined {
  try {
    const old = { config: view('config', before.config), credentials: view('credentials', before.credentials) }
    const edit = (at: FileView): FileView => {
      const isWritten = entriesOf(profile, at.kind).length > 0
      const section = (isWritten ? claimSection : findOwnSection)(at, profile.profile, isOwn)
      return view(at.kind, writeContent(at.document, at.kind, profile, section))
    }
    const fresh = { config: edit(old.config), credentials: edit(old.credentials) }
    verifyOthers(old, fresh, { profiles: new Set([profile.profile]) })
    verifyProfiles(fresh.config, fresh.credentials, [profile])
    return { config: saved(fresh.config.document), credentials: saved(fresh.credentials.document) }
  } catch (error) {
    if (error instanceof HallpassError) return undefined
    throw error
  }
}

function remove(before: Files, profile: string): Files {
  const without = (kind: FileKind) => {
    const section = findOwnSection(view(kind, before[kind]), profile, true)
    return saved(section ? removeContent(before[kind], kind, section) : before[kind])
  }
  return { config: without('config'), credentials: without('credentials') }
}

type Readings = Readonly<Record<FileKind, FileReading>>

function readings(of: Files, reader: ReaderName): Readings {
  const read = (kind: FileKind) => READERS[reader](printDocument(of[kind]), kind)
  return { config: read('config'), credentials: read('credentials') }
}

/** Everything a reader sees but one profile. */
function others({ config, credentials }: Readings, profile: string) {
  const profiles = new Map<string, Values>(mergeReadings(config, credentials))
  profiles.delete(profile)
  return {
    profiles,
    ssoSessions: config.ssoSessions,
    services: config.services,
    rejected: [config.rejected, credentials.rejected],
  }
}

/**
 * Whether an SDK reads a file that it rejected before: botocore looks at a broken block of [DEFAULT] only for the
 * sections that inherit it, and the last of them may have been Hallpass's. There was nothing to see before.
 */
function isUncovered(old: Readings, fresh: Readings, before: Files): boolean {
  return KINDS.some((kind) => old[kind].rejected && !fresh[kind].rejected && hasDefault(before[kind]))
}

function hasDefault({ sections }: AwsFileDocument): boolean {
  return sections.some(({ name }) => name === 'DEFAULT')
}

function expectSeen(before: Files, after: Files, profile: ProfileContent, readers: readonly ReaderName[]): void {
  const expected = KINDS.flatMap((kind) => entriesOf(profile, kind))
  for (const reader of readers) {
    const [old, fresh] = [readings(before, reader), readings(after, reader)]
    if (isUncovered(old, fresh, before)) continue
    expect(others(fresh, profile.profile), reader).toEqual(others(old, profile.profile))
    // The cross-SDK rules refuse files that both SDKs read; then there is nothing to see.
    if (reader === 'aws' && (old.config.rejected || old.credentials.rejected)) continue
    const values = mergeReadings(fresh.config, fresh.credentials).get(profile.profile)
    expect(
      expected.map(([key]) => [key, values?.get(key)]),
      reader,
    ).toEqual(expected)
  }
}

describe('a new profile', () => {
  it('is seen by every reader beside all else, and leaves no trace when removed', { timeout: FUZZ_TIMEOUT }, () => {
    let written = 0
    fc.assert(
      fc.property(files, content, (before, profile) => {
        const after = write(before, profile, false)
        if (!after) return
        written++
        for (const kind of KINDS) {
          const isWritten = entriesOf(profile, kind).length > 0
          // One that an SDK sees already is somebody else's.
          for (const reader of isWritten ? SDKS : []) {
            expect(readings(before, reader)[kind].profiles.get(profile.profile), reader).toBeUndefined()
          }
          const end = isWritten ? before[kind].lines.length : undefined
          expect(after[kind].lines.slice(0, end).map(({ text }) => text)).toEqual(
            before[kind].lines.map(({ text }) => text),
          )
        }
        expectSeen(before, after, profile, [...SDKS, 'aws'])
        const removed = remove(after, profile.profile)
        for (const kind of KINDS) expect(bytesOf(removed[kind])).toBe(bytesOf(before[kind]))
      }),
      { numRuns: RUNS },
    )
    expect(written).toBeGreaterThan(RUNS / 10)
  })
})

const OWN_KEYS = ['credential_process', 'region', 'aws_access_key_id', 'aws_secret_access_key', 'aws_session_token']

/**
 * Removing never makes a file worse: no section that a reader saw is lost, and none loses or changes a key but those
 * Hallpass wrote (a header put in the middle of its section has taken some of them).
 */
function expectGone(before: Files, after: Files, profile: string): void {
  for (const reader of SDKS) {
    const [old, fresh] = [readings(before, reader), readings(after, reader)]
    for (const kind of KINDS) {
      if (old[kind].rejected) continue
      // A broken block of [DEFAULT] was hidden from botocore by keys of Hallpass's of the same name; secrets go all the same.
      if (fresh[kind].rejected && hasDefault(after[kind])) continue
      expect(fresh[kind].rejected, reader).toBe(false)
      for (const [name, values] of old[kind].profiles) {
        if (name === profile) continue
        const left = [...values].filter(([key]) => !OWN_KEYS.includes(key))
        if (left.length === 0) continue
        const seen = fresh[kind].profiles.get(name)
        // Its header stood inside a value, and what followed it there is nothing botocore takes outside of one.
        if (name.endsWith('indented') && !seen) continue
        expect(
          left.map(([key]) => [key, seen?.get(key)]),
          `${reader} ${name}`,
        ).toEqual(left)
      }
      expect(fresh[kind].ssoSessions, reader).toEqual(old[kind].ssoSessions)
      expect(fresh[kind].services, reader).toEqual(old[kind].services)
    }
  }
}

/** What a person may put into or after a section of Hallpass's. */
const handLine = fc.constantFrom(
  ...[
    'output = json',
    'output=json # mine',
    'cli_pager =',
    's3 =',
    '  a = b',
    '    c = d',
    '  e',
    '\tf = g',
    '  # note',
  ],
  ...['# note', '', '   ', '[profile new]', '[new]', '  [profile indented]', ' [indented]', 'h = i', 'sso_region: x'],
)
const handEdit = fc.record({
  kind: fc.constantFrom(...KINDS),
  /** Counted from the end of the file. */
  place: fc.nat({ max: 8 }),
  lines: fc.array(handLine, { minLength: 1, maxLength: 3 }),
})

function editByHand(before: Files, { kind, place, lines }: { kind: FileKind; place: number; lines: string[] }): Files {
  const all = printDocument(before[kind]).toString('latin1').split('\n')
  all.splice(Math.max(0, all.length - place), 0, ...lines)
  return { ...before, [kind]: parseDocument(Buffer.from(all.join('\n'), 'latin1')) }
}

// Only for the two SDKs: to the cross-SDK rules an indented comment under a value of Hallpass's is a part of it.
describe('a profile of Hallpass’s that the person worked on', () => {
  it('is changed and removed with everything else as it was', { timeout: FUZZ_TIMEOUT }, () => {
    let [changed, removed] = [0, 0]
    fc.assert(
      fc.property(files, content, content, handEdit, (start, first, next, hand) => {
        const mine = write(start, first, false)
        if (!mine) return
        const before = editByHand(mine, hand)
        const second = { ...next, profile: first.profile }
        const after = write(before, second, true)
        if (after) {
          changed++
          expectSeen(before, after, second, SDKS)
        }
        removed++
        expectGone(before, remove(before, first.profile), first.profile)
      }),
      { numRuns: RUNS },
    )
    expect(changed).toBeGreaterThan(RUNS / 10)
    expect(removed).toBeGreaterThan(RUNS / 10)
  })
})
