import fc from 'fast-check'
import { Secret } from 'otpauth'
import { describe, expect, it } from 'vitest'
import { formatTotpSeed, parseTotpSeed, type TotpSeed } from '#core/mfa/totp-seed.ts'
import type { HallpassError } from '#shared/errors.ts'

/** 20 bytes; the example of the Key Uri Format. */
const SECRET = 'HXDMVJECJJWSRB3HWIZR4IFUGFTMXBOZ'
const PLAIN: TotpSeed = { secret: SECRET, algorithm: 'SHA1', period: 30 }

const secrets = fc
  .uint8Array({ minLength: 10, maxLength: 64 })
  .map((bytes) => new Secret({ buffer: new Uint8Array(bytes).buffer }).base32)
const seeds: fc.Arbitrary<TotpSeed> = fc.record({
  secret: secrets,
  algorithm: fc.constantFrom('SHA1', 'SHA256', 'SHA512'),
  period: fc.integer({ min: 10, max: 300 }),
})

describe('Base32', () => {
  it.each([
    ['as AWS shows it', SECRET],
    ['in small letters', SECRET.toLowerCase()],
    ['in groups', 'HXDM VJEC JJWS RB3H WIZR 4IFU GFTM XBOZ'],
    ['with dashes', 'hxdm-vjec-jjws-rb3h-wizr-4ifu-gftm-xboz'],
    ['between blanks and line ends', `  ${SECRET}\r\n`],
  ])('%s', (_how, text) => {
    expect(parseTotpSeed(text)).toEqual(PLAIN)
  })

  it('with padding', () => {
    expect(parseTotpSeed('JBSWY3DPEHPK3PXPJBSWY3DPEE======').secret).toBe('JBSWY3DPEHPK3PXPJBSWY3DPEE')
  })

  it('is the same however it is spaced, padded and cased', () => {
    const spacing = fc.array(fc.constantFrom('', ' ', '-', '\t'), { minLength: 110, maxLength: 110 })
    fc.assert(
      fc.property(secrets, spacing, fc.boolean(), (secret, gaps, isSmall) => {
        const spaced = [...secret].map((character, index) => character + (gaps[index] ?? '')).join('')
        const padded = `${spaced}${'='.repeat((8 - (secret.length % 8)) % 8)}`
        expect(parseTotpSeed(isSmall ? padded.toLowerCase() : padded)).toEqual({ ...PLAIN, secret })
      }),
    )
  })

  it.each([
    ['two characters short', SECRET.slice(2)],
    ['three characters over', `${SECRET}ABC`],
    ['far too short', 'JBSWY3DP'],
    ['too long', 'A'.repeat(520)],
    ['with a 0, 1, 8 or 9', `${SECRET.slice(4)}0189`],
    ['with padding inside', `${SECRET.slice(0, 16)}=${SECRET.slice(16)}`],
    ['a secret access key', 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'],
    ['a code', '123456'],
  ])('refuses one that is %s, without repeating it', (_what, text) => {
    const error = failureOf(() => parseTotpSeed(text))
    expect(error).toMatchObject({ code: 'input.invalid' })
    expect(`${error.message} ${error.hint}`).not.toContain(text)
  })
})

describe('otpauth://', () => {
  it('reads the address of an AWS device', () => {
    const uri = `otpauth://totp/Amazon%20Web%20Services:dana@acme-identity?secret=${SECRET}&issuer=Amazon%20Web%20Services`
    expect(parseTotpSeed(uri)).toEqual(PLAIN)
  })

  it.each([
    ['no label', `otpauth://totp/?secret=${SECRET}`],
    ['the device and account of CreateVirtualMFADevice', `otpauth://totp/dana-phone@987654321098?secret=${SECRET}`],
    ['capitals', `OTPAUTH://TOTP/x?SECRET=${SECRET}&DIGITS=6`],
    ['escaped padding', `otpauth://totp/x?secret=${SECRET}%3D%3D&period=30`],
    ['one parameter given twice alike', `otpauth://totp/x?secret=${SECRET}&secret=${SECRET}`],
    ['what nobody knows', `otpauth://totp/x?secret=${SECRET}&image=https%3A%2F%2Fexample.com%2Flogo.png&color=FF9900`],
  ])('with %s', (_what, uri) => {
    expect(parseTotpSeed(uri)).toEqual(PLAIN)
  })

  it.each([
    ['SHA256', 'SHA256'],
    ['sha-512', 'SHA512'],
    ['HmacSHA1', 'SHA1'],
  ])('algorithm %s', (name, algorithm) => {
    expect(parseTotpSeed(`otpauth://totp/x?secret=${SECRET}&algorithm=${name}&period=60`)).toEqual({
      secret: SECRET,
      algorithm,
      period: 60,
    })
  })

  it.each([
    ['that counts', `otpauth://hotp/x?secret=${SECRET}&counter=1`, /HOTP/],
    ['with eight digits', `otpauth://totp/x?secret=${SECRET}&digits=8`, /six digits/],
    ['with MD5', `otpauth://totp/x?secret=${SECRET}&algorithm=MD5`, /algorithm/],
    ['with no period', `otpauth://totp/x?secret=${SECRET}&period=0`, /period/],
    ['with a period of words', `otpauth://totp/x?secret=${SECRET}&period=30s`, /period/],
    ['without secret', 'otpauth://totp/x?issuer=AWS', /no TOTP seed/],
    ['with two secrets', `otpauth://totp/x?secret=${SECRET}&secret=${SECRET.toLowerCase()}A`, /no TOTP seed/],
    ['of another kind', `otpauth://steam/x?secret=${SECRET}`, /no TOTP seed/],
    ['of a whole app', 'otpauth-migration://offline?data=CjEKCkhlbGxvId6tvu8', /whole authenticator app/],
    ['that is no address', 'otpauth:', /no TOTP seed/],
  ])('refuses one %s', (_what, uri, message) => {
    const error = failureOf(() => parseTotpSeed(uri))
    expect(error.code).toBe('input.invalid')
    expect(error.message).toMatch(message)
    expect(`${error.message} ${error.hint}`).not.toContain(SECRET)
  })

  it('is read back as it was kept', () => {
    fc.assert(
      fc.property(seeds, (seed) => {
        expect(parseTotpSeed(formatTotpSeed(seed))).toEqual(seed)
      }),
    )
  })

  it('reads any label and any order of parameters', () => {
    fc.assert(
      fc.property(seeds, fc.string({ unit: 'grapheme' }), fc.array(fc.nat(3)), (seed, label, order) => {
        const parameters = [
          ['secret', seed.secret],
          ['algorithm', seed.algorithm],
          ['digits', '6'],
          ['period', String(seed.period)],
        ].map((pair) => pair.join('='))
        for (const index of order) parameters.push(...parameters.splice(index, 1))
        const uri = `otpauth://totp/${encodeURIComponent(label)}?${parameters.join('&')}`
        expect(parseTotpSeed(uri)).toEqual(seed)
      }),
    )
  })

  it('takes any text for a seed or refuses it, and nothing else', () => {
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string().map((rest) => `otpauth://totp/${rest}`),
      fc.string().map((rest) => `otpauth:${rest}`),
    )
    fc.assert(
      fc.property(texts, (text) => {
        try {
          expect(parseTotpSeed(text).secret).toMatch(/^[A-Z2-7]{16,}$/)
        } catch (error) {
          expect((error as HallpassError).code).toBe('input.invalid')
        }
      }),
    )
  })
})

function failureOf(work: () => unknown): { code: string; message: string; hint: string } {
  try {
    work()
  } catch (error) {
    return error as { code: string; message: string; hint: string }
  }
  throw new Error('nothing was refused')
}
