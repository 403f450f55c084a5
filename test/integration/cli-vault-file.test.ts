/** The main job on a machine without a keychain: no bus, no keyring, an encrypted file that was chosen. */
import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { scanFolders } from '../support/secret-scan.ts'
import { type RunningAgent, startAgent } from './cli-support/agent.ts'
import { builtCli } from './cli-support/built.ts'
import { runOnTerminal } from './cli-support/run.ts'
import { DANA, SANDBOX_ADMIN, type Scenario, startScenario } from './cli-support/scenario.ts'

const PASSPHRASE = 'planted passphrase of a server'
/** Neither a bus nor a keyring; nothing that could stand in for the file unnoticed. */
const BARE = { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere/bus' }
const OPEN = { ...BARE, HALLPASS_PASSPHRASE: PASSPHRASE }

const cli = builtCli()
let scenario: Scenario
let home: string
const agents: RunningAgent[] = []
const failure = (stderr: string) => JSON.parse(stderr) as { error: { code: string; message: string; hint: string } }
const secrets = () => ({ passphrase: PASSPHRASE, longTerm: scenario.account.user(DANA).secretAccessKey })
const serve = async () => {
  const agent = await startAgent(cli.entry, { ...scenario.env, ...BARE })
  agents.push(agent)
  return agent
}

beforeAll(async () => {
  scenario = await startScenario(cli.entry)
  home = scenario.env.HALLPASS_HOME ?? ''
})
afterEach(async () => {
  await Promise.all(agents.splice(0).map((agent) => agent.kill('SIGKILL')))
})
afterAll(async () => {
  await scenario?.end()
})

const addWork = (env: Record<string, string>) => {
  const { accessKeyId, secretAccessKey } = scenario.account.user(DANA)
  const words = ['identity', 'add', 'work', '--access-key-id', accessKeyId, '--json']
  return scenario.run(words, { env, stdin: `${secretAccessKey}\n` })
}

describe('in this order, as a person meets it', () => {
  it('the missing keychain is named, the file is suggested, and nothing falls back to it', async () => {
    const run = await addWork(OPEN)
    expect(run.exitCode).toBe(5)
    const { error } = failure(run.stderr)
    expect(error.code).toBe('vault.no-dbus')
    expect(error.hint).toContain('hallpass vault init --file')
    expect(readdirSync(home)).not.toContain('vault.sealed')
    expect(await scenario.json(['vault', 'status', '--json'], { env: OPEN })).toMatchObject({
      kind: 'keychain',
      chosenBy: 'default',
      state: 'unavailable',
      file: null,
    })
  })

  it('the file is made with a passphrase from a pipe; without one, the command ends with 7', async () => {
    expect(await scenario.run(['vault', 'init', '--file'], { env: BARE })).toMatchObject({ exitCode: 7 })
    expect(await scenario.run(['vault', 'init'], { env: OPEN })).toMatchObject({ exitCode: 2 })
    expect(await scenario.run(['vault', 'init', '--file'], { env: BARE, stdin: 'short\n' })).toMatchObject({
      exitCode: 2,
    })
    const made = await scenario.json(['vault', 'init', '--file', '--json'], { env: BARE, stdin: `${PASSPHRASE}\n` })
    expect(made).toEqual({ kind: 'file', path: join(home, 'vault.sealed'), made: true, setAside: null })
    expect(await scenario.json(['vault', 'init', '--file', '--json'], { env: OPEN })).toMatchObject({ made: false })
    expect(await scenario.json(['vault', 'status', '--json'], { env: OPEN })).toMatchObject({
      kind: 'file',
      chosenBy: 'setting',
      state: 'unlocked',
      problem: null,
    })
  })

  it('a key is stored, a role assumed, and an AWS tool gets its credentials, with the passphrase alone', async () => {
    expect(await addWork(BARE)).toMatchObject({ exitCode: 5 })
    expect(await addWork(OPEN)).toMatchObject({ exitCode: 0 })
    const totp = { env: OPEN, stdin: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP\n' }
    await scenario.run(['identity', 'edit', 'work', '--mfa-serial', scenario.account.user(DANA).mfaSerial ?? ''], {
      env: OPEN,
    })
    expect((await scenario.run(['identity', 'add-totp', 'work'], totp)).stderr).toContain('in the encrypted file')
    expect(await scenario.run(['identity', 'remove-totp', 'work'], { env: OPEN })).toMatchObject({ exitCode: 0 })
    await scenario.json(['role', 'add', 'sandbox', '--arn', SANDBOX_ADMIN, '--from', 'work', '--json'], { env: OPEN })
    await scenario.json(['profile', 'write', 'sandbox', '--json'], { env: OPEN })
    const first = await scenario.run(['credential-process', 'sandbox'], { env: OPEN, stdin: { open: true } })
    expect(first).toMatchObject({ exitCode: 0, stderr: '' })
    // Sealed with a key that is in the file: the same session again.
    expect(await scenario.run(['credential-process', 'sandbox'], { env: OPEN })).toEqual(first)
    const exec = await scenario.run(['exec', 'sandbox', '--', 'env'], { env: OPEN })
    expect(exec.stdout).toContain('AWS_ACCESS_KEY_ID=ASIA')
    expect(exec.stdout).not.toContain('HALLPASS_PASSPHRASE')
    const served = await scenario.run(['exec', 'sandbox', '--serve', '--', 'env'], { env: OPEN })
    expect(served.stdout).toContain('AWS_CONTAINER_CREDENTIALS_FULL_URI=')
    expect(served.stdout).not.toContain('HALLPASS_PASSPHRASE')
  })

  it.each([
    ['no passphrase', BARE, 'HALLPASS_PASSPHRASE'],
    ['a wrong one', { ...BARE, HALLPASS_PASSPHRASE: 'not the passphrase' }, 'not the passphrase of the encrypted file'],
  ])('with %s an AWS tool gets one line, exit 5, and never hangs', async (_what, env, words) => {
    const run = await scenario.run(['credential-process', 'sandbox'], { env, stdin: { open: true } })
    expect(run).toMatchObject({ exitCode: 5, stdout: '' })
    expect(run.stderr.trim().split('\n')).toHaveLength(1)
    expect(run.stderr).toContain(words)
  })

  it('nothing that was left behind holds a secret', () => {
    const { hits, filesRead } = scanFolders([scenario.folder], secrets())
    expect(hits).toEqual([])
    expect(filesRead).toBeGreaterThan(3)
  })

  it('the other vault is not looked into, and what is where is said', async () => {
    const env = {
      ...OPEN,
      HALLPASS_VAULT: 'keychain',
      DBUS_SESSION_BUS_ADDRESS: process.env.DBUS_SESSION_BUS_ADDRESS ?? '',
    }
    const lost = await scenario.run(['identity', 'test', 'work', '--json'], { env })
    expect(failure(lost.stderr).error).toMatchObject({ code: 'vault.elsewhere' })
    expect(failure(lost.stderr).error.message).toContain('vault.sealed')
    const kept = await scenario.run(['identity', 'remove', 'unused', '--json'], { env })
    expect(kept.exitCode).toBe(3)
    const status = await scenario.run(['vault', 'status'], { env })
    expect(status.stderr).toContain('in the encrypted file, which is not in use')
    expect(await scenario.json(['identity', 'test', 'work', '--json'], { env: OPEN })).toMatchObject({ name: 'work' })
  })
})

it('chosen and opened by the environment alone, it is made with the first secret', async () => {
  const env = { ...OPEN, HALLPASS_VAULT: 'file', HALLPASS_HOME: join(scenario.folder, 'fresh') }
  expect(await addWork({ ...env, HALLPASS_PASSPHRASE: '' })).toMatchObject({ exitCode: 5 })
  expect(await addWork(env)).toMatchObject({ exitCode: 0 })
  expect(await scenario.json(['vault', 'status', '--json'], { env })).toMatchObject({
    kind: 'file',
    chosenBy: 'environment',
    state: 'unlocked',
    secrets: { elsewhere: 0, lost: 0 },
  })
  expect(await scenario.run(['identity', 'remove', 'work'], { env })).toMatchObject({ exitCode: 0 })
})

describe('an agent', () => {
  const credentials = (env: Record<string, string>) => scenario.run(['credential-process', 'sandbox'], { env })
  const unlock = (...words: string[]) => scenario.run(['vault', 'unlock', ...words], { env: OPEN })

  it('that is unlocked makes the passphrase needless, and again needed once it is locked', async () => {
    expect(await unlock()).toMatchObject({ exitCode: 3, stderr: expect.stringContaining('hallpass agent') })
    await serve()
    expect(await credentials(BARE)).toMatchObject({ exitCode: 5 })
    expect(await credentials(OPEN)).toMatchObject({ exitCode: 0 })
    expect(await unlock('--for', '1 fortnight')).toMatchObject({ exitCode: 2 })
    expect(await unlock('--for', '8h')).toMatchObject({ exitCode: 0 })
    expect(await credentials(BARE)).toMatchObject({ exitCode: 0, stderr: '' })
    expect(await scenario.run(['identity', 'test', 'work'], { env: BARE })).toMatchObject({ exitCode: 0 })
    expect(scanFolders([scenario.folder], secrets()).hits).toEqual([])
    expect(await scenario.run(['vault', 'lock'], { env: BARE })).toMatchObject({ exitCode: 0 })
    const shut = await credentials(BARE)
    expect(shut).toMatchObject({ exitCode: 5, stdout: '' })
    expect(shut.stderr.trim().split('\n')).toHaveLength(1)
  })
})

describe('the passphrase', () => {
  it('is changed with the old one and a line of standard input', async () => {
    const next = 'another planted passphrase'
    expect(await scenario.run(['vault', 'change-passphrase'], { env: BARE, stdin: `${next}\n` })).toMatchObject({
      exitCode: 5,
    })
    expect(await scenario.run(['vault', 'change-passphrase'], { env: OPEN, stdin: `${next}\n` })).toMatchObject({
      exitCode: 0,
    })
    const test = (env: Record<string, string>) => scenario.run(['identity', 'test', 'work'], { env })
    expect(await test(OPEN)).toMatchObject({ exitCode: 5 })
    expect(await test({ ...BARE, HALLPASS_PASSPHRASE: next })).toMatchObject({ exitCode: 0 })
    const back = { env: { ...BARE, HALLPASS_PASSPHRASE: next }, stdin: `${PASSPHRASE}\n` }
    expect(await scenario.run(['vault', 'change-passphrase'], back)).toMatchObject({ exitCode: 0 })
  })

  const hasPython = spawnSync('python3', ['-c', 'import pty']).status === 0
  if (!hasPython)
    process.stderr.write('skipped: passphrases on a terminal, because python3 with pty is not installed\n')

  it.skipIf(!hasPython)('is asked for on a terminal, hidden, and again when it was wrong', async () => {
    const env = { ...scenario.env, ...BARE }
    const type = (words: string[], steps: { wait: string; send: string }[]) =>
      runOnTerminal(cli.entry, words, steps, { env })
    const opened = await type(
      ['identity', 'test', 'work'],
      [
        { wait: 'Passphrase (not shown)', send: 'not the passphrase\r' },
        { wait: 'This is not the passphrase', send: `${PASSPHRASE}\r` },
      ],
    )
    expect(opened.exitCode).toBe(0)
    expect(opened.screen).not.toContain(PASSPHRASE)
    const mistyped = await type(
      ['vault', 'init', '--file', '--replace'],
      [
        { wait: 'New passphrase', send: 'one passphrase\r' },
        { wait: 'The same again', send: 'another passphrase\r' },
        { wait: 'not the same', send: '\r' },
      ],
    )
    expect(mistyped.exitCode).toBe(9)
    expect(readdirSync(home).filter((name) => name.includes('aside'))).toEqual([])
  })

  it('forgotten, or a file damaged, leads to a new file beside the old one', async () => {
    const path = join(home, 'vault.sealed')
    const before = readFileSync(path)
    writeFileSync(path, before.subarray(0, 200))
    const run = await scenario.run(['identity', 'test', 'work', '--json'], { env: OPEN })
    expect(run.exitCode).toBe(5)
    expect(failure(run.stderr).error.code).toBe('vault.damaged')
    const made = (await scenario.json(['vault', 'init', '--file', '--replace', '--json'], { env: OPEN })) as {
      setAside: string
    }
    expect(readFileSync(made.setAside).equals(before.subarray(0, 200))).toBe(true)
    const status = await scenario.run(['vault', 'status'], { env: OPEN })
    expect(status.stderr).toContain('no longer in the encrypted file')
    const other = await scenario.run(['identity', 'test', 'work', '--json'], { env: OPEN })
    expect(failure(other.stderr).error.code).toBe('vault.entry-lost')
    writeFileSync(path, before)
    expect(failure((await scenario.run(['identity', 'test', 'work', '--json'], { env: OPEN })).stderr).error.code).toBe(
      'vault.replaced',
    )
    expect(await scenario.run(['vault', 'accept'], { env: OPEN })).toMatchObject({ exitCode: 0 })
    expect(await scenario.run(['identity', 'test', 'work'], { env: OPEN })).toMatchObject({ exitCode: 0 })
  })
})
