/**
 * `hallpass sso share` with the AWS tools of this machine: they work with a sign-in of Hallpass, Hallpass with one of
 * theirs, and whoever renews it, it goes on for both.
 */
import { execFile } from 'node:child_process'
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { createSts } from '#core/aws/index.ts'
import { createCliCache } from '#core/identity-center/index.ts'
import { type PracticeAccount, startPracticeAccount } from '#core/practice/practice-account.ts'
import { openStore } from '#core/store/open-store.ts'
import type { RoleSummary } from '#shared/role-list.ts'
import { signInWithAwsCli } from '../support/aws-cli-sign-in.ts'
import { type AwsCli, isSince, secondAwsClis } from '../support/aws-clis.ts'
import { hasBotocore } from '../support/botocore.ts'
import { writeEndpointRules } from '../support/endpoint-rules.ts'
import { runMain } from '../unit/cli/support.ts'
import { askBotocore, askJsSdkSessions, botocores } from '../unit/core/awsfiles/support/real-readers.ts'

const run = promisify(execFile)
const ACCOUNT = '234567890123'
const ROLE = 'PowerUserAccess'
const IS_ROLE = /^arn:aws:sts::234567890123:assumed-role\/AWSReservedSSO_PowerUserAccess_[0-9a-f]{16}\//
const PROFILE = `# mine\n[profile dev]\nsso_session = corp\nsso_account_id = ${ACCOUNT}\nsso_role_name = ${ROLE}\nregion = eu-west-1\n`
const secondClis = secondAwsClis()

let practice: PracticeAccount
let home: string
let config: string

beforeAll(async () => {
  practice = await startPracticeAccount()
})
afterAll(() => practice?.close())
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'sso-share-'))
  mkdirSync(join(home, '.aws'))
  config = join(home, '.aws/config')
  writeFileSync(config, PROFILE)
  mkdirSync(join(home, 'bin'))
  // A browser whose person allows everything.
  const browse = `#!${process.execPath}\nfetch(process.argv[2])\n`
  writeFileSync(join(home, 'bin/xdg-open'), browse, { mode: 0o755 })
  practice.control.apply({
    clearCalls: true,
    identityCenter: { answer: 'allow', deviceIntervalSeconds: 0, accessTokenSeconds: 3600 },
  })
})
afterEach(() => rmSync(home, { recursive: true, force: true }))

const hallpassEnv = () => ({
  ...practice.describe().environment,
  HOME: home,
  HALLPASS_HOME: join(home, 'hallpass'),
  HALLPASS_NO_AGENT: '1',
  PATH: `${join(home, 'bin')}:${process.env.PATH}`,
  DBUS_SESSION_BUS_ADDRESS: process.env.DBUS_SESSION_BUS_ADDRESS ?? '',
})
const toolEnv = () => ({
  PATH: process.env.PATH ?? '',
  HOME: home,
  ...practice.describe().environment,
  AWS_EC2_METADATA_DISABLED: 'true',
})
const cliEnv = () => ({ ...toolEnv(), AWS_DATA_PATH: writeEndpointRules(join(home, 'rules'), practice.endpoint) })

async function hallpass(...words: string[]): Promise<unknown> {
  const result = await runMain([...words, '--json'], { env: hallpassEnv() })
  if (result.exitCode !== 0) throw new Error(`hallpass ${words.join(' ')}: exit ${result.exitCode}: ${result.stderr}`)
  return result.stdout === '' ? undefined : JSON.parse(result.stdout)
}
async function refused(...words: string[]): Promise<{ exitCode: number | null; code: string }> {
  const { exitCode, stderr } = await runMain([...words, '--json'], { env: hallpassEnv() })
  return { exitCode, code: JSON.parse(stderr.trim().split('\n').at(-1) ?? '').error.code }
}
const add = (name: string) =>
  hallpass('sso', 'add', name, '--start-url', practice.identityCenter.startUrl, '--region', 'eu-west-1')
const signIn = () => hallpass('sso', 'login', 'corp')
/** The role of Hallpass that is the permission set of the profile. */
async function discover(): Promise<string> {
  await hallpass('sso', 'discover', 'corp')
  const roles = (await hallpass('role', 'list')) as RoleSummary[]
  return roles.find(({ accountId, roleName }) => accountId === ACCOUNT && roleName === ROLE)?.name ?? ''
}
/** Who Hallpass is with the role. */
async function assume(role: string): Promise<string> {
  const { AccessKeyId, SecretAccessKey, SessionToken } = (await hallpass('assume', role)) as Record<string, string>
  const given = {
    accessKeyId: `${AccessKeyId}`,
    secretAccessKey: `${SecretAccessKey}`,
    sessionToken: `${SessionToken}`,
  }
  return (await createSts(hallpassEnv()).getCallerIdentity(given, { region: 'eu-west-1', name: role })).arn
}
const SECTION = () =>
  [
    '',
    '[sso-session corp]',
    '# Managed by Hallpass (hallpass sso share NAME --off)',
    `sso_start_url = ${practice.identityCenter.startUrl}`,
    'sso_region = eu-west-1',
    'sso_registration_scopes = sso:account:access',
    '',
  ].join('\n')
const cache = () => createCliCache(join(home, 'state'), { HOME: home })
const calls = (action: string) => practice.calls().filter((call) => call.action === action).length
const refreshes = () => calls('sso-oidc:CreateToken:refresh_token')

/** Who an AWS tool is with the profile. */
async function whoIs(tool: AwsCli | 'botocore' | 'js-sdk'): Promise<string> {
  if (typeof tool !== 'string') {
    const words = ['sts', 'get-caller-identity', '--profile', 'dev', '--query', 'Arn', '--output', 'text']
    return (await run(tool.program, words, { env: cliEnv() })).stdout.trim()
  }
  const calling = { env: { ...toolEnv(), AWS_PROFILE: 'dev', CALLS: '1', CALLS_PAUSE: '0' } }
  const support = join(import.meta.dirname, '../support/sdk-calls')
  const words =
    tool === 'botocore' ? ['python3', join(support, 'calls.py')] : [process.execPath, join(support, 'calls.mjs')]
  return (await run(words[0] ?? '', words.slice(1), calling)).stdout.trim()
}
const forgetRoleCredentials = () => rmSync(join(home, '.aws/cli'), { recursive: true, force: true })

/** The AWS CLI's own sign-in, by a person who looks at the page. */
async function signInWithCli(cli: AwsCli, byCode = false): Promise<void> {
  practice.control.apply({ identityCenter: { answer: 'ask', deviceIntervalSeconds: 1 } })
  const { exitCode, said } = await signInWithAwsCli(cli, 'corp', practice, cliEnv(), { byCode })
  expect(exitCode, said).toBe(0)
}

describe('a shared sign-in', () => {
  test('that was being shared by another name when Hallpass was killed leaves nothing of either', async () => {
    await add('corp')
    await signIn()
    await hallpass('sso', 'share', 'corp')
    const file = cache().fileOf('corp')
    const token = readFileSync(file)
    const text = readFileSync(config, 'utf8')
    const store = openStore({ file: join(home, 'hallpass/hallpass.db') })
    const ownerId = store.identities.byName('corp')?.id ?? ''
    const records = () => store.ssoSessions.ofIdentity(ownerId)
    const [record] = records()
    await hallpass('sso', 'share', 'corp', '--as', 'other')
    // As a process leaves it that was killed in between: the new name is there, and so is all of the old one.
    writeFileSync(file, token)
    appendFileSync(config, `\n${text.slice(text.indexOf('[sso-session corp]'))}`)
    if (record) store.ssoSessions.put(record)
    expect(records().map(({ session }) => session)).toEqual(['corp', 'other'])
    store.close()
    await hallpass('sso', 'share', 'corp', '--off')
    expect(readFileSync(config, 'utf8').trimEnd()).toBe(PROFILE.trimEnd())
    expect(existsSync(file)).toBe(false)
    expect(existsSync(cache().fileOf('other'))).toBe(false)
  })

  test('is a section of Hallpass’s and a token file that every SDK reads, and both go again', async () => {
    await add('corp')
    await signIn()
    expect(await hallpass('sso', 'share', 'corp')).toEqual({
      name: 'corp',
      session: 'corp',
      configFile: config,
      isOwnSection: true,
    })
    expect(readFileSync(config, 'utf8')).toBe(PROFILE + SECTION())
    expect(statSync(cache().fileOf('corp')).mode & 0o777).toBe(0o600)
    expect(await hallpass('identity', 'show', 'corp')).toMatchObject({ cliSession: 'corp' })
    const pair: [string, string] = [config, join(home, 'none')]
    const read = [await askJsSdkSessions(pair), ...botocores.map((each) => askBotocore([pair], each)[0])]
    const sessions = {
      corp: {
        sso_start_url: practice.identityCenter.startUrl,
        sso_region: 'eu-west-1',
        sso_registration_scopes: 'sso:account:access',
      },
    }
    expect(read).toEqual([sessions, ...botocores.map(() => expect.objectContaining({ ssoSessions: sessions }))])
    expect(await hallpass('sso', 'share', 'corp', '--off')).toMatchObject({ session: null })
    expect(readFileSync(config, 'utf8')).toBe(PROFILE)
    expect(existsSync(cache().fileOf('corp'))).toBe(false)
    expect(await hallpass('identity', 'show', 'corp')).toMatchObject({ cliSession: null })
    // Hallpass is signed in as before.
    expect(await hallpass('sso', 'list')).toMatchObject([{ name: 'corp', signedInUntil: expect.any(String) }])
  })

  test.each<[string, AwsCli | 'botocore' | 'js-sdk']>([
    ...secondClis.map((cli): [string, AwsCli] => [cli.version, cli]),
    ...(hasBotocore ? [['botocore', 'botocore'] as [string, 'botocore']] : []),
    ['JS SDK', 'js-sdk'],
  ])('works for the %s, and does not once it is taken back', async (_name, tool) => {
    await add('corp')
    await signIn()
    await hallpass('sso', 'share', 'corp')
    expect(await whoIs(tool)).toMatch(IS_ROLE)
    expect(calls('sso-oidc:RegisterClient')).toBe(1)
    forgetRoleCredentials()
    await hallpass('sso', 'share', 'corp', '--off')
    await expect(whoIs(tool)).rejects.toThrow()
  })

  test('is shared before anybody signed in, and the sign-in then is', async () => {
    await add('corp')
    await hallpass('sso', 'share', 'corp')
    expect(existsSync(cache().fileOf('corp'))).toBe(false)
    await signIn()
    expect(await whoIs('js-sdk')).toMatch(IS_ROLE)
  })

  test('goes with a sign-out and with the identity', async () => {
    await add('corp')
    await signIn()
    await hallpass('sso', 'share', 'corp')
    await hallpass('sso', 'logout', 'corp')
    expect(existsSync(cache().fileOf('corp'))).toBe(false)
    expect(readFileSync(config, 'utf8')).toBe(PROFILE + SECTION())
    await signIn()
    expect(existsSync(cache().fileOf('corp'))).toBe(true)
    await hallpass('identity', 'remove', 'corp')
    expect(readFileSync(config, 'utf8')).toBe(PROFILE)
    expect(existsSync(cache().fileOf('corp'))).toBe(false)
  })

  test('under another name leaves nothing of the first', async () => {
    await add('corp')
    await signIn()
    await hallpass('sso', 'share', 'corp', '--as', 'first')
    await hallpass('sso', 'share', 'corp', '--as', 'corp')
    expect(readFileSync(config, 'utf8')).toBe(PROFILE + SECTION())
    expect([existsSync(cache().fileOf('first')), existsSync(cache().fileOf('corp'))]).toEqual([false, true])
  })

  test('is shown first, with the file that the token would lie in, and nothing changes', async () => {
    await add('corp')
    await signIn()
    expect(await hallpass('sso', 'share', 'corp', '--dry-run')).toEqual({
      name: 'corp',
      session: 'corp',
      configFile: config,
      tokenFile: cache().fileOf('corp'),
      isOwnSection: true,
      diff: expect.stringContaining('+[sso-session corp]'),
    })
    expect(readFileSync(config, 'utf8')).toBe(PROFILE)
    expect(existsSync(cache().fileOf('corp'))).toBe(false)
    expect(await hallpass('identity', 'show', 'corp')).toMatchObject({ cliSession: null })
    await hallpass('sso', 'share', 'corp')
    expect(await hallpass('sso', 'share', 'corp', '--dry-run')).toMatchObject({ isOwnSection: true, diff: '' })
    expect(await refused('sso', 'share', 'corp', '--off', '--dry-run')).toEqual({ exitCode: 2, code: 'usage.invalid' })
  })

  test('keeps what a person adds to its section', async () => {
    await add('corp')
    await hallpass('sso', 'share', 'corp')
    const mine = 'other_key = mine\n'
    writeFileSync(config, PROFILE + SECTION() + mine)
    await hallpass('sso', 'share', 'corp', '--off')
    expect(readFileSync(config, 'utf8')).toBe(`${PROFILE}\n[sso-session corp]\n${mine}`)
  })
})

describe('an edit that is taken back', () => {
  const shared = async () => ((await hallpass('identity', 'show', 'corp')) as { cliSession: string | null }).cliSession
  beforeEach(async () => {
    await add('corp')
    await signIn()
    await hallpass('sso', 'share', 'corp')
  })

  test('takes the share with it, its token too, and Hallpass stays signed in', async () => {
    await hallpass('profile', 'undo')
    expect(readFileSync(config, 'utf8')).toBe(PROFILE)
    expect(existsSync(cache().fileOf('corp'))).toBe(false)
    expect(await shared()).toBeNull()
    expect(await hallpass('sso', 'list')).toMatchObject([{ name: 'corp', signedInUntil: expect.any(String) }])
    const [entry] = (await hallpass('activity', 'list')) as { kind: string; detail: object }[]
    expect(entry).toMatchObject({ kind: 'identity.edited', detail: { cliSessionBefore: 'corp', cliSession: '' } })
    expect(await refused('profile', 'undo')).toMatchObject({ code: 'undo.nothing' })
    // The name is free again, for whomever.
    await hallpass('sso', 'share', 'corp')
    expect(readFileSync(config, 'utf8')).toBe(PROFILE + SECTION())
  })

  test('brings a share back that was stopped, and takes it back in turn', async () => {
    await hallpass('sso', 'share', 'corp', '--off')
    await hallpass('profile', 'undo')
    expect(readFileSync(config, 'utf8')).toBe(PROFILE + SECTION())
    expect(await shared()).toBe('corp')
    expect(await whoIs('js-sdk')).toMatch(IS_ROLE)
    await hallpass('profile', 'undo')
    expect([readFileSync(config, 'utf8'), await shared()]).toEqual([PROFILE, null])
    expect(existsSync(cache().fileOf('corp'))).toBe(false)
  })

  test('does not bring back a sign-in that the AWS CLI has signed out of', async () => {
    // As `aws sso logout` does.
    rmSync(cache().fileOf('corp'))
    await hallpass('profile', 'undo')
    expect(await shared()).toBe(null)
    expect(await hallpass('sso', 'list')).toMatchObject([{ signedInUntil: null }])
  })

  test('goes back to the name before, which went with it', async () => {
    await hallpass('sso', 'share', 'corp', '--as', 'other')
    await hallpass('profile', 'undo')
    expect([readFileSync(config, 'utf8'), await shared()]).toEqual([PROFILE + SECTION(), 'corp'])
    expect([existsSync(cache().fileOf('other')), existsSync(cache().fileOf('corp'))]).toEqual([false, true])
    await hallpass('sso', 'share', 'corp', '--off')
    expect(readFileSync(config, 'utf8')).toBe(PROFILE)
  })

  test('is no longer on the list once its identity has gone', async () => {
    await hallpass('identity', 'remove', 'corp')
    expect(await refused('profile', 'undo')).toMatchObject({ code: 'undo.nothing' })
    expect(readFileSync(config, 'utf8')).toBe(PROFILE)
  })
})

describe('a section of a person’s own', () => {
  const own = (url: string, region = 'eu-west-1') =>
    `[sso-session corp]\nsso_start_url=${url}\nsso_region = ${region}\n`

  test('of the same Identity Center is used, and stays as it is', async () => {
    const text = own(`${practice.identityCenter.startUrl}/`) + PROFILE
    writeFileSync(config, text)
    await add('corp')
    await signIn()
    expect(await hallpass('sso', 'share', 'corp')).toMatchObject({ session: 'corp', isOwnSection: false })
    expect(readFileSync(config, 'utf8')).toBe(text)
    expect(await whoIs('js-sdk')).toMatch(IS_ROLE)
    await hallpass('sso', 'share', 'corp', '--off')
    expect(readFileSync(config, 'utf8')).toBe(text)
    expect(existsSync(cache().fileOf('corp'))).toBe(false)
  })

  test.each([
    ['of another portal', () => own('https://d-0000000000.awsapps.com/start'), 'sso.session-not-owned'],
    ['of another region', () => own(practice.identityCenter.startUrl, 'us-east-1'), 'sso.session-not-owned'],
    [
      'without a region',
      () => `[sso-session corp]\nsso_start_url=${practice.identityCenter.startUrl}\n`,
      'sso.session-not-owned',
    ],
    [
      'of another Hallpass',
      () => `[sso-session corp]\n# Managed by Hallpass (x)\nsso_region = x\n`,
      'sso.session-not-owned',
    ],
    ['that is there twice', () => own(practice.identityCenter.startUrl).repeat(2), 'file.unparsable'],
    ['in a file that botocore rejects', () => 'early = line\n', 'file.unparsable'],
  ])('%s is refused, and nothing changes', async (_what, section, code) => {
    const text = section() + PROFILE
    writeFileSync(config, text)
    await add('corp')
    await signIn()
    expect(await refused('sso', 'share', 'corp', '--dry-run')).toEqual({ exitCode: 8, code })
    expect(await refused('sso', 'share', 'corp')).toEqual({ exitCode: 8, code })
    expect(readFileSync(config, 'utf8')).toBe(text)
    expect(existsSync(cache().fileOf('corp'))).toBe(false)
    expect(await hallpass('identity', 'show', 'corp')).toMatchObject({ cliSession: null })
  })

  test('that was put in place of Hallpass’s is left alone from then on', async () => {
    await add('corp')
    await signIn()
    await hallpass('sso', 'share', 'corp')
    const text = own(practice.identityCenter.startUrl) + PROFILE
    writeFileSync(config, text)
    await hallpass('sso', 'share', 'corp', '--off')
    expect(readFileSync(config, 'utf8')).toBe(text)
  })
})

test.each([
  ['another identity has it', ['other'], 'sso.session-in-use', 8],
  ['it has a blank', ['corp', '--as', 'my session'], 'input.invalid', 2],
  ['it is off and on', ['corp', '--as', 'x', '--off'], 'usage.invalid', 2],
  ['there is no such identity', ['nobody'], 'identity.not-found', 3],
])('a session is refused when %s', async (_why, words, code, exitCode) => {
  await add('corp')
  await add('other')
  await hallpass('sso', 'share', 'corp')
  const asked = words[0] === 'other' ? [...words, '--as', 'corp'] : words
  expect(await refused('sso', 'share', ...asked)).toEqual({ exitCode, code })
  expect(readFileSync(config, 'utf8')).toBe(PROFILE + SECTION())
})

test('with an AWS CLI of version 2', (context) => {
  if (secondClis.length === 0)
    context.skip('no AWS CLI of version 2 is installed here, and HALLPASS_TEST_AWS_CLI names none')
})

describe.each(secondClis)('with $version', (cli) => {
  test('Hallpass works with a sign-in that the CLI made', async () => {
    await add('corp')
    await signIn()
    const role = await discover()
    await hallpass('sso', 'share', 'corp')
    await hallpass('sso', 'logout', 'corp')
    practice.control.apply({ clearCalls: true })
    await signInWithCli(cli)
    expect(await assume(role)).toMatch(IS_ROLE)
    // The CLI's own, and no other.
    expect(calls('sso-oidc:RegisterClient')).toBe(1)
    const grant = isSince(cli, 2, 22) ? 'authorization_code' : 'device_code'
    expect(calls(`sso-oidc:CreateToken:${grant}`)).toBeGreaterThan(0)
  })

  test('shows at once that the CLI has signed in, and out, and then asks for a person', async () => {
    await add('corp')
    await signIn()
    const role = await discover()
    await hallpass('sso', 'logout', 'corp')
    await hallpass('sso', 'share', 'corp')
    expect(await hallpass('sso', 'list')).toMatchObject([{ signedInUntil: null }])
    await signInWithCli(cli, true)
    expect(await hallpass('sso', 'list')).toMatchObject([{ signedInUntil: expect.any(String), renews: true }])
    expect(await assume(role)).toMatch(IS_ROLE)

    practice.control.apply({ clearCalls: true })
    await run(cli.program, ['sso', 'logout'], { env: cliEnv() })
    expect(calls('sso:Logout')).toBe(1)
    expect(await hallpass('sso', 'list')).toMatchObject([{ signedInUntil: null, renews: false }])
    expect(await refused('sso', 'discover', 'corp')).toEqual({ exitCode: 7, code: 'sso.sign-in-needed' })
    // It stays over when it is no longer shared, and a person signs in anew.
    await hallpass('sso', 'share', 'corp', '--off')
    expect(await hallpass('sso', 'list')).toMatchObject([{ signedInUntil: null, renews: false }])
    practice.control.apply({ identityCenter: { answer: 'allow' } })
    await signIn()
    expect(await hallpass('sso', 'list')).toMatchObject([{ signedInUntil: expect.any(String) }])
  })

  test('leaves the CLI its own sign-in when a person’s section is no longer shared', async () => {
    const text = `[sso-session corp]\nsso_start_url = ${practice.identityCenter.startUrl}\nsso_region = eu-west-1\n${PROFILE}`
    writeFileSync(config, text)
    await add('corp')
    await signInWithCli(cli)
    await hallpass('sso', 'share', 'corp')
    expect(await hallpass('sso', 'list')).toMatchObject([{ name: 'corp', signedInUntil: expect.any(String) }])
    await hallpass('sso', 'share', 'corp', '--off')
    expect(await whoIs(cli)).toMatch(IS_ROLE)
    // One refresh token can't have two owners.
    expect(await hallpass('sso', 'list')).toMatchObject([{ name: 'corp', signedInUntil: null }])
  })

  test('what Hallpass renews, the CLI goes on with', async () => {
    practice.control.apply({ identityCenter: { accessTokenSeconds: 600 } })
    await add('corp')
    await signIn()
    await hallpass('sso', 'share', 'corp')
    practice.control.apply({ identityCenter: { accessTokenSeconds: 3600 } })
    const before = await cache().read('corp')
    await discover()
    expect(refreshes()).toBe(1)
    expect((await cache().read('corp'))?.accessToken).not.toBe(before?.accessToken)
    expect(await whoIs(cli)).toMatch(IS_ROLE)
    expect(refreshes()).toBe(1)
  })

  test('what the CLI renews, Hallpass goes on with', async () => {
    await add('corp')
    await signIn()
    const role = await discover()
    practice.control.apply({ identityCenter: { accessTokenSeconds: 600 } })
    await hallpass('sso', 'logout', 'corp')
    await signIn()
    await hallpass('sso', 'share', 'corp')
    practice.control.apply({ clearCalls: true, identityCenter: { accessTokenSeconds: 3600 } })
    expect(await whoIs(cli)).toMatch(IS_ROLE)
    expect(refreshes()).toBe(1)
    expect(await assume(role)).toMatch(IS_ROLE)
    expect(refreshes()).toBe(1)
  })

  /** A sign-in that ends soon, and that the CLI has been the first to renew: for as short. */
  async function renewedByCli(): Promise<void> {
    practice.control.apply({ identityCenter: { accessTokenSeconds: 600 } })
    await add('corp')
    await signIn()
    await hallpass('sso', 'share', 'corp')
    expect(await whoIs(cli)).toMatch(IS_ROLE)
    expect(refreshes()).toBe(1)
    practice.control.apply({ identityCenter: { accessTokenSeconds: 3600 } })
  }

  test('what the CLI has renewed is Hallpass’s when sharing stops', async () => {
    await renewedByCli()
    await hallpass('sso', 'share', 'corp', '--off')
    await discover()
    const [{ signedInUntil }] = (await hallpass('sso', 'list')) as [{ signedInUntil: string }]
    expect(Date.parse(signedInUntil) - Date.now()).toBeGreaterThan(1800_000)
  })

  test('what the CLI has renewed, Hallpass renews, and the CLI goes on with that', async () => {
    await renewedByCli()
    // With the refresh token that the CLI was given.
    await discover()
    expect(refreshes()).toBe(2)
    forgetRoleCredentials()
    expect(await whoIs(cli)).toMatch(IS_ROLE)
    expect(refreshes()).toBe(2)
  })
})
