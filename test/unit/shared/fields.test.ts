import { describe, expect, it } from 'vitest'
import type { z } from 'zod'
import * as fields from '#shared/fields.ts'

const cases: [string, z.ZodType, unknown[], unknown[]][] = [
  [
    'nameField',
    fields.nameField,
    ['a', 'Acme prod', 'a.b_c-d@e+f=g,h:i/j', '_x', 'n'.repeat(64)],
    ['', ' a', 'a ', 'a  b', '-a', 'é', 'a"b', "a'b", 'a$b', 'a\nb', 'n'.repeat(65)],
  ],
  [
    'profileNameField',
    fields.profileNameField,
    ['acme-prod', 'a@b', 'a/b', 'a%b', 'default'],
    ['', 'a b', '__proto__', 'constructor', 'toString', 'DEFAULT', '-a', 'prod-é', 'a]b', 'a#b', 'p'.repeat(129)],
  ],
  [
    'accessKeyIdField',
    fields.accessKeyIdField,
    ['AKIAIOSFODNN7EXAMPLE', ' AKIAIOSFODNN7EXAMPLE '],
    ['', 'AKIA', 'ASIAIOSFODNN7EXAMPLE', 'AKIA IOSFODNN7EXAMPLE', 'A'.repeat(129)],
  ],
  [
    'secretAccessKeyField',
    fields.secretAccessKeyField,
    ['wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'],
    ['', 'short', 'wJalrXUtnFEMI/K7MDENG bPxRfiCYEXAMPLEKEY'],
  ],
  [
    'roleArnField',
    fields.roleArnField,
    ['arn:aws:iam::123456789012:role/R'],
    ['arn:aws:iam::123456789012:user/R', 'R'],
  ],
  [
    'mfaSerialField',
    fields.mfaSerialField,
    ['arn:aws:iam::123456789012:mfa/dana', 'GAHT12345678'],
    ['short', 'arn:aws:iam::123456789012:u2f/user/dana/key', 'a b c d e f', 's'.repeat(257)],
  ],
  ['mfaCodeField', fields.mfaCodeField, ['012345', ' 012345 '], ['12345', '1234567', '12345a', '']],
  ['regionField', fields.regionField, ['eu-west-1', 'cn-north-1'], ['', 'europe', 'eu-west-1a']],
  ['externalIdField', fields.externalIdField, ['ab', 'a+=,.@:/-_'], ['a', 'a b', 'x'.repeat(1225)]],
  ['sessionNameField', fields.sessionNameField, ['ab', 'a+=,.@-_'], ['a', 'a/b', 'a b', 'x'.repeat(65)]],
  ['sourceIdentityField', fields.sourceIdentityField, ['dana'], ['aws:dana', 'd']],
  ['roleDurationField', fields.roleDurationField, [900, 43_200], [899, 43_201, 900.5, '900']],
  ['identityDurationField', fields.identityDurationField, [900, 129_600], [899, 129_601]],
  [
    'policyArnField',
    fields.policyArnField,
    ['arn:aws:iam::aws:policy/job-function/SupportUser', 'arn:aws-cn:iam::123456789012:policy/p'],
    ['arn:aws:iam::aws:role/x', 'ReadOnlyAccess'],
  ],
  [
    'sessionPolicyField',
    fields.sessionPolicyField,
    ['{"Version":"2012-10-17"}'],
    ['', 'not json', '1', 'null', '[]', `{"a":"${'x'.repeat(2048)}"}`],
  ],
  [
    'tagField',
    fields.tagField,
    [
      { key: 'cost center', value: '' },
      { key: 'é', value: 'a:b/c' },
    ],
    [{ key: '', value: 'x' }, { key: 'a;b', value: '' }, { key: 'a' }],
  ],
  ['colorField', fields.colorField, ['F2B0A9', '#f2b0a9'], ['red', 'f2b0a', '##f2b0a9']],
]

describe.each(cases)('%s', (_name, field, good, bad) => {
  it.each(good)('takes %j', (value) => {
    expect(field.safeParse(value).success).toBe(true)
  })

  it.each(bad)('refuses %j', (value) => {
    expect(field.safeParse(value).success).toBe(false)
  })
})

describe('what fields make of their input', () => {
  it('trims what people paste, and stores a colour bare and in lower case', () => {
    expect(fields.accessKeyIdField.parse(' AKIAIOSFODNN7EXAMPLE\n')).toBe('AKIAIOSFODNN7EXAMPLE')
    expect(fields.colorField.parse('#F2B0A9')).toBe('f2b0a9')
  })

  it('says in words what is wrong', () => {
    const message = fields.accessKeyIdField.safeParse('ASIAIOSFODNN7EXAMPLE').error?.issues[0]?.message
    expect(message).toContain('temporary')
  })
})
