// The benchmarks' state folder is written past the services: what the services make of it must stay what they expect.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { openStore } from '#core/store/open-store.ts'
import { ROLES_PER_ACCOUNT, seedRoles } from '../../../bench/seed-roles.ts'

it('the roles of a benchmark are roles that this version reads', () => {
  const home = mkdtempSync(join(tmpdir(), 'hallpass-seed-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))

  const accounts = seedRoles(home, 2 * ROLES_PER_ACCOUNT)

  const store = openStore({ file: join(home, 'hallpass.db') })
  onTestFinished(() => store.close())
  expect(accounts).toBe(2)
  expect(store.roles.list()).toHaveLength(2 * ROLES_PER_ACCOUNT)
  expect(store.identities.list()).toMatchObject([{ kind: 'access-key', name: 'dana', verified: true }])
})
