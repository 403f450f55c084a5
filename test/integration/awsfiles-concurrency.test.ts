/**
 * Twenty processes edit one config file while the AWS CLI, which takes no lock, writes to it in a loop.
 *
 * What is asserted: every Hallpass edit is there in the end, after the look that each next command begins with. The
 * file is readable whenever Hallpass wrote it last; the CLI empties a file before it writes it, so a version of the
 * CLI's gets a moment to settle. Not asserted: that no change of the CLI's is ever lost, for it takes no lock.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import {
  closeSync,
  existsSync,
  fstatSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { restoreEdits } from '#core/awsfiles/apply-edit.ts'
import { withFileLock } from '#core/awsfiles/lock.ts'
import { readAsBotocore } from '#core/awsfiles/readers/botocore.ts'
import { awsClis } from '../support/aws-clis.ts'

const WORKER = join(import.meta.dirname, '../unit/core/awsfiles/support/edit-worker.ts')
const CLI_WRITER = join(import.meta.dirname, '../support/aws-cli-writer.py')
const PROCESSES = 20
const EDITS = 50
/** Longer than the CLI may be kept from running between emptying the file and writing it. */
const SETTLE_MS = 1000

const [cli] = awsClis()
const hasWriter = spawnSync('python3', ['-c', 'import awscli.customizations.configure.writer']).status === 0
if (!cli) process.stderr.write('skipped: edits beside aws configure set (no AWS CLI)\n')
if (!hasWriter) process.stderr.write('skipped: edits beside the AWS CLI’s file writer (python3 has no awscli)\n')

let folder: string
let file: string
let stateHome: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'concurrency-'))
  file = join(folder, 'config')
  stateHome = join(folder, 'state')
  writeFileSync(file, '# mine\n[default]\nregion = us-east-1\n\n[profile cli]\nregion = none\n')
})
afterEach(() => {
  for (const child of running) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

/** What a test that ran out of time left. */
const running = new Set<ChildProcess>()

const end = () => join(folder, 'end')

/** Runs a program to its end. @returns its exit code and output */
function run(program: string, words: readonly string[], env: Record<string, string> = {}) {
  const child = spawn(program, words, { env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'inherit'] })
  running.add(child)
  let output = ''
  child.stdout.on('data', (data: Buffer) => {
    output += data.toString()
  })
  return new Promise<{ code: number | null; output: string }>((resolve) => {
    child.on('close', (code) => {
      running.delete(child)
      resolve({ code, output })
    })
  })
}

/** Reads the file all the time. @returns how often, and what was wrong with it */
async function watch(): Promise<{ reads: number; wrong: string[] }> {
  const wrong: string[] = []
  let reads = 0
  for (; !existsSync(end()); reads++) {
    let trouble = problemsOf()
    const deadline = Date.now() + SETTLE_MS
    while (trouble?.isTheirs && Date.now() < deadline) {
      await pause(5)
      trouble = problemsOf()
    }
    if (trouble) wrong.push(trouble.text)
    await pause(3)
  }
  return { reads, wrong }
}

/** What botocore would reject, or miss of the person's own lines. */
function problemsOf(): { text: string; isTheirs: boolean } | undefined {
  const handle = openSync(file, 'r')
  const bytes = readFileSync(handle)
  const { mtimeNs, ctimeNs, nlink, size } = fstatSync(handle, { bigint: true })
  closeSync(handle)
  const { problems, profiles } = readAsBotocore(bytes, 'config')
  if (problems.length === 0 && profiles.has('default') && profiles.has('cli')) return undefined
  // Hallpass renames a complete file into place, which touches it after its last write. A file shows that it was
  // emptied a moment before its times do, and one without a name by now was replaced while it was read.
  const isTheirs = ctimeNs === mtimeNs || nlink === 0n || size === 0n || bytes.length !== Number(size)
  return { text: JSON.stringify({ problems, isTheirs, bytes: bytes.toString() }), isTheirs }
}

async function editBeside(others: Promise<unknown>): Promise<void> {
  const watcher = watch()
  const workers = Array.from({ length: PROCESSES }, (_, index) =>
    run(process.execPath, [WORKER, stateHome, file, `profile p${index}`, String(EDITS)]),
  )
  const results = await Promise.all(workers)
  writeFileSync(end(), '')
  await others
  const { reads, wrong } = await watcher
  expect(results).toEqual(workers.map(() => ({ code: 0, output: '' })))
  expect(wrong).toEqual([])
  expect(reads).toBeGreaterThan(50)
}

async function expectEveryEdit(): Promise<void> {
  await restoreEdits(file, { stateHome })
  const text = readFileSync(file, 'utf8')
  const { profiles, problems } = readAsBotocore(Buffer.from(text), 'config')
  expect(problems).toEqual([])
  const keys = Array.from({ length: EDITS }, (_, edit) => `k${edit}`)
  for (let index = 0; index < PROCESSES; index++) {
    expect([...(profiles.get(`p${index}`)?.keys() ?? [])], `p${index}`).toEqual(keys)
  }
  expect(text.startsWith('# mine\n[default]\nregion = us-east-1\n')).toBe(true)
  expect(profiles.get('cli')?.get('region')).toMatch(/^r-\d+$/)
  expect(readdirSync(folder).sort()).toEqual(['config', 'end', 'state'])
  await withFileLock(stateHome, file, async () => undefined, 0)
}

describe('twenty processes with fifty edits each lose none', () => {
  it.skipIf(!cli)('beside aws configure set', { timeout: 240_000 }, async () => {
    const loop = async () => {
      for (let round = 0; !existsSync(end()); round++) {
        const words = ['configure', 'set', 'region', `r-${round}`, '--profile', 'cli']
        const env = { AWS_CONFIG_FILE: file, AWS_SHARED_CREDENTIALS_FILE: join(folder, 'none') }
        expect((await run(cli?.program ?? '', words, env)).code).toBe(0)
      }
    }
    await editBeside(loop())
    await expectEveryEdit()
  })

  it.skipIf(!hasWriter)('beside the AWS CLI’s file writer, hundreds of times', { timeout: 240_000 }, async () => {
    const writer = run('python3', [CLI_WRITER, file, end()])
    await editBeside(writer)
    const { code, output } = await writer
    expect(code).toBe(0)
    expect(Number(output)).toBeGreaterThan(100)
    await expectEveryEdit()
  })
})
