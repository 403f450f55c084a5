/** `hallpass completion`, `prompt` and what they stand on, as the built command gives it. */
import { spawnSync } from 'node:child_process'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { builtCli } from './cli-support/built.ts'
import { PROD_READ_ONLY, SANDBOX_ADMIN, type Scenario, startScenario } from './cli-support/scenario.ts'

const cli = builtCli()
let scenario: Scenario
let promptFile: string

beforeAll(async () => {
  scenario = await startScenario(cli.entry)
  await scenario.addWork()
  const add = (name: string, arn: string, ...more: string[]) =>
    scenario.json(['role', 'add', name, '--arn', arn, '--from', 'work', ...more, '--json'])
  await add('two words', PROD_READ_ONLY, '--environment', 'prod', '--profile', 'reader')
  await add('sandbox', SANDBOX_ADMIN)
  await scenario.json(['profile', 'write', 'two words', '--json'])
  promptFile = join(scenario.folder, 'prompt.bash')
  await writeFile(promptFile, (await scenario.run(['prompt', 'bash'])).stdout)
})
afterAll(async () => {
  await scenario.end()
})

/** What a shell with that environment says, by builtins alone. */
function promptOf(env: Readonly<Record<string, string | undefined>>): string {
  const ask = '. "$0"; _hallpass_state; printf %s "$_hallpass_text"'
  // Without PATH no program is found, so that none can have helped.
  const { stdout, stderr } = spawnSync('/bin/bash', ['--norc', '-c', ask, promptFile], {
    env: { ...scenario.env, PATH: '/nowhere', ...env },
    encoding: 'utf8',
  })
  expect(stderr).toBe('')
  return stdout
}

const complete = async (kind: string, env: Record<string, string> = {}) => {
  const run = await scenario.run(['__complete', kind], { env })
  expect(run).toMatchObject({ exitCode: 0, stderr: '' })
  return run.stdout
}

describe('names for completion', () => {
  it('are those of the store, with a few words about each', async () => {
    expect(await complete('roles')).toBe('sandbox\t345678901234\ntwo words\t123456789012, prod\n')
    expect(await complete('identities')).toBe('work\t987654321098, identity\n')
    expect(await complete('targets')).toBe(
      'sandbox\t345678901234\ntwo words\t123456789012, prod\nwork\t987654321098, identity\n',
    )
    expect(await complete('profiles')).toBe('reader\ttwo words, process\n')
    expect(await complete('sessions')).toBe('')
    expect(await complete('aws-profiles')).toBe('other\tin the config file\nreader\tin the config file\n')
    await scenario.json(['assume', 'sandbox', '--json'])
    expect(await complete('sessions')).toMatch(/^sandbox\t345678901234, \d+ min left\n$/)
    await scenario.run(['session', 'end', 'sandbox'])
    expect(await complete('sessions')).toBe('')
  })

  it('change nothing in the store', async () => {
    const file = join(scenario.env.HALLPASS_HOME ?? '', 'hallpass.db')
    const before = await readFile(file)
    const snapshot = await scenario.snapshot()
    for (const kind of ['roles', 'targets', 'profiles', 'sessions', 'aws-profiles']) await complete(kind)
    expect(await readFile(file)).toEqual(before)
    expect(await scenario.snapshot()).toEqual(snapshot)
  })

  it('are none, without a word, where there is no store, a damaged one, or no such kind', async () => {
    const HALLPASS_HOME = join(scenario.folder, 'elsewhere')
    expect(await complete('roles', { HALLPASS_HOME })).toBe('')
    await expect(readFile(HALLPASS_HOME)).rejects.toThrow('ENOENT')
    await mkdir(HALLPASS_HOME)
    for (const content of ['', 'no database', 'SQLite format 3\0 and then nothing that makes sense'.padEnd(5000)]) {
      await writeFile(join(HALLPASS_HOME, 'hallpass.db'), content)
      expect(await complete('roles', { HALLPASS_HOME })).toBe('')
    }
    await rm(join(HALLPASS_HOME, 'hallpass.db'))
    await mkdir(join(HALLPASS_HOME, 'hallpass.db'))
    expect(await complete('roles', { HALLPASS_HOME })).toBe('')
    expect(await complete('aws-profiles', { AWS_CONFIG_FILE: HALLPASS_HOME })).toBe('')
    expect(await complete('secrets')).toBe('')
    expect(await complete('')).toBe('')
  })
})

describe('the prompt', () => {
  it('follows a profile from inactive to live and back', async () => {
    const env = { AWS_PROFILE: 'reader' }
    expect(promptOf(env)).toBe('[PRODUCTION two words inactive]')
    await scenario.json(['assume', 'two words', '--json'])
    expect(promptOf(env)).toMatch(/^\[PRODUCTION two words (?:59m|1h0m)\]$/)
    await scenario.run(['session', 'end', 'two words'])
    expect(promptOf(env)).toBe('[PRODUCTION two words inactive]')
    expect(promptOf({ AWS_PROFILE: 'other' })).toBe('')
  })

  it('knows the credentials that exec and assume put into an environment', async () => {
    const ask = `. '${promptFile}'; _hallpass_state; printf %s "$_hallpass_text"`
    const inside = (...words: string[]) => scenario.run([...words, '--', 'bash', '--norc', '-c', ask])
    expect(await inside('exec', 'Two Words')).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^\[PRODUCTION two words (?:59m|1h0m)\]$/),
    })
    expect(await inside('exec', 'sandbox', '--serve')).toMatchObject({ exitCode: 0, stdout: '[sandbox served]' })
    const { stdout: lines } = await scenario.run(['assume', 'sandbox', '--format', 'env'])
    const evaluated = spawnSync('bash', ['--norc', '-c', `${lines}\n${ask}`], { env: scenario.env, encoding: 'utf8' })
    expect(evaluated.stdout).toMatch(/^\[sandbox (?:59m|1h0m)\]$/)
  })

  it('reads a list without secrets', async () => {
    const list = await readFile(join(scenario.env.HALLPASS_HOME ?? '', 'prompt.tsv'), 'utf8')
    expect(list.split('\n').filter((line) => line !== '')).toEqual([
      expect.stringMatching(new RegExp(`^${scenario.configFile}\treader\t\\d+\tprod\ttwo words$`)),
    ])
  })
})

it('says which shells there are', async () => {
  for (const command of ['completion', 'prompt']) {
    expect(await scenario.run([command, 'tcsh'])).toMatchObject({ exitCode: 2, stdout: '' })
    for (const shell of ['bash', 'zsh', 'fish', 'powershell'])
      expect(await scenario.run([command, shell])).toMatchObject({ exitCode: 0, stderr: '' })
  }
})
