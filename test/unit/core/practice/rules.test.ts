import { describe, expect, test } from 'vitest'
import { FieldChecks, ROLE_SESSION_NAME, TOKEN_CODE } from '#core/practice/limits.ts'
import { MfaDevice, verifyMfa } from '#core/practice/mfa.ts'
import { isTrusted } from '#core/practice/trust.ts'

const NOW = 1_795_531_323_000

describe('field limits', () => {
  const problemOf = (check: (checks: FieldChecks) => void) => {
    const checks = new FieldChecks()
    check(checks)
    try {
      checks.finish()
      return null
    } catch (error) {
      return (error as Error).message
    }
  }

  test('speak AWS’s words', () => {
    expect(problemOf((c) => c.required('roleSessionName', 'PowerUser/hjacobs', ROLE_SESSION_NAME))).toBe(
      "1 validation error detected: Value 'PowerUser/hjacobs' at 'roleSessionName' failed to satisfy constraint: " +
        'Member must satisfy regular expression pattern: [\\w+=,.@-]*',
    )
    expect(problemOf((c) => c.required('roleSessionName', undefined, ROLE_SESSION_NAME))).toBe(
      "1 validation error detected: Value null at 'roleSessionName' failed to satisfy constraint: Member must not be null",
    )
  })

  test('are all reported at once', () => {
    const problem = problemOf((checks) => {
      checks.optional('tokenCode', 'abc', TOKEN_CODE)
      checks.integer('durationSeconds', '899', 900, 43_200)
    })
    expect(problem).toMatch(
      /^3 validation errors detected: .*\[\\d]\*; .*length.* 6; .*value greater than or equal to 900$/,
    )
  })

  test.each([
    ['900', 900],
    ['43200', 43_200],
    [undefined, undefined],
  ])('duration %s passes', (text, seconds) => {
    const checks = new FieldChecks()
    expect(checks.integer('durationSeconds', text, 900, 43_200)).toBe(seconds)
    expect(() => checks.finish()).not.toThrow()
  })

  test.each(['', '1h', '900.5', '9'.repeat(30), '2147483648', 'NaN', '0x400'])('duration %j is malformed', (value) => {
    expect(() => new FieldChecks().integer('durationSeconds', value, 900, 43_200)).toThrow(
      expect.objectContaining({ code: 'MalformedInput', status: 400 }),
    )
  })

  test('a line break at the end is no way around a pattern', () => {
    expect(problemOf((c) => c.required('roleSessionName', 'dana\n', ROLE_SESSION_NAME))).toContain('pattern')
  })
})

describe('MFA devices', () => {
  // RFC 6238, appendix B, SHA-1, last six digits.
  const rfc = new MfaDevice('arn:aws:iam::123456789012:mfa/rfc', 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ')

  test.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [2_000_000_000, '279037'],
  ])('show RFC 6238’s code at %i s', (s, code) => {
    expect(rfc.codeAt(s * 1000)).toBe(code)
  })

  const device = () => new MfaDevice('arn:aws:iam::123456789012:mfa/phone', 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP')

  test('take the codes of one step before and after, and no others', () => {
    const accepted = [-2, -1, 0, 1, 2].map((steps) => {
      const fresh = device()
      return fresh.accept(fresh.codeAt(NOW + steps * 30_000), NOW)
    })
    expect(accepted).toEqual([false, true, true, true, false])
  })

  test('take each code once, also when the step has moved on', () => {
    const phone = device()
    const code = phone.codeAt(NOW)
    expect([phone.accept(code, NOW), phone.accept(code, NOW), phone.accept(code, NOW + 30_000)]).toEqual([
      true,
      false,
      false,
    ])
    expect(phone.accept(phone.codeAt(NOW + 30_000), NOW + 30_000)).toBe(true)
    phone.forgetUsedCodes()
    expect(phone.accept(code, NOW)).toBe(true)
  })

  test('a wrong serial does not use the code up', () => {
    const phone = device()
    const code = phone.codeAt(NOW)
    const wrong = 'arn:aws:iam::123456789012:user/phone'
    expect(() => verifyMfa([phone], wrong, code, NOW)).toThrow(/unable to validate MFA code/)
    expect(verifyMfa([phone], phone.serial, code, NOW)).toBe(true)
  })
})

describe('trust', () => {
  const user = 'arn:aws:iam::987654321098:user/dana'
  const request = { principals: [user, '987654321098'], externalId: undefined, mfaPresent: false }

  test.each([
    ['named', [{ principals: [user] }], {}, true],
    ['by account id', [{ principals: ['987654321098'] }], {}, true],
    ['somebody else', [{ principals: [`${user}2`] }], {}, false],
    ['a service', [{ principals: ['ec2.amazonaws.com'] }], {}, false],
    ['a star is not understood as everybody', [{ principals: ['*'] }], {}, false],
    ['MFA missing', [{ principals: [user], requiresMfa: true }], {}, false],
    ['MFA present', [{ principals: [user], requiresMfa: true }], { mfaPresent: true }, true],
    ['external id missing', [{ principals: [user], externalId: 'x1' }], {}, false],
    ['external id of other case', [{ principals: [user], externalId: 'x1' }], { externalId: 'X1' }, false],
    ['external id right', [{ principals: [user], externalId: 'x1' }], { externalId: 'x1' }, true],
    ['external id not asked for', [{ principals: [user] }], { externalId: 'x1' }, true],
    [
      'conditions of one statement, principal of another',
      [{ principals: [user], requiresMfa: true }, { principals: ['b'] }],
      {},
      false,
    ],
    ['the second statement', [{ principals: ['b'] }, { principals: [user] }], {}, true],
    ['nobody', [], {}, false],
  ])('%s', (_, trust, change, expected) => {
    expect(isTrusted(trust, { ...request, ...change })).toBe(expected)
  })
})
