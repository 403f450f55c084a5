/** What accounts are called and taken for, and that it holds wherever an environment is shown. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type AccountService, createAccountService, environmentOf } from '#core/accounts.ts'
import { openStore } from '#core/store/open-store.ts'
import type { Store } from '#core/store/types.ts'
import { makeIdentity, makeRole } from '../../support/store-records.ts'

const ACCOUNT = '123456789012'
const EMPTY = '999999999999'
const work = { kind: 'identity', id: 'i1', name: 'work' } as const

let folder: string
let store: Store
let accounts: AccountService
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'accounts-'))
  store = openStore({ file: join(folder, 'hallpass.db') })
  accounts = createAccountService(store)
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true })
})

describe('an account', () => {
  it('is nobody’s to decide until it has a name that suggests something', () => {
    expect(accounts.show(ACCOUNT)).toEqual({ accountId: ACCOUNT, name: null, environment: null, decidedBy: 'nobody' })
    expect(accounts.change(ACCOUNT, { name: 'acme-data' })).toMatchObject({ environment: null, decidedBy: 'nobody' })
    expect(accounts.change(ACCOUNT, { name: 'acme-live' })).toMatchObject({ environment: 'prod', decidedBy: 'name' })
  })

  it('is what a person says, whatever it is called', () => {
    accounts.change(ACCOUNT, { environment: 'dev' })
    expect(accounts.change(ACCOUNT, { name: 'prod' })).toEqual({
      accountId: ACCOUNT,
      name: 'prod',
      environment: 'dev',
      decidedBy: 'person',
    })
    expect(accounts.change(ACCOUNT, { environment: 'none' })).toMatchObject({ environment: null, decidedBy: 'person' })
    expect(accounts.change(ACCOUNT, { environment: null })).toMatchObject({ environment: 'prod', decidedBy: 'name' })
    expect(accounts.change(ACCOUNT, { name: null })).toMatchObject({ name: null, decidedBy: 'nobody' })
  })

  it('keeps what a change leaves out, and refuses what is none of it', () => {
    accounts.change(ACCOUNT, { name: 'one', environment: 'other' })
    expect(accounts.change(ACCOUNT, {})).toMatchObject({ name: 'one', environment: 'other' })
    expect(() => accounts.change('12', { name: 'x' })).toThrow('12 digits')
    expect(() => accounts.change(ACCOUNT, { name: 'a\nb' })).toThrow('one line')
    expect(accounts.show(ACCOUNT)).toMatchObject({ name: 'one' })
  })

  it('is listed with what is in it; the named ones first', () => {
    store.identities.insert(makeIdentity('i1', 'work'))
    store.roles.insert(makeRole('r1', 'one', work))
    store.roles.insert({ ...makeRole('r2', 'two', work), accountId: '222222222222' })
    accounts.change(EMPTY, { name: 'beta' })
    expect(
      accounts.list().map(({ accountId, name, roles, identities }) => [accountId, name, roles, identities]),
    ).toEqual([
      [EMPTY, 'beta', 0, 0],
      [ACCOUNT, null, 1, 1],
      ['222222222222', null, 1, 0],
    ])
  })
})

it('holds for roles that say nothing themselves', () => {
  const prod = accounts.change(ACCOUNT, { name: 'prod' })
  expect(environmentOf(undefined, prod)).toBe('prod')
  expect(environmentOf('dev', prod)).toBe('dev')
  expect(environmentOf(undefined, accounts.change(ACCOUNT, { environment: 'none' }))).toBeNull()
})
