import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openStore } from '#core/store/open-store.ts'
import type { Store } from '#core/store/types.ts'
import { makeIdentity, makeRole } from '../../../support/store-records.ts'

let folder: string
let store: Store
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'people-'))
  store = openStore({ file: join(folder, 'hallpass.db') })
  store.identities.insert(makeIdentity('work'))
  store.roles.insert(makeRole('r1', 'deploy', { kind: 'identity', id: 'work', name: 'work' }))
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

test('an account has the last name and environment it was given', () => {
  store.accounts.put({ accountId: '123456789012', name: 'acme', environment: null })
  store.accounts.put({ accountId: '123456789012', name: 'acme-prod', environment: 'prod' })
  expect(store.accounts.get('123456789012')).toEqual({
    accountId: '123456789012',
    name: 'acme-prod',
    environment: 'prod',
  })
  expect(store.accounts.get('210987654321')).toBeUndefined()
  expect(store.accounts.list()).toHaveLength(1)
})

test('pinning keeps the count of uses, and using keeps the pin', () => {
  store.roleUse.pin('r1', true)
  store.roleUse.note('r1', 1000)
  store.roleUse.note('r1', 2000)
  expect(store.roleUse.list()).toEqual([{ roleId: 'r1', pinned: true, uses: 2, lastUsedAt: 2000 }])
  store.roleUse.pin('r1', false)
  expect(store.roleUse.list()).toEqual([{ roleId: 'r1', pinned: false, uses: 2, lastUsedAt: 2000 }])
})

test('how a role was used goes with the role', () => {
  store.roleUse.pin('r1', true)
  store.roles.remove('r1')
  expect(store.roleUse.list()).toEqual([])
})
