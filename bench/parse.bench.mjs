// Reading a config of 100,000 lines: our document and readers against the JS SDK's own loader, in turn; what a write
// reads, and what it reads again after its edit.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadSharedConfigFiles } from '@smithy/shared-ini-file-loader'
import { configText } from './config-text.mjs'
import { percentile, report } from './measure.mjs'

const { parseDocument } = await import('#core/awsfiles/document.ts')
const { READERS } = await import('#core/awsfiles/readers/index.ts')
const { cutIntoParts, readParts } = await import('#core/awsfiles/readers/parts.ts')

const LINES = 100_000
const ROUNDS = 12
const folder = mkdtempSync(join(tmpdir(), 'hallpass-bench-'))
const file = join(folder, 'config')
writeFileSync(file, configText(LINES))
const readForWrite = (bytes, like) => {
  const parts = cutIntoParts(bytes, like)
  for (const name of ['botocore', 'js-sdk']) readParts(parts, name, 'config')
  return parts
}
const edited = Buffer.concat([readFileSync(file), Buffer.from('[profile new]\nregion = r\n')])
let known
const subjects = {
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
const times = Object.fromEntries(Object.keys(subjects).map((name) => [name, []]))
try {
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, run] of Object.entries(subjects)) {
      const start = performance.now()
      await run()
      if (round >= 2) times[name].push(performance.now() - start)
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true })
}
const median = (name) => percentile(times[name], 0.5)
const smithy = median('smithy')
report('100,000 lines, document / @smithy/shared-ini-file-loader', median('document'), smithy)
for (const name of Object.keys(READERS))
  report(`100,000 lines, reader ${name} / @smithy/shared-ini-file-loader`, median(`reader ${name}`), smithy)
const both = median('document') + median('reader aws')
report('100,000 lines, document and reader aws / @smithy/shared-ini-file-loader', both, smithy)
const names = { 'for a write': 'all that a write reads', 'after an edit': 'both readings after an edit' }
for (const [name, title] of Object.entries(names))
  report(`100,000 lines, ${title} / @smithy/shared-ini-file-loader`, median(name), smithy)
