/** `hallpass files chain` as a person and a program run it: the built command on files of its own. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runMain } from '../unit/cli/support.ts'
import { builtCli } from './cli-support/built.ts'
import { runCli } from './cli-support/run.ts'

const PLANTED = ['AKIAPLANTEDKEY', 'planted/secret', 'planted-token', 'planted-argument']

const CONFIG = `
[default]
region = eu-west-1
[profile admin]
role_arn = arn:aws:iam::123456789012:role/PlatformAdmin
source_profile = hub
mfa_serial = arn:aws:iam::987654321098:mfa/dana
external_id = partner-7
role_session_name = dana
duration_seconds = 5400
[profile hub]
role_arn = arn:aws:iam::345678901234:role/Hub
source_profile = base
[profile metal]
role_arn = arn:aws:iam::123456789012:role/Metal
credential_source = Ec2InstanceMetadata
[profile web]
role_arn = arn:aws:iam::123456789012:role/Web
web_identity_token_file = /var/run/token
[profile portal]
sso_session = corp
sso_account_id = 123456789012
sso_role_name = Reader
[sso-session corp]
sso_start_url = https://corp.awsapps.com/start
sso_region = eu-west-1
[profile tool]
credential_process = /opt/tool --token planted-argument
[profile signed-in]
login_session = arn:aws:iam::123456789012:user/dana
[profile round]
role_arn = arn:aws:iam::123456789012:role/Round
source_profile = trip
[profile trip]
role_arn = arn:aws:iam::123456789012:role/Trip
source_profile = round
[profile orphan]
role_arn = arn:aws:iam::123456789012:role/Orphan
source_profile = bse
[profile half]
aws_access_key_id = AKIAPLANTEDKEY
[profile both]
role_arn = arn:aws:iam::123456789012:role/Both
source_profile = base
credential_source = Environment
[profile lone]
role_arn = arn:aws:iam::123456789012:role/Lone
[profile typo]
role_arn = arn:aws:iam::123456789012:role/Typo
credential_source = environment
`
const CREDENTIALS = `[base]
aws_access_key_id = AKIAPLANTEDKEY
aws_secret_access_key = planted/secret
aws_session_token = planted-token
`

const cli = builtCli()
let folder: string
let env: Record<string, string>

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'chain-'))
  await mkdir(join(folder, 'aws'))
  await writeFile(join(folder, 'aws/config'), CONFIG)
  await writeFile(join(folder, 'aws/credentials'), CREDENTIALS)
  env = {
    PATH: process.env.PATH ?? '',
    HOME: folder,
    HALLPASS_HOME: join(folder, 'hallpass'),
    AWS_CONFIG_FILE: join(folder, 'aws/config'),
    AWS_SHARED_CREDENTIALS_FILE: join(folder, 'aws/credentials'),
    // None of these decides which profile or which keys are meant.
    AWS_PROFILE: 'tool',
    AWS_ACCESS_KEY_ID: 'AKIAENVIRONMENT',
  }
})
afterAll(async () => {
  await rm(folder, { recursive: true, force: true })
})

async function run(words: readonly string[]) {
  const result = await runCli(cli.entry, ['files', 'chain', ...words], { env })
  for (const secret of PLANTED) expect(result.stdout + result.stderr).not.toContain(secret)
  return result
}

const arn = (account: string, name: string) => `arn:aws:iam::${account}:role/${name}`
const HUB = { kind: 'assume-role', profile: 'hub', roleArn: arn('345678901234', 'Hub') }

describe('with --json', () => {
  it.each<[profile: string, expected: object[]]>([
    ['base', [{ kind: 'access-key', profile: 'base' }]],
    ['hub', [{ kind: 'access-key', profile: 'base' }, HUB]],
    [
      'admin',
      [
        { kind: 'access-key', profile: 'base' },
        HUB,
        {
          kind: 'assume-role',
          profile: 'admin',
          roleArn: arn('123456789012', 'PlatformAdmin'),
          externalId: 'partner-7',
          sessionName: 'dana',
          mfaSerial: 'arn:aws:iam::987654321098:mfa/dana',
          durationSeconds: 5400,
        },
      ],
    ],
    [
      'metal',
      [
        { kind: 'credential-source', source: 'Ec2InstanceMetadata' },
        { kind: 'assume-role', profile: 'metal', roleArn: arn('123456789012', 'Metal') },
      ],
    ],
    ['web', [{ kind: 'web-identity', roleArn: arn('123456789012', 'Web'), tokenFile: '/var/run/token' }]],
    ['portal', [{ kind: 'sso', profile: 'portal' }]],
    ['tool', [{ kind: 'process', profile: 'tool' }]],
    ['signed-in', [{ kind: 'login', profile: 'signed-in' }]],
  ])('prints the chain of %s', async (profile, expected) => {
    const { exitCode, stdout, stderr } = await run([profile, '--json'])
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(stdout.trimEnd().split('\n')).toHaveLength(1)
    expect(JSON.parse(stdout)).toEqual(expected)
  })

  it.each([
    ['hubb', 'profile.not-found', 3, 'Did you mean hub?'],
    ['nothing-like-it', 'profile.not-found', 3, 'hallpass files show'],
    ['round', 'chain.cycle', 2, 'source_profile of trip'],
    ['orphan', 'chain.missing-source', 3, 'Did you mean base?'],
    ['half', 'chain.partial-keys', 2, 'Add what is missing'],
    ['both', 'chain.two-sources', 2, 'one source'],
    ['lone', 'chain.no-source', 2, 'source_profile'],
    ['default', 'chain.no-source', 2, 'role_arn'],
    ['typo', 'chain.invalid-source', 2, 'Environment'],
    ['', 'usage.invalid', 2, 'hallpass files chain PROFILE'],
  ])('refuses %s: %s', async (profile, code, exit, hint) => {
    const { exitCode, stdout, stderr } = await run([profile, '--json'])
    expect({ exitCode, stdout }).toEqual({ exitCode: exit, stdout: '' })
    expect(JSON.parse(stderr)).toEqual({
      error: { code, message: expect.any(String), hint: expect.stringContaining(hint) },
    })
  })
})

describe('for a person', () => {
  it('prints one line for each step, from the source outward', async () => {
    const { exitCode, stdout } = await run(['admin'])
    expect(exitCode).toBe(0)
    const words = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/ {2,}/))
    expect(words).toEqual([
      ['STEP', 'PROFILE', 'ROLE', 'WITH'],
      ['access key', 'base', ''],
      ['assume role', 'hub', arn('345678901234', 'Hub'), ''],
      [
        ...['assume role', 'admin', arn('123456789012', 'PlatformAdmin')],
        'MFA arn:aws:iam::987654321098:mfa/dana, external id partner-7, session name dana, 1 h 30 min',
      ],
    ])
  })

  it.each([
    ['base', ['access key', 'base']],
    ['metal', ['Ec2InstanceMetadata', 'metal', '']],
    ['web', ['web identity', 'web', arn('123456789012', 'Web'), 'token /var/run/token']],
    ['portal', ['Identity Center', 'portal']],
    ['tool', ['process', 'tool']],
    ['signed-in', ['aws login', 'signed-in']],
  ])('names what %s starts from', async (profile, expected) => {
    const { stdout } = await run([profile])
    expect(stdout.split('\n')[1]?.split(/ {2,}/)).toEqual(expected)
  })

  it('fits a terminal of 80 columns', async () => {
    const { exitCode, stdout } = await runMain(['files', 'chain', 'hub'], { env, columns: 80 })
    expect(exitCode).toBe(0)
    const lines = stripVTControlCharacters(stdout).trimEnd().split('\n')
    expect(lines).toHaveLength(3)
    for (const line of lines) expect(line.length).toBeLessThanOrEqual(80)
    expect(lines[2]).toContain('role/Hub')
  })

  it('says on stderr what is wrong and what to do', async () => {
    const { exitCode, stdout, stderr } = await run(['round'])
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
    expect(stderr).toMatch(/^hallpass: .*round → trip → round\.\n {2}try: .+\n$/)
  })
})

describe('the files', () => {
  it('stay as they are', async () => {
    await run(['admin'])
    expect(await readFile(join(folder, 'aws/config'), 'utf8')).toBe(CONFIG)
    expect((await readdir(join(folder, 'aws'))).toSorted()).toEqual(['config', 'credentials'])
  })

  it('may be missing: there is no profile then', async () => {
    const nowhere = { ...env, AWS_CONFIG_FILE: join(folder, 'no'), AWS_SHARED_CREDENTIALS_FILE: join(folder, 'no2') }
    const { exitCode, stderr } = await runCli(cli.entry, ['files', 'chain', 'admin', '--json'], { env: nowhere })
    expect(exitCode).toBe(3)
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'profile.not-found' } })
  })

  it.each([
    ['a folder', async (file: string) => void (await mkdir(file)), 1, 'file.not-a-file'],
    ['a file SDKs reject', (file: string) => writeFile(file, 'early = line\n[profile admin]\n'), 8, 'file.unparsable'],
  ])('can be %s', async (what, make, exit, code) => {
    const file = join(folder, what.replaceAll(' ', '-'))
    await make(file)
    const other = { ...env, AWS_CONFIG_FILE: file }
    const { exitCode, stderr } = await runCli(cli.entry, ['files', 'chain', 'admin', '--json'], { env: other })
    expect(exitCode).toBe(exit)
    expect(JSON.parse(stderr)).toMatchObject({ error: { code, message: expect.stringContaining(file) } })
  })
})
