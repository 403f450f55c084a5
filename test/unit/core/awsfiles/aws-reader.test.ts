/** The cross-SDK rules of the SDKs for Rust, Java, C++ and others, sentence by sentence. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readAsAws } from '#core/awsfiles/readers/aws.ts'
import { mergeReadings } from '#core/awsfiles/readers/types.ts'
import { fileBytes } from './support/arbitraries.ts'

const read = (config: string, credentials = '') => {
  const readings = [
    readAsAws(Buffer.from(config), 'config'),
    readAsAws(Buffer.from(credentials), 'credentials'),
  ] as const
  const profiles = mergeReadings(...readings)
  return {
    profiles: Object.fromEntries([...profiles].map(([name, values]) => [name, Object.fromEntries(values)])),
    ssoSessions: Object.fromEntries(
      [...readings[0].ssoSessions].map(([name, values]) => [name, Object.fromEntries(values)]),
    ),
    problems: readings.flatMap(({ problems }) => problems),
  }
}
const p = (text: string) => `[profile p]\n${text}`

describe('profiles', () => {
  it.each<[string, string, string, object]>([
    ['an empty file', '', '', {}],
    ['an empty profile', '[profile p]', '', { p: {} }],
    ['every allowed character', '[profile a-Z/0.%@_:+]\n', '', { 'a-Z/0.%@_:+': {} }],
    [
      'no other character',
      '[profile p]\nx = 1\n[profile p!q]\nx = 2\n[profile q]\nx = 3\n',
      '',
      { p: { x: '1' }, q: { x: '3' } },
    ],
    ['names with blanks', '[profile a b]\nx = 1\n', '[a b]\nx = 1\n', {}],
    ['trimmed names', '[profile \tp \t]\n[\tprofile q ]\n', '[ r ]\n', { p: {}, q: {}, r: {} }],
    ['a tab after profile', '[profile\tp]\n', '', { p: {} }],
    ['sections without prefix in config', '[p]\nx = 1\n', '', {}],
    ['sections with prefix in credentials', '', '[profile p]\nx = 1\n', {}],
    [
      'a prefix that is part of the name',
      '[profilep]\nx = 1\n[profile q]\n',
      '[sso-sessionp]\n',
      { q: {}, 'sso-sessionp': {} },
    ],
    ['quoted names', '[profile "p"]\nx = 1\n', '', {}],
    ['prefixes in another case', '[Profile p]\nx = 1\n[PROFILE q]\n[Default]\n', '', {}],
    ['a prefix without a name', '[profile]\n[profile ]\nx = 1\n[sso-session]\n[services]\n', '', {}],
    ['an unknown prefix', '[plugins p]\nx = 1\n[profile q]\n', '', { q: {} }],
    ['an empty header', '[]\nx = 1\n[ ]\n', '[]\ny = 1\n', {}],
    ['names that differ in case', '[profile p]\nx = 1\n[profile P]\nx = 2\n', '', { p: { x: '1' }, P: { x: '2' } }],
    ['other kinds of section in credentials', '', '[sso-session s]\nx = 1\n[services v]\n[r]\n', { r: {} }],
    ['comments and blank lines before a section', '# c\n\n; c\n \t\n[profile p]\n', '', { p: {} }],
    ['default', '[default]\nx = 1\n', '[default]\ny = 2\n', { default: { x: '1', y: '2' } }],
    ['[profile default] after [default]', '[default]\nx = 1\n[profile default]\ny = 2\n', '', { default: { y: '2' } }],
    [
      '[profile default] before [default]',
      '[profile default]\ny = 2\n[default]\nx = 1\n[profile default]\nz = 3\n',
      '',
      { default: { y: '2', z: '3' } },
    ],
    [
      '[profile default] and credentials',
      '[default]\nx = 1\n[profile default]\ny = 2\n',
      '[default]\nx = 3\n',
      { default: { y: '2', x: '3' } },
    ],
    [
      '[profile default] in credentials, of the wrong form',
      '[default]\nx = 1\n',
      '[default]\ny = 2\n[profile default]\nz = 3\n',
      { default: { x: '1', y: '2' } },
    ],
    ['an empty [profile default]', '[default]\nx = 1\n[profile default]\n', '', { default: {} }],
    ['an empty value over another', p('x = 1\ny = 1'), '[p]\nx =\n', { p: { x: '', y: '1' } }],
    ['sub-properties over others, as one value', p('s3 =\n a = 1'), '[p]\ns3 =\n b = 2\n', { p: { s3: '\nb = 2' } }],
    ['keys in another case over others', p('Region = 1'), '[p]\nREGION = 2\n', { p: { region: '2' } }],
    ['duplicate sections', p('x = 1\n[profile q]\n[profile p]\ny = 2\n'), '', { p: { x: '1', y: '2' }, q: {} }],
    ['duplicate sections, spelled differently', '[profile p]\nx = 1\n[profile  p]\nx = 2\n', '', { p: { x: '2' } }],
    ['credentials over config', p('x = 1\ny = 1\n'), '[p]\nx = 2\n', { p: { x: '2', y: '1' } }],
    ['a profile named like an inherited property', '[profile constructor]\nx = 1\n', '', { constructor: { x: '1' } }],
  ])('%s', (_, config, credentials, profiles) => {
    expect(read(config, credentials)).toMatchObject({ problems: [] })
    expect(read(config, credentials).profiles).toEqual(profiles)
  })

  it('merges sso-session and services sections too, and keeps them from profiles', () => {
    const config =
      '[services v]\nsts =\n  endpoint_url = u\n[sso-session v]\nx = 1\n[services v]\nx = 2\n[profile v]\nx = 3\n'
    const { profiles, ssoSessions, services } = readAsAws(Buffer.from(config), 'config')
    expect(profiles).toEqual(new Map([['v', new Map([['x', '3']])]]))
    expect(ssoSessions).toEqual(new Map([['v', new Map([['x', '1']])]]))
    expect(services).toEqual(
      new Map([
        [
          'v',
          new Map([
            ['sts', '\nendpoint_url = u'],
            ['x', '2'],
          ]),
        ],
      ]),
    )
  })

  it('keeps sso-session sections apart', () => {
    expect(read('[sso-session s]\nsso_region = r\n[profile p]\n[services v]\nx = 1\n')).toEqual({
      profiles: { p: {} },
      ssoSessions: { s: { sso_region: 'r' } },
      problems: [],
    })
  })
})

describe('properties', () => {
  it.each<[string, string, object]>([
    ['trimmed keys and values', 'k \t=  \tv \t', { k: 'v' }],
    ['an empty value', 'k =', { k: '' }],
    ['an equals sign in the value', 'k = a=b', { k: 'a=b' }],
    ['text beyond ASCII', 'k = \u{1f602}', { k: '\u{1f602}' }],
    ['CRLF', 'k = v\r\nl = w\r\n', { k: 'v', l: 'w' }],
    ['the last duplicate', 'k = 1\nK = 2\n', { k: '2' }],
    ['keys in lower case', 'ReGion = r', { region: 'r' }],
    ['invalid keys', 'a b = 1\nk = v\né = 1', { k: 'v' }],
    ['all valid key characters', 'aZ09-_ = v', { 'az09-_': 'v' }],
    ['comment lines', '# c\n; c\nk = v\n#\n', { k: 'v' }],
    ['a comment after white space', 'k = v # c\nl = v ; c\nm = v\t# c ; d', { k: 'v', l: 'v', m: 'v' }],
    ['no comment without white space', 'k = v#c\nl = v;c', { k: 'v#c', l: 'v;c' }],
    ['a value that is a comment', 'k = # c', { k: '' }],
    ['blank lines', '\t\n \nk = v\n \t\n', { k: 'v' }],
    ['a continuation', 'k = a\n -b\n \t c \t', { k: 'a\n-b\nc' }],
    ['comments in continuations', 'k = a\n b # c\n ; d', { k: 'a\nb # c\n; d' }],
    ['blank lines between continuations', 'k = a\n\n b', { k: 'a\nb' }],
    ['sub-properties', 's3 =\n a = 1\n\t \n b = 2', { s3: '\na = 1\nb = 2' }],
    ['sub-properties without value or with an odd name', 's3 =\n a =\n x y = 1', { s3: '\na =\nx y = 1' }],
    ['sub-properties under a value that is a comment', 'k = # c\n a = 1', { k: '\na = 1' }],
    ['a sub-property with a comment after its value', 's3 =\n a = 1 # c', { s3: '\na = 1 # c' }],
    ['a comment at the line start between continuations', 'k = a\n# c\n b', { k: 'a\nb' }],
    ['a continuation of the last duplicate', 'k = 1\n a\nk = 2\n b', { k: '2\nb' }],
    ['a continuation by a tab', 'k = a\n\tb', { k: 'a\nb' }],
    ['a continuation that looks like a property', 'k = a\n l = b', { k: 'a\nl = b' }],
    ['quotes and percent signs', 'k = "a" %(x)s', { k: '"a" %(x)s' }],
    ['a continuation of an ignored key', 'a b = 1\n c\nk = v', { k: 'v' }],
    ['a bracket in a continuation', 'k = a\n [profile q]', { k: 'a\n[profile q]' }],
  ])('%s', (_, text, values) => {
    expect(read(p(text))).toMatchObject({ problems: [], profiles: { p: {} } })
    expect(read(p(text)).profiles.p).toEqual(values)
  })
})

describe('headers', () => {
  it.each(['[profile p] # c', '[profile p] ; c', '[profile p];', '[profile p]# c', '[profile p] \t'])(
    '%j',
    (header) => {
      expect(read(`${header}\nx = 1`)).toMatchObject({ problems: [], profiles: { p: { x: '1' } } })
    },
  )
})

describe('a file is rejected for', () => {
  it.each<[string, string, string, number]>([
    ['an open header', '[profile p', 'section.open', 1],
    ['text after a header', '[profile p] x\n', 'section.open', 1],
    ['a property before any section', 'k = v', 'line.before-section', 1],
    ['a continuation before any section', ' k', 'line.before-section', 1],
    ['a byte order mark', '\ufeff[default]\n', 'file.bom', 1],
    ['a line without =', p('k : v'), 'line.no-key', 2],
    ['an = in a comment only', p('k # = v'), 'line.no-key', 2],
    ['an empty key', p('= v'), 'line.no-key', 2],
    ['a continuation of nothing', p(' k'), 'line.continues-nothing', 2],
    ['an indented header before any section', '  [profile p]', 'line.before-section', 1],
    ['an indented comment before any section', '  # c', 'line.before-section', 1],
    ['a comment inside a header', '[profile p # c]\n', 'section.open', 1],
    ['an open header of an ignored form', '[other x\n', 'section.open', 1],
    ['an open header, its bracket in a comment', '[profile p # ]\n', 'section.open', 1],
    ['a line without = in an ignored section', '[other]\nx\n', 'line.no-key', 2],
    [
      'a continuation after a duplicate header',
      p('k = v\n[profile q]\nk = v\n[profile p]\n w'),
      'line.continues-nothing',
      6,
    ],
    ['a sub-property that is a header', p('s3 =\n [profile q]'), 'line.no-key', 3],
    ['a continuation over a header', p('k = v\n[profile p]\n w'), 'line.continues-nothing', 4],
    ['a sub-property without =', p('s3 =\n x'), 'line.no-key', 3],
    ['a sub-property without name', p('s3 =\n = x'), 'line.no-key', 3],
    ['a comment among sub-properties', p('s3 =\n # c'), 'line.no-key', 3],
  ])('%s', (_, config, code, line) => {
    const result = read(config, '[c]\nx = 1\n')
    expect(result.profiles).toEqual({ c: { x: '1' } })
    expect(result.problems).toMatchObject([{ code, line, fatal: true }])
  })

  it('invalid UTF-8', () => {
    expect(readAsAws(Buffer.from([0x23, 0xff]), 'config')).toMatchObject({ rejected: true })
  })
})

it('never fails, whatever the bytes', () => {
  fc.assert(
    fc.property(fileBytes, fc.constantFrom('config', 'credentials'), (bytes, kind) => {
      const { rejected, profiles, problems } = readAsAws(bytes, kind)
      expect(rejected).toBe(problems.length > 0)
      expect(rejected ? profiles.size : 0).toBe(0)
    }),
    { numRuns: 2000 },
  )
})
