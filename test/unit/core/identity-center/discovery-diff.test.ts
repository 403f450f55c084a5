import { describe, expect, it } from 'vitest'
import { diffDiscovery, type FoundAccount } from '#core/identity-center/index.ts'

const account = (accountId: string, accountName: string, ...roleNames: string[]): FoundAccount => ({
  accountId,
  accountName,
  emailAddress: '',
  roleNames,
})
const ONE = account('111111111111', 'one', 'Admin', 'Reader')
const TWO = account('222222222222', 'two', 'Admin')
const complete = (...accounts: FoundAccount[]) => ({
  isComplete: true,
  accountIds: accounts.map(({ accountId }) => accountId),
})
const NOTHING = { newAccounts: [], goneAccounts: [], renamedAccounts: [], newRoles: [], goneRoles: [] }

describe('what is different', () => {
  it('is nothing where all is the same', () => {
    expect(diffDiscovery([ONE, TWO], [TWO, ONE], complete(ONE, TWO))).toEqual(NOTHING)
  })

  it('is a new account with its roles', () => {
    expect(diffDiscovery([ONE], [ONE, TWO], complete(ONE, TWO))).toEqual({
      ...NOTHING,
      newAccounts: [TWO],
      newRoles: [{ accountId: TWO.accountId, roleName: 'Admin' }],
    })
  })

  it('is an account that is gone, with its roles', () => {
    expect(diffDiscovery([ONE, TWO], [TWO], complete(TWO))).toEqual({
      ...NOTHING,
      goneAccounts: [{ accountId: ONE.accountId, accountName: 'one', emailAddress: '' }],
      goneRoles: [
        { accountId: ONE.accountId, roleName: 'Admin' },
        { accountId: ONE.accountId, roleName: 'Reader' },
      ],
    })
  })

  it('is another name of the same account', () => {
    const renamed = { ...ONE, accountName: 'uno' }
    expect(diffDiscovery([ONE], [renamed], complete(renamed))).toEqual({
      ...NOTHING,
      renamedAccounts: [{ accountId: ONE.accountId, from: 'one', to: 'uno' }],
    })
  })

  it('is a role given and a role taken away', () => {
    const changed = account(ONE.accountId, 'one', 'Admin', 'Writer')
    expect(diffDiscovery([ONE], [changed], complete(changed))).toEqual({
      ...NOTHING,
      newRoles: [{ accountId: ONE.accountId, roleName: 'Writer' }],
      goneRoles: [{ accountId: ONE.accountId, roleName: 'Reader' }],
    })
  })
})

describe('what was not read', () => {
  it('is not gone while the reading is not complete', () => {
    expect(diffDiscovery([ONE, TWO], [ONE], { isComplete: false, accountIds: [ONE.accountId] })).toEqual(NOTHING)
  })

  it('is as it was where the account is listed: refused, or done before', () => {
    expect(diffDiscovery([ONE, TWO], [ONE], complete(ONE, TWO))).toEqual(NOTHING)
  })
})
