/** Source-profile chains, rule by rule (AWS facts A.5–A.7), and what an unresolvable one says. */
import { describe, expect, it } from 'vitest'
import { chainOf, refusalOf } from './support.ts'

const ARN = (name: string) => `arn:aws:iam::123456789012:role/${name}`
const role = (name: string, settings = '') => `[profile ${name}]\nrole_arn = ${ARN(name)}\n${settings}`
const KEYS = 'aws_access_key_id = AKIAPLANTED\naws_secret_access_key = planted\n'
const key = (profile: string) => ({ kind: 'access-key', profile })
const assume = (profile: string, rest: object = {}) => ({
  kind: 'assume-role',
  profile,
  roleArn: ARN(profile),
  ...rest,
})

describe('a chain', () => {
  it.each<[rule: string, config: string, credentials: string, expected: object[]]>([
    ['is one access key', `[profile a]\n${KEYS}`, '', [key('a')]],
    ['is a key of the credentials file', '', `[a]\n${KEYS}`, [key('a')]],
    ['is a key of both files', '[profile a]\naws_access_key_id = A\n', '[a]\naws_secret_access_key = s\n', [key('a')]],
    ['is a role on a key', role('a', 'source_profile = b\n'), `[b]\n${KEYS}`, [key('b'), assume('a')]],
    [
      'is many roles, innermost first',
      role('a', 'source_profile = b\n') + role('b', 'source_profile = c\n') + role('c', 'source_profile = d\n'),
      `[d]\n${KEYS}`,
      [key('d'), assume('c'), assume('b'), assume('a')],
    ],
    [
      'takes the source’s key and skips its role',
      `${role('a', 'source_profile = b\n')}${role('b', 'source_profile = c\n')}${KEYS}`,
      `[c]\n${KEYS}`,
      [key('b'), assume('a')],
    ],
    [
      'takes the source’s key although its role has no source',
      `${role('a', 'source_profile = b\n')}${role('b')}${KEYS}`,
      '',
      [key('b'), assume('a')],
    ],
    [
      'assumes the role of a profile that has a key of its own',
      `${role('a', 'source_profile = b\n')}${KEYS}`,
      `[b]\n${KEYS}`,
      [key('b'), assume('a')],
    ],
    [
      'lets a profile with a key be its own source',
      `${role('a', 'source_profile = a\n')}${KEYS}`,
      '',
      [key('a'), assume('a')],
    ],
    [
      'lets a source that names itself be a key',
      `${role('a', 'source_profile = b\n')}${role('b', 'source_profile = b\n')}${KEYS}`,
      '',
      [key('b'), assume('a')],
    ],
    [
      'passes on every setting of the call',
      role(
        'a',
        'source_profile = b\nexternal_id = x\nmfa_serial = arn:m\nrole_session_name = s\nduration_seconds = 900\n',
      ),
      `[b]\n${KEYS}`,
      [key('b'), assume('a', { externalId: 'x', mfaSerial: 'arn:m', sessionName: 's', durationSeconds: 900 })],
    ],
    [
      'does not inherit the MFA device of its source',
      role('a', 'source_profile = b\n') + role('b', 'source_profile = c\nmfa_serial = arn:m\n'),
      `[c]\n${KEYS}mfa_serial = arn:n\n`,
      [key('c'), assume('b', { mfaSerial: 'arn:m' }), assume('a')],
    ],
    [
      'ignores a duration that is not a whole number',
      role('a', 'source_profile = b\nduration_seconds = 1h\n'),
      `[b]\n${KEYS}`,
      [key('b'), assume('a')],
    ],
    [
      'leaves out empty settings',
      role('a', 'source_profile = b\nexternal_id =\nmfa_serial =\nrole_session_name =\nduration_seconds =\n'),
      `[b]\n${KEYS}`,
      [key('b'), assume('a')],
    ],
    ...(['Environment', 'Ec2InstanceMetadata', 'EcsContainer'] as const).map(
      (source): [string, string, string, object[]] => [
        `starts at ${source}`,
        role('a', `credential_source = ${source}\n`),
        '',
        [{ kind: 'credential-source', source }, assume('a')],
      ],
    ),
    [
      'reaches a credential source through a source profile',
      role('a', 'source_profile = b\n') + role('b', 'credential_source = Environment\n'),
      '',
      [{ kind: 'credential-source', source: 'Environment' }, assume('b'), assume('a')],
    ],
    [
      'takes the credential source of a source profile without a role',
      `${role('a', 'source_profile = b\n')}[profile b]\ncredential_source = EcsContainer\n`,
      '',
      [{ kind: 'credential-source', source: 'EcsContainer' }, assume('a')],
    ],
    [
      'is a web identity',
      role('a', 'web_identity_token_file = /t\nrole_session_name = s\n'),
      '',
      [{ kind: 'web-identity', roleArn: ARN('a'), tokenFile: '/t', sessionName: 's' }],
    ],
    [
      'prefers the web identity to a source profile',
      role('a', 'web_identity_token_file = /t\nsource_profile = b\n'),
      `[b]\n${KEYS}`,
      [{ kind: 'web-identity', roleArn: ARN('a'), tokenFile: '/t' }],
    ],
    [
      'starts at a web identity',
      role('a', 'source_profile = b\n') + role('b', 'web_identity_token_file = /t\n'),
      '',
      [{ kind: 'web-identity', roleArn: ARN('b'), tokenFile: '/t' }, assume('a')],
    ],
    ...(
      [
        ['process', 'credential_process = /bin/x\n'],
        ['login', 'login_session = arn:aws:iam::1:user/x\n'],
        ['sso', 'sso_session = s\nsso_account_id = 1\nsso_role_name = r\n'],
        ['sso', 'sso_start_url = u\nsso_region = r\nsso_account_id = 1\nsso_role_name = r\n'],
      ] as const
    ).map(([kind, settings]): [string, string, string, object[]] => [
      `starts at ${kind}: ${settings.split(' ')[0]}`,
      `${role('a', 'source_profile = b\n')}[profile b]\n${settings}[sso-session s]\nsso_start_url = u\nsso_region = r\n`,
      '',
      [{ kind, profile: 'b' }, assume('a')],
    ]),
    [
      'prefers a key of the credentials file to a process',
      '[profile a]\ncredential_process = /bin/x\n',
      `[a]\n${KEYS}`,
      [key('a')],
    ],
    [
      'prefers a process to a key of config',
      `[profile a]\ncredential_process = x\n${KEYS}`,
      '',
      [{ kind: 'process', profile: 'a' }],
    ],
    [
      'prefers Identity Center to a key',
      '[profile a]\nsso_start_url = u\nsso_region = r\nsso_account_id = 1\nsso_role_name = r\n',
      `[a]\n${KEYS}`,
      [{ kind: 'sso', profile: 'a' }],
    ],
    [
      'prefers the key of a source profile to its process',
      `${role('a', 'source_profile = b\n')}[profile b]\ncredential_process = x\n${KEYS}`,
      '',
      [key('b'), assume('a')],
    ],
    [
      'starts at the default profile',
      role('a', 'source_profile = default\n'),
      `[default]\n${KEYS}`,
      [key('default'), assume('a')],
    ],
  ])('%s', (_rule, config, credentials, expected) => {
    expect(chainOf(config, credentials, 'a')).toEqual(expected)
  })

  it('can be ten thousand roles long', () => {
    const depth = 10_000
    const links = Array.from({ length: depth }, (_, at) => role(`p${at}`, `source_profile = p${at + 1}\n`))
    const chain = chainOf(links.join(''), `[p${depth}]\n${KEYS}`, 'p0')
    expect(chain).toHaveLength(depth + 1)
    expect(chain.at(0)).toEqual(key(`p${depth}`))
    expect(chain.at(-1)).toEqual(assume('p0'))
  })
})

describe('a refusal', () => {
  it.each<[rule: string, config: string, credentials: string, code: string, ...words: string[]]>([
    ['of an unknown profile', `[profile aa]\n${KEYS}`, '', 'profile.not-found', 'a', 'Did you mean aa?'],
    ['with no profile at all', '', '', 'profile.not-found', 'no profile a'],
    [
      'of a circle',
      role('a', 'source_profile = b\n') + role('b', 'source_profile = c\n') + role('c', 'source_profile = b\n'),
      '',
      'chain.cycle',
      'b → c → b',
    ],
    [
      'of a circle back to the start, whatever key that has',
      `${role('a', 'source_profile = b\n')}${KEYS}${role('b', 'source_profile = a\n')}`,
      '',
      'chain.cycle',
      'a → b → a',
    ],
    [
      'of a profile that names itself without a key',
      role('a', 'source_profile = a\n'),
      '',
      'chain.cycle',
      'its own source',
    ],
    [
      'of a source that names itself without a key',
      role('a', 'source_profile = b\n') + role('b', 'source_profile = b\n'),
      '',
      'chain.cycle',
      'Profile b is its own source',
    ],
    [
      'of a profile that names itself with a process',
      role('a', 'source_profile = a\ncredential_process = x\n'),
      '',
      'chain.cycle',
      'its own source',
    ],
    ['of a missing source', role('a', 'source_profile = b\n'), '', 'chain.missing-source', 'Profile b', 'profile a'],
    [
      'of a missing source, its name near the profile’s',
      role('a', 'source_profile = aa\n'),
      '',
      'chain.missing-source',
      'Create profile aa',
    ],
    [
      'of a missing source’s source',
      role('a', 'source_profile = b\n') + role('b', 'source_profile = gone\n'),
      '',
      'chain.missing-source',
      'Profile gone, the source of profile b',
    ],
    [
      'of a mistyped source',
      role('a', 'source_profile = bse\n'),
      `[base]\n${KEYS}`,
      'chain.missing-source',
      'Did you mean base?',
    ],
    [
      'of a quoted source',
      role('a', 'source_profile = "base"\n'),
      `[base]\n${KEYS}`,
      'chain.missing-source',
      'Did you mean base?',
    ],
    [
      'of a source in config without the word profile',
      `${role('a', 'source_profile = b\n')}[b]\n${KEYS}`,
      '',
      'chain.missing-source',
      'Profile b',
    ],
    [
      'of a missing sso-session',
      '[profile a]\nsso_session = s\nsso_account_id = 1\nsso_role_name = r\n',
      '',
      'chain.missing-source',
      'sso-session s',
    ],
    [
      'of half a key: no secret',
      role('a', 'source_profile = b\n'),
      '[b]\naws_access_key_id = AKIAPLANTED\n',
      'chain.partial-keys',
      'profile b',
      'aws_secret_access_key is missing',
    ],
    [
      'of half a key: no id',
      role('a', 'source_profile = b\n'),
      '[b]\naws_secret_access_key = planted\n',
      'chain.partial-keys',
      'aws_access_key_id is missing',
    ],
    [
      'of half a key: an empty secret',
      role('a', 'source_profile = b\n'),
      '[b]\naws_access_key_id = AKIAPLANTED\naws_secret_access_key =\n',
      'chain.partial-keys',
      'aws_secret_access_key',
    ],
    [
      'of half a key beside a role, reached through source_profile',
      `${role('a', 'source_profile = b\n')}${role('b', 'source_profile = c\n')}aws_access_key_id = AKIAPLANTED\n`,
      `[c]\n${KEYS}`,
      'chain.partial-keys',
      'profile b',
    ],
    [
      'of half a key in a profile that names itself',
      role('a', 'source_profile = a\naws_secret_access_key = planted\n'),
      '',
      'chain.partial-keys',
      'aws_access_key_id is missing',
    ],
    [
      'of half a key in a profile by itself',
      '[profile a]\naws_access_key_id = AKIAPLANTED\n',
      '',
      'chain.partial-keys',
      'aws_secret_access_key is missing',
    ],
    [
      'of a token alone',
      '[profile a]\naws_session_token = planted\n',
      '',
      'chain.partial-keys',
      'aws_access_key_id and aws_secret_access_key are missing',
    ],
    [
      'of two sources',
      role('a', 'source_profile = b\ncredential_source = Environment\n'),
      `[b]\n${KEYS}`,
      'chain.two-sources',
      'source_profile and credential_source',
    ],
    [
      'of two sources, the profile missing besides',
      role('a', 'source_profile = gone\ncredential_source = Environment\n'),
      '',
      'chain.two-sources',
      'profile a',
    ],
    ['of a role without a source', role('a'), '', 'chain.no-source', 'role_arn'],
    ['of a role without a source, with a key', `${role('a')}${KEYS}`, '', 'chain.no-source', 'role_arn', 'JavaScript'],
    ['of an empty source_profile', role('a', 'source_profile =\n'), '', 'chain.no-source', 'role_arn'],
    ['of an empty profile', '[profile a]\n', '', 'chain.no-source', 'Profile a has no credentials'],
    ['of a profile with only a region', '[profile a]\nregion = r\n', '', 'chain.no-source', 'no credentials'],
    [
      'of a profile with only a source_profile',
      '[profile a]\nsource_profile = b\n',
      `[b]\n${KEYS}`,
      'chain.no-source',
      'source_profile, but no role_arn',
    ],
    [
      'of a profile with only a credential_source',
      '[profile a]\ncredential_source = Environment\n',
      '',
      'chain.no-source',
      'credential_source, but no role_arn',
    ],
    [
      'of an empty source profile',
      `${role('a', 'source_profile = b\n')}[profile b]\n`,
      '',
      'chain.no-source',
      'Profile b',
    ],
    [
      'of an sso_session alone, which gives tokens and no credentials',
      '[profile a]\nsso_session = s\n[sso-session s]\nsso_start_url = u\nsso_region = r\n',
      '',
      'chain.no-source',
      'no credentials',
    ],
    [
      'of a credential source in another case',
      role('a', 'credential_source = environment\n'),
      '',
      'chain.invalid-source',
      'Environment',
    ],
    [
      'of a token file without role_arn',
      '[profile a]\nweb_identity_token_file = /t\n',
      '',
      'chain.invalid-source',
      'role_arn',
    ],
    [
      'of Identity Center settings that lack some',
      '[profile a]\nsso_role_name = r\nsso_start_url = u\n',
      '',
      'chain.invalid-source',
      'sso_region, sso_account_id are missing',
    ],
    [
      'of Identity Center settings that contradict their session',
      '[profile a]\nsso_session = s\nsso_role_name = r\nsso_account_id = 1\nsso_region = x\n[sso-session s]\nsso_start_url = u\nsso_region = y\n',
      '',
      'chain.invalid-source',
      'sso_region',
    ],
    [
      'of a file SDKs reject',
      `${role('a', 'source_profile = b\n')}junk\n`,
      `[b]\n${KEYS}`,
      'file.unparsable',
      'line 4',
      'no =',
    ],
  ])('%s', (_rule, config, credentials, code, ...words) => {
    const refusal = refusalOf(config, credentials, 'a')
    expect(refusal.code).toBe(code)
    const text = `${refusal.message}\n${refusal.hint}`
    for (const word of words) expect(text).toContain(word)
    expect(text).not.toMatch(/planted/i)
  })

  it('stays short however long the circle is', () => {
    const links = Array.from({ length: 1000 }, (_, at) => role(`p${at}`, `source_profile = p${(at + 1) % 1000}\n`))
    const { code, message } = refusalOf(links.join(''), '', 'p0')
    expect(code).toBe('chain.cycle')
    expect(message).toContain('p0 → p1 → p2 → p3 → … → p997 → p998 → p999 → p0')
  })
})
