/** The role form: everything of a role survives being shown and saved, and what is wrong is said before it is sent. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { newRoleSchema, type Role, roleEditSchema } from '#shared/roles.ts'
import {
  checkRole,
  emptyRole,
  fieldsOf,
  fieldsOfCopy,
  freeName,
  hasAdvanced,
  newRole,
  roleEdit,
} from '../../../src/renderer/lib/role-form.ts'
import { makeRole } from '../../support/store-records.ts'

const FROM = { kind: 'identity', id: 'i1', name: 'work' } as const
const FULL: Role = makeRole('r1', 'admin', FROM, {
  mfa: true,
  profile: 'acme',
  region: 'eu-west-1',
  durationSeconds: 5400,
  sessionName: 'dana',
  externalId: 'x-1',
  sourceIdentity: 'dana.w',
  tags: [
    { key: 'team', value: 'data=1' },
    { key: 'cost center', value: '' },
  ],
  transitiveTagKeys: ['team'],
  policyArns: ['arn:aws:iam::aws:policy/ReadOnlyAccess'],
  policy: '{"Version":"2012-10-17"}',
  environment: 'prod',
  color: 'f2b0a9',
  autoRenew: false,
})

describe('the role form', () => {
  it('changes nothing when nothing is touched', () => {
    expect(checkRole(fieldsOf(FULL), ['admin'], 'admin')).toBeNull()
    expect(roleEdit(FULL, fieldsOf(FULL))).toEqual({})
    const bare = makeRole('r2', 'bare', FROM)
    expect(roleEdit(bare, fieldsOf(bare))).toEqual({})
  })

  it('sends what was changed and clears what was emptied', () => {
    const fields = { ...fieldsOf(FULL), tags: 'team=ops', policyArns: ' ', policy: '', autoRenew: true }
    const edit = roleEdit(FULL, fields)
    expect(edit).toEqual({ tags: [{ key: 'team', value: 'ops' }], policyArns: null, policy: null, autoRenew: null })
    expect(roleEditSchema.safeParse(edit).success).toBe(true)
  })

  it('makes a new role of everything, which the contract takes', () => {
    const made = newRole({ ...fieldsOf(FULL), name: 'other' })
    const parsed = newRoleSchema.parse(made)
    expect(parsed).toMatchObject({ ...FULL.settings, name: 'other', from: 'work' })
    expect(Object.values(newRole({ ...emptyRole('work'), arn: FULL.arn, name: 'x' }))).not.toContain(null)
  })

  it('keeps any tags through its text', () => {
    const text = fc.stringMatching(/^[\p{L}\p{N}_.:/+@-]{1,20}$/u)
    const tags = fc.uniqueArray(fc.record({ key: text, value: fc.stringMatching(/^[\p{L}\p{N}_.:/=+@-]{0,20}$/u) }), {
      selector: ({ key }) => key.toLowerCase(),
      minLength: 1,
      maxLength: 10,
    })
    fc.assert(
      fc.property(tags, (drawn) => {
        const role = makeRole('r1', 'admin', FROM, { mfa: false, tags: drawn })
        expect(roleEdit({ ...role, settings: { mfa: false } }, fieldsOf(role))).toEqual({ tags: drawn })
      }),
    )
  })

  it.each([
    [{ tags: 'team=a\nTEAM=b' }, 'tags', 'Line 2'],
    [{ tags: 'ok=1\nno!=2' }, 'tags', 'Line 2'],
    [{ tags: Array.from({ length: 51 }, (_, index) => `k${index}=`).join('\n') }, 'tags', 'at most 50'],
    [{ transitiveTagKeys: 'other' }, 'transitiveTagKeys', 'none of the tags'],
    [{ policyArns: 'arn:aws:s3:::bucket' }, 'policyArns', 'policy ARN'],
    [{ policy: '[1]' }, 'policy', 'JSON'],
    [{ policy: '{' }, 'policy', 'JSON'],
    [{ sourceIdentity: 'a b' }, 'sourceIdentity', 'letters'],
    [{ duration: 'long' }, 'duration', 'looks like'],
  ] as const)('finds %j', (change, field, message) => {
    const problems = checkRole({ ...fieldsOf(FULL), ...change }, [], 'admin')
    expect(problems?.[field]).toContain(message)
  })
})

describe('a duplicate', () => {
  it('has all but the profile, under a free name', () => {
    const copy = fieldsOfCopy(FULL, ['admin', 'ADMIN-copy'])
    expect(copy).toEqual({ ...fieldsOf(FULL), name: 'admin-copy-2', profile: '' })
    expect(checkRole(copy, ['admin', 'admin-copy'])).toBeNull()
  })

  it('is named within 64 characters', () => {
    const long = 'x'.repeat(64)
    const name = freeName(long, [long, freeName(long, [])])
    expect(name).toHaveLength(64)
    expect(name.endsWith('-copy-2')).toBe(true)
  })
})

it('opens what is set beyond the usual', () => {
  expect(hasAdvanced(fieldsOf(FULL))).toBe(true)
  expect(hasAdvanced({ ...emptyRole('work'), region: 'eu-west-1', externalId: 'x' })).toBe(false)
  expect(hasAdvanced({ ...emptyRole('work'), autoRenew: false })).toBe(true)
})
