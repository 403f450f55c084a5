// `npm test`: sets the machine up, then type-checks, lints, builds and runs every test, and closes with one line
// `N passed, N failed, N skipped`. Each check counts as one, like each test.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runInRing } from './in-ring.mjs'
import { root, run, setUp } from './setup.mjs'

const totals = { passed: 0, failed: 0, skipped: 0 }
const missing = setUp({ tests: true })
for (const name of missing) console.error(`warning: ${name} is missing, tests that need it will say so`)
const reports = mkdtempSync(join(tmpdir(), 'hallpass-reports-'))

try {
  check('types', () => run('tsc', ['-b']))
  check('lint', () => run('biome', ['check', '--error-on-warnings', '.']))
  const built = check('build', () => run('npm', ['run', '--silent', 'build']))
  unitTests()
  if (built) endToEndTests()
  else fail('end-to-end tests did not run: the build failed')
} finally {
  rmSync(reports, { recursive: true, force: true })
}
console.log(`${totals.passed} passed, ${totals.failed} failed, ${totals.skipped} skipped`)
process.exitCode = totals.failed > 0 || totals.passed === 0 ? 1 : 0

function check(name, work) {
  console.log(`\n— ${name}`)
  const ok = work() === 0
  totals[ok ? 'passed' : 'failed'] += 1
  return ok
}

function fail(message) {
  console.error(message)
  totals.failed += 1
}

function unitTests() {
  console.log('\n— unit and integration tests')
  const file = join(reports, 'vitest.json')
  const code = runInRing(['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`])
  if (!existsSync(file)) return fail('vitest wrote no report')
  const report = JSON.parse(readFileSync(file, 'utf8'))
  totals.passed += report.numPassedTests
  totals.failed += report.numFailedTests
  totals.skipped += report.numPendingTests + report.numTodoTests
  if (code !== 0 && report.numFailedTests === 0) fail('vitest failed outside a test')
}

function endToEndTests() {
  const isReal = existsSync(join(root, 'node_modules/electron/path.txt'))
  console.log(
    `\n— end-to-end tests, on ${isReal ? 'the real Electron binary' : 'the Electron stand-in (no Electron binary here)'}`,
  )
  const file = join(reports, 'playwright.json')
  const code = runInRing(['playwright', 'test', '--reporter=list,json'], {
    env: { PLAYWRIGHT_JSON_OUTPUT_FILE: file },
  })
  if (!existsSync(file)) return fail('playwright wrote no report')
  const { stats, errors } = JSON.parse(readFileSync(file, 'utf8'))
  totals.passed += stats.expected
  totals.failed += stats.unexpected + stats.flaky
  totals.skipped += stats.skipped
  if (code !== 0 && stats.unexpected + stats.flaky === 0)
    fail(`playwright failed outside a test: ${errors?.[0]?.message ?? ''}`)
}
