/** What an AWS tool waits for: the answer from the cache, by the short way, and all that makes the long way necessary. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createHallpass } from '#core/create-hallpass.ts'
import { createLog } from '#core/log.ts'
import { lookUpQuickly } from '#core/sessions/quick-look.ts'
import { builtCli } from './cli-support/built.ts'
import { PROD_ADMIN, PROD_READ_ONLY, SANDBOX_ADMIN, type Scenario, startScenario } from './cli-support/scenario.ts'

const cli = builtCli()
let scenario: Scenario

beforeEach(async () => {
  scenario = await startScenario(cli.entry)
  await scenario.addWork()
  await scenario.json([
    'role',
    'add',
    'ro',
    '--arn',
    PROD_READ_ONLY,
    '--from',
    'work',
    '--region',
    'eu-west-1',
    '--json',
  ])
})
afterEach(() => scenario.end())

const run = () => scenario.run(['credential-process', 'ro'])
const keyOf = (stdout: string) => (JSON.parse(stdout) as { AccessKeyId: string }).AccessKeyId
const quickly = async (name = 'ro', env = scenario.env) => (await lookUpQuickly(name, env))?.credentials
const openAnother = () =>
  createHallpass({
    env: scenario.env,
    command: ['node', cli.entry],
    log: createLog(() => {}),
    mfaPrompt: () => Promise.reject(new Error('nobody is asked')),
  })

describe('the quick look', () => {
  it('finds nothing before the first session, then what the engine would give, without AWS', async () => {
    expect(await quickly()).toBeUndefined()
    const first = await run()
    expect(first).toMatchObject({ exitCode: 0, stderr: '' })
    const hallpass = await openAnother()
    expect(await quickly('RO')).toEqual(await hallpass.sessions.credentials('ro'))
    hallpass.close()
    await scenario.account.close()
    expect(await run()).toEqual(first)
  })

  it('leaves the store as it is', async () => {
    await run()
    const file = join(scenario.folder, 'hallpass', 'hallpass.db')
    const before = await readFile(file)
    await run()
    expect((await readFile(file)).equals(before)).toBe(true)
  })

  it('gives no session of a role as it was before, of another endpoint, or that was ended', async () => {
    const first = keyOf((await run()).stdout)
    await scenario.json(['role', 'edit', 'ro', '--session-name', 'other', '--json'])
    expect(await quickly()).toBeUndefined()
    expect(keyOf((await run()).stdout)).not.toBe(first)
    expect(await quickly()).toBeDefined()
    expect(await quickly('ro', { ...scenario.env, AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:9' })).toBeUndefined()
    expect(await quickly('ro', { ...scenario.env, HALLPASS_VAULT: 'file' })).toBeUndefined()
    await scenario.run(['session', 'end', 'ro'])
    expect(await quickly()).toBeUndefined()
  })

  it('leaves a store that is not as it should be to those who can deal with it', async () => {
    await run()
    const file = join(scenario.folder, 'hallpass', 'hallpass.db')
    await writeFile(`${file}.suspect`, '')
    expect(await quickly()).toBeUndefined()
    expect(await quickly('nobody')).toBeUndefined()
    expect(await quickly('ro', { ...scenario.env, HALLPASS_HOME: join(scenario.folder, 'nowhere') })).toBeUndefined()
    expect(await run()).toMatchObject({ exitCode: 0, stderr: '' })
    expect(await quickly()).toBeDefined()
  })
})

describe('a clock that is off', () => {
  it('is measured, and does not cost the session that AWS still takes', async () => {
    const first = keyOf((await run()).stdout)
    scenario.account.control.apply({ clockSkewSeconds: 50 * 60 })
    expect(await scenario.run(['identity', 'test', 'work'])).toMatchObject({ exitCode: 4 })
    const hallpass = await openAnother()
    const { seconds } = hallpass.clockSkew() ?? { seconds: 0 }
    hallpass.close()
    expect(Math.abs(seconds - 3000)).toBeLessThan(5)
    // Ten minutes are left by AWS's clock: to be renewed, which the clock prevents.
    const { exitCode, stdout, stderr } = await run()
    expect(exitCode).toBe(0)
    expect(keyOf(stdout)).toBe(first)
    expect(stderr).toMatch(
      /^hallpass: ro could not be renewed and is good until [^\n]+: This computer is 50 minutes behind AWS\.[^\n]*\n$/,
    )
    scenario.account.control.apply({ clockSkewSeconds: 61 * 60 })
    await scenario.run(['identity', 'test', 'work'])
    expect(await run()).toMatchObject({ exitCode: 4, stdout: '' })
  })
})

describe('on the command line', () => {
  it('a role that lapses is for a person to start', async () => {
    await scenario.json(['role', 'edit', 'ro', '--no-renew', '--json'])
    expect(await run()).toMatchObject({
      exitCode: 7,
      stdout: '',
      stderr: expect.stringContaining('hallpass assume ro'),
    })
    await scenario.json(['assume', 'ro', '--json'])
    expect(await run()).toMatchObject({ exitCode: 0, stderr: '' })
    await scenario.json(['role', 'edit', 'ro', '--renew', '--json'])
    await scenario.run(['session', 'end', 'ro'])
    expect(await run()).toMatchObject({ exitCode: 0, stderr: '' })
  })

  it('role show tells how long a session may last', async () => {
    const duration = async (name: string) =>
      ((await scenario.json(['role', 'show', name, '--json'])) as { duration: unknown }).duration
    await scenario.json(['role', 'add', 'chained', '--arn', SANDBOX_ADMIN, '--from', 'ro', '--json'])
    await scenario.json(['role', 'add', 'admin', '--arn', PROD_ADMIN, '--from', 'work', '--json'])
    expect(await duration('chained')).toMatchObject({ maximum: 3600, limit: 'chaining' })
    await scenario.run(['assume', 'ro', '--duration', '2h'])
    expect(await duration('ro')).toMatchObject({ maximum: 43_200, proven: 7200 })
    expect((await scenario.run(['assume', 'ro', '--duration', '13h'])).exitCode).toBe(2)
    expect((await scenario.run(['role', 'show', 'chained'])).stdout).toMatch(
      /Duration +1 h \(at most 1 h, as AWS has it/,
    )
  })
})
