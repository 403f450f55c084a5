import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { adoptCliToken, parseCliToken, parseTime, printCliToken } from '#core/identity-center/index.ts'
import { isHallpassError } from '#shared/errors.ts'
import { CLIENT, INSTANCE, token } from './records.ts'

const FILE = '/home/ada/.aws/sso/cache/abc.json'
const parse = (value: unknown) => parseCliToken(JSON.stringify(value), FILE)
const MINIMUM = { accessToken: 'a', expiresAt: '2026-11-24T03:24:49Z' }

const visible = fc.stringMatching(/^[\x21-\x7e]{1,200}$/)
const time = fc.date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
const tokens = fc.record({
  startUrl: visible,
  region: visible,
  accessToken: visible,
  expiresAt: time.map((date) => date.toISOString()),
  refreshToken: fc.option(visible),
  client: fc.option(
    fc.record({ clientId: visible, clientSecret: visible, expiresAt: time.map((date) => date.toISOString()) }),
  ),
})
const whole = (iso: string) => `${iso.slice(0, 19)}Z`

describe('the file of a token', () => {
  it('has exactly the keys of the AWS tools, in whole seconds with Z', () => {
    expect(JSON.parse(printCliToken(token({ expiresAt: '2026-11-26T13:00:00.999Z' })))).toEqual({
      startUrl: INSTANCE.startUrl,
      region: 'eu-west-1',
      accessToken: 'access-1',
      expiresAt: '2026-11-26T13:00:00Z',
      clientId: 'client-1',
      clientSecret: CLIENT.clientSecret,
      registrationExpiresAt: whole(CLIENT.expiresAt),
      refreshToken: 'refresh-1',
    })
  })

  it('leaves out what there is not, rather than writing null', () => {
    expect(Object.keys(JSON.parse(printCliToken(token({ client: null, refreshToken: null }))))).toEqual([
      'startUrl',
      'region',
      'accessToken',
      'expiresAt',
    ])
  })

  it('comes back as it was written, to the second', () => {
    fc.assert(
      fc.property(tokens, (made) => {
        expect(parseCliToken(printCliToken(made), FILE)).toEqual({
          ...made,
          expiresAt: whole(made.expiresAt),
          client: made.client && { ...made.client, expiresAt: whole(made.client.expiresAt) },
        })
      }),
    )
  })
})

describe('reading', () => {
  it('takes the least that readers need', () => {
    expect(parse(MINIMUM)).toEqual({
      ...MINIMUM,
      ...{ startUrl: null, region: null, refreshToken: null, client: null },
    })
  })

  it('ignores what others put in', () => {
    expect(parse({ ...MINIMUM, tokenType: 'Bearer', extra: { deep: [1] } })).toMatchObject(MINIMUM)
  })

  it('takes no part of a client for one', () => {
    expect(parse({ ...MINIMUM, clientId: 'c', clientSecret: 's' })?.client).toBeNull()
    expect(parse({ ...MINIMUM, clientId: 'c', registrationExpiresAt: MINIMUM.expiresAt })?.client).toBeNull()
    expect(parse({ ...MINIMUM, clientId: 'c', clientSecret: 's', registrationExpiresAt: 'soon' })?.client).toBeNull()
  })

  it('passes over registrations and other JSON', () => {
    expect(parse({ clientId: 'c', clientSecret: 's', expiresAt: MINIMUM.expiresAt, scopes: [] })).toBeUndefined()
    expect(parse({})).toBeUndefined()
  })

  it('survives a byte order mark', () => {
    expect(parseCliToken(`\uFEFF${JSON.stringify(MINIMUM)}`, FILE)).toMatchObject(MINIMUM)
  })

  it.each([
    '',
    '{',
    'null',
    '[]',
    '"a"',
    '1',
    '{"accessToken":1}',
    '{"accessToken":"","expiresAt":"2026-11-24T03:24:49Z"}',
  ])('%s is damage, and the error names the file', (text) => {
    expect(() => parseCliToken(text, FILE)).toThrow(
      expect.objectContaining({ code: 'file.unparsable', message: expect.stringContaining(FILE) }),
    )
  })

  it.each([
    { ...MINIMUM, expiresAt: 'planted-secret' },
    { ...MINIMUM, accessToken: 'planted-secret\nx' },
    { ...MINIMUM, refreshToken: ['planted-secret'] },
    { ...MINIMUM, clientSecret: { planted: 'planted-secret' } },
  ])('says of no damage what stands there: %#', (content) => {
    expect(() => parse(content)).toThrow(
      expect.objectContaining({ code: 'file.unparsable', message: expect.not.stringContaining('planted-secret') }),
    )
  })

  it('of anything at all is a token, no token or coded damage', () => {
    const anything = fc.oneof(
      fc.string(),
      fc.json(),
      fc.record({ accessToken: fc.anything(), expiresAt: fc.anything() }).map((value) => JSON.stringify(value) ?? ''),
    )
    fc.assert(
      fc.property(anything, (text) => {
        try {
          const read = parseCliToken(text, FILE)
          if (read) expect(Date.parse(read.expiresAt)).not.toBeNaN()
        } catch (error) {
          expect(isHallpassError(error, 'file.unparsable')).toBe(true)
        }
      }),
    )
  })
})

describe('times', () => {
  it.each([
    ['2026-11-24T03:24:49Z', '2026-11-24T03:24:49Z'],
    ['2026-11-24T03:24:49UTC', '2026-11-24T03:24:49Z'],
    ['2026-11-24T03:24:49 UTC', '2026-11-24T03:24:49Z'],
    ['2026-11-24T03:24:49.987Z', '2026-11-24T03:24:49Z'],
    ['2026-11-24T03:24:49.987654321Z', '2026-11-24T03:24:49Z'],
    ['2026-11-24T03:24:49', '2026-11-24T03:24:49Z'],
    ['2026-11-24T03:24:49+01:30', '2026-11-24T01:54:49Z'],
    ['2026-11-24T23:24:49-0100', '2026-11-25T00:24:49Z'],
    ['2028-02-29T00:00:00Z', '2028-02-29T00:00:00Z'],
  ])('%s is %s', (written, expected) => {
    expect(parseTime(written)).toBe(expected)
  })

  it.each([
    '',
    'never',
    '1732418689',
    '2026-11-24',
    '2026-13-01T00:00:00Z',
    '2026-02-30T00:00:00Z',
    '2026-11-24T24:00:00Z',
    '2026-11-24T03:24:49CET',
    '2026-11-24T03:24:49+99:00',
    '+012026-11-24T03:24:49Z',
  ])('%s is none', (written) => {
    expect(parseTime(written)).toBeUndefined()
  })
})

describe('a sign-in of the AWS CLI', () => {
  it('becomes one of Hallpass for the instance it is for', () => {
    const cli = parse({ ...MINIMUM, startUrl: `${INSTANCE.startUrl}/#/`, region: 'eu-west-1', refreshToken: 'r' })
    expect(cli && adoptCliToken(cli, INSTANCE)).toEqual({
      ...{ startUrl: INSTANCE.startUrl, region: 'eu-west-1', refreshToken: 'r', client: null },
      ...MINIMUM,
    })
  })

  it('is believed where it does not say what for', () => {
    const cli = parse(MINIMUM)
    expect(cli && adoptCliToken(cli, INSTANCE)).toMatchObject({ startUrl: INSTANCE.startUrl })
  })

  it('is not taken for another instance', () => {
    const other = parse({ ...MINIMUM, startUrl: 'https://other.awsapps.com/start' })
    const elsewhere = parse({ ...MINIMUM, startUrl: INSTANCE.startUrl, region: 'us-east-1' })
    expect(other && adoptCliToken(other, INSTANCE)).toBeUndefined()
    expect(elsewhere && adoptCliToken(elsewhere, INSTANCE)).toBeUndefined()
  })
})
