/** Section headers: the AWS facts A.3, row by row, and more headers of the same kinds. */
import { agreed, type CorpusCase, type SeenProfiles } from './types.ts'

/** `[header]` before a section that every SDK reads. The names are what each SDK takes the header for, if anything. */
function config(header: string, botocore: string | undefined, jsSdk: string | undefined): CorpusCase {
  return {
    name: `A.3 config [${header}]`,
    config: `[${header}]\nx = 1\n[profile z]\ny = 2\n`,
    botocore: named(botocore),
    jsSdk: named(jsSdk),
  }
}

function credentials(header: string, botocore: string | undefined, jsSdk: string | undefined): CorpusCase {
  return {
    name: `A.3 credentials [${header}]`,
    credentials: `[${header}]\nx = 1\n[z]\ny = 2\n`,
    botocore: named(botocore),
    jsSdk: named(jsSdk),
  }
}

function named(name: string | undefined): SeenProfiles {
  return name === undefined ? { z: { y: '2' } } : { [name]: { x: '1' }, z: { y: '2' } }
}

const TABLE: readonly CorpusCase[] = [
  config('default', 'default', 'default'),
  credentials('default', 'default', 'default'),
  {
    name: 'A.3 [profile default] after [default]',
    config: '[default]\nx = 1\n[profile default]\ny = 2\n',
    botocore: { default: { y: '2' } },
    jsSdk: { default: { y: '2' } },
  },
  {
    name: 'A.3 [profile default] before [default]',
    config: '[profile default]\ny = 2\n[default]\nx = 1\n',
    botocore: { default: { x: '1' } },
    jsSdk: { default: { y: '2' } },
  },
  config('profile a', 'a', 'a'),
  config('a', undefined, undefined),
  credentials('a', 'a', 'a'),
  credentials('profile a', 'profile a', 'profile.a'),
  config('profile "my team"', 'my team', undefined),
  config("profile 'my team'", 'my team', undefined),
  config('profile "myteam"', 'myteam', 'myteam'),
  config("profile 'myteam'", 'myteam', 'myteam'),
  config('profile my team', undefined, undefined),
  credentials('my team', 'my team', undefined),
  credentials('a b c', 'a b c', 'a b c'),
  credentials('"my q"', '"my q"', '"my q"'),
  config('profile  a', 'a', undefined),
  config('profile\tc', 'c', 'c'),
  config('profile d ', 'd', undefined),
  config(' profile b ', undefined, undefined),
  credentials(' e ', ' e ', ' e '),
  config('profile prod-\u00e9', 'prod-\u00e9', undefined),
  config('profile \u672c\u756a', '\u672c\u756a', undefined),
  credentials('prod-\u00e9', 'prod-\u00e9', 'prod-\u00e9'),
  credentials('\u672c\u756a', '\u672c\u756a', '\u672c\u756a'),
  ...['a(b)', 'a,b', 'a]b', 'a#b', 'a;b', 'a&b'].map((name) => config(`profile ${name}`, name, undefined)),
  config('profile a.b-c/d%e@f_g:h+i', 'a.b-c/d%e@f_g:h+i', 'a.b-c/d%e@f_g:h+i'),
  config('profile.foo', undefined, 'foo'),
  config('profilefoo bar', 'bar', undefined),
  config("profile it's", undefined, undefined),
  {
    name: 'A.3 [sso-session x] and [services x]',
    config: '[sso-session x]\nsso_region = r\n[services x]\nsts =\n  endpoint_url = u\n[profile a]\nsso_session = x\n',
    botocore: { a: { sso_session: 'x' } },
    jsSdk: { a: { sso_session: 'x' } },
  },
  config('sso-session My SSO', undefined, undefined),
]

/** Not in the table; the real SDKs alone say what these are. */
const MORE_CONFIG_HEADERS = [
  ...['profile.foo.bar', 'profile.', '.', 'profile .a', 'default ', ' default', '"default"', 'profile "default"'],
  ...['profile a\\ b', 'profile a\\b', 'profile "a', 'profile ""', "profile ''", 'profile "a"b', 'profile "a\\"b"'],
  ...[
    'profile',
    'profile ',
    '',
    ' ',
    ']',
    '[a]',
    '[[a',
    'profile [a',
    'profile\u00a0a',
    'profile\u2003a',
    'profile a\u00a0',
  ],
  ...['Profile a', 'PROFILE a', 'profiles a', 'profile-x a', 'profile=a', 'profile:a', 'profile a=b', 'profile #a'],
  ...['sso-session "x"', 'sso-session.x', 'sso-session', 'sso-sessions x', 'services.x', 'services "x"', 'services'],
  ...['plugins', 'preview', 'toString', 'profile toString', 'profile constructor', 'sso-session toString'],
  ...[
    'services valueOf',
    'profile "__proto__"',
    'profile.__proto__',
    '__proto__ ',
    'profile DEFAULT',
    'DEFAULT a',
    '1',
  ],
]

const MORE_CREDENTIALS_HEADERS = [
  ...['a(b)', 'a,b', 'a]b', 'a#b', 'a;b', 'a&b', 'a #b', 'sso-session x', 'services x', 'profile.a', 'profile', ''],
  ...[
    'profile default',
    'Default',
    'toString',
    'valueOf',
    'hasOwnProperty',
    "it's",
    '"a"',
    '\ta',
    'a\t b',
    'a:b',
    '..',
  ],
  ...['x y', "x 'y'", 'x-y z', 'x.y z', 'profile a b', '__proto__ ', '%(x)s', '1'],
]

const ODD: readonly CorpusCase[] = [
  { name: 'two spellings of one profile', config: '[profile a]\nx = 1\n[profile "a"]\ny = 2\n' },
  { name: 'two spellings, the same key', config: '[profile "a"]\nx = 1\n[profile a]\nx = 2\n' },
  { name: 'profile and dotted profile', config: '[profile a]\nx = 1\n[profile.a]\ny = 2\n' },
  { name: 'sso-session and dotted sso-session', config: '[sso-session a]\nx = 1\n[sso-session.a]\ny = 2\n' },
  { name: 'three kinds of one name', config: '[profile a]\nx = 1\n[sso-session a]\ny = 2\n[services a]\nz = 3\n' },
  { name: 'headers that differ in case', config: '[profile a]\nx = 1\n[profile A]\ny = 2\n' },
  { name: 'default that differs in case', config: '[Default]\nx = 1\n[default]\ny = 2\n' },
  { name: 'open header', config: '[profile a\nx = 1\n[profile b]\ny = 2\n' },
  { name: 'open header with =', config: '[profile a = b\nx = 1\n' },
  { name: 'text after a header', config: '[profile a] b\nx = 1\n' },
  { name: 'property after a header', config: '[profile a]\nx = 1\n[profile b] k = v\ny = 2\n' },
  { name: 'bracket in a comment after a header', config: '[profile a] # [b]\nx = 1\n' },
  { name: 'bracket in a comment right after a header', config: '[profile a]# b]\nx = 1\n' },
  { name: 'comment without blank', config: '[profile a]#b\nx = 1\n[profile c]\ny = 2\n' },
  { name: 'blank before the bracket, not after', config: ' [profile a]\nx = 1\n' },
  { name: 'header after a value, indented', config: '[profile a]\nx = 1\n  [profile b]\n  y = 2\n' },
  { name: 'header after an empty section, indented', config: '[profile a]\n  [profile b]\n  y = 2\n' },
  { name: 'header after a comment, indented', config: '[profile a]\nx = 1\n# c\n  [profile b]\ny = 2\n' },
  { name: 'key that looks like a header', config: '[profile a]\n[x] = 1\n[profile b]\ny = 2\n' },
  { name: 'value that looks like a header', config: '[profile a]\nx = [profile b]\ny = 2\n' },
  { name: 'sso-session in credentials', config: '[profile a]\nx = 1\n', credentials: '[sso-session s]\ny = 2\n' },
  {
    name: 'profile in both files under one spelling',
    config: '[profile a]\nx = 1\n',
    credentials: '[profile a]\ny = 2\n',
  },
  ...['x', 'name', 'length', 'caller', 'arguments', 'prototype'].flatMap((key) => [
    { name: `${key} in a profile named constructor`, config: `[default]\ny = 2\n[profile constructor]\n${key} = 1\n` },
    { name: `${key} in a profile named toString`, config: `[default]\ny = 2\n[profile toString]\n${key} = 1\n` },
    { name: `${key} in a section named toString`, config: `[default]\ny = 2\n[toString]\n${key} = 1\n` },
    { name: `${key} in credentials named valueOf`, credentials: `[default]\ny = 2\n[valueOf]\n${key} = 1\n` },
    {
      name: `block ${key} in a profile named toString`,
      config: `[profile toString]\nb =\n ${key} = 1\n[default]\ny = 2\n`,
    },
  ]),
]

export const HEADERS: readonly CorpusCase[] = [
  ...TABLE,
  ...MORE_CONFIG_HEADERS.map((header) => ({
    name: `config [${header}]`,
    config: `[${header}]\nx = 1\n[profile z]\ny = 2\n`,
  })),
  ...MORE_CREDENTIALS_HEADERS.map((header) => ({
    name: `credentials [${header}]`,
    credentials: `[${header}]\nx = 1\n[z]\ny = 2\n`,
  })),
  ...ODD,
  agreed(
    'a name of every allowed character',
    { 'Az09_.@+/:%-': { x: '1' } },
    { config: '[profile Az09_.@+/:%-]\nx = 1\n' },
  ),
]
