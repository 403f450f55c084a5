/**
 * The two SDK readers on the corpus: against what the AWS facts say of a case, and against the real botocore and the
 * JS SDK's loader, which also judge generated files that mix the hazards.
 */
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { readAsBotocore } from '#core/awsfiles/readers/botocore.ts'
import { readAsJsSdk } from '#core/awsfiles/readers/js-sdk.ts'
import { mergeReadings, type Reader, type Values } from '#core/awsfiles/readers/types.ts'
import { CORPUS } from '../../../corpus/awsfiles/index.ts'
import { fileBytes, readableText } from './support/arbitraries.ts'
import {
  askBotocore,
  askJsSdk,
  askJsSdkSessions,
  type BotocoreAnswer,
  botocoreMissing,
  botocores,
  type FilePair,
  type PlainProfiles,
  withFiles,
} from './support/real-readers.ts'

interface Named {
  readonly name: string
  readonly pair: FilePair
}

const written = CORPUS.map(({ name, config, credentials }): Named => {
  return { name, pair: { config: toBytes(config), credentials: toBytes(credentials) } }
})
const readable = readableText.map((text) => Buffer.from(text))
const generated = fc
  .sample(fc.oneof(fc.tuple(fileBytes, fileBytes), fc.tuple(readable, readable)), {
    numRuns: Number(process.env.HALLPASS_CORPUS_FILES ?? 2000),
    seed: 20261124,
  })
  .map(([config, credentials], index): Named => ({ name: `generated ${index}`, pair: { config, credentials } }))
const all = [...written, ...generated]

function toBytes(content: string | Uint8Array = ''): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content) : content
}

/** As JSON text with sorted keys: maps of the readers and objects of the real SDKs come out alike. */
function canonical(value: unknown): string {
  const sort = (each: unknown): unknown => {
    if (typeof each !== 'object' || each === null) return each
    const entries: [string, unknown][] = each instanceof Map ? [...each] : Object.entries(each)
    return entries.sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, inner]) => [key, sort(inner)])
  }
  return JSON.stringify(sort(value))
}

function read(reader: Reader, { config, credentials }: FilePair) {
  const readings = [reader(config, 'config'), reader(credentials, 'credentials')] as const
  const [{ ssoSessions, services }] = readings
  return {
    rejected: readings.some(({ rejected }) => rejected),
    profiles: mergeReadings(...readings),
    ssoSessions,
    services,
  }
}

const show = ({ config, credentials }: FilePair) =>
  JSON.stringify([Buffer.from(config).toString(), Buffer.from(credentials).toString()]).slice(0, 2000)

/** What a reader and a real SDK say of one file pair when they disagree. */
function disagreement({ name, pair }: Named, ours: unknown, real: unknown): string[] {
  const [own, other] = [canonical(ours), canonical(real)]
  return own === other ? [] : [`${name} ${show(pair)}\n  reader: ${own}\n  SDK:    ${other}`]
}

it('holds at least 300 hand-written cases, each under a name of its own', () => {
  expect(new Set(CORPUS.map(({ name }) => name)).size).toBe(CORPUS.length)
  expect(CORPUS.length).toBeGreaterThanOrEqual(300)
})

describe('the AWS facts', () => {
  const judged = CORPUS.map((each, index) => ({ ...each, ...written[index] }) as (typeof CORPUS)[number] & Named)

  it.each(judged.filter(({ botocore }) => botocore))('botocore: $name', ({ pair, botocore }) => {
    const { rejected, profiles } = read(readAsBotocore, pair)
    expect(rejected ? 'rejected' : canonical(profiles)).toBe(botocore === 'rejected' ? botocore : canonical(botocore))
  })

  it.each(judged.filter(({ jsSdk }) => jsSdk))('JS SDK: $name', ({ pair, jsSdk }) => {
    expect(canonical(read(readAsJsSdk, pair).profiles)).toBe(canonical(jsSdk))
  })
})

describe('the real SDKs', () => {
  const js: { readonly profiles: PlainProfiles | undefined; readonly ssoSessions: PlainProfiles }[] = []
  const python = new Map<string, BotocoreAnswer[]>()
  beforeAll(async () => {
    await withFiles(
      all.map(({ pair }) => pair),
      async (paths) => {
        for (const botocore of botocores) python.set(botocore.label, askBotocore(paths, botocore))
        for (const path of paths) {
          // Some names make the merge of the two files throw: then no profile can be used.
          js.push({ profiles: await askJsSdk(path).catch(() => undefined), ssoSessions: await askJsSdkSessions(path) })
        }
      },
    )
  }, 600_000)

  /** The loader keeps sso-session and services sections among the profiles, under a prefix. */
  function asLoaded({ profiles, ssoSessions, services }: ReturnType<typeof read>): Map<string, Values> {
    const merged = new Map(profiles)
    for (const [prefix, sections] of Object.entries({ 'sso-session': ssoSessions, services })) {
      for (const [key, values] of sections) {
        const name = `${prefix}.${key}`
        merged.set(name, new Map([...values, ...(merged.get(name) ?? [])]))
      }
    }
    return merged
  }

  it(`JS SDK: sees the same in ${all.length} pairs of files`, () => {
    const disagreements = all.flatMap((each, index) => {
      const ours = read(readAsJsSdk, each.pair)
      const real = js[index]
      if (!real?.profiles) return disagreement(each, ours.rejected, true)
      return [
        ...disagreement(each, asLoaded(ours), real.profiles),
        ...disagreement(each, ours.ssoSessions, real.ssoSessions),
      ]
    })
    expect(disagreements).toEqual([])
  })

  it.skipIf(botocoreMissing)(`botocore can be asked${botocoreMissing ? ` (not here: ${botocoreMissing})` : ''}`, () => {
    expect([...python.values()].map(({ length }) => length)).toEqual(botocores.map(() => all.length))
  })

  it.each(botocores)(`$label: sees the same in ${all.length} pairs of files`, ({ label, module }) => {
    let accepted = 0
    const disagreements = all.flatMap((each, index) => {
      const ours = read(readAsBotocore, each.pair)
      const real = python.get(label)?.[index]
      if (!real || real.error !== undefined) return disagreement(each, ours.rejected, true)
      if (index >= written.length) accepted++
      return [
        ...disagreement(each, ours.rejected, false),
        ...disagreement(each, ours.profiles, real.profiles),
        ...disagreement(each, ours.ssoSessions, real.ssoSessions),
        ...(module === 'botocore' ? disagreement(each, ours.services, real.services) : []),
      ]
    })
    expect(disagreements).toEqual([])
    // Files that are rejected at one of their first lines would prove little.
    expect(accepted).toBeGreaterThan(generated.length / 10)
  })
})
