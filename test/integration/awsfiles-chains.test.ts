/** Source-profile chains against the real SDKs: botocore through Python, and the JS SDK's `fromIni`. */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { fromIni } from '@aws-sdk/credential-providers'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { resolveProfileChain } from '#core/awsfiles/chain/resolve.ts'
import type { RoleStep, SourceStep } from '#core/awsfiles/index.ts'
import { mergeProfiles } from '#core/awsfiles/merged-profiles.ts'
import { isHallpassError } from '#shared/errors.ts'
import { botocoreMissing, withFiles } from '../unit/core/awsfiles/support/real-readers.ts'

interface Files {
  readonly config: string
  readonly credentials: string
}

type Answer = { readonly chain: unknown[] } | { readonly refusal: string }

const FILES = { config: 'config', credentials: 'credentials' }

/** Hallpass's answer; `translate` turns a step into the words of the other side. */
function ask(files: Files, profile: string, translate: (step: SourceStep | RoleStep) => unknown): Answer {
  const bytes = { config: Buffer.from(files.config), credentials: Buffer.from(files.credentials) }
  try {
    const { source, roles } = resolveProfileChain(mergeProfiles(bytes, FILES, 'aws'), profile)
    return { chain: [source, ...roles].map(translate) }
  } catch (error) {
    if (!isHallpassError(error)) throw error
    return { refusal: error.code }
  }
}

const role = (name: string, settings = '') => `[profile ${name}]\nrole_arn = arn:aws:iam::1:role/${name}\n${settings}`
/** The key's id tells whose it is. */
const key = (name: string) => `aws_access_key_id = access-key:${name}\naws_secret_access_key = s\n`
const SSO = 'sso_account_id = 1\nsso_role_name = r\n'
const SESSION = '[sso-session s]\nsso_start_url = https://u\nsso_region = eu-west-1\n'

/** By hand: every rule of A.7, and what each SDK's own tests are about. */
const TABLE: [what: string, config: string, credentials?: string][] = [
  ['a key', `[profile a]\n${key('a')}`],
  ['a role on a key', role('a', 'source_profile = b\n'), `[b]\n${key('b')}`],
  [
    'three roles',
    role('a', 'source_profile = b\n') + role('b', 'source_profile = c\n') + role('c', 'source_profile = d\n'),
    `[d]\n${key('d')}`,
  ],
  [
    'a source with key and role',
    `${role('a', 'source_profile = b\n')}${role('b', 'source_profile = c\n')}${key('b')}`,
    `[c]\n${key('c')}`,
  ],
  ['a source with key and a role without source', `${role('a', 'source_profile = b\n')}${role('b')}${key('b')}`],
  ['own key and a source', `${role('a', 'source_profile = b\n')}${key('a')}`, `[b]\n${key('b')}`],
  ['itself with a key', `${role('a', 'source_profile = a\n')}${key('a')}`],
  ['itself without a key', role('a', 'source_profile = a\n')],
  ['itself with a process', role('a', 'source_profile = a\ncredential_process = echo\n')],
  ['a source that is its own', role('a', 'source_profile = b\n') + role('b', 'source_profile = b\n')],
  ['a circle', role('a', 'source_profile = b\n') + role('b', 'source_profile = a\n')],
  [
    'a circle that the profile is not in',
    role('a', 'source_profile = b\n') + role('b', 'source_profile = c\n') + role('c', 'source_profile = b\n'),
  ],
  ['a missing source', role('a', 'source_profile = b\n')],
  ['a missing source of a source', role('a', 'source_profile = b\n') + role('b', 'source_profile = c\n')],
  ['an empty source profile', `${role('a', 'source_profile = b\n')}[profile b]\n`],
  ['a source without credentials', `${role('a', 'source_profile = b\n')}[profile b]\nregion = eu-west-1\n`],
  ['half a key, no secret', role('a', 'source_profile = b\n'), '[b]\naws_access_key_id = A\n'],
  ['half a key by itself', '[profile a]\naws_access_key_id = A\n'],
  ['two sources', role('a', 'source_profile = b\ncredential_source = Environment\n'), `[b]\n${key('b')}`],
  ['a role without source', role('a')],
  ['a source_profile without role', '[profile a]\nsource_profile = b\n', `[b]\n${key('b')}`],
  ['a process', '[profile a]\ncredential_process = echo\n'],
  ['a role on a process', `${role('a', 'source_profile = b\n')}[profile b]\ncredential_process = echo\n`],
  ['a web identity', role('a', 'web_identity_token_file = /t\n')],
  ['a role on a web identity', role('a', 'source_profile = b\n') + role('b', 'web_identity_token_file = /t\n')],
  ['a credential source', role('a', 'credential_source = Ec2InstanceMetadata\n')],
  ['a credential source in lower case', role('a', 'credential_source = environment\n')],
  ['a role on a credential source', role('a', 'source_profile = b\n') + role('b', 'credential_source = Environment\n')],
  ['a role on Identity Center', `${role('a', 'source_profile = b\n')}[profile b]\nsso_session = s\n${SSO}${SESSION}`],
  ['a role on aws login', `${role('a', 'source_profile = b\n')}[profile b]\nlogin_session = arn:aws:iam::1:user/u\n`],
]

describe.skipIf(botocoreMissing !== undefined)(`botocore ${botocoreMissing ?? ''}`, () => {
  test('gives the same chain, or refuses for the same reason, by hand', async () => {
    const cases = [
      ...TABLE.map(([what, config, credentials = '']) => ({ what, config, credentials })),
      {
        what: 'every setting of the call',
        config: role(
          'a',
          'source_profile = b\nexternal_id = x\nmfa_serial = m\nrole_session_name = n\nduration_seconds = 900\n',
        ),
        credentials: `[b]\n${key('b')}`,
      },
      {
        what: 'settings that are not inherited, and an odd duration',
        config:
          role('a', 'source_profile = b\nduration_seconds = 1h\n') +
          role('b', 'source_profile = c\nmfa_serial = m\nexternal_id = x\n'),
        credentials: `[c]\n${key('c')}`,
      },
      {
        what: 'a key of the credentials file before a process',
        config: '[profile a]\ncredential_process = echo\n',
        credentials: `[a]\n${key('a')}`,
      },
      {
        what: 'a process before a key of config',
        config: `[profile a]\ncredential_process = echo\n${key('a')}`,
        credentials: '',
      },
      {
        what: 'Identity Center before a key',
        config: `[profile a]\nsso_session = s\n${SSO}${SESSION}`,
        credentials: `[a]\n${key('a')}`,
      },
      {
        what: 'a web identity before a source profile',
        config: role('a', 'web_identity_token_file = /t\nsource_profile = b\n'),
        credentials: `[b]\n${key('b')}`,
      },
      {
        what: 'back to the start, which has a key',
        config: `${role('a', 'source_profile = b\n')}${key('a')}${role('b', 'source_profile = a\n')}`,
        credentials: '',
      },
      {
        what: 'half a key beside a role of the source',
        config: `${role('a', 'source_profile = b\n')}${role('b', 'source_profile = c\n')}aws_access_key_id = A\n`,
        credentials: `[c]\n${key('c')}`,
      },
      {
        what: 'half a key in a profile that names itself',
        config: role('a', 'source_profile = a\naws_access_key_id = A\n'),
        credentials: '',
      },
      { what: 'a token file without role', config: '[profile a]\nweb_identity_token_file = /t\n', credentials: '' },
      { what: 'a missing sso-session', config: `[profile a]\nsso_session = s\n${SSO}`, credentials: '' },
      {
        what: 'incomplete Identity Center settings',
        config: `[profile a]\nsso_start_url = u\n${SSO}`,
        credentials: '',
      },
      {
        what: 'contradicting Identity Center settings',
        config: `[profile a]\nsso_session = s\nsso_region = x\n${SSO}${SESSION}`,
        credentials: '',
      },
      { what: 'an sso_session alone', config: `[profile a]\nsso_session = s\n${SESSION}`, credentials: '' },
      { what: 'an unknown profile', config: '', credentials: '' },
    ]
    const answers = await askBotocore(cases, 'a')
    for (const [index, { what, ...files }] of cases.entries()) {
      expect(ask(files, 'a', asBotocoreSays), what).toEqual(answers[index])
    }
  })

  test('gives the same chain, or refuses for the same reason, for random profiles', async () => {
    const cases = fc.sample(anyProfiles, { numRuns: 1500, seed: 20 })
    const answers = await askBotocore(cases, 'p0')
    const seen = new Set<string>()
    for (const [index, files] of cases.entries()) {
      const answer = ask(files, 'p0', asBotocoreSays)
      expect(answer, `${files.config}--\n${files.credentials}`).toEqual(answers[index])
      seen.add('refusal' in answer ? answer.refusal : `chain of ${Math.min(answer.chain.length, 4)}`)
    }
    expect([...seen].toSorted()).toEqual([
      ...['chain of 1', 'chain of 2', 'chain of 3', 'chain of 4'],
      ...[
        'chain.cycle',
        'chain.invalid-source',
        'chain.missing-source',
        'chain.no-source',
        'chain.partial-keys',
        'chain.two-sources',
      ],
    ])
  })
})

/** Files whose profiles hold one kind of credentials at most; with several SDKs differ (A.6). */
const anyProfiles: fc.Arbitrary<Files> = fc
  .array(
    fc.record({
      isRole: fc.integer({ min: 0, max: 5 }).map((weight) => weight > 0),
      source: fc.option(fc.nat({ max: 6 }), { nil: undefined, freq: 6 }),
      credentialSource: fc.constantFrom('', '', '', '', '', '', 'Environment', 'EcsContainer', 'environment'),
      holds: fc.constantFrom(
        '',
        '',
        '',
        '',
        'key',
        'key',
        'id',
        'process',
        'login',
        'web',
        'sso',
        'sso-half',
        'sso-gone',
      ),
      inCredentials: fc.boolean(),
      extra: fc.constantFrom(
        '',
        '',
        'external_id = x\n',
        'mfa_serial = m\n',
        'duration_seconds = 900\nrole_session_name = n\n',
      ),
    }),
    { minLength: 1, maxLength: 6 },
  )
  .map((profiles) => {
    let config = SESSION
    let credentials = ''
    for (const [number, { isRole, source, credentialSource, holds, inCredentials, extra }] of profiles.entries()) {
      const name = `p${number}`
      config += `[profile ${name}]\n${extra}`
      if (isRole) config += `role_arn = arn:aws:iam::1:role/${name}\n`
      if (source !== undefined) config += `source_profile = p${source}\n`
      if (isRole && credentialSource) config += `credential_source = ${credentialSource}\n`
      if (holds === 'process') config += 'credential_process = echo\n'
      if (holds === 'login') config += 'login_session = arn:aws:iam::1:user/u\n'
      if (holds === 'web') config += 'web_identity_token_file = /t\n'
      if (holds === 'sso') config += `sso_session = s\n${SSO}`
      if (holds === 'sso-half') config += `sso_session = s\nsso_account_id = 1\n`
      if (holds === 'sso-gone') config += `sso_session = gone\n${SSO}`
      const keys = holds === 'key' ? key(name) : holds === 'id' ? 'aws_access_key_id = A\n' : ''
      if (inCredentials) credentials += `[${name}]\n${keys}`
      else config += keys
    }
    return { config, credentials }
  })

/** A step as `chains-with-botocore.py` prints it. */
function asBotocoreSays(step: SourceStep | RoleStep): unknown {
  if (step.kind === 'credential-source') return [step.kind, step.source]
  if (step.kind === 'web-identity') return [step.kind, step.roleArn]
  if (step.kind !== 'assume-role') return [step.kind, step.profile]
  return [
    step.kind,
    {
      RoleArn: step.roleArn,
      ...(step.externalId && { ExternalId: step.externalId }),
      ...(step.mfaSerial && { SerialNumber: step.mfaSerial }),
      ...(step.sessionName && { RoleSessionName: step.sessionName }),
      ...(step.durationSeconds && { DurationSeconds: step.durationSeconds }),
    },
  ]
}

interface BotocoreReply {
  readonly chain?: unknown[] | null
  readonly error?: string
  readonly message?: string
}

/** botocore's exceptions and the words in them that tell the reason, with the code that is the same reason. */
const REASONS: [error: string, words: RegExp, code: string][] = [
  ['ProfileNotFound', /could not be found/, 'profile.not-found'],
  ['InfiniteLoopConfigError', /Infinite loop/, 'chain.cycle'],
  ['InvalidConfigError', /referenced in the profile .* does not exist/, 'chain.missing-source'],
  ['InvalidConfigError', /sso-session does not exist/, 'chain.missing-source'],
  ['InvalidConfigError', /contains both/, 'chain.two-sources'],
  ['InvalidConfigError', /must have credentials/, 'chain.no-source'],
  ['PartialCredentialsError', /source_profile or credential_source/, 'chain.no-source'],
  ['PartialCredentialsError', /aws_secret_access_key/, 'chain.partial-keys'],
  [
    'InvalidConfigError',
    /credential source .* is not valid|no role ARN|missing required|inconsistent/,
    'chain.invalid-source',
  ],
]

function askBotocore(cases: readonly Files[], profile: string): Promise<Answer[]> {
  const pairs = cases.map(({ config, credentials }) => ({
    config: Buffer.from(config),
    credentials: Buffer.from(credentials),
  }))
  return withFiles(pairs, (paths) => {
    const script = join(import.meta.dirname, '../unit/core/awsfiles/support/chains-with-botocore.py')
    const run = spawnSync('python3', ['-X', 'utf8', script], {
      input: JSON.stringify(paths.map((pair) => [...pair, profile])),
      env: { PATH: process.env.PATH, HOME: process.env.HOME },
      encoding: 'utf8',
      maxBuffer: 64 * 1024 * 1024,
    })
    if (run.status !== 0) throw new Error(`python3 failed: ${run.stderr}`)
    return (JSON.parse(run.stdout) as BotocoreReply[]).map(({ chain, error, message = '' }): Answer => {
      if (chain) return { chain }
      if (error === undefined) return { refusal: 'chain.no-source' }
      const reason = REASONS.find(([name, words]) => name === error && words.test(message))
      return { refusal: reason?.[2] ?? `${error}: ${message}` }
    })
  })
}

describe('the AWS SDK for JavaScript', () => {
  /** Its own words for what can't be resolved: it tells a circle from the rest only. */
  const asJsSays = (answer: Answer): Answer =>
    'chain' in answer || answer.refusal === 'chain.cycle' ? answer : { refusal: 'not resolved' }
  /** Asks the machine it runs on, or a sign-in: there is no answer to be had here. */
  const elsewhere = /Ec2InstanceMetadata|login_session|sso_session/
  beforeAll(() => {
    vi.stubEnv('AWS_ACCESS_KEY_ID', 'credential-source')
    vi.stubEnv('AWS_SECRET_ACCESS_KEY', 's')
    vi.stubEnv('AWS_SESSION_TOKEN', undefined)
  })
  afterAll(() => void vi.unstubAllEnvs())

  const cases = TABLE.filter(([, config]) => !elsewhere.test(config))

  test.each(cases)('agrees about %s', async (_what, config, credentials = '') => {
    // It runs the process and reads the token.
    const answered = config
      .replaceAll('credential_process = echo', () => `credential_process = ${PROCESS}`)
      .replaceAll('web_identity_token_file = /t', () => `web_identity_token_file = ${import.meta.filename}`)
    const pair = { config: Buffer.from(answered), credentials: Buffer.from(credentials) }
    const [answer] = await withFiles([pair], async ([paths]) => [await askJsSdk(paths ?? ['', ''])])
    expect(answer).toEqual(asJsSays(ask({ config, credentials }, 'a', asJsNames)))
  })
})

const PROCESS = `echo '{"Version":1,"AccessKeyId":"process","SecretAccessKey":"s"}'`

function asJsNames(step: SourceStep | RoleStep): string {
  if (step.kind === 'assume-role' || step.kind === 'web-identity') return step.roleArn
  return step.kind === 'access-key' ? `access-key:${step.profile}` : step.kind
}

/** Each call's answer carries the way to it in the key id. */
async function askJsSdk([configFilepath, filepath]: readonly [string, string]): Promise<Answer> {
  const given = (accessKeyId: string) => Promise.resolve({ accessKeyId, secretAccessKey: 's' })
  const provider = fromIni({
    profile: 'a',
    configFilepath,
    filepath,
    ignoreCache: true,
    roleAssumer: (source, { RoleArn }) => given(`${source.accessKeyId} ${RoleArn}`),
    roleAssumerWithWebIdentity: ({ RoleArn }) => given(RoleArn ?? ''),
  })
  try {
    return { chain: (await provider()).accessKeyId.split(' ') }
  } catch (error) {
    return { refusal: /Detected a cycle/.test(String(error)) ? 'chain.cycle' : 'not resolved' }
  }
}
