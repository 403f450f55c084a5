/** The two readers against the real botocore and the JS SDK's loader: the fact tables row by row, then anything. */
import fc from 'fast-check'
import { beforeAll, describe, expect, it } from 'vitest'
import { readAsBotocore } from '#core/awsfiles/readers/botocore.ts'
import { readAsJsSdk } from '#core/awsfiles/readers/js-sdk.ts'
import { mergeReadings, type Values } from '#core/awsfiles/readers/types.ts'
import { fileBytes } from './support/arbitraries.ts'
import {
  askBotocore,
  askJsSdk,
  type BotocoreAnswer,
  botocoreMissing,
  type FilePair,
  type PlainProfiles,
  withFiles,
} from './support/real-readers.ts'
import { TABLE_FILES } from './support/table-files.ts'

const generated = fc.sample(fc.tuple(fileBytes, fileBytes), {
  numRuns: Number(process.env.HALLPASS_CORPUS_FILES ?? 1500),
  seed: 20261124,
})
const corpus: { readonly name: string; readonly pair: FilePair }[] = [
  ...TABLE_FILES.map(({ name, config, credentials }) => ({
    name,
    pair: { config: toBytes(config), credentials: toBytes(credentials) },
  })),
  ...generated.map(([config, credentials], index) => ({ name: `generated ${index}`, pair: { config, credentials } })),
]

function toBytes(content: string | Uint8Array = ''): Uint8Array {
  return typeof content === 'string' ? Buffer.from(content) : content
}

function toPlain(profiles: ReadonlyMap<string, Values>): PlainProfiles {
  const plain: PlainProfiles = Object.create(null)
  for (const [name, values] of profiles) {
    const entries = [...values].map(([key, value]) => [
      key,
      typeof value === 'string' ? value : Object.fromEntries(value),
    ])
    Object.defineProperty(plain, name, { value: Object.fromEntries(entries), enumerable: true })
  }
  return plain
}

/** As JSON text with sorted keys: the readers' maps and the real answers differ in order and in prototypes only. */
function canonical(profiles: PlainProfiles): string {
  const sort = (value: unknown): unknown =>
    typeof value !== 'object' || value === null
      ? value
      : Object.entries(value)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([key, inner]) => [key, sort(inner)])
  return JSON.stringify(sort(profiles))
}

describe('the JS SDK reader', () => {
  it(`sees what the real loader sees in ${corpus.length} pairs of files`, async () => {
    await withFiles(
      corpus.map(({ pair }) => pair),
      async (paths) => {
        for (const [index, { name, pair }] of corpus.entries()) {
          const config = readAsJsSdk(pair.config, 'config')
          const credentials = readAsJsSdk(pair.credentials, 'credentials')
          const real = await askJsSdk(paths[index] as [string, string])
          // The loader keeps sso-session and services sections among the profiles, under a prefix.
          const merged = mergeReadings(config, credentials)
          const addUnder = (prefix: string, sections: ReadonlyMap<string, Values>) => {
            for (const [key, values] of sections) {
              const name = `${prefix}.${key}`
              merged.set(name, new Map([...values, ...(merged.get(name) ?? [])]))
            }
          }
          addUnder('sso-session', config.ssoSessions)
          addUnder('services', config.services)
          expect(canonical(toPlain(merged)), `${name}: ${show(pair)}`).toBe(canonical(real))
        }
      },
    )
  })
})

describe.skipIf(botocoreMissing !== undefined)(`the botocore reader ${botocoreMissing ?? ''}`, () => {
  let answers: BotocoreAnswer[] = []
  beforeAll(async () => {
    answers = await withFiles(
      corpus.map(({ pair }) => pair),
      askBotocore,
    )
  })

  it(`sees what botocore sees in ${corpus.length} pairs of files`, () => {
    let accepted = 0
    for (const [index, { name, pair }] of corpus.entries()) {
      const config = readAsBotocore(pair.config, 'config')
      const credentials = readAsBotocore(pair.credentials, 'credentials')
      const answer = answers[index]
      const label = `${name}: ${show(pair)} ${answer?.error ?? ''}`
      expect(config.rejected || credentials.rejected, label).toBe(answer?.error !== undefined)
      if (!answer || answer.error !== undefined) continue
      accepted++
      expect(canonical(toPlain(mergeReadings(config, credentials))), label).toBe(canonical(answer.profiles))
      expect(canonical(toPlain(config.ssoSessions)), label).toBe(canonical(answer.ssoSessions))
    }
    expect(accepted).toBeGreaterThan(100)
  })
})

const show = ({ config, credentials }: FilePair) =>
  JSON.stringify([Buffer.from(config).toString(), Buffer.from(credentials).toString()])
