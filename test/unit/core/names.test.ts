import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { targetsFrom } from '#core/names.ts'
import { openStore } from '#core/store/open-store.ts'
import type { Store } from '#core/store/types.ts'
import { makeIdentity, makeRole } from '../../support/store-records.ts'

let folder: string
let store: Store
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'names-'))
  store = openStore({ file: join(folder, 'hallpass.db') })
  store.identities.insert(makeIdentity('i1', 'work'))
  store.identities.insert({ ...makeIdentity('i2', 'home'), accessKeyId: 'AKIAI44QH8DHBEXAMPLE' })
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

function addRole(id: string, kind: 'identity' | 'role', source: string): void {
  store.roles.insert(makeRole(id, `role-${id}`, { kind, id: source, name: source }))
}

describe('the roles that start from a target', () => {
  it('are those assumed from it and from one another, and no others', () => {
    addRole('a', 'identity', 'i1')
    addRole('b', 'role', 'a')
    addRole('c', 'role', 'b')
    addRole('d', 'identity', 'i2')
    expect(targetsFrom(store, 'identity:i1').toSorted()).toEqual(['role:a', 'role:b', 'role:c'])
    expect(targetsFrom(store, 'role:b')).toEqual(['role:c'])
    expect(targetsFrom(store, 'role:c')).toEqual([])
  })
})
