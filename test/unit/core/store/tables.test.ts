import { mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openStore } from '#core/store/open-store.ts'
import type { Store } from '#core/store/types.ts'
import { roleSettingsSchema } from '#shared/roles.ts'
import { makeIdentity, makeRole } from '../../../support/store-records.ts'

let folder: string
let store: Store
const work = { kind: 'identity', id: 'i1', name: 'work' } as const

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'store-'))
  store = openStore({ file: join(folder, 'state', 'hallpass.db') })
  store.identities.insert(makeIdentity('i1', 'work'))
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

const reopen = () => {
  store.close()
  store = openStore({ file: join(folder, 'state', 'hallpass.db') })
}

describe('identities and roles', () => {
  test('come back as they were stored, also after reopening', () => {
    const full = { ...makeIdentity('i2', 'Play'), userArn: 'arn:aws:iam::1:user/x', verified: true, verifiedAt: 'now' }
    store.identities.insert(full)
    const role = makeRole('r1', 'deploy', work, { mfa: true, region: 'eu-west-1', tags: [{ key: 'a', value: 'b' }] })
    store.roles.insert(role)
    reopen()
    expect(store.identities.list()).toEqual([full, makeIdentity('i1', 'work')])
    expect(store.identities.byName('PLAY')).toEqual(full)
    expect(store.roles.byId('r1')).toEqual(role)
    expect(store.roles.byName('Deploy')).toEqual(role)
    expect([store.roles.byId('i1'), store.identities.byId('r1'), store.roles.byName('none')]).toEqual(
      Array(3).fill(undefined),
    )
  })

  test('any valid settings survive', () => {
    const policy = fc.string({ maxLength: 200 }).map((text) => JSON.stringify([text]))
    const settings = fc.record(
      {
        mfa: fc.boolean(),
        externalId: fc.stringMatching(/^[\w+=,.@:/-]{2,50}$/),
        policy,
        tags: fc.array(
          fc.record({ key: fc.constantFrom('Ключ', 'a b'), value: fc.constantFrom('', 'é🙂'.slice(0, 1)) }),
        ),
      },
      { requiredKeys: ['mfa'] },
    )
    fc.assert(
      fc.property(settings, (each) => {
        fc.pre(roleSettingsSchema.safeParse(each).success)
        const role = makeRole('r1', 'deploy', work, roleSettingsSchema.parse(each))
        store.roles.insert(role)
        expect(store.roles.byId('r1')).toEqual(role)
        store.roles.remove('r1')
      }),
      { numRuns: 30 },
    )
  })

  test('share one namespace that ignores case, and a refused change changes nothing', () => {
    store.roles.insert(makeRole('r1', 'Deploy', work))
    const taken = expect.objectContaining({ code: 'name.taken' })
    expect(() => store.roles.insert(makeRole('r2', 'WORK', work))).toThrow(taken)
    expect(() => store.identities.insert(makeIdentity('i2', 'deploy'))).toThrow(taken)
    expect(() => store.identities.update(makeIdentity('i1', 'DEPLOY'))).toThrow(taken)
    expect(() => store.roles.update(makeRole('r1', 'work', work))).toThrow(taken)
    expect(store.identities.list().map((each) => each.name)).toEqual(['work'])
    expect(store.roles.list().map((each) => each.name)).toEqual(['Deploy'])
    store.roles.update(makeRole('r1', 'dePLOY', work))
    expect(store.roles.byName('deploy')?.name).toBe('dePLOY')
  })

  test('a role shows its source by its present name', () => {
    store.roles.insert(makeRole('r1', 'deploy', { ...work, name: 'an old name' }))
    store.roles.insert(makeRole('r2', 'chained', { kind: 'role', id: 'r1', name: 'deploy' }))
    store.identities.update(makeIdentity('i1', 'renamed'))
    expect(store.roles.byId('r1')?.source).toEqual({ kind: 'identity', id: 'i1', name: 'renamed' })
    expect(store.roles.byId('r2')?.source).toEqual({ kind: 'role', id: 'r1', name: 'deploy' })
  })

  test('what a role is assumed from stays until the role is gone', () => {
    store.roles.insert(makeRole('r1', 'deploy', work))
    expect(() => store.identities.remove('i1')).toThrow(expect.objectContaining({ code: 'record.in-use' }))
    store.roles.remove('r1')
    store.identities.remove('i1')
    expect(store.identities.list()).toEqual([])
    store.identities.insert(makeIdentity('i2', 'work'))
  })

  test('refuses records that are not valid or lean on nothing', () => {
    const invalid = expect.objectContaining({ code: 'input.invalid' })
    expect(() => store.identities.insert({ ...makeIdentity('i2'), name: ' x' })).toThrow(invalid)
    expect(() => store.roles.insert(makeRole('r1', 'x', { ...work, id: 'nobody' }))).toThrow(invalid)
    expect(() => store.roles.update(makeRole('r9', 'x', work))).toThrow(
      expect.objectContaining({ code: 'role.not-found' }),
    )
    expect(store.roles.list()).toEqual([])
  })
})

describe('the other tables', () => {
  test('sessions, profiles, vault entries and settings', () => {
    const session = {
      key: 'role:r1',
      fingerprint: 'f',
      sealed: new Uint8Array([0, 1, 255]),
      accessKeyId: 'ASIA',
      assumedRoleArn: null,
      obtainedAt: 1_700_000_000_000,
      expiresAt: 1_700_003_600_000,
    }
    const profile = {
      profile: 'dev',
      target: 'role:r1',
      mode: 'static' as const,
      configFile: '/c',
      credentialsFile: '/d',
      writtenAt: 'now',
    }
    store.sessions.put({ ...session, fingerprint: 'old' })
    store.sessions.put(session)
    store.profiles.put({ ...profile, mode: 'process', credentialsFile: null })
    store.profiles.put(profile)
    store.vaultIndex.add('b')
    store.vaultIndex.add('a')
    store.vaultIndex.add('a')
    store.setSetting('theme', 'light')
    store.setSetting('theme', 'dark')
    reopen()
    expect(store.sessions.get('role:r1')).toEqual(session)
    expect(store.sessions.list()).toEqual([session])
    expect(store.profiles.get('dev', '/c')).toEqual(profile)
    expect(store.profiles.list()).toEqual([profile])
    expect([store.vaultIndex.list(), store.vaultIndex.has('a'), store.vaultIndex.has('c')]).toEqual([
      ['a', 'b'],
      true,
      false,
    ])
    expect([store.setting('theme'), store.setting('none')]).toEqual(['dark', undefined])
    expect([store.sessions.remove('role:r1'), store.sessions.remove('role:r1')]).toEqual([true, false])
    store.profiles.remove('dev', '/c')
    store.vaultIndex.remove('a')
    expect([store.profiles.list(), store.vaultIndex.list()]).toEqual([[], ['b']])
  })
})

describe('transactions', () => {
  test('are all or nothing, and an inner failure that is caught undoes the inner part alone', () => {
    expect(() =>
      store.transaction(() => {
        store.setSetting('a', '1')
        throw new Error('no')
      }),
    ).toThrow('no')
    expect(store.setting('a')).toBeUndefined()
    store.transaction(() => {
      store.setSetting('a', '1')
      expect(() =>
        store.transaction(() => {
          store.setSetting('a', '2')
          store.identities.insert(makeIdentity('i1', 'work'))
        }),
      ).toThrow(expect.objectContaining({ code: 'name.taken' }))
      expect(store.setting('a')).toBe('1')
    })
    expect(store.setting('a')).toBe('1')
  })

  test('another connection’s commit shows in foreignVersion, one’s own does not', () => {
    const other = openStore({ file: join(folder, 'state', 'hallpass.db') })
    const before = store.foreignVersion()
    store.setSetting('a', '1')
    expect(store.foreignVersion()).toBe(before)
    other.setSetting('a', '2')
    expect(store.foreignVersion()).not.toBe(before)
    other.close()
  })
})

test('a closed store refuses with a code', () => {
  store.close()
  expect(() => store.setting('a')).toThrow(expect.objectContaining({ code: 'store.unavailable' }))
  store.close()
})

test.runIf(process.platform !== 'win32')('folder and files are the user’s alone', () => {
  store.setSetting('a', '1')
  const mode = (name: string) => (statSync(join(folder, 'state', name)).mode & 0o777).toString(8)
  expect(['', 'hallpass.db', 'hallpass.db-wal', 'hallpass.db-shm', 'hallpass.db.lock'].map(mode)).toEqual([
    '700',
    '600',
    '600',
    '600',
    '600',
  ])
  store.close()
  expect(mode('hallpass.db.bak')).toBe('600')
})
