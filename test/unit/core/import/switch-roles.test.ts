/** The configuration of the switch-roles extension, as its documentation has it. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { planFound } from '#core/import/plan-found.ts'
import { findInSwitchRoles, type Starts } from '#core/import/switch-roles.ts'
import { HallpassError } from '#shared/errors.ts'

const ALICE = { name: 'alice', accountId: '000000000000', accessKeyId: 'AKIAQ6VEXAMPLEKEY001', mfaSerial: null }
const BOB = {
  name: 'bob',
  accountId: '222200000000',
  accessKeyId: 'AKIAQ6VEXAMPLEKEY002',
  mfaSerial: 'arn:aws:iam::222200000000:mfa/b',
}

function plan(text: string, starts: Partial<Starts> = {}) {
  const identities = [ALICE, BOB]
  const { items } = findInSwitchRoles(text, { identities, from: undefined, ...starts })
  return planFound(items, { identities, centers: [], roles: [], otherNames: [] })
}

const DOCUMENTED = `
[profile marketingadmin]
role_arn = arn:aws:iam::123456789012:role/marketingadmin
color = ffaaee

[anotheraccount]
aws_account_id = 987654321987
role_name = anotherrole
region=ap-northeast-1

[baseaccount2]
aws_account_id = 000000000000

[Base2-Role1]
role_arn = arn:aws:iam::234567890123:role/Role1 ; comment
source_profile = baseaccount2

[AnotherRole]
role_name = SomeOtherRole#comment
aws_account_id = account-3-alias

[Org2-BaseAccount]
aws_account_id = 222200000000
target_role_name = Developer
target_region = eu-west-1

[Org2-Account1-Developer]
aws_account_id = 222200001111
source_profile = Org2-BaseAccount

[Org2-Account2-Manager]
aws_account_id = 222200002222
role_name = Manager ; overrides target role name
source_profile = Org2-BaseAccount
`

describe('roles', () => {
  it('start from the identity in their base account, and else from what the person named', () => {
    const { items, roles } = plan(DOCUMENTED, { from: 'alice' })
    expect(items.map(({ profile, outcome, from, arn }) => [profile, outcome, from, arn])).toEqual([
      ['marketingadmin', 'role', 'alice', 'arn:aws:iam::123456789012:role/marketingadmin'],
      ['anotheraccount', 'role', 'alice', 'arn:aws:iam::987654321987:role/anotherrole'],
      ['baseaccount2', 'skipped', null, null],
      ['Base2-Role1', 'role', 'alice', 'arn:aws:iam::234567890123:role/Role1'],
      ['AnotherRole', 'skipped', null, null],
      ['Org2-BaseAccount', 'skipped', null, null],
      ['Org2-Account1-Developer', 'role', 'bob', 'arn:aws:iam::222200001111:role/Developer'],
      ['Org2-Account2-Manager', 'role', 'bob', 'arn:aws:iam::222200002222:role/Manager'],
    ])
    expect(roles.get('marketingadmin')).toMatchObject({ color: 'ffaaee', profile: 'marketingadmin' })
    expect(roles.get('anotheraccount')).toMatchObject({ region: 'ap-northeast-1' })
    expect(roles.get('Org2-Account1-Developer')).toMatchObject({ region: 'eu-west-1', mfa: true })
    expect(items[4]?.notes.join()).toContain('alias')
  })

  it('without a start stay, and say what is wanted', () => {
    const { items } = plan('[a]\nrole_arn = arn:aws:iam::123456789012:role/A\n')
    expect(items[0]?.notes.join()).toContain('Name an identity or a role')
    const alone = findInSwitchRoles('[a]\nrole_arn = arn:aws:iam::123456789012:role/A\n', {
      identities: [ALICE],
      from: undefined,
    })
    expect(alone.items).toMatchObject([{ kind: 'role', from: { name: 'alice' } }])
  })

  it('can be chained', () => {
    const { roles } = plan(
      '[b]\nrole_arn = arn:aws:iam::123456789012:role/B\nsource_profile = a\n[a]\nrole_arn = arn:aws:iam::123456789012:role/A\n',
      { from: 'bob' },
    )
    expect([...roles].map(([label, { from, mfa }]) => [label, from, mfa])).toEqual([
      ['a', 'bob', true],
      ['b', 'a', false],
    ])
  })

  it('of another partition are known by their region', () => {
    const { items } = plan('[cn]\naws_account_id = 123456789012\nrole_name = R\nregion = cn-north-1\n', {
      from: 'alice',
    })
    expect(items[0]?.arn).toBe('arn:aws-cn:iam::123456789012:role/R')
  })
})

describe('a text that is none', () => {
  it.each([
    ['role_arn = x\n[a]\n', 'Line 1 comes before the first section.'],
    ['[a]\nnothing here\n', 'Line 2 is neither a section nor a setting.'],
    ['[a]\nregion = x\nregion = y\n', 'Line 3 sets region a second time.'],
  ])('says where: %j', (text, message) => {
    expect(() => plan(text)).toThrow(expect.objectContaining({ code: 'import.invalid', message }))
  })

  it('with keys in it is refused, and not quoted', () => {
    const text = '[a]\naws_secret_access_key = abcdEFGH0123/abcdEFGH0123+abcdEFGH012345\n'
    expect(() => plan(text)).toThrow(expect.objectContaining({ code: 'import.invalid' }))
    expect(() => plan(text)).not.toThrow(/abcdEFGH/)
  })

  it.each([
    '# aws_secret_access_key = x',
    '; AWS_SESSION_TOKEN=x',
    'aws_security_token = x',
    'a = b # aws_access_key_id=x',
  ])('with keys that are commented out, or by their old name, is refused as well: %s', (line) => {
    expect(() => plan(`[a]\nrole_arn = arn:aws:iam::123456789012:role/R\n${line}\n`)).toThrow(
      expect.objectContaining({ message: expect.stringContaining('access keys') }),
    )
  })

  it('whatever stands in it, is read or refused with a code', () => {
    const line = fc.oneof(
      fc.string(),
      fc.constantFrom('[a]', '[profile a]', '[b]', 'role_arn = arn:aws:iam::123456789012:role/R', 'source_profile = a'),
      fc.constantFrom(
        'source_profile = b',
        'aws_account_id = 123456789012',
        'role_name = R',
        'color = zz',
        'region = x',
      ),
    )
    fc.assert(
      fc.property(fc.array(line, { maxLength: 12 }), (lines) => {
        try {
          const { items, roles } = plan(lines.join('\n'), { from: 'alice' })
          expect(new Set(items.map(({ profile }) => profile)).size).toBe(items.length)
          const there = new Set(['alice', 'bob'])
          for (const role of roles.values()) {
            expect(there).toContain(role.from)
            there.add(role.name)
          }
        } catch (error) {
          if (!(error instanceof HallpassError)) throw error
          expect(error.code).toBe('import.invalid')
        }
      }),
      { numRuns: 300 },
    )
  })
})
