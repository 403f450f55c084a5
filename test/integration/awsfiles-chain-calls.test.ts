/**
 * Source-profile chains by the calls they lead to: what `hallpass files chain` says, and what botocore and the AWS SDK for
 * JavaScript ask of STS, for the same files. Expectations are AWS's cross-SDK rules (facts A.2–A.7), by hand.
 */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts'
import { fromIni } from '@aws-sdk/credential-providers'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { createCliCache, createOidc, signInWithBrowser } from '#core/identity-center/index.ts'
import type { PracticeCall } from '#core/practice/call-log.ts'
import { type PracticeAccount, startPracticeAccount } from '#core/practice/practice-account.ts'
import { hasBotocore } from '../support/botocore.ts'
import { runMain } from '../unit/cli/support.ts'

/** Whose key makes the first call, then the roles, in order; or the code of the refusal. */
type Outcome = readonly [start: string, ...roles: string[]] | `${'chain' | 'profile'}.${string}`

interface Case {
  readonly what: string
  readonly config: string
  readonly credentials?: string
  readonly outcome: Outcome
  /** Where an SDK is known to differ; `refused` when it gives no credentials. */
  readonly differs?: Partial<Record<'botocore' | 'js-sdk', readonly string[] | 'refused'>>
}

const ACCOUNT = '123456789012'
const OWNERS = ['a', 'b', 'c', 'default', 'process', 'env']
const NAMES = ['a', 'b', 'c', 'd', 'e', 'default']
const arn = (name: string) => `arn:aws:iam::${ACCOUNT}:role/Chain-${name}`
const section = (name: string) => (name === 'default' ? '[default]' : `[profile ${name}]`)
const role = (name: string, ...lines: string[]) => `${section(name)}\nrole_arn = ${arn(name)}\n${lines.join('\n')}\n`
const from = (source: string) => `source_profile = ${source}`
/** Filled in once the practice account is there. */
const id = (owner: string) => `aws_access_key_id = <id ${owner}>\n`
const secret = (owner: string) => `aws_secret_access_key = <secret ${owner}>\n`
const key = (owner: string) => id(owner) + secret(owner)
const PROCESS = 'credential_process = /bin/cat <process>'
const TOKEN = 'web_identity_token_file = <token>'
const SSO = 'sso_session = corp\nsso_account_id = 234567890123\nsso_role_name = PowerUserAccess\n'
const SESSION = '[sso-session corp]\nsso_start_url = <start>\nsso_region = eu-west-1\n'

const CASES: readonly Case[] = [
  // Keys.
  { what: 'a key', config: '', credentials: `[a]\n${key('a')}`, outcome: ['key a'] },
  { what: 'a key of the config file', config: `[profile a]\n${key('a')}`, outcome: ['key a'] },
  {
    what: 'a key in both files',
    config: `[profile a]\n${key('b')}`,
    credentials: `[a]\n${key('a')}`,
    outcome: ['key a'],
  },
  {
    what: 'a key of both files',
    config: `[profile a]\n${id('a')}`,
    credentials: `[a]\n${secret('a')}`,
    outcome: ['key a'],
    // A.4: botocore's static providers read one file each.
    differs: { botocore: 'refused' },
  },
  // Roles on keys.
  { what: 'a role on a key', config: role('a', from('b')), credentials: `[b]\n${key('b')}`, outcome: ['key b', 'a'] },
  {
    what: 'a role on a key of config',
    config: `${role('a', from('b'))}[profile b]\n${key('b')}`,
    outcome: ['key b', 'a'],
  },
  {
    what: 'two roles',
    config: role('a', from('b')) + role('b', from('c')),
    credentials: `[c]\n${key('c')}`,
    outcome: ['key c', 'b', 'a'],
  },
  {
    what: 'five roles',
    config: ['ab', 'bc', 'cd', 'de', 'edefault'].map((pair) => role(pair.charAt(0), from(pair.slice(1)))).join(''),
    credentials: `[default]\n${key('default')}`,
    outcome: ['key default', 'e', 'd', 'c', 'b', 'a'],
  },
  {
    what: 'the sections the other way round',
    config: role('c', from('default')) + role('b', from('c')) + role('a', from('b')),
    credentials: `[default]\n${key('default')}`,
    outcome: ['key default', 'c', 'b', 'a'],
  },
  {
    what: 'a source with key and role',
    config: role('a', from('b')) + role('b', from('c')) + key('b'),
    credentials: `[c]\n${key('c')}`,
    outcome: ['key b', 'a'],
  },
  {
    what: 'a source with a role, and its key in the other file',
    config: role('a', from('b')) + role('b', from('c')),
    credentials: `[b]\n${key('b')}[c]\n${key('c')}`,
    outcome: ['key b', 'a'],
  },
  {
    what: 'a source with key and a role without source',
    config: role('a', from('b')) + role('b') + key('b'),
    outcome: ['key b', 'a'],
  },
  {
    what: 'own key and a source',
    config: role('a', from('b')) + key('a'),
    credentials: `[b]\n${key('b')}`,
    outcome: ['key b', 'a'],
  },
  { what: 'itself with a key', config: role('a', from('a')) + key('a'), outcome: ['key a', 'a'] },
  {
    what: 'itself with a key of the other file',
    config: role('a', from('a')),
    credentials: `[a]\n${key('a')}`,
    outcome: ['key a', 'a'],
  },
  {
    what: 'a source that is its own, with a key',
    config: role('a', from('b')) + role('b', from('b')) + key('b'),
    outcome: ['key b', 'a'],
  },
  {
    what: 'back to the start, by way of a key',
    config: role('a', from('b')) + role('b', from('a')) + key('b'),
    outcome: ['key b', 'a'],
  },
  {
    what: 'the default profile as source',
    config: `${role('a', from('default')) + section('default')}\n${key('default')}`,
    outcome: ['key default', 'a'],
  },
  {
    what: 'the default profile as source, with its longer header',
    config: `${role('a', from('default'))}[profile default]\n${key('default')}`,
    outcome: ['key default', 'a'],
  },
  {
    what: 'nothing inherited from the default profile',
    config: `[default]\n${from('b')}\n[profile a]\nrole_arn = ${arn('a')}\n`,
    credentials: `[b]\n${key('b')}`,
    outcome: 'chain.no-source',
  },
  {
    what: 'a source with a name of all that names may have',
    config: `${role('a', from('team/b+1@x.y:z-_%'))}[profile team/b+1@x.y:z-_%]\n${key('b')}`,
    outcome: ['key b', 'a'],
  },
  // Which file says what.
  {
    what: 'a role of the credentials file',
    config: '',
    credentials: `[a]\nrole_arn = ${arn('a')}\n${from('b')}\n[b]\n${key('b')}`,
    outcome: ['key b', 'a'],
  },
  {
    what: 'role and source in two files',
    config: role('a'),
    credentials: `[a]\n${from('b')}\n[b]\n${key('b')}`,
    outcome: ['key b', 'a'],
  },
  {
    what: 'another role in the credentials file',
    config: role('a', from('b')),
    credentials: `[a]\nrole_arn = ${arn('d')}\n[b]\n${key('b')}`,
    outcome: ['key b', 'd'],
  },
  {
    what: 'another source in the credentials file',
    config: role('a', from('c')),
    credentials: `[a]\n${from('b')}\n[b]\n${key('b')}[c]\n${key('c')}`,
    outcome: ['key b', 'a'],
  },
  // Settings of the call.
  {
    what: 'an external id',
    config: `[profile a]\nrole_arn = arn:aws:iam::456789012345:role/DataEngineer\n${from('b')}\nexternal_id = acme-ops-2291\n`,
    credentials: `[b]\n${key('b')}`,
    outcome: ['key b', 'DataEngineer'],
  },
  {
    what: 'a duration and a session name',
    config: role('a', from('b'), 'duration_seconds = 900', 'role_session_name = mine'),
    credentials: `[b]\n${key('b')}`,
    outcome: ['key b', 'a'],
  },
  {
    what: 'a duration that only the source asks for',
    // The outer call would be refused with it: an hour is the most from a role.
    config: role('a', from('b')) + role('b', from('c'), 'duration_seconds = 7200'),
    credentials: `[c]\n${key('c')}`,
    outcome: ['key c', 'b', 'a'],
  },
  {
    what: 'a duration that is no number',
    config: role('a', from('b'), 'duration_seconds = 1h'),
    credentials: `[b]\n${key('b')}`,
    outcome: ['key b', 'a'],
    // A.5: botocore leaves it out; the other one asks for 1 s, which STS refuses.
    differs: { 'js-sdk': 'refused' },
  },
  {
    what: 'an MFA device without a role',
    config: `[profile a]\nmfa_serial = arn:aws:iam::987654321098:mfa/x\n${key('a')}`,
    outcome: ['key a'],
  },
  // Processes.
  { what: 'a process', config: `[profile a]\n${PROCESS}\n`, outcome: ['process'] },
  {
    what: 'a role on a process',
    config: `${role('a', from('b'))}[profile b]\n${PROCESS}\n`,
    outcome: ['process', 'a'],
  },
  {
    what: 'two roles on a process',
    config: `${role('a', from('b')) + role('b', from('c'))}[profile c]\n${PROCESS}\n`,
    outcome: ['process', 'b', 'a'],
  },
  {
    what: 'a process and a key of the credentials file',
    config: `[profile a]\n${PROCESS}\n`,
    credentials: `[a]\n${key('a')}`,
    outcome: ['key a'],
  },
  {
    what: 'a process and a key of the config file',
    config: `[profile a]\n${PROCESS}\n${key('a')}`,
    outcome: ['process'],
    differs: { 'js-sdk': ['key a'] },
  },
  {
    what: 'a source with a process and a key of the credentials file',
    config: `${role('a', from('b'))}[profile b]\n${PROCESS}\n`,
    credentials: `[b]\n${key('b')}`,
    outcome: ['key b', 'a'],
  },
  {
    what: 'a source with a process and a key of the config file',
    config: `${role('a', from('b'))}[profile b]\n${PROCESS}\n${key('b')}`,
    outcome: ['key b', 'a'],
    // A.6, and so in a source.
    differs: { botocore: ['process', 'a'] },
  },
  {
    what: 'a role before a process',
    config: role('a', from('b'), PROCESS),
    credentials: `[b]\n${key('b')}`,
    outcome: ['key b', 'a'],
  },
  // The environment.
  { what: 'a role on the environment', config: role('a', 'credential_source = Environment'), outcome: ['env', 'a'] },
  {
    what: 'a role on a role on the environment',
    config: role('a', from('b')) + role('b', 'credential_source = Environment'),
    outcome: ['env', 'b', 'a'],
  },
  {
    what: 'the environment in lower case',
    config: role('a', 'credential_source = environment'),
    outcome: 'chain.invalid-source',
  },
  {
    what: 'a key before the environment of a source',
    config: role('a', from('b')) + role('b', 'credential_source = Environment') + key('b'),
    outcome: ['key b', 'a'],
  },
  // Identity Center.
  { what: 'Identity Center', config: `[profile a]\n${SSO}${SESSION}`, outcome: ['sso'] },
  {
    what: 'a role on Identity Center',
    config: `${role('a', from('b'))}[profile b]\n${SSO}${SESSION}`,
    outcome: ['sso', 'a'],
  },
  {
    what: 'Identity Center and a key',
    config: `[profile a]\n${SSO}${SESSION}`,
    credentials: `[a]\n${key('a')}`,
    outcome: ['sso'],
    differs: { 'js-sdk': ['key a'] },
  },
  {
    what: 'a source with Identity Center and a key',
    config: `${role('a', from('b'))}[profile b]\n${SSO}${SESSION}`,
    credentials: `[b]\n${key('b')}`,
    outcome: ['key b', 'a'],
    // A.6, and so in a source.
    differs: { botocore: ['sso', 'a'] },
  },
  {
    what: 'a session of Identity Center that is not there',
    config: `[profile a]\n${SSO}`,
    outcome: 'chain.missing-source',
  },
  // Web identities: nobody signs the first call, and the first role is the token's.
  { what: 'a web identity', config: role('a', TOKEN), outcome: ['web a'] },
  { what: 'a role on a web identity', config: role('a', from('b')) + role('b', TOKEN), outcome: ['web b', 'a'] },
  {
    what: 'a web identity before a key of its own',
    config: role('a', TOKEN),
    credentials: `[a]\n${key('a')}`,
    outcome: ['web a'],
    // A.6: static keys before web identity.
    differs: { 'js-sdk': ['key a'] },
  },
  // What leads nowhere.
  { what: 'an unknown profile', config: '[profile b]\n', outcome: 'profile.not-found' },
  { what: 'a role without source', config: role('a'), outcome: 'chain.no-source' },
  {
    what: 'a role without source, and a key',
    config: role('a') + key('a'),
    outcome: 'chain.no-source',
    // A.6: it never assumes the role.
    differs: { 'js-sdk': ['key a'] },
  },
  {
    what: 'a source_profile without role',
    config: `[profile a]\n${from('b')}\n`,
    credentials: `[b]\n${key('b')}`,
    outcome: 'chain.no-source',
  },
  {
    what: 'two sources',
    config: role('a', from('b'), 'credential_source = Environment'),
    credentials: `[b]\n${key('b')}`,
    outcome: 'chain.two-sources',
  },
  { what: 'a missing source', config: role('a', from('b')), outcome: 'chain.missing-source' },
  {
    what: 'a missing source of a source',
    config: role('a', from('b')) + role('b', from('c')),
    outcome: 'chain.missing-source',
  },
  {
    what: 'a quoted source',
    config: role('a', 'source_profile = "b"'),
    credentials: `[b]\n${key('b')}`,
    outcome: 'chain.missing-source',
  },
  { what: 'an empty source', config: role('a', 'source_profile ='), outcome: 'chain.no-source' },
  { what: 'itself without a key', config: role('a', from('a')), outcome: 'chain.cycle' },
  { what: 'a circle of two', config: role('a', from('b')) + role('b', from('a')), outcome: 'chain.cycle' },
  {
    what: 'a circle of three',
    config: role('a', from('b')) + role('b', from('c')) + role('c', from('a')),
    outcome: 'chain.cycle',
  },
  {
    what: 'a circle beside the start',
    config: role('a', from('b')) + role('b', from('c')) + role('c', from('b')),
    outcome: 'chain.cycle',
  },
  {
    what: 'a source with settings only',
    config: `${role('a', from('b'))}[profile b]\nregion = eu-west-1\n`,
    outcome: 'chain.no-source',
  },
  {
    what: 'a source with half a key',
    config: `${role('a', from('b'))}[profile b]\n${id('b')}`,
    outcome: 'chain.partial-keys',
  },
  {
    what: 'a source with the other half',
    config: `${role('a', from('b'))}[profile b]\n${secret('b')}`,
    outcome: 'chain.partial-keys',
  },
  { what: 'half a key', config: `[profile a]\n${id('a')}`, outcome: 'chain.partial-keys' },
  // How the files are read.
  {
    what: 'a comment behind the source',
    config: role('a', 'source_profile = b # mine'),
    credentials: `[b]\n${key('b')}`,
    outcome: ['key b', 'a'],
    differs: { botocore: 'refused' },
  },
  {
    what: 'a key in capitals',
    config: role('a', 'Source_Profile = b'),
    credentials: `[b]\n${key('b')}`,
    outcome: ['key b', 'a'],
    differs: { 'js-sdk': 'refused' },
  },
  {
    what: 'a section that comes twice',
    config: `${role('a')}[profile a]\n${from('b')}\n`,
    credentials: `[b]\n${key('b')}`,
    outcome: ['key b', 'a'],
    differs: { botocore: 'refused' },
  },
  {
    what: 'a section of config without its word',
    config: `[a]\nrole_arn = ${arn('a')}\n${from('b')}\n`,
    credentials: `[b]\n${key('b')}`,
    outcome: 'profile.not-found',
  },
]

let practice: PracticeAccount
let folder: string
let files: [string, string][]
/** By access key id. */
let owners: Map<string, string>

beforeAll(async () => {
  practice = await startPracticeAccount()
  folder = mkdtempSync(join(tmpdir(), 'chain-calls-'))
  const users = new Map(
    OWNERS.map((name) => [name, practice.addUser({ accountId: '987654321098', name: `owner-${name}` })]),
  )
  owners = new Map(
    [...users].map(([name, { accessKeyId }]) => [accessKeyId, OWNERS.indexOf(name) < 4 ? `key ${name}` : name]),
  )
  // Whoever comes from these accounts.
  const provider = `arn:aws:iam::${ACCOUNT}:oidc-provider/cluster.example`
  const trust = [{ principals: ['987654321098', '234567890123', ACCOUNT, provider] }]
  for (const name of NAMES)
    practice.addRole({ accountId: ACCOUNT, name: `Chain-${name}`, trust, maxDurationSeconds: 43_200 })
  const keyOf = (owner: string) => users.get(owner) ?? expect.fail(`nobody is called ${owner}`)
  const processFile = join(folder, 'process.json')
  const { accessKeyId: AccessKeyId, secretAccessKey: SecretAccessKey } = keyOf('process')
  writeFileSync(processFile, JSON.stringify({ Version: 1, AccessKeyId, SecretAccessKey }))
  const tokenFile = join(folder, 'token')
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const claims = {
    iss: 'https://cluster.example',
    sub: 'pod',
    aud: 'sts.amazonaws.com',
    exp: Math.floor(Date.now() / 1000) + 3600,
  }
  writeFileSync(tokenFile, `${part({ alg: 'RS256' })}.${part(claims)}.c2lnbmF0dXJl`)
  const fill = (lines: string) =>
    lines
      .replaceAll(/<id (\w+)>/g, (_, owner) => keyOf(owner).accessKeyId)
      .replaceAll(/<secret (\w+)>/g, (_, owner) => keyOf(owner).secretAccessKey)
      .replaceAll('<process>', processFile)
      .replaceAll('<token>', tokenFile)
      .replaceAll('<start>', practice.identityCenter.startUrl)
  files = CASES.map(({ config, credentials = '' }, index) => {
    const place = join(folder, String(index))
    mkdirSync(place)
    writeFileSync(join(place, 'config'), fill(config))
    writeFileSync(join(place, 'credentials'), fill(credentials))
    return [join(place, 'config'), join(place, 'credentials')]
  })
  const environment = { ...practice.describe().environment, HOME: folder, AWS_EC2_METADATA_DISABLED: 'true' }
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
  vi.stubEnv('AWS_ACCESS_KEY_ID', keyOf('env').accessKeyId)
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', keyOf('env').secretAccessKey)
  for (const name of ['AWS_SESSION_TOKEN', 'AWS_PROFILE', 'AWS_DEFAULT_PROFILE']) vi.stubEnv(name, undefined)
  await signIn()
})
afterAll(async () => {
  vi.unstubAllEnvs()
  await practice?.close()
  rmSync(folder, { recursive: true, force: true })
})

/** For the tools, as `aws sso login` leaves it. */
async function signIn(): Promise<void> {
  practice.control.apply({ identityCenter: { answer: 'allow' } })
  const { startUrl, region } = practice.identityCenter
  const clock = () => Date.now()
  const instance = { startUrl, region, scopes: ['sso:account:access'] }
  const open = async (url: string) => (await fetch(url)).text()
  const oidc = createOidc(practice.describe().environment, clock)
  const { token } = await signInWithBrowser({ oidc, instance, registration: null, clock, open })
  await createCliCache(join(folder, 'locks'), { HOME: folder }).write('corp', token)
}

const nameOf = (roleArn: string | null | undefined) => roleArn?.replace(/^.*[/](?:Chain-)?/, '') ?? ''

/** Calls that ended in credentials, as an outcome. */
function outcomeOf(calls: readonly PracticeCall[]): string[] {
  const [first, ...rest] = calls
  const starts: Record<string, string> = {
    'sso:GetRoleCredentials': 'sso',
    AssumeRoleWithWebIdentity: `web ${nameOf(first?.roleArn)}`,
  }
  const special = starts[first?.action ?? '']
  const start = special ?? owners.get(first?.accessKeyId ?? '')
  const roles = (special ? rest : calls).filter(({ action }) => action === 'AssumeRole')
  return [start ?? 'nobody', ...roles.map(({ roleArn }) => nameOf(roleArn))]
}

const said = ({ outcome, differs }: Case, who: 'botocore' | 'js-sdk') =>
  differs?.[who] ?? (typeof outcome === 'string' ? 'refused' : outcome)

test('there are enough cases, each with a name of its own', () => {
  expect(CASES.length).toBeGreaterThanOrEqual(40)
  expect(new Set(CASES.map(({ what }) => what)).size).toBe(CASES.length)
})

const numbered = CASES.map((each, index) => ({ ...each, index }))

test.each(numbered)('hallpass files chain: $what', async ({ index, outcome }) => {
  const [config = '', credentials = ''] = files[index] ?? []
  const env = {
    HOME: folder,
    HALLPASS_HOME: join(folder, 'hallpass'),
    AWS_CONFIG_FILE: config,
    AWS_SHARED_CREDENTIALS_FILE: credentials,
  }
  const { exitCode, stdout, stderr } = await runMain(['files', 'chain', 'a', '--json'], { env })
  if (typeof outcome === 'string') {
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: outcome } })
    expect(exitCode).toBe(/not-found|missing/.test(outcome) ? 3 : 2)
    return
  }
  const [start, ...roles] = JSON.parse(stdout) as { kind: string; profile?: string; roleArn: string; source: string }[]
  const starts: Record<string, string> = {
    process: 'process',
    sso: 'sso',
    'credential-source': 'env',
    'web-identity': `web ${nameOf(start?.roleArn)}`,
  }
  // Whose key it is stands in the file: one profile of the table has an owner's key by another name.
  const owner = start?.profile?.startsWith('team/') ? 'b' : start?.profile
  const named = start?.kind === 'access-key' ? `key ${owner}` : starts[start?.kind ?? '']
  expect([named, ...roles.map(({ roleArn }) => nameOf(roleArn))]).toEqual(outcome)
})

describe('the AWS SDK for JavaScript', () => {
  test.each(numbered)('calls for $what', async (each) => {
    const [config = '', credentials = ''] = files[each.index] ?? []
    // Its provider for Identity Center takes no paths.
    vi.stubEnv('AWS_CONFIG_FILE', config)
    vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', credentials)
    practice.control.apply({ clearCalls: true })
    const resolve = async () => {
      const credentials = await fromIni({ profile: 'a', ignoreCache: true })()
      await new STSClient({ region: 'eu-west-1', credentials, maxAttempts: 1 }).send(new GetCallerIdentityCommand())
      return outcomeOf(practice.calls())
    }
    expect(await resolve().catch(() => 'refused')).toEqual(said(each, 'js-sdk'))
  })
})

describe.skipIf(!hasBotocore)('botocore', () => {
  let answers: (PracticeCall[] | null)[]
  beforeAll(async () => {
    // The practice account answers from this process.
    const child = spawn('python3', [join(import.meta.dirname, '../support/resolve-chains.py')], {
      env: { ...process.env, ENDPOINT: practice.endpoint, CONTROL_TOKEN: practice.controlToken },
      stdio: ['pipe', 'pipe', 'inherit'],
    })
    child.stdin.end(JSON.stringify(files.map((pair) => [...pair, 'a'])))
    answers = JSON.parse(await text(child.stdout))
  })
  test.each(numbered)('calls for $what', (each) => {
    const calls = answers[each.index]
    expect(calls ? outcomeOf(calls) : 'refused').toEqual(said(each, 'botocore'))
  })
})
