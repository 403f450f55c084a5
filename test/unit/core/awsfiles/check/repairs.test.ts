/**
 * Each safe repair by hand: the problem is gone, and the rest of the file is as it was. Then anything: what the real
 * botocore and the real JS SDK read afterwards is what they read before, or what AWS's cross-SDK rules say.
 */
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { flatten, isEqual } from '#core/awsfiles/check/compare.ts'
import { stateOfDocument } from '#core/awsfiles/check/file-state.ts'
import { salvage } from '#core/awsfiles/check/parse-rules.ts'
import { repairDocument } from '#core/awsfiles/check/repairs.ts'
import { findProblems } from '#core/awsfiles/check/rules.ts'
import type { CheckInput, FileState } from '#core/awsfiles/check/types.ts'
import { printDocument } from '#core/awsfiles/document.ts'
import { READERS } from '#core/awsfiles/readers/index.ts'
import { readAsJsSdkSettings } from '#core/awsfiles/readers/js-sdk.ts'
import type { FileKind, FileReading } from '#core/awsfiles/readers/types.ts'
import { CORPUS } from '../../../../corpus/awsfiles/index.ts'
import { fileBytes } from '../support/arbitraries.ts'
import {
  askBotocore,
  askJsSdkByFile,
  botocoreMissing,
  type FilePair,
  type PlainProfiles,
  withFiles,
} from '../support/real-readers.ts'
import { makeInput, problemsOf, type TestFiles, toBytes } from './support.ts'

function repaired(files: TestFiles, kind: FileKind = 'config'): string {
  return printDocument(repairDocument(makeInput(files), kind).document).toString()
}

describe('what is repaired', () => {
  it.each([
    { what: 'a byte order mark', before: '\ufeff[profile a]\nx = 1\n', after: '[profile a]\nx = 1\n' },
    {
      what: 'lone CRs',
      before: '[profile a]\rx = 1\r\r[profile b]\ry = 2',
      after: '[profile a]\nx = 1\n\n[profile b]\ny = 2',
    },
    { what: 'two of them', before: '\ufeff\ufeff[profile a]\nx = 1\n', after: '[profile a]\nx = 1\n' },
    { what: 'one before a comment', before: '\ufeff# c\n[profile a]\nx = 1\n', after: '# c\n[profile a]\nx = 1\n' },
    {
      what: 'lines before the first section',
      before: 'x = 1\n[profile a]\ny = 2\n',
      after: '# x = 1\n[profile a]\ny = 2\n',
    },
    { what: 'a line without =', before: '[profile a]\nregion r\ny = 2\n', after: '[profile a]\n# region r\ny = 2\n' },
    { what: 'a colon', before: '[profile a]\nregion: r\n', after: '[profile a]\nregion = r\n' },
    {
      what: 'a duplicate key',
      before: '[profile a]\nx = 1\ny = 2\nx = 3\n',
      after: '[profile a]\ny = 2\nx = 3\n',
    },
    {
      what: 'a key three times',
      before: '[profile a]\nx = 1\nx = 2\nx = 3\n',
      after: '[profile a]\nx = 3\n',
    },
    {
      what: 'a duplicate section',
      before: '[profile a]\nx = 1\n\n[profile b]\ny = 1\n\n# more\n[profile a]\n# c\nz = 2\n\n[profile d]\nq = 1\n',
      after: '[profile a]\nx = 1\n# c\nz = 2\n\n[profile b]\ny = 1\n\n# more\n\n[profile d]\nq = 1\n',
    },
    {
      what: 'a duplicate section that repeats a key',
      before: '[profile a]\nx = 1\n[profile a]\nx = 2\n',
      after: '[profile a]\nx = 2\n',
    },
    {
      what: 'indented keys',
      before: '[profile a]\r\n  x = 1\r\n  # c\r\n  y = 2\r\n',
      after: '[profile a]\r\nx = 1\r\n# c\r\ny = 2\r\n',
    },
    { what: 'blanks in a header', before: '[profile  a ]\nx = 1\n', after: '[profile a]\nx = 1\n' },
    { what: 'quotes in a header', before: '[profile "a"] # c\nx = 1\n', after: '[profile a] # c\nx = 1\n' },
    { what: 'a bracket behind a header', before: '[profile a] # [b]\nx = 1\n', after: '[profile a]\n# [b]\nx = 1\n' },
    { what: 'a dot in a header', before: '[profile.a]\nx = 1\n', after: '[profile a]\nx = 1\n' },
    {
      what: 'no blank behind a header',
      before: '[profile z]\nx = 1\n[profile a];note\nx = 2\n',
      after: '[profile z]\nx = 1\n[profile a] ;note\nx = 2\n',
    },
    { what: 'a header without profile', before: '[a]\nregion = r\n', after: '[profile a]\nregion = r\n' },
    {
      what: 'a comment behind a word',
      before: '[profile a]\nregion = r\t# note\noutput=json ;n',
      after: '[profile a]\n# note\nregion = r\n;n\noutput=json',
    },
    { what: 'an upper-case key', before: '[profile a]\nRegion=r\n', after: '[profile a]\nregion=r\n' },
    {
      what: 'several things on one line',
      before: '[profile a]\nREGION = r # note\n',
      after: '[profile a]\n# note\nregion = r\n',
    },
  ])('$what', ({ before, after }) => {
    expect(repaired({ config: before })).toBe(after)
    expect(problemsOf({ config: before })).not.toEqual([])
    expect(problemsOf({ config: after })).toEqual([])
  })
})

describe('what is left to the person', () => {
  it.each([
    { what: 'a comment behind what may hold blanks', config: '[profile a]\nrole_session_name = me # 1\n' },
    { what: 'a value that starts like a comment', config: '[profile a]\nregion = #r\nexternal_id = #lead\n' },
    { what: 'a merge conflict', config: '[profile a]\n<<<<<<< HEAD\nx = 1\n=======\nx = 2\n>>>>>>> other\n' },
    { what: '[default] and [profile default]', config: '[default]\nx = 1\n[profile default]\ny = 2\n' },
    { what: 'a name that exists already', config: '[a]\nregion = r\n', credentials: '[a]\nregion = q\n' },
    { what: 'a section that does not look like a profile', config: '[tool]\ncolour = red\n' },
    { what: 'a value that goes on', config: '[profile a]\nx = a\n  b\n' },
    { what: 'quotes', config: '[profile a]\nregion = "r"\n' },
    { what: 'a name with a blank', config: '[profile "my team"]\nx = 1\n' },
    { what: 'a key that is there in both spellings', config: '[profile a]\nRegion = r\nregion = q\n' },
    // An undo entry holds no secrets, so these could not be taken back.
    { what: 'lines with secrets', config: '[profile a]\n  aws_secret_access_key = s\n  aws_access_key_id = k\n' },
    { what: 'what looks like a secret', config: '[profile a]\nwJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n' },
    { what: 'upper-case secrets', config: '[profile a]\nAWS_SESSION_TOKEN = t\n' },
    { what: 'a section with secrets that comes twice', config: '[default]\nx = 1\n[default]\naws_session_token = t\n' },
    { what: 'an = that a comment hides from some', config: '[default]\nz ;w = 2\n' },
    { what: 'a colon that a comment hides from some', config: '[default]\nz ;w: 2\n' },
    { what: 'a colon below an indented header, which only some see', config: ' [profile a]\n x: 1\n' },
    {
      // Where the JS SDK looks up settings it reads the file by itself, and then no name in it is too much.
      what: 'a header that hides keys, in a file of which only the JS SDK has no credentials',
      config: '[profile  a]\nRegion = r\n[profile constructor]\nname = v\n',
    },
    { what: '[profile a] in credentials', credentials: '[profile a]\nx = 1\n' },
  ])('$what', ({ what: _, ...files }) => {
    expect(findProblems(makeInput(files))).not.toEqual([])
    for (const kind of ['config', 'credentials'] as const) {
      expect(repaired(files, kind)).toBe(Buffer.from(toBytes(files[kind])).toString())
      expect(repairDocument(makeInput(files), kind).repaired).toEqual([])
    }
  })
})

it('takes nothing away that counts once another repair is made', () => {
  // For the JS SDK [] ends the section; the other rules know the section only with its header repaired.
  expect(repaired({ config: '[profile.a]\nx = 1\ny = 2\n\t[]\nx = 1\n' })).toBe(
    '[profile a]\nx = 1\ny = 2\n\t[]\nx = 1\n',
  )
})

it('says which problems a repair ends, with their lines before it', () => {
  const config = 'junk\n[profile a]\nREGION = r # note\n[profile a]\nx = 1\n[profile my team]\n'
  const { repaired: ended } = repairDocument(makeInput({ config }), 'config')
  expect(ended.map(({ line, code }) => `${line} ${code}`)).toEqual(
    expect.arrayContaining(['1 line.before-section', '3 value.comment', '3 key.upper-case', '4 section.duplicate']),
  )
  expect(ended.map(({ line }) => line)).not.toContain(6)
})

it('repairs all it can of a long file, and names each problem by its own line', () => {
  // Some repairs of each kind are refused, a key is repeated across sections, and lines move.
  const one = (index: number) =>
    `[profile p${index}]\nregion = r\nregion = s\njunk\n[profile  q${index}]\nRegion = r\n` +
    `[profile p${index}]\noutput = o\nregion = t\nmore junk\n\n`
  const count = 1500
  const input = makeInput({ config: Array.from({ length: count }, (_, index) => one(index)).join('') })
  const { repaired: ended } = repairDocument(input, 'config')
  const keyOf = ({ line, code }: { line: number; code: string }) => `${line} ${code}`
  const found = new Set(ended.map(keyOf))
  const left = findProblems(input).filter((problem) => !found.has(keyOf(problem)))
  // The JS SDK would see the key that nobody else knows in upper case.
  expect([...new Set(left.map(({ code }) => code))]).toEqual(['section.header-form'])
  expect(left).toHaveLength(count)
})

const RUNS = Number(process.env.HALLPASS_REPAIR_RUNS ?? 2500)
const pairs: FilePair[] = [
  ...CORPUS.map(({ config, credentials }) => ({ config: toBytes(config), credentials: toBytes(credentials) })),
  ...fc
    .sample(fc.tuple(fileBytes, fileBytes), { numRuns: RUNS, seed: 20261125 })
    .map(([config, credentials]) => ({ config, credentials })),
]

describe(`repairs of ${pairs.length} pairs of files`, () => {
  let results: { before: CheckInput; after: CheckInput }[]
  /** Those that differ from what they were. */
  let changed: typeof results
  /** The files of the changed ones before, and those after behind them. */
  let changedFiles: FilePair[]
  beforeAll(() => {
    results = pairs.map((pair) => {
      const before = makeInput(pair)
      const [config, credentials] = [repairedState(before, 'config'), repairedState(before, 'credentials')]
      return { before, after: { ...before, config, credentials } }
    })
    changed = results.filter(({ before, after }) => before.config !== after.config)
    changedFiles = [...changed.map(({ before }) => filesOf(before)), ...changed.map(({ after }) => filesOf(after))]
  }, 300_000)

  it('change many of them', () => {
    expect(changed.length).toBeGreaterThan(pairs.length / 10)
  })

  it('leave nothing that the next run would repair', () => {
    for (const { after } of results) {
      for (const kind of ['config', 'credentials'] as const) {
        const { document, repaired: more } = repairDocument(after, kind)
        if (document === after[kind].document) continue
        expect.fail(JSON.stringify([printDocument(after[kind].document).toString(), more]))
      }
    }
  })

  it('change for the JS SDK only what brings it in line with the rules', { timeout: 300_000 }, async () => {
    await withFiles(changedFiles, async (paths) => {
      const answers: Awaited<ReturnType<typeof askJsSdkByFile>>[] = []
      // The loader takes a file it cannot open for an empty one: not too many at once.
      for (let at = 0; at < paths.length; at += 200) {
        answers.push(...(await Promise.all(paths.slice(at, at + 200).map((path) => askJsSdkByFile(path)))))
      }
      for (const [index, { before, after }] of changed.entries()) {
        const was = answers[index]
        const is = answers[index + changed.length]
        if (!was || !is) throw new Error('no answer')
        // A file that a name of JavaScript's own emptied: nothing that comes back was there before.
        if (readAsJsSdkSettings(filesOf(before).config, 'config').rejected) continue
        expectTowards(profilesOf(is.configFile, was.configFile), after.config)
      }
    })
  })

  // Python reads thousands of files, on a busy machine at a few hundred a second.
  it.skipIf(botocoreMissing)(
    'change for botocore only what brings it in line with the rules',
    { timeout: 300_000 },
    async () => {
      await withFiles(changedFiles, (paths) => {
        const answers = askBotocore(paths)
        for (const [index, { before, after }] of changed.entries()) {
          const was = answers[index]
          const is = answers[index + changed.length]
          if (!was || !is) throw new Error('no answer')
          if (was.error !== undefined) continue
          expect(is.error, printDocument(after.config.document).toString()).toBeUndefined()
          if (is.error !== undefined) continue
          // Merged answers: only profiles of one file can be told apart.
          const ownProfiles = profilesOf(is.profiles, was.profiles).filter(([name]) => {
            return ![before, after].some(({ credentials }) => credentials.readings.botocore.profiles.has(name))
          })
          expectTowards(ownProfiles, after.config)
        }
      })
    },
  )
})
if (botocoreMissing) process.stderr.write(`skipped: repairs as botocore sees them, because ${botocoreMissing}\n`)

function repairedState(input: CheckInput, kind: FileKind): FileState {
  const state = input[kind]
  const { document } = repairDocument(input, kind)
  return document === state.document ? state : stateOfDocument(kind, state.path, document)
}

const filesOf = ({ config, credentials }: CheckInput): FilePair => {
  return { config: printDocument(config.document), credentials: printDocument(credentials.document) }
}

/** What the cross-SDK rules say; of a file they reject, what they would say without the lines they reject it for. */
function rulesFor(config: FileState): FileReading {
  const reading = READERS.aws(printDocument(config.document), 'config')
  return reading.rejected ? salvage(config).readings.aws : reading
}

type Change = { readonly was: ReadonlyMap<string, string>; readonly is: ReadonlyMap<string, string> }

function profilesOf(is: PlainProfiles, was: PlainProfiles): [string, Change][] {
  const flat = (values: PlainProfiles[string] = {}) =>
    flatten(
      new Map(
        Object.entries(values).map(([key, value]) => [
          key,
          typeof value === 'string' ? value : new Map(Object.entries(value)),
        ]),
      ),
    )
  const own = (profiles: PlainProfiles, name: string) => (Object.hasOwn(profiles, name) ? profiles[name] : undefined)
  const names = new Set([...Object.keys(is), ...Object.keys(was)])
  return [...names].map((name) => [name, { is: flat(own(is, name)), was: flat(own(was, name)) }])
}

function expectTowards(changes: readonly [string, Change][], config: FileState): void {
  const changed = changes.filter(([, { was, is }]) => !isEqual(was, is))
  if (changed.length === 0) return
  const { profiles, ssoSessions, services } = rulesFor(config)
  for (const [name, { was, is }] of changed) {
    // The JS SDK's loader keeps all kinds of section in one map.
    const [, prefix, rest = ''] = /^(sso-session|services)\.(.*)$/.exec(name) ?? []
    const map = prefix === undefined ? profiles : prefix === 'services' ? services : ssoSessions
    const ruled = flatten(map.get(prefix === undefined ? name : rest) ?? new Map())
    for (const key of new Set([...was.keys(), ...is.keys()])) {
      if (is.get(key) === was.get(key)) continue
      const where = `${name} ${key} in ${JSON.stringify(printDocument(config.document).toString())}`
      expect(is.get(key), where).toBe(ruled.get(key))
    }
  }
}
