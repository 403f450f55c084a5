import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { accountIdFromKeyId, parseRoleArn } from '#shared/arn.ts'
import { PARTITIONS } from '#shared/partitions.ts'

const roleNameCharacter = fc.constantFrom(...'abcXYZ019_+=,.@-')
const roleName = fc.string({ unit: roleNameCharacter, minLength: 1, maxLength: 64 })
const path = fc
  .array(fc.string({ unit: fc.constantFrom(...'abcXYZ019_+=,.@-!$&*:%'), minLength: 1, maxLength: 20 }), {
    maxLength: 4,
  })
  .map((parts) => (parts.length === 0 ? '/' : `/${parts.join('/')}/`))
const accountId = fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 12, maxLength: 12 })

describe('parseRoleArn', () => {
  it('gives back the parts any role ARN was made of', () => {
    fc.assert(
      fc.property(fc.constantFrom(...PARTITIONS), accountId, path, roleName, (partition, account, rolePath, name) => {
        expect(parseRoleArn(`arn:${partition.id}:iam::${account}:role${rolePath}${name}`)).toEqual({
          partition: partition.id,
          accountId: account,
          path: rolePath,
          roleName: name,
        })
      }),
    )
  })

  it.each([
    'arn:aws:iam::123456789012:user/dana',
    'arn:aws:iam::12345678901:role/R',
    'arn:aws:iam::1234567890123:role/R',
    'arn:aws:iam:us-east-1:123456789012:role/R',
    'arn:aws:sts::123456789012:assumed-role/R/s',
    'arn:aws-moon:iam::123456789012:role/R',
    'arn:aws:iam::123456789012:role/',
    'arn:aws:iam::123456789012:role/path/',
    'arn:aws:iam::123456789012:roleR',
    'arn:aws:iam::123456789012:role/a b',
    'arn:aws:iam::123456789012:role/a\n',
    'arn:aws:iam::123456789012:role/R é',
    `arn:aws:iam::123456789012:role/${'r'.repeat(65)}`,
    `arn:aws:iam::123456789012:role/${'p'.repeat(511)}/R`,
    ' arn:aws:iam::123456789012:role/R',
    '',
  ])('refuses %j', (arn) => {
    expect(parseRoleArn(arn)).toBeUndefined()
  })

  it('takes the longest path IAM allows', () => {
    expect(parseRoleArn(`arn:aws:iam::123456789012:role/${'p'.repeat(510)}/R`)?.path).toHaveLength(512)
  })
})

describe('accountIdFromKeyId', () => {
  it.each([
    ['ASIAY34FZKBOKMUTVV7A', '609629065308'],
    ['ASIAQNZGKIQY56JQ7WML', '029608264753'],
  ])('%s belongs to %s', (id, account) => {
    expect(accountIdFromKeyId(id)).toBe(account)
  })

  it('is undefined for what can’t be one', () => {
    for (const id of ['', 'AKIA', 'AKIA0189018901890189', 'akiay34fzkbokmutvv7a']) {
      expect(accountIdFromKeyId(id)).toBeUndefined()
    }
  })

  it('gives twelve digits or nothing for any key id', () => {
    const id = fc.string({ unit: fc.constantFrom(...'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'), minLength: 16, maxLength: 16 })
    fc.assert(fc.property(id, (rest) => /^(\d{12}|undefined)$/.test(String(accountIdFromKeyId(`AKIA${rest}`)))))
  })
})
