// Reading a config of 100,000 lines: our document and readers against the JS SDK's own loader, in turn.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadSharedConfigFiles } from '@smithy/shared-ini-file-loader'
import { configText } from './config-text.mjs'
import { percentile, report } from './measure.mjs'

const { parseDocument } = await import('#core/awsfiles/document.ts')
const { READERS } = await import('#core/awsfiles/readers/index.ts')

const LINES = 100_000
const ROUNDS = 12
const folder = mkdtempSync(join(tmpdir(), 'hallpass-bench-'))
const file = join(folder, 'config')
writeFileSync(file, configText(LINES))
const subjects = {
  document: () => parseDocument(readFileSync(file)),
  ...Object.fromEntries(
    Object.entries(READERS).map(([name, read]) => [`reader ${name}`, () => read(readFileSync(file), 'config')]),
  ),
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
