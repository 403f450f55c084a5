import { Secret } from 'otpauth'
import { describe, expect, it } from 'vitest'
import { codeWindow, findCode, totpCode } from '#core/mfa/totp-code.ts'
import type { TotpAlgorithm, TotpSeed } from '#core/mfa/totp-seed.ts'

const DIGITS = '1234567890'.repeat(7)
const seedOf = (algorithm: TotpAlgorithm, length: number): TotpSeed => ({
  secret: Secret.fromUTF8(DIGITS.slice(0, length)).base32,
  algorithm,
  period: 30,
})
/** RFC 6238, appendix B: its codes have eight digits, of which the last six are the shorter code (RFC 4226, 5.3). */
const VECTORS: [seconds: number, sha1: string, sha256: string, sha512: string][] = [
  [59, '94287082', '46119246', '90693936'],
  [1_111_111_109, '07081804', '68084774', '25091201'],
  [1_111_111_111, '14050471', '67062674', '99943326'],
  [1_234_567_890, '89005924', '91819424', '93441116'],
  [2_000_000_000, '69279037', '90698825', '38618901'],
  [20_000_000_000, '65353130', '77737706', '47863826'],
]

describe('totpCode', () => {
  it.each(VECTORS)('is that of RFC 6238 at %i s', (seconds, sha1, sha256, sha512) => {
    const at = seconds * 1000
    expect(totpCode(seedOf('SHA1', 20), at)).toBe(sha1.slice(2))
    expect(totpCode(seedOf('SHA256', 32), at)).toBe(sha256.slice(2))
    expect(totpCode(seedOf('SHA512', 64), at)).toBe(sha512.slice(2))
  })
})

describe('codeWindow', () => {
  it.each([
    [0, 0, 30_000],
    [29_999, 0, 30_000],
    [30_000, 30_000, 60_000],
    [1_234_567_890_123, 1_234_567_890_000, 1_234_567_920_000],
  ])('at %i', (at, start, end) => {
    expect(codeWindow(30, at)).toEqual({ start, end })
  })
})

describe('findCode', () => {
  const seed = seedOf('SHA1', 20)
  const now = 1_234_567_890_000
  it.each([0, -1, 1, -20, 20])('finds the code of %i windows away', (delta) => {
    expect(findCode(seed, totpCode(seed, now + delta * 30_000), now, 20)).toBe(delta)
  })

  it('looks no further than told, nor before 1970', () => {
    expect(findCode(seed, totpCode(seed, now - 21 * 30_000), now, 20)).toBeUndefined()
    expect(findCode(seed, '000000', 0, 3)).toBeUndefined()
  })
})
