/** Every rule by the row of the fact sheet it stands for: the line, the code, and whom it breaks. */
import { describe, expect, it } from 'vitest'
import { findProblems } from '#core/awsfiles/check/rules.ts'
import { makeInput, problemsOf, type TestFiles } from './support.ts'

const EVERYBODY = 'aws,botocore,js-sdk'
const KEYS = 'aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = planted-secret\n'

interface Row extends TestFiles {
  readonly what: string
  readonly problems: readonly string[]
}

function check(rows: readonly Row[]): void {
  it.each(rows)('$what', ({ what: _, problems, ...files }) => {
    expect(problemsOf(files)).toEqual(problems)
  })
}

describe('nothing is wrong with', () => {
  check([
    { what: 'missing and empty files', problems: [] },
    { what: 'an ordinary pair', config: '[default]\nregion = r\n', credentials: `[default]\n${KEYS}`, problems: [] },
    { what: 'a block', config: '[default]\ns3 =\n  max = 1\n  style = path\nregion = r\n', problems: [] },
    { what: 'CRLF', config: '[profile a]\r\nregion = r\r\n', problems: [] },
    { what: 'comments of their own', config: '# a\n[profile a] # b\n# c\nregion = r\n; d\n', problems: [] },
    { what: 'an empty value', config: '[profile a]\nregion = r\nx =\n', problems: [] },
    { what: 'no region', config: '[profile a]\noutput = json\n', problems: [] },
    { what: '[profile default] alone', config: '[profile default]\nregion = r\n', problems: [] },
    { what: 'a login profile', config: '[profile a]\nlogin_session = arn:aws:iam::1:user/u\n', problems: [] },
    {
      what: 'a role',
      config: '[profile a]\nrole_arn = r\nsource_profile = b\n',
      credentials: `[b]\n${KEYS}`,
      problems: [],
    },
    { what: 'sections of the AWS CLI', config: '[plugins]\nx = 1\n[preview]\ny = true\n', problems: [] },
    {
      what: 'a role that starts from its own keys',
      config: '[profile a]\nrole_arn = r\nsource_profile = a\n',
      credentials: `[a]\n${KEYS}`,
      problems: [],
    },
    {
      what: 'keys that serve as the source of others, beside a role',
      config: '[profile a]\nrole_arn = r\nsource_profile = b\n',
      credentials: `[a]\n${KEYS}[b]\n${KEYS}`,
      problems: [],
    },
    {
      what: 'Identity Center',
      config: '[sso-session s]\nsso_start_url = u\nsso_region = r\n[profile a]\nsso_session = s\nsso_region = r\n',
      problems: [],
    },
    { what: 'a [DEFAULT] without keys', config: '[DEFAULT]\n[profile a]\nregion = r\n', problems: [] },
    {
      what: 'a profile whose keys are all in the other file',
      config: '[profile a]\n',
      credentials: `[a]\n${KEYS}`,
      problems: [],
    },
  ])
})

describe('a file is rejected for', () => {
  check([
    { what: 'a byte order mark', config: '\ufeff[profile a]\nx = 1\n', problems: ['config:1 file.bom aws!,botocore!'] },
    {
      what: 'invalid UTF-8',
      config: Buffer.from('[profile a]\nx = \xff\n', 'latin1'),
      problems: ['config:0 file.not-utf8 aws!,botocore!'],
    },
    {
      what: 'a line before the first section',
      config: 'x = 1\n[profile a]\ny = 2\n',
      problems: ['config:1 line.before-section aws!,botocore!'],
    },
    {
      what: 'a line without =',
      config: '[profile a]\ngarbage\ny = 2\n',
      problems: ['config:2 line.no-key aws!,botocore!'],
    },
    {
      what: 'a duplicate section',
      config: '[profile a]\nx = 1\n[profile a]\ny = 2\n',
      problems: ['config:3 section.duplicate botocore!'],
    },
    { what: 'a duplicate key', config: '[profile a]\nx = 1\nx = 2\n', problems: ['config:3 key.duplicate botocore!'] },
    {
      what: 'a colon',
      config: '[profile a]\nregion: r\ny = 2\n',
      problems: ['config:2 line.no-key aws!'],
    },
    {
      what: 'indented keys',
      config: '[profile a]\n  x = 1\n  y = 2\n',
      problems: ['config:2 line.continues-nothing aws!', 'config:3 line.continues-nothing aws!'],
    },
    {
      what: 'the name __proto__',
      credentials: '[__proto__]\nx = 1\n',
      problems: ['credentials:1 section.proto js-sdk!'],
    },
    {
      what: 'one reason, and what is wrong besides is found all the same',
      config: 'junk\n[profile a]\nregion = r # note\n[b]\nx = 1\n',
      problems: [
        'config:1 line.before-section aws!,botocore!',
        'config:3 value.comment botocore',
        `config:4 section.wrong-form ${EVERYBODY}`,
      ],
    },
  ])

  it('a merge conflict is named as one', () => {
    const [problem] = findProblems(makeInput({ config: '[profile a]\n<<<<<<< HEAD\nx = 1\n' }))
    expect(problem).toMatchObject({ code: 'line.no-key', advice: expect.stringContaining('Finish the merge') })
    expect(problem?.repair).toBeUndefined()
  })
})

describe('headers (A.3)', () => {
  check([
    { what: '[a] in config', config: '[a]\nx = 1\n', problems: [`config:1 section.wrong-form ${EVERYBODY}`] },
    {
      what: '[profile a] in credentials',
      credentials: '[profile a]\nx = 1\n',
      problems: [`credentials:1 section.wrong-form ${EVERYBODY}`],
    },
    {
      what: '[sso-session a] in credentials',
      credentials: '[sso-session a]\nx = 1\n',
      problems: [`credentials:1 section.wrong-form ${EVERYBODY}`],
    },
    {
      what: '[profile my team]',
      config: '[profile my team]\nx = 1\n',
      problems: [`config:1 section.ignored ${EVERYBODY}`],
    },
    {
      what: '[sso-session My SSO]',
      config: '[sso-session My SSO]\nx = 1\n',
      problems: [`config:1 section.ignored ${EVERYBODY}`],
    },
    {
      what: 'a name in quotes with a blank',
      config: '[profile "my team"]\nx = 1\n',
      problems: ['config:1 section.invalid-name aws,js-sdk'],
    },
    {
      what: 'a name in quotes',
      config: '[profile "a"]\nx = 1\n',
      problems: ['config:1 section.header-form aws'],
    },
    { what: 'two blanks', config: '[profile  a]\nx = 1\n', problems: ['config:1 section.header-form js-sdk'] },
    { what: 'a trailing blank', config: '[profile a ]\nx = 1\n', problems: ['config:1 section.header-form js-sdk'] },
    {
      what: 'no blank before the comment',
      config: '[profile z]\ny = 1\n[profile a];note\nx = 1\n',
      problems: ['config:1 value.differs js-sdk', 'config:3 section.header-form js-sdk'],
    },
    {
      what: 'a dot instead of the blank',
      config: '[profile.a]\nx = 1\n',
      problems: ['config:1 section.header-form aws,botocore'],
    },
    {
      what: 'two words in credentials',
      credentials: '[my team]\nx = 1\n',
      problems: ['credentials:1 section.invalid-name aws,js-sdk'],
    },
    {
      what: 'a name that every object has',
      config: '[profile toString]\nx = 1\n',
      problems: ['config:1 section.invalid-name js-sdk'],
    },
    {
      what: 'non-ASCII',
      config: '[profile prod-é]\nx = 1\n',
      problems: ['config:1 section.invalid-name aws,js-sdk'],
    },
    {
      what: '[default] and [profile default]',
      config: '[default]\nx = 1\n[profile default]\nx = 2\n',
      problems: [`config:1 section.two-defaults ${EVERYBODY}`],
    },
    {
      what: 'two spellings of one profile',
      config: '[profile a]\nx = 1\n[profile "a"]\nx = 1\n',
      problems: ['config:3 section.header-form aws', 'config:3 section.respelled botocore'],
    },
    {
      what: '[DEFAULT]',
      config: '[DEFAULT]\nx = 1\n[profile a]\nx = 1\n',
      problems: ['config:1 section.leaks botocore'],
    },
    {
      what: 'a header in an indented value',
      config: '[profile a]\nx = 1\n  [profile b]\n',
      problems: ['config:2 value.continuation js-sdk', 'config:3 section.in-value js-sdk'],
    },
    { what: 'an empty profile', config: '[profile a]\n', problems: ['config:1 section.empty js-sdk'] },
  ])
})

describe('values (A.2)', () => {
  check([
    { what: 'lone CRs', config: '[profile a]\rx = 1\r', problems: ['config:1 file.lone-cr aws,js-sdk'] },
    {
      what: 'a comment behind a value',
      config: '[profile a]\nx = 1\nregion = r # note\n',
      problems: ['config:3 value.comment botocore'],
    },
    {
      what: 'a value that starts like a comment',
      config: '[profile a]\nregion = r\nexternal_id = #lead\n',
      problems: ['config:3 value.comment botocore'],
    },
    {
      what: 'an upper-case key',
      config: '[profile a]\nx = 1\nRegion = r\n',
      problems: ['config:3 key.upper-case js-sdk'],
    },
    {
      what: 'a value that goes on',
      config: '[profile a]\nx = a\n  b = c\n',
      problems: ['config:2 value.continuation js-sdk'],
    },
    {
      what: 'a comment in a block',
      config: '[profile a]\ns3 =\n  x = 1 # note\n',
      problems: ['config:2 block.comment js-sdk'],
    },
    {
      what: 'a key with a blank',
      config: '[profile a]\nx = 1\nmy key = 2\n',
      problems: ['config:3 key.invalid-name aws'],
    },
    {
      what: 'quotes around a region',
      config: '[profile a]\nregion = "r"\n',
      problems: [`config:2 value.quoted ${EVERYBODY}`],
    },
  ])
})

describe('where credentials come from (A.4, A.6, E.1)', () => {
  const PROCESS = 'credential_process = /opt/x\n'
  check([
    {
      what: 'the token in the other file',
      config: '[profile a]\naws_session_token = t\n',
      credentials: `[a]\n${KEYS}`,
      problems: ['config:2 keys.token-elsewhere aws,js-sdk'],
    },
    {
      what: 'the token in the other file, keys in config',
      config: `[profile a]\n${KEYS}`,
      credentials: '[a]\naws_session_token = t\n',
      problems: ['credentials:2 keys.token-elsewhere aws,js-sdk'],
    },
    {
      what: 'a pair in two files',
      config: '[profile a]\naws_secret_access_key = s\n',
      credentials: '[a]\naws_access_key_id = k\n',
      problems: ['config:2 keys.split botocore'],
    },
    {
      what: 'half a pair',
      credentials: '[a]\naws_access_key_id = k\n',
      problems: [`credentials:2 keys.partial ${EVERYBODY}`],
    },
    {
      what: 'keys in credentials and a process: static everywhere',
      config: `[profile a]\n${PROCESS}`,
      credentials: `[a]\n${KEYS}`,
      problems: ['config:2 source.shadowed botocore,js-sdk'],
    },
    {
      what: 'keys in config and a process: they disagree',
      config: `[profile a]\n${KEYS}${PROCESS}`,
      problems: ['config:2 source.disagree botocore,js-sdk'],
    },
    {
      what: 'Identity Center and keys: they disagree',
      config: '[profile a]\nsso_start_url = u\nsso_region = r\n',
      credentials: `[a]\n${KEYS}`,
      problems: ['config:2 source.disagree botocore,js-sdk'],
    },
    {
      what: 'a login session below keys',
      config: '[profile a]\nlogin_session = s\n',
      credentials: `[a]\n${KEYS}`,
      problems: ['config:2 source.shadowed botocore,js-sdk'],
    },
    {
      what: 'a role with its own keys and no source',
      config: '[profile a]\nrole_arn = r\n',
      credentials: `[a]\n${KEYS}`,
      problems: ['config:2 role.no-source botocore,js-sdk'],
    },
    {
      what: 'a role without anything',
      config: '[profile a]\nrole_arn = r\n',
      problems: [`config:2 role.no-source ${EVERYBODY}`],
    },
    {
      what: 'a role with two sources',
      config: '[profile a]\nrole_arn = r\nsource_profile = b\ncredential_source = Environment\n',
      problems: [`config:4 role.two-sources ${EVERYBODY}`],
    },
    {
      what: 'an sso_session that is missing',
      config: '[profile a]\nsso_session = s\n',
      problems: [`config:2 sso.missing-session ${EVERYBODY}`],
    },
    {
      what: 'an sso_session that differs',
      config: '[sso-session s]\nsso_region = r\n[profile a]\nsso_session = s\nsso_region = q\n',
      problems: ['config:5 sso.conflict botocore'],
    },
    {
      what: 'keys of Hallpass that have expired',
      credentials: `[a]\n# Managed by Hallpass (hallpass profile remove a)\n# Expires 2026-11-25T11:59:00Z, key AKIAIOSFODNN7EXAMPLE\n${KEYS}`,
      problems: [`credentials:1 keys.expired ${EVERYBODY}`],
    },
    {
      what: 'keys of Hallpass that have not',
      credentials: `[a]\n# Expires 2026-11-25T12:01:00Z, key AKIAIOSFODNN7EXAMPLE\n${KEYS}`,
      problems: [],
    },
  ])

  it('says who uses what', () => {
    const config = `[profile a]\n${KEYS}${PROCESS}`
    const [problem] = findProblems(makeInput({ config }))
    expect(problem?.message).toContain('boto3 and the AWS CLI use credential_process')
    expect(problem?.message).toContain('the AWS SDK for JavaScript uses static keys')
  })
})

describe('chains (A.7)', () => {
  const role = (name: string, source: string) => `[profile ${name}]\nrole_arn = r\nsource_profile = ${source}\n`
  check([
    {
      what: 'nothing in a chain of any depth, whatever its source',
      config: `${role('a', 'b')}${role('b', 'c')}[profile c]\ncredential_process = /opt/x\n`,
      problems: [],
    },
    {
      what: 'nothing in a source that takes its credentials from the machine',
      config: `${role('a', 'b')}[profile b]\ncredential_source = Environment\n`,
      problems: [],
    },
    {
      what: 'a source that is missing, once for all that build on it',
      config: `${role('z', 'a')}${role('a', 'b')}${role('y', 'a')}`,
      problems: [`config:6 chain.missing-source ${EVERYBODY}`],
    },
    {
      what: 'a source that is missing, named in credentials',
      credentials: '[a]\nrole_arn = r\nsource_profile = b\n',
      problems: [`credentials:3 chain.missing-source ${EVERYBODY}`],
    },
    {
      what: 'a source without credentials',
      config: `${role('a', 'b')}[profile b]\nregion = r\n`,
      problems: [`config:3 chain.no-source ${EVERYBODY}`],
    },
    {
      what: 'a source that has a source but no role',
      config: `${role('a', 'b')}[profile b]\nsource_profile = c\n[profile c]\nregion = r\n`,
      problems: [`config:3 chain.no-source ${EVERYBODY}`],
    },
    {
      what: 'a source with half a key, where the key is',
      config: `${role('z', 'a')}${role('a', 'b')}`,
      credentials: '[b]\naws_access_key_id = k\n',
      problems: [`credentials:2 keys.partial ${EVERYBODY}`],
    },
    {
      what: 'a source whose role has no source, where that is',
      config: `${role('a', 'b')}[profile b]\nrole_arn = r\n`,
      problems: [`config:5 role.no-source ${EVERYBODY}`],
    },
    { what: 'a circle of one', config: role('a', 'a'), problems: [`config:3 chain.cycle ${EVERYBODY}`] },
    {
      what: 'a circle, once, where it closes',
      config: `${role('y', 'a')}${role('a', 'b')}${role('b', 'c')}${role('c', 'a')}${role('z', 'b')}`,
      problems: [`config:12 chain.cycle ${EVERYBODY}`],
    },
    {
      // Reached from b, the key of a is used without the role of a.
      what: 'a circle through a profile with a key, for that profile alone',
      config: `${role('a', 'b')}${role('b', 'a')}`,
      credentials: `[a]\n${KEYS}`,
      problems: [`config:3 chain.cycle ${EVERYBODY}`],
    },
    {
      what: 'a credential_source in lower case (A.5)',
      config: '[profile a]\nrole_arn = r\ncredential_source = environment\n',
      problems: [`config:3 chain.invalid-source ${EVERYBODY}`],
    },
  ])

  it('says what to do about each', () => {
    const found = findProblems(makeInput({ config: `${role('prod', 'bas')}${role('base', 'base')}` }))
    expect(found.map(({ advice }) => advice)).toEqual([
      'Did you mean base?',
      'Name another profile in source_profile of base, or give it an access key.',
    ])
  })

  it('looks for a similar name only so often', () => {
    const config = Array.from({ length: 60 }, (_, index) => role(`p${index}`, 'bas')).join('')
    const found = findProblems(makeInput({ config: `[profile base]\nregion = r\n${config}` }))
    expect(found).toHaveLength(60)
    expect(found.filter(({ advice }) => advice === 'Did you mean base?')).toHaveLength(50)
    expect(found.at(-1)?.advice).toBe('Create profile bas, or name another one in source_profile of p59.')
  })

  it('follows each link of 20,000 profiles once', () => {
    // A chain half as long as the file, with a branch at every link: by the chain of each it would be 100 million.
    const count = 10_000
    const chain = Array.from({ length: count }, (_, index) => role(`p${index}`, `p${index + 1}`))
    const branches = Array.from({ length: count }, (_, index) => role(`q${index}`, `p${index}`))
    const config = [...chain, ...branches].join('')
    const codes = findProblems(makeInput({ config })).map(({ line, code }) => `${line} ${code}`)
    expect(codes).toEqual([`${count * 3} chain.missing-source`])
  }, 20_000)
})

describe('modes (A.9)', () => {
  check([
    { what: '0600', credentials: `[a]\n${KEYS}`, credentialsMode: 0o600, configMode: 0o644, problems: [] },
    { what: '0644', credentials: `[a]\n${KEYS}`, credentialsMode: 0o644, problems: ['credentials:0 file.mode'] },
    { what: '0640', credentials: `[a]\n${KEYS}`, credentialsMode: 0o640, problems: ['credentials:0 file.mode'] },
    { what: 'config with keys', config: `[default]\n${KEYS}`, configMode: 0o604, problems: ['config:0 file.mode'] },
  ])
})

it('no message holds a secret', () => {
  const files = {
    config: `[profile a]\naws_secret_access_key = "planted-secret" # planted-secret\nAWS_SESSION_TOKEN = planted-secret\n`,
    credentials: `[a]\naws_access_key_id = k\naws_secret_access_key = "planted-secret"\n  planted-secret\n`,
  }
  const found = findProblems(makeInput(files))
  expect(found.length).toBeGreaterThan(3)
  for (const { message, advice } of found) expect(`${message} ${advice}`).not.toContain('planted')
})
