import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createRoleNamer, type PortalAccount } from '#core/identity-center/index.ts'
import { nameField } from '#shared/fields.ts'

const ACCOUNT: PortalAccount = {
  accountId: '111122223333',
  accountName: 'Acme Prod',
  emailAddress: 'aws+prod@acme.example',
}
const nameFor = (template: string, change: Partial<PortalAccount> = {}, role = 'Admin', taken: string[] = []) =>
  createRoleNamer(template, taken).nameFor({ ...ACCOUNT, ...change }, role).name

describe('a name by template', () => {
  it.each([
    ['{account}-{role}', 'Acme Prod-Admin'],
    ['{accountId}/{role}', '111122223333/Admin'],
    ['{email}:{role}', 'aws+prod@acme.example:Admin'],
    ['sso {role} in { account }', 'sso Admin in Acme Prod'],
    ['{role}{role}', 'AdminAdmin'],
  ])('%s gives %s', (template, expected) => {
    expect(nameFor(template)).toBe(expected)
  })

  it('has the id where an account has no name, or none in these letters', () => {
    expect(nameFor('{account}-{role}', { accountName: '' })).toBe('111122223333-Admin')
    expect(nameFor('{account}-{role}', { accountName: '本番' })).toBe('111122223333-Admin')
    expect(nameFor('{email}-{role}', { emailAddress: '' })).toBe('111122223333-Admin')
  })

  it('has letters without their accents', () => {
    expect(nameFor('{account}-{role}', { accountName: 'Zürich Übung' })).toBe('Zurich Ubung-Admin')
  })

  it('is short enough, and keeps the role', () => {
    const name = nameFor('{account}-{role}', { accountName: 'a'.repeat(50) }, 'ReadOnlyAccessForAuditors')
    expect(name).toBe(`${'a'.repeat(64 - 26)}-ReadOnlyAccessForAuditors`)
  })

  it('is nobody else’s', () => {
    expect(nameFor('{account}-{role}', {}, 'Admin', ['acme prod-admin'])).toBe('Acme Prod-Admin-2')
    const namer = createRoleNamer('{role}', [])
    expect([1, 2, 3].map(() => namer.nameFor(ACCOUNT, 'Admin').name)).toEqual(['Admin', 'Admin-2', 'Admin-3'])
  })

  it.each(['', 'role', '{}', '{roles}', '{account', 'account}', '{{role}}', '{constructor}', '{role}-}'])(
    'can’t be made by %j',
    (template) => {
      expect(() => createRoleNamer(template, [])).toThrow(expect.objectContaining({ code: 'input.invalid' }))
    },
  )

  it('is found in good time when ten thousand accounts have the same role', () => {
    const namer = createRoleNamer('{role}', ['Admin-3'])
    const account = { accountId: '111122223333', accountName: 'acme', emailAddress: '' }
    const begun = performance.now()
    const names = Array.from({ length: 10_000 }, () => namer.nameFor(account, 'Admin').name)
    expect(performance.now() - begun).toBeLessThan(2000)
    expect(names.slice(0, 4)).toEqual(['Admin', 'Admin-2', 'Admin-4', 'Admin-5'])
    expect(new Set(names).size).toBe(10_000)
  })

  it('is valid, and each is given once, whatever accounts and roles are called', () => {
    const text = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 80 }), fc.string({ maxLength: 80 }))
    const role = fc.stringMatching(/^[\w+=,.@-]{1,64}$/)
    const account = fc.record({
      accountId: fc.stringMatching(/^\d{12}$/),
      accountName: text,
      emailAddress: text,
    })
    const template = fc
      .array(fc.oneof(fc.constantFrom('{account}', '{accountId}', '{role}', '{email}'), fc.string().map(withoutBraces)))
      .map((parts) => `${parts.join('')}{role}`)
    fc.assert(
      fc.property(template, fc.array(fc.tuple(account, role), { maxLength: 30 }), (given, all) => {
        const namer = createRoleNamer(given, ['taken'])
        const names = all.map(([each, roleName]) => namer.nameFor(each, roleName).name)
        for (const name of names) expect(nameField.safeParse(name).error).toBeUndefined()
        expect(new Set(names.map((name) => name.toLowerCase())).size).toBe(all.length)
      }),
    )
  })
})

const withoutBraces = (text: string) => text.replaceAll(/[{}]/g, '')
