/** What a catalogue may say of accounts: what nobody has said, and what it said itself. */
import { describe, expect, it } from 'vitest'
import { planAccounts } from '#core/catalogue/plan-accounts.ts'
import type { CatalogueRecord } from '#core/catalogue/record.ts'
import type { AccountRecord } from '#core/store/types.ts'
import { catalogueSchema } from '#shared/catalogue.ts'

const ID = '123456789012'

function plan(says: object, mine?: Omit<AccountRecord, 'accountId'>, last?: CatalogueRecord['accounts'][string]) {
  const catalogue = catalogueSchema.parse({ hallpassCatalogue: 1, accounts: [{ id: ID, ...says }] })
  const record = last && { name: 'a', source: { place: '/x' }, pulledAt: '', roles: {}, accounts: { [ID]: last } }
  return planAccounts(catalogue, record, { get: () => mine && { accountId: ID, ...mine } }).changes
}

describe('an account', () => {
  it('nobody has named gets its name, and what it is for', () => {
    expect(plan({ name: 'Prod', environment: 'prod' })).toEqual([{ accountId: ID, name: 'Prod', environment: 'prod' }])
  })

  it('that somebody has named keeps its name', () => {
    expect(plan({ name: 'Prod' }, { name: 'Mine', environment: null })).toEqual([])
  })

  it('that somebody has said what it is for stays that', () => {
    expect(plan({ environment: 'prod' }, { name: 'Mine', environment: 'dev', byHand: true })).toEqual([])
    expect(plan({ environment: 'prod' }, { name: 'Mine', environment: 'dev' })).toHaveLength(1)
  })

  it('that the catalogue has named follows it, until somebody names it', () => {
    const last = { name: 'Old', environment: null }
    expect(plan({ name: 'New' }, { name: 'Old', environment: null }, last)).toMatchObject([{ name: 'New' }])
    expect(plan({ name: 'New' }, { name: 'Mine', environment: null }, last)).toEqual([])
  })

  it('that is called so already is no change', () => {
    expect(plan({ name: 'Prod', environment: 'prod' }, { name: 'Prod', environment: 'prod' })).toEqual([])
  })
})
