/** Many profiles written or removed at once give the bytes, and the refusals, of one after another. */
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { parseDocument, printDocument } from '#core/awsfiles/document.ts'
import { type FileView, indexSections, sectionsFor, viewFile } from '#core/awsfiles/ownership.ts'
import { prepareMany, type Views } from '#core/awsfiles/prepare-many.ts'
import { ProfileFiles, type ProfileTarget } from '#core/awsfiles/profile-files.ts'
import { removeMany } from '#core/awsfiles/remove-many.ts'
import { removalOf } from '#core/awsfiles/write-profile.ts'
import { HallpassError } from '#shared/errors.ts'
import { acceptedConfig, editedOwnConfig, fileText, readableText } from './support/arbitraries.ts'
import { type AwsHome, createAwsHome, createMemoryVault, processTarget, silentLog } from './support/aws-home.ts'

let home: AwsHome
beforeAll(() => {
  home = createAwsHome()
})
afterAll(() => home.dispose())

const PROFILES = ['dev', 'a', 'b', 'x.y', 'alpha', 'default', 'new-1', 'new-2', 'new-3', 'new-4']
const targetOf = (profile: string, region = 'eu-west-1'): ProfileTarget =>
  processTarget({ profile, name: profile, target: `role:${profile}`, region })

/** Profiles as they are written, some of them twice, some of them with `[default]`. */
const targets = fc.array(
  fc
    .record({
      profile: fc.constantFrom(...PROFILES),
      region: fc.constantFrom('eu-west-1', 'eu-west-1', 'eu-west-1', 'us-gov-west-1'),
      makeDefault: fc.constantFrom(false, false, false, false, false, true),
    })
    .map(({ profile, region, makeDefault }) => ({ ...targetOf(profile, region), ...(makeDefault && { makeDefault }) })),
  { maxLength: 8 },
)

/** A file of the person's, in which Hallpass may have written before; with whatever after that hides it. */
const owned = fc.uniqueArray(fc.constantFrom(...PROFILES), { maxLength: 4 })
const text = fc.oneof(
  { weight: 4, arbitrary: acceptedConfig },
  { weight: 2, arbitrary: readableText },
  { weight: 1, arbitrary: fileText },
  fc.constantFrom('', '# only a comment', '\ufeff', 'a\rb\r', '[profile dev]\r\nregion: x\r\n\r\n[ profile new-1 ]'),
)
const credentials = fc.oneof({ weight: 3, arbitrary: fc.constant('') }, text)
const ending = fc.constantFrom('', '', '\n', '\n# tail', '\n\n; tail\n\n', '\n  [profile new-2]\n', '\r\n')

const viewsOf = (config: string, other: string): Views => ({
  config: viewFile('config', home.config, parseDocument(Buffer.from(config))),
  credentials: viewFile('credentials', home.credentials, parseDocument(Buffer.from(other))),
})

function filesWith(recorded: readonly string[]): ProfileFiles {
  for (const { profile, configFile } of home.profiles.list()) home.profiles.remove(profile, configFile)
  const { home: folder, stateHome, profiles } = home
  const env = {}
  const vault = createMemoryVault()
  const files = new ProfileFiles({ env, home: folder, stateHome, profiles, vault, clock: () => 0, log: silentLog })
  for (const profile of recorded) for (const record of files.recordsFor(targetOf(profile))) profiles.put(record)
  return files
}

/** The bytes of both files, or the code of the refusal. */
function outcome(work: () => Views): readonly string[] | string {
  try {
    const views = work()
    return [views.config, views.credentials].map(({ document }) => printDocument(document).toString('latin1'))
  } catch (error) {
    if (error instanceof HallpassError) return error.code
    throw error
  }
}

const oneByOne = (files: ProfileFiles, before: Views, wanted: readonly ProfileTarget[]): Views =>
  wanted.reduce<Views>((views, target) => files.prepare(views.config, views.credentials, target).views, before)

/** The person's file with profiles of Hallpass's in it, where it can have them. */
function withOwned(config: string, profiles: readonly string[], tail: string): string {
  const files = filesWith([])
  const written = outcome(() =>
    oneByOne(
      files,
      viewsOf(config, ''),
      profiles.map((profile) => targetOf(profile)),
    ),
  )
  return (typeof written === 'string' ? config : Buffer.from(written[0] ?? '', 'latin1').toString()) + tail
}

const changes = fc.array(
  fc
    .record({ profile: fc.constantFrom(...PROFILES), region: fc.constantFrom('eu-west-1', 'us-gov-west-1', 'r-2') })
    .map(({ profile, region }) => targetOf(profile, region)),
  { maxLength: 10 },
)

/** Both files without profiles, taken out one after another. */
function removedOneByOne(files: ProfileFiles, before: Views, profiles: readonly string[]): Views {
  const without = (view: FileView): FileView =>
    profiles.reduce((at, profile) => {
      const [record] = files.recordsFor(targetOf(profile))
      const document = record && removalOf(files, record, view.kind, undefined)(at.document)
      return document ? viewFile(view.kind, view.path, document) : at
    }, view)
  return { config: without(before.config), credentials: without(before.credentials) }
}

function removedTogether(files: ProfileFiles, before: Views, profiles: readonly string[]): Views {
  const without = (view: FileView): FileView =>
    removeMany(
      view,
      profiles.map((profile) => ({ profile, kept: files.keptOf(undefined, view.kind) })),
    )
  return { config: without(before.config), credentials: without(before.credentials) }
}

describe('many profiles at once', () => {
  it('are changed among the lines of the person as one after another would be', () => {
    let changed = 0
    fc.assert(
      fc.property(editedOwnConfig, credentials, changes, (before, other, wanted) => {
        const files = filesWith(PROFILES)
        const expected = outcome(() => oneByOne(files, viewsOf(before, other), wanted))
        if (typeof expected !== 'string') changed++
        expect(outcome(() => prepareMany(files, viewsOf(before, other), wanted))).toEqual(expected)
      }),
      { numRuns: 500 },
    )
    expect(changed).toBeGreaterThan(100)
  })

  it('go from among the lines of the person as one after another would', () => {
    const going = fc.array(fc.constantFrom(...PROFILES), { maxLength: 12 })
    const content = fc.oneof({ weight: 4, arbitrary: editedOwnConfig }, text)
    fc.assert(
      fc.property(content, fc.oneof(credentials, editedOwnConfig), going, (config, other, profiles) => {
        const files = filesWith(PROFILES)
        expect(outcome(() => removedTogether(files, viewsOf(config, other), profiles))).toEqual(
          outcome(() => removedOneByOne(files, viewsOf(config, other), profiles)),
        )
      }),
      { numRuns: 500 },
    )
  })

  it('leave the files as one after another would', () => {
    let accepted = 0
    let refused = 0
    fc.assert(
      fc.property(text, credentials, owned, ending, targets, (config, other, profiles, tail, wanted) => {
        const before = withOwned(config, profiles, tail)
        const files = filesWith(profiles)
        const expected = outcome(() => oneByOne(files, viewsOf(before, other), wanted))
        if (typeof expected === 'string') refused++
        else accepted++
        expect(outcome(() => prepareMany(files, viewsOf(before, other), wanted))).toEqual(expected)
      }),
      { numRuns: 400 },
    )
    expect(Math.min(accepted, refused)).toBeGreaterThan(20)
  })

  it('find the sections of a profile that looking for it alone finds', () => {
    fc.assert(
      fc.property(fc.oneof(text, fileText), fc.constantFrom('config', 'credentials'), (content, kind) => {
        const view = viewFile(kind, home.config, parseDocument(Buffer.from(content)))
        const sectionsOf = indexSections(view)
        for (const profile of [...PROFILES, 'DEFAULT', 'c', 'my team'])
          expect(sectionsOf(profile)).toEqual(sectionsFor(view, profile))
      }),
    )
  })

  it('refuse when an SDK would see more in them than was written', () => {
    // Below a [DEFAULT] of the person's, botocore gives every new profile its keys.
    const config = '[DEFAULT]\nrole_arn = arn:aws:iam::123456789012:role/x\n'
    const wanted = ['new-1', 'new-2'].map((profile) => targetOf(profile))
    expect(outcome(() => prepareMany(filesWith([]), viewsOf(config, ''), wanted))).toBe('profile.not-owned')
  })

  it('refuse a name that comes twice', () => {
    const wanted = [targetOf('new-1'), targetOf('new-1', 'us-gov-west-1')]
    expect(outcome(() => prepareMany(filesWith([]), viewsOf('', ''), wanted))).toBe('profile.not-owned')
  })

  const own = (profile: string, ...lines: string[]) =>
    [`[profile ${profile}]`, `credential_process = "/s/hallpass" credential-process "${profile}"`, ...lines, ''].join(
      '\n',
    )

  it('refuse a file that a later one of them would mend', () => {
    const config = `${own('z')}\n${own('a')}\n${own('b', 'region = x', 'region = x')}`
    const files = filesWith(['a', 'b'])
    const wanted = [targetOf('a', 'r-2'), targetOf('b', 'r-2')]
    expect(outcome(() => oneByOne(files, viewsOf(config, ''), wanted))).toBe('file.unparsable')
    expect(outcome(() => prepareMany(files, viewsOf(config, ''), wanted))).toBe('file.unparsable')
  })

  it('follow the style of the file as it is by their turn', () => {
    const config = `[profile a]\nregion:  \n${own('a').slice('[profile a]\n'.length)}`
    const files = filesWith(['a', 'new-1', 'new-2'])
    const wanted = [targetOf('new-1'), targetOf('a'), targetOf('new-2')]
    const expected = outcome(() => oneByOne(files, viewsOf(config, ''), wanted))
    expect(expected).toEqual([expect.stringContaining('region=eu-west-1\n\n[profile new-2]'), ''])
    expect(outcome(() => prepareMany(files, viewsOf(config, ''), wanted))).toEqual(expected)
  })
})
