// One profile written into a config of 7,000 lines: whole processes against `aws configure set`, and in this process. Then
// thousands of profiles changed, made again and removed: five times as many must not take much more than five times as long.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createAwsFiles } from '#core/awsfiles/index.ts'
import { openStore } from '#core/store/open-store.ts'
import { openVault } from '#core/vault/open-vault.ts'
import { awsClis } from '../test/support/aws-clis.ts'
import { configText } from './config-text.ts'
import { type Command, measure, percentile, report, reportGoal, reportRatio } from './measure.ts'
import { ENTRY, hallpass } from './processes.ts'

const LINES = 7000
const home = mkdtempSync(join(tmpdir(), 'hallpass-bench-'))
try {
  const text = configText(LINES)
  await inProcess(text)
  await manyAtOnce(2000, 10_000)
  wholeProcesses(text)
} finally {
  rmSync(home, { recursive: true, force: true })
}

/** `hallpass profile write` and `aws configure set`, each adding a profile to a fresh copy of the config. */
function wholeProcesses(text: string): void {
  const env = {
    ...process.env,
    HALLPASS_HOME: join(home, 'hallpass'),
    AWS_CONFIG_FILE: join(home, 'ours'),
    AWS_SHARED_CREDENTIALS_FILE: join(home, 'credentials'),
  }
  hallpass(['identity', 'add', 'bench', '--access-key-id', 'AKIAQWERTYUIOPASDFGH', '--no-verify'], env, 'x'.repeat(40))
  hallpass(['role', 'add', 'bench-role', '--arn', 'arn:aws:iam::123456789012:role/bench', '--from', 'bench'], env)
  const baseline = 'node -e 0'
  const commands: Record<string, Command> = {
    [baseline]: { words: [process.execPath, '-e', '0'] },
    hallpass: {
      words: [process.execPath, ENTRY, 'profile', 'write', 'bench-role'],
      env,
      prepare: () => {
        // Else each round but the first would make the edit of the one before again, as one that was overwritten.
        const locks = join(env.HALLPASS_HOME, 'locks')
        for (const name of existsSync(locks) ? readdirSync(locks) : [])
          if (name.endsWith('.recent.json')) rmSync(join(locks, name))
        placeOld(env.AWS_CONFIG_FILE, text)
      },
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
  const { [baseline]: bare = Number.NaN, hallpass: write = Number.NaN, ...took } = measure(commands, 15, 2)
  report('hallpass profile write / node -e 0', write, bare)
  for (const [label, time] of Object.entries(took))
    report(`hallpass profile write / aws configure set (${label})`, write, time, 0.05)
}

/** A file as it lies there from long ago: one written this moment would be waited for, in case it is half written. */
function placeOld(path: string, text: string): void {
  writeFileSync(path, text)
  const time = Date.now() / 1000 - 3600
  utimesSync(path, time, time)
}

/** The same write without a process around it. */
async function inProcess(text: string): Promise<void> {
  const config = join(home, 'in-process')
  writeFileSync(config, text)
  const { files, store } = filesAt(config)
  const times: number[] = []
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
  store.close()
  reportGoal('one profile write in process, p50', percentile(times, 0.5))
  reportGoal('one profile write in process, p99', percentile(times, 0.99), 15)
}

/** What each kind of edit of so many profiles takes of the processor, many against few: the disk has no part in it. */
async function manyAtOnce(few: number, many: number): Promise<void> {
  const [less, more] = [await editAll(few), await editAll(many)]
  for (const [label, time] of Object.entries(more)) {
    reportGoal(`${many} profiles ${label}`, time)
    reportRatio(`${many} profiles ${label} / ${few}`, time, less[label] ?? Number.NaN, (many / few) * 1.6)
  }
}

/** @returns processor time of each kind of edit, in milliseconds */
async function editAll(count: number): Promise<Record<string, number>> {
  const config = join(home, `many-${count}`)
  writeFileSync(config, '# mine\n[default]\nregion = us-east-1\n')
  const { files, store } = filesAt(config)
  const write = (region: string) => {
    const targets = Array.from({ length: count }, (_, index) => {
      const name = `bench-${index}`
      return {
        profile: name,
        name,
        target: `role:${index}`,
        mode: 'process' as const,
        region,
        command: '/opt/hallpass',
      }
    })
    return files.writeProfiles({ write: targets, remove: [] })
  }
  const undo = async () => files.undo((await files.edits())[0]?.operation ?? '')
  const took: Record<string, number> = {}
  const timed = async (label: string, work: () => Promise<unknown>) => {
    const start = process.cpuUsage()
    await work()
    const { user, system } = process.cpuUsage(start)
    took[label] = (user + system) / 1000
  }
  await timed('written', () => write('eu-west-1'))
  const before = readFileSync(config)
  await timed('changed', () => write('eu-north-1'))
  writeFileSync(config, before)
  await timed('made again after they were overwritten', () => files.restoreOverwritten())
  await timed('changed back by an undo', undo)
  await timed('removed', () => files.writeProfiles({ write: [], remove: files.list() }))
  await timed('brought back by an undo', undo)
  store.close()
  return took
}

function filesAt(config: string) {
  const store = openStore({ file: `${config}.db` })
  const log = { debug() {}, info() {}, warn() {}, error() {} }
  const files = createAwsFiles({
    env: { AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: join(home, 'none') },
    home,
    stateHome: `${config}-state`,
    profiles: store.profiles,
    vault: openVault({ index: store.vaultIndex }),
    clock: Date.now,
    log,
  })
  return { files, store }
}
