/** A profile follows what it stands for: renamed, moved to another region or account, removed, in whatever AWS files. */
import { chmod, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { builtCli } from './cli-support/built.ts'
import { runProgram } from './cli-support/run.ts'
import { PROD_READ_ONLY, SANDBOX_ADMIN, type Scenario, startScenario } from './cli-support/scenario.ts'

const cli = builtCli()
let scenario: Scenario
/** The person's second set of AWS files. */
let elsewhere: { AWS_CONFIG_FILE: string; AWS_SHARED_CREDENTIALS_FILE: string }

beforeEach(async () => {
  scenario = await startScenario(cli.entry)
  elsewhere = {
    AWS_CONFIG_FILE: join(scenario.folder, 'other-config'),
    AWS_SHARED_CREDENTIALS_FILE: join(scenario.folder, 'other-credentials'),
  }
  await scenario.addWork()
  await addRole('one', SANDBOX_ADMIN)
  await addRole('two', PROD_READ_ONLY)
})
afterEach(() => scenario.end())

const addRole = (name: string, arn: string, from = 'work') =>
  scenario.json(['role', 'add', name, '--arn', arn, '--from', from, '--json'])
const config = () => readFile(scenario.configFile, 'utf8')
const ok = async (...words: string[]) => {
  const run = await scenario.run(words)
  expect(run, words.join(' ')).toMatchObject({ exitCode: 0 })
  return run
}
const okElsewhere = async (...words: string[]) => {
  const run = await scenario.run(words, { env: elsewhere })
  expect(run, words.join(' ')).toMatchObject({ exitCode: 0 })
  return run
}

/** The account of the credentials that the profile's own command line gives. */
async function accountBehind(file: string): Promise<string> {
  const line = /^credential_process = (.+)$/m.exec(await readFile(file, 'utf8'))?.[1] ?? ''
  const run = await runProgram('sh', ['-c', line], { env: scenario.env })
  expect(run).toMatchObject({ exitCode: 0, stderr: '' })
  return (JSON.parse(run.stdout) as { AccountId: string }).AccountId
}

it('a renamed role keeps its profile working, and the name is free for another', async () => {
  await ok('profile', 'write', 'one', '--profile', 'sandbox')
  await ok('role', 'edit', 'one', '--name', 'one-old')
  await addRole('one', PROD_READ_ONLY)
  expect(await accountBehind(scenario.configFile)).toBe('345678901234')
})

it('a renamed identity keeps its own profile working', async () => {
  await ok('profile', 'write', 'work', '--profile', 'me')
  await ok('identity', 'edit', 'work', '--name', 'home', '--no-mfa-serial')
  expect(await accountBehind(scenario.configFile)).toBe('987654321098')
})

it('a renamed role keeps a profile in other AWS files working', async () => {
  await okElsewhere('profile', 'write', 'one')
  await ok('role', 'edit', 'one', '--name', 'renamed')
  expect(await accountBehind(elsewhere.AWS_CONFIG_FILE)).toBe('345678901234')
})

it('the region follows, also from the identity', async () => {
  await ok('profile', 'write', 'one')
  await ok('role', 'edit', 'one', '--region', 'eu-north-1')
  expect(await config()).toContain('region = eu-north-1')
  await ok('role', 'edit', 'one', '--no-region')
  await ok('identity', 'edit', 'work', '--region', 'eu-west-3')
  expect(await config()).toContain('region = eu-west-3')
})

it('an edit whose profile can’t follow changes nothing', async () => {
  await ok('profile', 'write', 'one')
  await writeFile(scenario.configFile, `${await config()}\n[profile taken]\nregion = r\n`)
  const before = await scenario.snapshot()
  const run = await scenario.run(['role', 'edit', 'one', '--profile', 'taken', '--json'])
  expect(run).toMatchObject({ exitCode: 8, stdout: '' })
  expect(await scenario.snapshot()).toEqual(before)
})

it('another ARN ends the session and takes its static keys', async () => {
  await ok('profile', 'write', 'one', '--mode', 'static')
  const credentials = () => readFile(scenario.env.AWS_SHARED_CREDENTIALS_FILE ?? '', 'utf8')
  expect(await credentials()).toContain('aws_secret_access_key')
  await ok('role', 'edit', 'one', '--arn', PROD_READ_ONLY)
  expect(await credentials()).not.toContain('aws_secret_access_key')
  expect(await scenario.json(['session', 'list', '--json'])).toEqual([])
})

it('a role goes with its own profiles only, in whatever files, and with [default]', async () => {
  await okElsewhere('profile', 'write', 'one', '--profile', 'main', '--mode', 'static')
  await ok('profile', 'write', 'two', '--profile', 'main', '--default')
  await ok('role', 'remove', 'one')
  expect(await readFile(elsewhere.AWS_SHARED_CREDENTIALS_FILE, 'utf8')).not.toContain('aws_secret_access_key')
  expect(await config()).toContain('[profile main]')
  await ok('role', 'remove', 'two')
  expect(await config()).not.toContain('[profile main]')
  expect(await config()).not.toContain('[default]')
  expect(await scenario.json(['role', 'list', '--json'])).toEqual([])
})

it('ending a session takes static keys out of whatever files they are in', async () => {
  await okElsewhere('profile', 'write', 'one', '--mode', 'static')
  await ok('session', 'end', 'one')
  expect(await readFile(elsewhere.AWS_SHARED_CREDENTIALS_FILE, 'utf8')).not.toContain('aws_secret_access_key')
})

it('the list names the profile of the files in force, before [default]', async () => {
  await okElsewhere('profile', 'write', 'one', '--profile', 'other')
  await ok('profile', 'write', 'two', '--profile', 'zeta', '--default')
  const roles = (await scenario.json(['role', 'list', '--json'])) as { profile: string; profileMode: string | null }[]
  expect(roles.map(({ profile, profileMode }) => [profile, profileMode])).toEqual([
    ['one', null],
    ['zeta', 'process'],
  ])
  expect(await scenario.json(['assume', 'two', '--json'])).toMatchObject({ Profile: 'zeta' })
})

it('a new name replaces the old one, and says so beforehand and afterwards', async () => {
  await ok('profile', 'write', 'one', '--profile', 'first')
  const plan = await scenario.json(['profile', 'write', 'one', '--profile', 'second', '--dry-run', '--json'])
  expect(plan).toMatchObject({ replaces: 'first', diff: expect.stringContaining('-[profile first]') })
  const run = await ok('profile', 'write', 'one', '--profile', 'second')
  expect(run.stderr).toContain('Removed profile first')
  expect(await config()).not.toContain('[profile first]')
})

it('static keys in a file that others can read are no silent matter', async () => {
  const file = scenario.env.AWS_SHARED_CREDENTIALS_FILE ?? ''
  await writeFile(file, '')
  await chmod(file, 0o644)
  expect((await ok('profile', 'write', 'one', '--mode', 'static')).stderr).toContain('Others on this computer can read')
  await ok('files', 'check', '--fix', '--yes')
  expect((await ok('profile', 'write', 'one', '--mode', 'static')).stderr).not.toContain('Others on this computer')
})

it('a credentials file that is none keeps nobody from everything else', async () => {
  await ok('profile', 'write', 'one', '--mode', 'static')
  const folder = { env: { AWS_SHARED_CREDENTIALS_FILE: scenario.folder } }
  expect(await scenario.run(['role', 'list', '--json'], folder)).toMatchObject({ exitCode: 0 })
})
