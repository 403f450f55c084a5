import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  equalSecrets,
  makeKeyId,
  makeSecretKey,
  makeSessionToken,
  makeTotpSeed,
  makeUniqueId,
  randomEntropy,
  seededEntropy,
} from '#core/practice/secrets.ts'
import { accountIdFromKeyId } from '#shared/arn.ts'
import { accessKeyIdField, secretAccessKeyField } from '#shared/fields.ts'

const accountIds = fc.integer({ min: 0, max: 999_999_999_999 }).map((n) => String(n).padStart(12, '0'))

describe('key ids', () => {
  test('tell their account', () => {
    fc.assert(
      fc.property(accountIds, fc.constantFrom('AKIA' as const, 'ASIA' as const), (account, prefix) => {
        const id = makeKeyId(prefix, account, randomEntropy)
        expect(id).toMatch(/^A[KS]IA[A-Z2-7]{16}$/)
        expect(accountIdFromKeyId(id)).toBe(account)
      }),
    )
  })
})

describe('generated secrets', () => {
  test('have the shapes Hallpass accepts', () => {
    expect(accessKeyIdField.parse(makeKeyId('AKIA', '123456789012', randomEntropy))).toHaveLength(20)
    expect(secretAccessKeyField.parse(makeSecretKey(randomEntropy))).toHaveLength(40)
    expect(makeTotpSeed(randomEntropy)).toMatch(/^[A-Z2-7]{64}$/)
    expect(makeUniqueId('AROA', randomEntropy)).toMatch(/^AROA[A-Z2-7]{17}$/)
    expect(makeSessionToken(randomEntropy).length).toBeGreaterThan(300)
  })

  test('repeat for the same seed, and only then', () => {
    const three = (seed: string) => {
      const entropy = seededEntropy(seed)
      return [makeSecretKey(entropy), makeSecretKey(entropy), makeTotpSeed(entropy)]
    }
    expect(three('a')).toEqual(three('a'))
    expect(new Set([...three('a'), ...three('b')]).size).toBe(6)
  })

  test('are compared as a whole', () => {
    expect(equalSecrets('äbc', 'äbc')).toBe(true)
    for (const other of ['', 'äb', 'äbd', 'äbcd']) expect(equalSecrets('äbc', other)).toBe(false)
  })
})
