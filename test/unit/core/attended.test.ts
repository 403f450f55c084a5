// The few rows that the tray shows, out of however many roles there are.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { targetKey } from '#core/names.ts'
import { createRoleService } from '#core/roles.ts'
import { openStore } from '#core/store/open-store.ts'
import type { Role } from '#shared/roles.ts'
import { makeIdentity, makeRole } from '../../support/store-records.ts'

it('are those that were used, are pinned or have a session, and only their states are asked for', () => {
  const folder = mkdtempSync(join(tmpdir(), 'attended-'))
  const store = openStore({ file: join(folder, 'hallpass.db') })
  try {
    const work = { kind: 'identity', id: 'i1', name: 'work' } as const
    store.identities.insert(makeIdentity('i1', 'work'))
    for (const name of ['pinned', 'used', 'live', 'idle']) store.roles.insert(makeRole(name, name, work))
    store.roleUse.pin('pinned', true)
    store.roleUse.note('used', Date.parse('2026-11-24T09:00:00Z'))
    const facts = { fingerprint: 'f', sealed: new Uint8Array(), accessKeyId: 'ASIAX', assumedRoleArn: null }
    for (const key of ['role:live', 'role:used', 'role:gone', 'identity:i1']) {
      store.sessions.put({ ...facts, key, obtainedAt: 0, expiresAt: 1 })
    }
    const asked: string[] = []
    const statesOf = (roles: readonly Role[]) => {
      asked.push(...roles.map(({ id }) => targetKey('role', id)))
      return new Map(roles.map(({ id }) => [targetKey('role', id), { state: 'expired' as const, expiresAt: null }]))
    }
    const roles = createRoleService({
      store,
      clock: () => 0,
      sessions: { statesOf } as never,
      release: async () => {},
      settle: async () => {},
      written: () => new Map(),
      isDefault: () => false,
      many: {} as never,
    })
    const rows = roles.attended()
    expect(rows.map(({ name, pinned, lastUsedAt, state }) => [name, pinned, lastUsedAt, state]).sort()).toEqual([
      ['live', false, null, 'expired'],
      ['pinned', true, null, 'expired'],
      ['used', false, '2026-11-24T09:00:00.000Z', 'expired'],
    ])
    expect(asked.sort()).toEqual(['role:live', 'role:pinned', 'role:used'])
  } finally {
    store.close()
    rmSync(folder, { recursive: true, force: true })
  }
})
