// Reading a config of 100,000 lines: our document and readers against the JS SDK's own loader, in turn; what a write
// reads, and what it reads again after its edit.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadSharedConfigFiles } from '@smithy/shared-ini-file-loader'
import { parseDocument } from '#core/awsfiles/document.ts'
import { READERS } from '#core/awsfiles/readers/index.ts'
import { cutIntoParts, type FileParts, readParts } from '#core/awsfiles/readers/parts.ts'
import { configText } from './config-text.ts'
import { median, recordOf, report } from './measure.ts'

const LINES = 100_000
const ROUNDS = 12
const folder = mkdtempSync(join(tmpdir(), 'hallpass-bench-'))
const file = join(folder, 'config')
writeFileSync(file, configText(LINES))
const readForWrite = (bytes: Buffer, like?: FileParts): FileParts => {
  const parts = cutIntoParts(bytes, like)
  for (const name of ['botocore', 'js-sdk'] as const) readParts(parts, name, 'config')
  return parts
}
const edited = Buffer.concat([readFileSync(file), Buffer.from('[profile new]\nregion = r\n')])
let known: FileParts | undefined
const subjects: Readonly<Record<string, () => unknown>> = {
  document: () => parseDocument(readFileSync(file)),
  ...Object.fromEntries(
    Object.entries(READERS).map(([name, read]) => [`reader ${name}`, () => read(readFileSync(file), 'config')]),
  ),
  'for a write': () => {
    const bytes = readFileSync(file)
    parseDocument(bytes)
    known = readForWrite(bytes)
  },
  'after an edit': () => readForWrite(edited, known),
  smithy: () => loadSharedConfigFiles({ configFilepath: file, filepath: join(folder, 'none'), ignoreCache: true }),
}
const times = recordOf(Object.keys(subjects), (): number[] => [])
try {
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, run] of Object.entries(subjects)) {
      const start = performance.now()
      await run()
      if (round >= 2) times[name]?.push(performance.now() - start)
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
const medianOf = (name: string) => median(times[name] ?? [])
const smithy = medianOf('smithy')
report('100,000 lines, document / @smithy/shared-ini-file-loader', medianOf('document'), smithy)
for (const name of Object.keys(READERS))
  report(`100,000 lines, reader ${name} / @smithy/shared-ini-file-loader`, medianOf(`reader ${name}`), smithy)
const both = medianOf('document') + medianOf('reader aws')
report('100,000 lines, document and reader aws / @smithy/shared-ini-file-loader', both, smithy)
const names = { 'for a write': 'all that a write reads', 'after an edit': 'both readings after an edit' }
for (const [name, title] of Object.entries(names))
  report(`100,000 lines, ${title} / @smithy/shared-ini-file-loader`, medianOf(name), smithy)
