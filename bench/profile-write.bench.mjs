// One profile written into a config of 7,000 lines: whole processes against `aws configure set`, and in this process.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { awsClis } from '../test/support/aws-clis.ts'
import { configText } from './config-text.mjs'
import { measure, percentile, report, reportGoal } from './measure.mjs'

const LINES = 7000
const entry = resolve(import.meta.dirname, '../out/cli/hallpass.cjs')
const home = mkdtempSync(join(tmpdir(), 'hallpass-bench-'))
try {
  const text = configText(LINES)
  await inProcess(text)
  wholeProcesses(text)
} finally {
  rmSync(home, { recursive: true, force: true })
}

/** `hallpass profile write` and `aws configure set`, each adding a profile to a fresh copy of the config. */
function wholeProcesses(text) {
  const env = {
    ...process.env,
    HALLPASS_HOME: join(home, 'hallpass'),
    AWS_CONFIG_FILE: join(home, 'ours'),
    AWS_SHARED_CREDENTIALS_FILE: join(home, 'credentials'),
  }
  hallpass(['identity', 'add', 'bench', '--access-key-id', 'AKIAQWERTYUIOPASDFGH', '--no-verify'], env, 'x'.repeat(40))
  hallpass(['role', 'add', 'bench-role', '--arn', 'arn:aws:iam::123456789012:role/bench', '--from', 'bench'], env)
  const commands = {
    'node -e 0': { words: [process.execPath, '-e', '0'] },
    hallpass: {
      words: [process.execPath, entry, 'profile', 'write', 'bench-role'],
      env,
      prepare: () => placeOld(env.AWS_CONFIG_FILE, text),
    },
  }
  for (const { program, version } of awsClis()) {
    const config = join(home, version.replace('/', '-'))
    commands[version] = {
      words: [program, 'configure', 'set', 'region', 'eu-west-1', '--profile', 'bench'],
      env: { ...env, AWS_CONFIG_FILE: config },
      prepare: () => placeOld(config, text),
    }
  }
  const took = measure(commands, 15, 2)
  report('hallpass profile write / node -e 0', took.hallpass, took['node -e 0'])
  for (const label of Object.keys(commands).slice(2))
    report(`hallpass profile write / aws configure set (${label})`, took.hallpass, took[label], 0.05)
}

/** A file as it lies there from long ago: one written this moment would be waited for, in case it is half written. */
function placeOld(path, text) {
  writeFileSync(path, text)
  const time = Date.now() / 1000 - 3600
  utimesSync(path, time, time)
}

/** The same write without a process around it. */
async function inProcess(text) {
  const { createAwsFiles } = await import('#core/awsfiles/index.ts')
  const config = join(home, 'in-process')
  writeFileSync(config, text)
  const records = new Map()
  const log = { debug() {}, info() {}, warn() {}, error() {} }
  const files = createAwsFiles({
    env: { AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: join(home, 'none') },
    home,
    stateHome: join(home, 'state'),
    profiles: {
      list: () => [...records.values()],
      get: (profile) => records.get(profile),
      put: (record) => records.set(record.profile, record),
      remove: (profile) => records.delete(profile),
    },
    clock: Date.now,
    log,
  })
  const times = []
  for (let round = 0; round < 330; round++) {
    const start = performance.now()
    await files.writeProfile({
      profile: `bench-${round % 5}`,
      name: 'bench',
      target: `role:${round % 5}`,
      mode: 'process',
      region: `r-${round}`,
      command: '/opt/hallpass',
    })
    if (round >= 30) times.push(performance.now() - start)
  }
  reportGoal('one profile write in process, p50', percentile(times, 0.5))
  reportGoal('one profile write in process, p99', percentile(times, 0.99), 15)
}

function hallpass(words, env, input) {
  const run = spawnSync(process.execPath, [entry, ...words], { env, input })
  if (run.status !== 0) throw new Error(`hallpass ${words.join(' ')} failed: ${run.stderr}`)
}
