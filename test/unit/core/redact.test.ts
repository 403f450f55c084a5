import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createLog } from '#core/log.ts'
import { redact, redactFields } from '#core/redact.ts'

const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
const TOKEN = `IQoJb3JpZ2luX2VjE${'aB3/+x'.repeat(40)}==`
const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

const chars = (alphabet: string, length: number) =>
  fc.array(fc.constantFrom(...alphabet), { minLength: length, maxLength: length }).map((list) => list.join(''))
const secretKey = chars(BASE64, 37).map((rest) => `aZ7${rest}`)
const sessionToken = fc.integer({ min: 100, max: 900 }).chain((length) => chars(BASE64, length))
const password = chars('abcdefgXYZ0189!?@#$%^*-_~', 14)
const seed = chars('ABCDEFGHIJKLMNOPQRSTUVWXYZ234567', 32)
const code = chars('0123456789', 6)

describe('what it blanks', () => {
  test.each([
    ['a credentials file', `aws_secret_access_key = ${SECRET}\nregion = eu-west-1`, SECRET],
    ['JSON', JSON.stringify({ SecretAccessKey: SECRET, SessionToken: TOKEN }), SECRET],
    ['JSON inside JSON', JSON.stringify(JSON.stringify({ Password: 'sw0rd, fish' })), 'fish'],
    ['XML', `<SecretAccessKey>${SECRET}</SecretAccessKey><SessionToken>short</SessionToken>`, 'short'],
    ['the console CSV', `Access key ID,Secret access key\nAKIAIOSFODNN7EXAMPLE,${SECRET}`, SECRET],
    ['an environment', `export AWS_SESSION_TOKEN='abc def'`, 'abc'],
    ['a password', 'Password: correct-horse', 'correct-horse'],
    ['an OTP URI', 'otpauth://totp/AWS:me?secret=JBSWY3DPEHPK3PXP&issuer=AWS', 'JBSWY3DPEHPK3PXP'],
    ['a sign-in link', 'https://signin.aws.amazon.com/federation?Action=login&SigninToken=VeryShort&x=1', 'VeryShort'],
    ['a header', `Authorization: AWS4-HMAC-SHA256 Credential=AKIA/x, Signature=0123abcd`, '0123abcd'],
    ['a query', 'Action=AssumeRole&TokenCode=123456&Version=2011-06-15', '123456'],
    [
      'a session parameter',
      `Session=${encodeURIComponent(JSON.stringify({ sessionId: 'x', sessionKey: 'top/secret', sessionToken: 'tok' }))}`,
      'top%2Fsecret',
    ],
    ['a secret key in a query', `https://x.test/?q=${SECRET}`, SECRET],
    ['a secret key in a URL-encoded query', `q=${encodeURIComponent(SECRET)}&x=1`, encodeURIComponent(SECRET)],
    ['a secret key after a dash', `key-${SECRET}.`, SECRET],
    ['a bare session token', `got ${TOKEN} from STS`, TOKEN],
    ['a presigned URL', 'https://s3/?X-Amz-Security-Token=FwoGtoken%2F&X-Amz-Signature=99aabb', '99aabb'],
  ])('%s', (_, text, secret) => {
    expect(text).toContain(secret)
    expect(redact(text)).not.toContain(secret)
  })

  test('blanks keys that stand against each other', () => {
    const [one, other] = [`aZ7${'A'.repeat(36)}/`, `bY8${'B'.repeat(37)}`]
    expect(redact(`${one}${other}`)).toBe('••••••••')
  })

  test('keeps both ends of an access key id, and everything around', () => {
    expect(redact('key AKIAIOSFODNN7EXAMPLE of 123456789012')).toBe('key AKIA••••MPLE of 123456789012')
    expect(redact('Action=AssumeRole&TokenCode=123456&Version=2011-06-15')).toBe(
      'Action=AssumeRole&TokenCode=••••&Version=2011-06-15',
    )
  })

  test('leaves ordinary text alone', () => {
    const text =
      'assumed arn:aws:iam::123456789012:role/team/Deploy from work in eu-west-1, commit 356a192b7913b04c54574d18c28d46e6395428ab, expires 2026-01-02T03:04:05Z'
    expect(redact(text)).toBe(text)
  })

  test('blanks known values, also URL-encoded', () => {
    expect(redact('a pass/word+1 b pass%2Fword%2B1', ['pass/word+1'])).toBe('a •••• b ••••')
    expect(redact('a pass/word+1')).toBe('a pass/word+1')
  })
})

describe('properties', () => {
  test('redacting twice changes nothing more', () => {
    const noise = fc.oneof(
      fc.string(),
      fc.constantFrom(
        'secret=',
        'Password: "',
        '\\"',
        "'",
        'otpauth://',
        'Authorization: ',
        '••••',
        '%22',
        '<Password>',
      ),
      secretKey,
      seed,
    )
    fc.assert(
      fc.property(fc.array(noise), (parts) => {
        const once = redact(parts.join(''))
        expect(redact(once)).toBe(once)
      }),
      { numRuns: 500 },
    )
  })

  test('no planted secret survives in a log line, wherever it stands', () => {
    const planted = fc.record({ secretKey, sessionToken, password, seed, code })
    fc.assert(
      fc.property(planted, fc.string(), (secrets, noise) => {
        const lines: string[] = []
        const log = createLog((line) => lines.push(line), 'debug')
        log.info(`aws_secret_access_key=${secrets.secretKey} ${noise}`)
        log.info(`${noise} ${secrets.secretKey} ${secrets.sessionToken}`)
        log.error('failed', {
          error: new Error(`TokenCode=${secrets.code}&SerialNumber=x`),
          input: { SecretAccessKey: secrets.secretKey, aws_session_token: secrets.sessionToken },
          nested: [{ password: secrets.password }, new Map([['seed', secrets.seed]])],
          uri: `otpauth://totp/x?secret=${secrets.seed}`,
          url: new URL(`https://x.test/?SigninToken=${encodeURIComponent(secrets.sessionToken)}`),
          bytes: Buffer.from(secrets.secretKey),
          mfaCode: secrets.code,
        })
        const text = lines.join('\n')
        for (const secret of Object.values(secrets)) {
          expect(text).not.toContain(secret)
          expect(text).not.toContain(encodeURIComponent(secret))
        }
        for (const line of lines) expect(() => JSON.parse(line)).not.toThrow()
      }),
    )
  })

  test('a known secret of any text disappears', () => {
    const text = fc.string({ minLength: 6, maxLength: 40 }).filter((value) => !value.includes('•'))
    fc.assert(
      fc.property(text, fc.string(), fc.string(), (secret, before, after) => {
        expect(redact(`${before}${secret}${after}`, [secret])).not.toContain(secret)
      }),
    )
  })
})

describe('createLog', () => {
  test('writes what is at or above its level as JSON lines', () => {
    const lines: string[] = []
    const log = createLog(
      (line) => lines.push(line),
      'warn',
      () => 0,
    )
    log.info('unheard')
    log.warn('heard', { count: 1, when: new Date(0), nothing: null })
    expect(lines).toEqual([
      '{"time":"1970-01-01T00:00:00.000Z","level":"warn","message":"heard","fields":{"count":1,"when":"1970-01-01T00:00:00.000Z","nothing":null}}',
    ])
  })

  test('survives a circle and does not blank harmless names', () => {
    const circle: Record<string, unknown> = { name: 'x', keyId: 'k', tokens: 3 }
    circle.self = circle
    expect(JSON.stringify(redactFields(circle))).toContain('"name":"x","keyId":"k","tokens":3')
  })
})
