/** Profiles of the AWS files as identities: every kind that the SDKs know, with the practice account as AWS. */

import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createExternalProfiles } from '#core/external-profile.ts'
import { createCliCache, createOidc, signInWithBrowser } from '#core/identity-center/index.ts'
import { type PracticeAccount, startPracticeAccount } from '#core/practice/practice-account.ts'
import type { ProfileIdentity } from '#shared/identities.ts'
import { runMain } from '../unit/cli/support.ts'
import { createProfileTable } from '../unit/core/awsfiles/support/aws-home.ts'

const READ_ONLY = 'arn:aws:iam::123456789012:role/ReadOnly'
const SANDBOX = 'arn:aws:iam::345678901234:role/PlatformAdmin'
const WEB = 'arn:aws:iam::123456789012:role/Web'
const LOGIN = 'arn:aws:iam::987654321098:user/dana.whitfield'

let practice: PracticeAccount
let home: string
let config: string
let credentials: string

beforeAll(async () => {
  practice = await startPracticeAccount()
})
afterAll(() => practice?.close())
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'external-'))
  config = join(home, '.aws/config')
  credentials = join(home, '.aws/credentials')
  mkdirSync(dirname(config))
  writeFileSync(config, '')
  // The SDK's own providers look there.
  for (const [name, value] of Object.entries(practice.describe().environment)) vi.stubEnv(name, value)
  vi.stubEnv('HOME', home)
  vi.stubEnv('AWS_LOGIN_CACHE_DIRECTORY', join(home, 'login'))
  for (const name of ['AWS_PROFILE', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY', 'AWS_SESSION_TOKEN'])
    vi.stubEnv(name, undefined)
  practice.control.apply({ clearCalls: true, identityCenter: { answer: 'allow' } })
})
afterEach(() => {
  vi.unstubAllEnvs()
  rmSync(home, { recursive: true, force: true })
})

const dana = () => practice.user('dana.whitfield')
const env = (more: Record<string, string> = {}) => ({
  ...practice.describe().environment,
  PATH: process.env.PATH ?? '',
  HOME: home,
  DBUS_SESSION_BUS_ADDRESS: process.env.DBUS_SESSION_BUS_ADDRESS ?? '',
  HALLPASS_HOME: join(home, 'hallpass'),
  HALLPASS_NO_AGENT: '1',
  ...more,
})

async function hallpass(words: string[], more: Record<string, string> = {}): Promise<Record<string, unknown>> {
  const { exitCode, stdout, stderr } = await runMain([...words, '--json'], { env: env(more) })
  if (exitCode !== 0) throw new Error(`hallpass ${words.join(' ')}: exit ${exitCode}: ${stderr}`)
  return JSON.parse(stdout)
}
async function refused(words: string[]) {
  const { exitCode, stderr } = await runMain([...words, '--json'], { env: env() })
  const { error } = JSON.parse(stderr.trim().split('\n').at(-1) ?? '')
  return { exitCode, ...error, all: stderr } as {
    exitCode: number
    code: string
    message: string
    hint: string
    all: string
  }
}
const addProfile = (profile = 'ext') => [
  'identity',
  'add-profile',
  'ext',
  '--profile',
  profile,
  '--region',
  'eu-west-1',
]

/** A helper of the person's. @returns its path */
function helper(name: string, script: string): string {
  const file = join(home, 'my tools', name)
  mkdirSync(dirname(file), { recursive: true })
  writeFileSync(file, `#!/bin/sh\n${script}\n`)
  chmodSync(file, 0o755)
  return file
}
const keyJson = () =>
  JSON.stringify({ Version: 1, AccessKeyId: dana().accessKeyId, SecretAccessKey: dana().secretAccessKey })
const prints = (text: string) => `cat <<'END'\n${text}\nEND`
const role = (name: string, arn: string, rest: string) =>
  `[profile ${name}]\nrole_arn = ${arn}\nregion = eu-west-1\n${rest}\n`
const danaKeys = (name: string) =>
  `[${name}]\naws_access_key_id = ${dana().accessKeyId}\naws_secret_access_key = ${dana().secretAccessKey}\n`

/** A token as a cluster gives it to a program. @param exp seconds since the epoch */
function webToken(exp: number, iss = 'https://cluster.example/id'): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'RS256' })}.${part({ iss, sub: 'pod', aud: 'sts.amazonaws.com', exp: Math.floor(exp) })}.c2lnbmF0dXJl`
}

/** What `aws login` leaves. */
function writeLogin(expiresAt: string): void {
  const file = join(home, 'login', `${createHash('sha256').update(LOGIN).digest('hex')}.json`)
  mkdirSync(dirname(file), { recursive: true })
  const { accessKeyId, secretAccessKey } = dana()
  const accessToken = { accessKeyId, secretAccessKey, sessionToken: '', accountId: '987654321098', expiresAt }
  const rest = {
    tokenType: 'urn:aws:params:oauth:token-type:access_token_sigv4',
    clientId: 'c',
    refreshToken: 'r',
    idToken: 'i',
  }
  writeFileSync(file, JSON.stringify({ accessToken, ...rest, dpopKey: 'none' }))
}

async function signInWithTools(): Promise<void> {
  const { startUrl, region } = practice.identityCenter
  const clock = () => Date.now()
  const instance = { startUrl, region, scopes: ['sso:account:access'] }
  const open = async (url: string) => (await fetch(url)).text()
  const { token } = await signInWithBrowser({
    oidc: createOidc(env(), clock),
    instance,
    registration: null,
    clock,
    open,
  })
  await createCliCache(join(home, 'locks'), { HOME: home }).write('corp', token)
}

describe('a profile is where credentials start when it is', () => {
  const cases: [what: string, write: () => void | Promise<void>, arn: RegExp][] = [
    [
      'a process',
      () => writeFileSync(config, `[profile ext]\ncredential_process = "${helper('give', prints(keyJson()))}"\n`),
      /user\/dana\.whitfield$/,
    ],
    [
      'an IAM Roles Anywhere helper',
      () => {
        const program = helper(
          'aws_signing_helper',
          `[ "$1 $2 $3" = "credential-process --certificate /a b.pem" ] || exit 1\n${prints(keyJson())}`,
        )
        writeFileSync(
          config,
          `[profile ext]\ncredential_process = "${program}" credential-process --certificate "/a b.pem"\n`,
        )
      },
      /user\/dana\.whitfield$/,
    ],
    [
      'a role on a key',
      () => {
        writeFileSync(config, role('ext', READ_ONLY, 'source_profile = base\nrole_session_name = own-name'))
        writeFileSync(credentials, danaKeys('base'))
      },
      /assumed-role\/ReadOnly\/own-name$/,
    ],
    [
      'a role on a role on a process',
      () =>
        writeFileSync(
          config,
          role('ext', 'arn:aws:iam::123456789012:role/Inner', 'source_profile = sandbox') +
            role('sandbox', SANDBOX, 'source_profile = tool\nrole_session_name = first') +
            `[profile tool]\ncredential_process = "${helper('give', prints(keyJson()))}"\n`,
        ),
      /assumed-role\/Inner\/hallpass-\d+$/,
    ],
    [
      'a web identity',
      () => {
        writeFileSync(join(home, 'token'), webToken(Date.now() / 1000 + 600))
        writeFileSync(
          config,
          role('ext', WEB, `web_identity_token_file = ${join(home, 'token')}\nrole_session_name = pod`),
        )
      },
      /assumed-role\/Web\/pod$/,
    ],
    [
      'a role on a web identity',
      () => {
        writeFileSync(join(home, 'token'), webToken(Date.now() / 1000 + 600))
        writeFileSync(
          config,
          role('ext', 'arn:aws:iam::123456789012:role/Inner', 'source_profile = web') +
            role('web', WEB, `web_identity_token_file = ${join(home, 'token')}`),
        )
      },
      /assumed-role\/Inner\//,
    ],
    [
      'a role on the environment',
      () => {
        vi.stubEnv('AWS_ACCESS_KEY_ID', dana().accessKeyId)
        vi.stubEnv('AWS_SECRET_ACCESS_KEY', dana().secretAccessKey)
        writeFileSync(config, role('ext', READ_ONLY, 'credential_source = Environment'))
      },
      /assumed-role\/ReadOnly\//,
    ],
    [
      'a sign-in to Identity Center of the AWS CLI',
      async () => {
        writeFileSync(
          config,
          `[sso-session corp]\nsso_start_url = ${practice.identityCenter.startUrl}\nsso_region = eu-west-1\n` +
            '[profile ext]\nsso_session = corp\nsso_account_id = 234567890123\nsso_role_name = PowerUserAccess\n',
        )
        await signInWithTools()
      },
      /assumed-role\/AWSReservedSSO_PowerUserAccess_/,
    ],
    [
      'signed in with aws login',
      () => {
        writeFileSync(config, `[profile ext]\nlogin_session = ${LOGIN}\n`)
        writeLogin(new Date(Date.now() + 15 * 60_000).toISOString())
      },
      /user\/dana\.whitfield$/,
    ],
  ]
  beforeAll(() => {
    const trust = [{ principals: [SANDBOX, WEB] }]
    const provider = 'arn:aws:iam::123456789012:oidc-provider/cluster.example/id'
    practice.addRole({ accountId: '123456789012', name: 'Web', trust: [{ principals: [provider] }] })
    practice.addRole({ accountId: '123456789012', name: 'Inner', trust })
  })

  test.each(cases)('%s, and roles start from it', async (_what, write, arn) => {
    await write()
    const added = await hallpass(addProfile())
    expect(added).toMatchObject({
      kind: 'aws-profile',
      profile: 'ext',
      verified: true,
      userArn: expect.stringMatching(arn),
    })
    const accountId = `${added.accountId}`
    const caller = `${added.userArn}`.replace(/:sts::(\d+):assumed-role\/(.*)\/.*$/, ':iam::$1:role/$2')
    const name = `Outer-${createHash('sha1').update(`${home}`).digest('hex').slice(0, 8)}`
    const outer = practice.addRole({ accountId, name, trust: [{ principals: [caller, accountId] }] })
    await hallpass(['role', 'add', 'outer', '--arn', outer.arn, '--from', 'ext'])
    expect(await hallpass(['assume', 'outer'])).toMatchObject({ AssumedRoleArn: expect.stringContaining(`/${name}/`) })
    expect(practice.calls().at(-1)).toMatchObject({ action: 'AssumeRole', roleArn: outer.arn, status: 200 })
  })
})

describe('a profile is refused when', () => {
  const process = (script: string) => () =>
    writeFileSync(config, `[profile ext]\ncredential_process = "${helper('give', script)}"\n`)
  const PLANTED = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'

  test.each<[what: string, write: () => void, code: string, words: RegExp]>([
    ['its process prints garbage', process('echo no json'), 'profile.no-credentials', /printed something else/],
    [
      'its process says another version',
      process(prints('{"Version":"1","AccessKeyId":"A","SecretAccessKey":"s"}')),
      'profile.no-credentials',
      /printed something else/,
    ],
    [
      'its process prints a secret where it should not',
      process(`echo ${PLANTED}`),
      'profile.no-credentials',
      /printed something else/,
    ],
    [
      'its process fails and says a secret',
      process(`echo secret_access_key=${PLANTED} ${PLANTED} >&2; exit 3`),
      'profile.no-credentials',
      /failed \(3\)/,
    ],
    [
      'its process gives what has expired',
      process(prints('{"Version":1,"AccessKeyId":"AKIAA","SecretAccessKey":"s","Expiration":"2020-01-01T00:00:00Z"}')),
      'profile.no-credentials',
      /expired/,
    ],
    [
      'its process says no time',
      process(prints('{"Version":1,"AccessKeyId":"AKIAA","SecretAccessKey":"s","Expiration":"05UTC"}')),
      'profile.no-credentials',
      /no time/,
    ],
    [
      'its program is not there',
      () => writeFileSync(config, '[profile ext]\ncredential_process = /nowhere/tool\n'),
      'profile.no-credentials',
      /could not be started/,
    ],
    [
      'it has no credentials',
      () => writeFileSync(config, '[profile ext]\nregion = eu-west-1\n'),
      'chain.no-source',
      /no credentials/,
    ],
    ['it is not there', () => {}, 'profile.not-found', /ext/],
    [
      'nobody signed in with aws login',
      () => writeFileSync(config, `[profile ext]\nlogin_session = ${LOGIN}\n`),
      'profile.no-credentials',
      /no credentials now/,
    ],
  ])('%s', async (_what, write, code, words) => {
    write()
    const error = await refused(addProfile())
    expect(error).toMatchObject({ code, message: expect.stringMatching(words) })
    expect(error.all).not.toContain(PLANTED)
    expect(await runMain(['identity', 'list', '--json'], { env: env() })).toMatchObject({ stdout: '[]\n' })
    expect(readFileSync(join(home, 'hallpass/hallpass.db')).includes(PLANTED)).toBe(false)
  })

  test.each<[what: string, write: () => string]>([
    ['is over', () => webToken(1)],
    ['is of another provider', () => webToken(Date.now() / 1000 + 600, 'https://other.example')],
    ['is none', () => 'garbage'],
  ])('its web identity token %s', async (_what, write) => {
    writeFileSync(join(home, 'token'), write())
    writeFileSync(config, role('ext', WEB, `web_identity_token_file = ${join(home, 'token')}`))
    expect(await refused(addProfile())).toMatchObject({ code: 'profile.no-credentials' })
    expect(practice.calls()).toMatchObject([{ action: 'AssumeRoleWithWebIdentity', roleArn: WEB }])
  })

  test('its aws login is over: it says how to sign in', async () => {
    writeFileSync(config, `[profile ext]\nlogin_session = ${LOGIN}\n`)
    writeLogin('2020-01-01T00:00:00Z')
    expect(await refused(addProfile())).toMatchObject({
      code: 'profile.no-credentials',
      hint: 'Sign in with: aws login --profile ext',
    })
  })

  test('its Identity Center sign-in is over: it says how to sign in', async () => {
    writeFileSync(
      config,
      `[sso-session corp]\nsso_start_url = ${practice.identityCenter.startUrl}\nsso_region = eu-west-1\n` +
        '[profile ext]\nsso_session = corp\nsso_account_id = 234567890123\nsso_role_name = PowerUserAccess\n',
    )
    expect(await refused(addProfile())).toMatchObject({
      code: 'profile.no-credentials',
      hint: 'Sign in with: aws sso login --profile ext',
    })
  })

  test('Hallpass wrote it, or what it starts from', async () => {
    const { accessKeyId, secretAccessKey } = dana()
    writeFileSync(credentials, danaKeys('base'))
    await hallpass(['identity', 'add-profile', 'first', '--profile', 'base', '--region', 'eu-west-1'])
    await hallpass(['role', 'add', 'mine', '--arn', READ_ONLY, '--from', 'first', '--region', 'eu-west-1'])
    await hallpass(['profile', 'write', 'mine', '--profile', 'mine'])
    writeFileSync(config, readFileSync(config, 'utf8') + role('on-top', SANDBOX, 'source_profile = mine'))
    for (const profile of ['mine', 'on-top']) {
      const error = await refused(addProfile(profile))
      expect(error).toMatchObject({ code: 'chain.cycle', exitCode: 2, message: expect.stringContaining('mine') })
      expect(error.all).not.toContain(secretAccessKey)
    }
    expect(accessKeyId).not.toBe('')
  })
})

describe('by itself', () => {
  const identity: ProfileIdentity = {
    ...{ id: 'i', name: 'ext', kind: 'aws-profile', profile: 'ext', accountId: null, userArn: null, mfaSerial: null },
    ...{ region: 'eu-west-1', verified: false, verifiedAt: null, createdAt: '' },
  }
  const parts = (limitMs: number, more: Record<string, string> = {}) => ({
    store: { profiles: createProfileTable() },
    files: { config, credentials },
    env: env(more),
    mfaPrompt: () => Promise.reject(new Error('nobody is asked')),
    limitMs,
  })
  const external = (...given: Parameters<typeof parts>) => createExternalProfiles(parts(...given))

  test('Identity Center is asked with the files in force, whatever the region of the calls', async () => {
    const elsewhere = join(home, 'elsewhere')
    writeFileSync(
      elsewhere,
      `[sso-session corp]\nsso_start_url = ${practice.identityCenter.startUrl}\nsso_region = eu-west-1\n` +
        '[profile ext]\nsso_session = corp\nsso_account_id = 234567890123\nsso_role_name = PowerUserAccess\n',
    )
    await signInWithTools()
    const given = createExternalProfiles({ ...parts(20_000), files: { config: elsewhere, credentials } })
    await expect(given.credentials({ ...identity, region: 'us-east-1' }, 'ext')).resolves.toMatchObject({
      expiration: expect.any(Date),
    })
  })

  test('a process that hangs is ended, and says so', async () => {
    const pid = join(home, 'pid')
    writeFileSync(
      config,
      `[profile ext]\ncredential_process = "${helper('hang', `echo $$ > "${pid}"\necho waiting >&2\nexec sleep 600`)}"\n`,
    )
    await expect(external(1500).credentials(identity, 'ext')).rejects.toMatchObject({
      code: 'profile.no-credentials',
      message: expect.stringContaining('within 1.5 s'),
      details: 'waiting',
    })
    const running = () => {
      try {
        process.kill(Number(readFileSync(pid, 'utf8')), 0)
        return true
      } catch {
        return false
      }
    }
    await expect.poll(running).toBe(false)
  })

  test('a process gets no input, and of the environment nothing that says who somebody is', async () => {
    const seen = join(home, 'seen')
    writeFileSync(
      config,
      `[profile ext]\ncredential_process = "${helper('look', `cat\nenv > "${seen}"\n${prints(keyJson())}`)}"\n`,
    )
    const secret = {
      AWS_PROFILE: 'ext',
      AWS_ACCESS_KEY_ID: 'AKIAOURS',
      AWS_SECRET_ACCESS_KEY: 'ours',
      AWS_SESSION_TOKEN: 'ours',
    }
    const kept = { AWS_CONFIG_FILE: config, AWS_REGION: 'eu-west-1' }
    const given = await external(20_000, { ...secret, ...kept, HALLPASS_PASSPHRASE: 'ours' }).credentials(
      identity,
      'ext',
    )
    expect(given).toMatchObject({ accessKeyId: dana().accessKeyId, expiration: null })
    const names = readFileSync(seen, 'utf8')
      .split('\n')
      .map((line) => line.split('=')[0])
    for (const name of [...Object.keys(secret), 'HALLPASS_PASSPHRASE']) expect(names).not.toContain(name)
    for (const name of [...Object.keys(kept), 'PATH', 'HOME']) expect(names).toContain(name)
  })

  test('a process that asks for what it is to give is refused at the second turn', async () => {
    writeFileSync(config, `[profile ext]\ncredential_process = "${helper('give', prints(keyJson()))}"\n`)
    await expect(
      external(20_000, { _HALLPASS_PROFILE_CHAIN: 'other\next' }).credentials(identity, 'ext'),
    ).rejects.toMatchObject({ code: 'chain.cycle' })
    await expect(
      external(20_000, { _HALLPASS_PROFILE_CHAIN: 'other' }).credentials(identity, 'ext'),
    ).resolves.toBeDefined()
  })
})
