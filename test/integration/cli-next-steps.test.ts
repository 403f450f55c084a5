/** What is said to be done next can be done, and by the one who reads it. */
import { writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { builtCli } from './cli-support/built.ts'
import { DANA, PROD_READ_ONLY, type Scenario, startScenario } from './cli-support/scenario.ts'

const cli = builtCli()
let world: Scenario

beforeAll(async () => {
  world = await startScenario(cli.entry)
})
afterAll(async () => {
  await world?.end()
})

/** Runs it, and gives the exit code and what was said. */
async function told(words: readonly string[], stdin?: string) {
  const { exitCode, stderr } = await world.run(words, stdin === undefined ? {} : { stdin })
  return { exitCode, stderr }
}

describe('where there is nothing yet', () => {
  it.each([
    [['role', 'list'], 0],
    [['identity', 'list'], 0],
    [['assume', 'prod'], 3],
    [['sso', 'login', 'corp'], 3],
  ])('%j names every way to begin', async (words, code) => {
    const { exitCode, stderr } = await told(words)
    expect(exitCode).toBe(code)
    for (const way of ['hallpass import aws-files', 'hallpass sso add', 'hallpass identity add'])
      expect(stderr).toContain(way)
  })

  it('a pull is refused as what is not there', async () => {
    const { exitCode, stderr } = await told(['catalogue', 'pull'])
    expect(exitCode).toBe(3)
    expect(stderr).toContain('hallpass import catalogue SOURCE')
  })

  it('a file that was named and is missing is not taken for an empty one', async () => {
    const { exitCode, stderr } = await told(['import', 'aws-files', '/nowhere/credentials'])
    expect(exitCode).toBe(3)
    expect(stderr).toContain('/nowhere/credentials does not exist.')
  })

  it('the passphrase of a keychain is not asked for', async () => {
    const { exitCode, stderr } = await told(['vault', 'change-passphrase'])
    expect(exitCode).toBe(2)
    expect(stderr).toContain('The vault is the keychain')
  })
})

describe('profiles', () => {
  it('of one’s own are not removed, and what to do is said of removing', async () => {
    const { exitCode, stderr } = await told(['profile', 'remove', 'other'])
    expect(exitCode).toBe(8)
    expect(stderr).toContain('hallpass profile list')
    expect(stderr).not.toContain('choose another profile name')
  })

  it('that are not there to adopt are looked up', async () => {
    const { exitCode, stderr } = await told(['profile', 'adopt', 'othr'])
    expect(exitCode).toBe(3)
    expect(stderr).toContain('hallpass files show')
  })

  it('with keys are named before the keys are moved', async () => {
    const { accessKeyId, secretAccessKey } = world.account.user(DANA)
    const keys = `[dana]\naws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`
    const file = world.env.AWS_SHARED_CREDENTIALS_FILE ?? ''
    await writeFile(file, keys)
    const { stderr } = await told(['import', 'aws-files', '--dry-run', '--move-keys'])
    expect(stderr).toContain('Would be taken out of the files: dana.')
    await writeFile(file, '')
  })
})

describe('tables', () => {
  beforeAll(async () => {
    await world.addWork()
    await world.json(['role', 'add', 'ro', '--arn', PROD_READ_ONLY, '--from', 'work', '--json'])
  })

  it('of roles call accounts by their names, and say what is production', async () => {
    expect((await world.run(['role', 'list'])).stdout).toContain('123456789012')
    await world.run(['account', 'name', '123456789012', 'acme-prod'])
    const [titles, row] = (await world.run(['role', 'list'])).stdout.split('\n')
    expect(titles).toMatch(/^NAME +ACCOUNT +FOR +ROLE /)
    expect(row).toMatch(/^ro +acme-prod +prod +ReadOnly /)
  })

  it('of sessions leave out what their other columns say', async () => {
    await world.json(['assume', 'ro', '--format', 'json'])
    const { stdout } = await world.run(['session', 'list'])
    expect(stdout).toContain('  assumed-role/ReadOnly/')
    expect(stdout).not.toContain('arn:aws:sts')
  })

  it('of doors do not say that AWS refused what nobody asked it', async () => {
    const { stdout } = await world.run(['console', 'ro', '--doors'])
    expect(stdout).toContain('not possible')
  })
})

it.each([
  ['role', ['role', 'add', 'west', '--arn', PROD_READ_ONLY, '--from', 'work', '--region', 'eu-wst-1']],
  [
    'sign-in',
    ['sso', 'add', 'practice', '--start-url', 'https://d-1234567890.awsapps.com/start', '--region', 'eu-wst-1'],
  ],
] as const)('a mistyped region of a %s is told of', async (_what, words) => {
  const { stderr } = await told(words)
  expect(stderr).toContain('Did you mean eu-west-1?')
})

it('opening in production without a terminal names the option', async () => {
  await world.run(
    [
      ...['breakglass', 'add', 'acme', '--user', 'E', '--environment', 'prod'],
      ...['--url', 'https://123456789012.signin.aws.amazon.com/console'],
    ],
    { stdin: 'a-password\n' },
  )
  const { exitCode, stderr } = await told(['breakglass', 'open', 'acme', '--reason', 'INC-1', '--show', 'password'])
  expect(exitCode).toBe(2)
  expect(stderr).toContain('Add --confirm acme.')
})
