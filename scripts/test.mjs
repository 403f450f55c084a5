// `npm test`: sets the machine up, then type-checks, lints, builds and runs every test, and closes with one line
// `N passed, N failed, N skipped`. Each check counts as one, like each test.
import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { runInRing } from './in-ring.mjs'
import { root, run, setUp, toolPath } from './setup.mjs'

const totals = { passed: 0, failed: 0, skipped: 0 }
const missing = setUp({ tests: true })
for (const name of missing) console.error(`warning: ${name} is missing, tests that need it will say so`)
const newerAwsCli = fetchNewerAwsCli()
const reports = mkdtempSync(join(tmpdir(), 'hallpass-reports-'))

try {
  check('types', () => run('tsc', ['-b']))
  check('lint', () => run('biome', ['check', '--error-on-warnings', '.']))
  const built = check('build', () => run('npm', ['run', '--silent', 'build']))
  unitTests(await newerAwsCli)
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

/** Beside what comes first; from an earlier run it is there at once. @returns {Promise<string>} empty when it can't be had */
function fetchNewerAwsCli() {
  const script = join(root, 'scripts/newest-aws-cli.mjs')
  const child = spawn('node', [script, 'trixie'], { env: { ...process.env, PATH: toolPath() } })
  const said = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'])
    child[name].setEncoding('utf8').on('data', (text) => {
      said[name] += text
    })
  return new Promise((resolve) => {
    child.on('error', () => resolve(''))
    child.on('close', (code) => {
      if (code !== 0) console.error(`note: nothing is tried with a newer AWS CLI: ${said.stderr.trim()}`)
      resolve(said.stdout.trim())
    })
  })
}

function unitTests(awsCli) {
  console.log('\n— unit and integration tests')
  const file = join(reports, 'vitest.json')
  const words = ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${file}`]
  const code = runInRing(words, { env: awsCli ? { HALLPASS_TEST_AWS_CLI: awsCli } : {} })
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
