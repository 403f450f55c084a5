// The window's copy of the role list against the list itself, whatever happens to it and in whatever process.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { setMfaCommand, totpSeedEntry } from '#core/mfa/mfa-source.ts'
import { targetByKey, targetKey } from '#core/names.ts'
import { createRoleList, type RoleList } from '#core/role-list.ts'
import { SessionCache } from '#core/sessions/cache.ts'
import { resolveChain } from '#core/sessions/chain.ts'
import { listStatesOf } from '#core/sessions/states.ts'
import { openStore } from '#core/store/open-store.ts'
import type { Store } from '#core/store/types.ts'
import { isHallpassError } from '#shared/errors.ts'
import type { RoleRow } from '#shared/role-list.ts'
import { RoleListCopy, type RoleListState } from '../../../src/renderer/lib/role-copy.ts'
import { arrangeRoles, isGroup } from '../../../src/renderer/lib/role-list.ts'
import { makeIdentity, makeRole } from '../../support/store-records.ts'

const DEVICE = 'arn:aws:iam::123456789012:mfa/dana'
const ORDER = { groupRolesBy: 'account', sortRolesBy: 'name' } as const
/** Small, so that a few roles make many parts. */
const SIZES = { first: 4, page: 3, changes: 6 }

let folder: string
/** The app's, and that of another process. */
let stores: [Store, Store]
let now: number

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'role-list-'))
  now = 1_800_000_000_000
  stores = [0, 1].map(() => openStore({ file: join(folder, 'hallpass.db') })) as [Store, Store]
})
afterEach(() => {
  for (const store of stores) store.close()
  rmSync(folder, { recursive: true, force: true })
})

function listOf(store: Store, sizes = SIZES): RoleList {
  const cache = new SessionCache(store, {}, () => now)
  return createRoleList({
    store,
    clock: () => now,
    sessions: { statesOf: (roles) => listStatesOf(store, cache, roles, now) },
    written: () => new Map(store.profiles.list().map((record) => [record.target, record])),
    sizes,
  })
}

/** All of it, page by page. */
function whole(list: RoleList): RoleRow[] {
  const rows: RoleRow[] = []
  for (let after: string | null = null; ; ) {
    const page = list.page(after)
    rows.push(...page.rows)
    if (page.next === null) return rows
    after = page.next
  }
}

function copyOf(list: RoleList, grown: RoleListState[] = []): RoleListCopy {
  const later = <T>(work: () => T) => Promise.resolve().then(work)
  return new RoleListCopy(
    {
      start: () => later(() => list.start(ORDER)),
      page: (after) => later(() => list.page(after)),
      changes: (since) => later(() => list.changes(since)),
    },
    () => Promise.resolve(),
    (state) => grown.push(state),
  )
}

async function settled(copy: RoleListCopy): Promise<RoleListState> {
  await copy.refresh()
  while (copy.isReading) await new Promise((resolve) => setImmediate(resolve))
  return copy.refresh()
}

const NAMES = ['ada', 'Bob', 'cy', 'dee', 'Eve', 'fay', 'gus', 'hal', 'ivy', 'joe', 'kim', 'lee']
const name = fc.constantFrom(...NAMES)
const number = fc.nat({ max: 50 })

/** Things that happen. Each is done by one of two processes. */
const event = fc.oneof(
  fc.record({ kind: fc.constant('add' as const), name, from: name, mfa: fc.boolean(), account: fc.nat({ max: 2 }) }),
  fc.record({ kind: fc.constant('rename' as const), name, to: name }),
  fc.record({
    kind: fc.constant('edit' as const),
    name,
    mfa: fc.boolean(),
    region: fc.constantFrom('eu-west-1', undefined),
  }),
  fc.record({
    kind: fc.constantFrom('remove' as const, 'pin' as const, 'use' as const, 'end' as const, 'unwrite' as const),
    name,
  }),
  fc.record({ kind: fc.constant('write' as const), name, profile: fc.constantFrom('p', 'q', 'default') }),
  fc.record({ kind: fc.constant('start' as const), name, minutes: number }),
  fc.record({ kind: fc.constant('start-identity' as const), minutes: number }),
  fc.record({
    kind: fc.constant('account' as const),
    account: fc.nat({ max: 2 }),
    label: fc.constantFrom('acme', null),
  }),
  fc.record({ kind: fc.constantFrom('seed' as const, 'command' as const, 'device' as const), on: fc.boolean() }),
  fc.record({ kind: fc.constant('rename-identity' as const), to: fc.constantFrom('work', 'Work2') }),
  fc.record({ kind: fc.constant('wait' as const), minutes: number }),
)
type Happening = typeof event extends fc.Arbitrary<infer T> ? T : never

const accountOf = (at: number) => String(111111111111 * (at + 1))
let made = 0
/** More for a night's search. */
const RUNS = Number(process.env.HALLPASS_FUZZ_RUNS ?? 25)

function happen(store: Store, what: Happening): void {
  const role = 'name' in what ? store.roles.byName(what.name) : undefined
  const key = role && targetKey('role', role.id)
  const identity = store.identities.byId('i1') ?? makeIdentity('i1')
  switch (what.kind) {
    case 'add': {
      made += 1
      const from = store.roles.byName(what.from)
      const source = from
        ? ({ kind: 'role', id: from.id, name: from.name } as const)
        : ({ kind: 'identity', id: 'i1', name: identity.name } as const)
      const accountId = accountOf(what.account)
      store.roles.insert({ ...makeRole(`r${made}`, what.name, source, { mfa: what.mfa }), accountId })
      return
    }
    case 'rename':
      if (role) store.roles.update({ ...role, name: what.to })
      return
    case 'edit': {
      const settings = { mfa: what.mfa, ...(what.region ? { region: what.region } : {}) }
      if (role) store.roles.update({ ...role, settings })
      return
    }
    case 'remove':
      if (role && key) {
        store.roles.remove(role.id)
        store.sessions.remove(key)
      }
      return
    case 'pin':
      if (role) store.roleUse.pin(role.id, !store.roleUse.get(role.id)?.pinned)
      return
    case 'use':
      if (role) store.roleUse.note(role.id, now)
      return
    case 'end':
      if (key) store.sessions.remove(key)
      return
    case 'write':
      if (key)
        store.profiles.put({
          profile: what.profile,
          configFile: '/c',
          target: key,
          mode: 'process',
          credentialsFile: null,
          writtenAt: 'now',
        })
      return
    case 'unwrite':
      for (const record of store.profiles.list())
        if (record.target === key) store.profiles.remove(record.profile, record.configFile)
      return
    case 'start':
      if (key) start(store, key, what.minutes)
      return
    case 'start-identity':
      start(store, targetKey('identity', 'i1'), what.minutes)
      return
    case 'account':
      store.accounts.put({ accountId: accountOf(what.account), name: what.label, environment: what.label && 'prod' })
      return
    case 'seed':
      if (what.on) store.vaultIndex.add(totpSeedEntry('i1'))
      else store.vaultIndex.remove(totpSeedEntry('i1'))
      return
    case 'command':
      setMfaCommand(store, 'i1', what.on ? 'ykman' : null)
      return
    case 'device':
      store.identities.update({ ...identity, mfaSerial: what.on ? DEVICE : null })
      return
    case 'rename-identity':
      store.identities.update({ ...identity, name: what.to })
      return
    case 'wait':
      now += what.minutes * 60_000
  }
}

/** As the engine stores it: bound to what the chain is now. */
function start(store: Store, key: string, minutes: number): void {
  const target = targetByKey(store, key)
  if (!target) return
  const chain = resolveChain(store, target)
  store.sessions.put({
    key,
    fingerprint: new SessionCache(store, {}, () => now).fingerprint(chain, true),
    sealed: new Uint8Array([1]),
    accessKeyId: 'ASIAIOSFODNN7EXAMPLE',
    assumedRoleArn: null,
    obtainedAt: now,
    expiresAt: now + minutes * 60_000,
  })
}

/** What the store refuses does not happen. */
function tryIt(store: Store, what: Happening): void {
  try {
    happen(store, what)
  } catch (error) {
    if (!isHallpassError(error)) throw error
  }
}

test('a copy that follows is the same as the list read anew', async () => {
  const lives = fc.array(
    fc.array(fc.tuple(event, fc.constantFrom(0 as const, 1 as const)), { minLength: 1, maxLength: 12 }),
    { minLength: 1, maxLength: 6 },
  )
  await fc.assert(
    fc.asyncProperty(lives, fc.boolean(), async (life, waits) => {
      for (const store of stores) store.close()
      rmSync(folder, { recursive: true, force: true })
      stores = [0, 1].map(() => openStore({ file: join(folder, 'hallpass.db') })) as [Store, Store]
      stores[0].identities.insert({ ...makeIdentity('i1', 'work'), mfaSerial: DEVICE })
      const list = listOf(stores[0])
      const copy = copyOf(list)
      for (const events of life) {
        // Some of it happens while the copy still reads its pages.
        const reading = copy.refresh()
        if (waits) await reading
        for (const [what, process] of events) tryIt(stores[process], what)
        await reading
        if (waits) expect((await settled(copy)).rows).toEqual(whole(list))
      }
      const { rows, totals, complete } = await settled(copy)
      expect(rows).toEqual(whole(list))
      expect([totals.roles, totals.accounts, complete]).toEqual([
        rows.length,
        new Set(rows.map(({ accountId }) => accountId)).size,
        true,
      ])
    }),
    { numRuns: RUNS },
  )
})

describe('with a dozen roles', () => {
  const work = { kind: 'identity', id: 'i1', name: 'work' } as const
  beforeEach(() => {
    stores[0].identities.insert({ ...makeIdentity('i1', 'work'), mfaSerial: DEVICE })
    for (const [at, each] of NAMES.entries())
      stores[0].roles.insert({ ...makeRole(`r${at}`, each, work), accountId: accountOf(at % 3) })
  })

  test('the start of one session costs one row', () => {
    const list = listOf(stores[0])
    const { version } = list.start(ORDER)
    start(stores[1], 'role:r5', 60)
    const changes = list.changes(version)
    expect(changes.rows.map(({ name, state }) => [name, state])).toEqual([['fay', 'active']])
    expect([changes.removed, changes.reload]).toEqual([[], false])
    expect(list.changes(changes.version).rows).toEqual([])
  })

  test('a session that ends by itself is told of as well', () => {
    const list = listOf(stores[0])
    start(stores[0], 'role:r5', 60)
    const { version } = list.start(ORDER)
    now += 61 * 60_000
    expect(list.changes(version).rows.map(({ name, state }) => [name, state])).toEqual([['fay', 'expired']])
  })

  test('of more than may change at once, what was changed itself comes now, and the rest is read again', async () => {
    const list = listOf(stores[0])
    const copy = copyOf(list)
    await settled(copy)
    const { version } = list.start(ORDER)
    stores[1].roleUse.pin('r2', true)
    stores[1].identities.update({ ...makeIdentity('i1', 'renamed'), mfaSerial: DEVICE })
    const changes = list.changes(version)
    expect(changes.reload).toBe(true)
    expect(changes.rows.map(({ name, pinned }) => [name, pinned])).toEqual([['cy', true]])
    const { rows } = await settled(copy)
    expect(rows.every(({ from }) => from === 'renamed')).toBe(true)
    expect(rows).toHaveLength(NAMES.length)
  })

  test('notes that were thrown away, and a file that was replaced, are met by reading again', () => {
    const list = listOf(stores[0])
    const { version } = list.start(ORDER)
    expect(list.changes({ ...version, change: version.change + 1000 }).reload).toBe(true)
    expect(list.changes({ ...version, file: version.file + 1 }).reload).toBe(true)
  })

  test.each(['account', 'environment', 'source', 'none'] as const)(
    'the first rows grouped by %s are where the whole list has them',
    (groupRolesBy) => {
      stores[0].accounts.put({ accountId: accountOf(2), name: 'Acme', environment: 'prod' })
      stores[0].roleUse.pin('r7', true)
      stores[0].roleUse.note('r3', now)
      const list = listOf(stores[0])
      const all = whole(list)
      for (const sortRolesBy of ['name', 'account', 'recent'] as const) {
        const arranged = arrangeRoles(all, all, { groupRolesBy, sortRolesBy, folded: new Set() })
        const expected = arranged.flatMap((item) => (isGroup(item) ? [] : [item.name]))
        expect(list.start({ groupRolesBy, sortRolesBy }).rows.map((row) => row.name)).toEqual(
          expected.slice(0, SIZES.first),
        )
      }
    },
  )

  test('the first rows hold every live session', () => {
    start(stores[0], 'role:r11', 60)
    const { rows, totals } = listOf(stores[0]).start(ORDER)
    expect(rows.some(({ name, state }) => name === 'lee' && state === 'active')).toBe(true)
    expect(totals).toEqual({ roles: 12, accounts: 3 })
  })

  test('a copy grows without ever showing a role twice, and says when it is whole', async () => {
    const grown: RoleListState[] = []
    const copy = copyOf(listOf(stores[0]), grown)
    const first = await copy.refresh()
    expect(first).toMatchObject({ complete: false, totals: { roles: 12 } })
    await settled(copy)
    for (const { rows } of [first, ...grown]) expect(new Set(rows.map((row) => row.name)).size).toBe(rows.length)
    expect(grown.at(-1)?.complete).toBe(true)
  })

  test('a page that can’t be read is read with the next refresh', async () => {
    const list = listOf(stores[0])
    let fails = true
    const copy = new RoleListCopy(
      {
        start: () => Promise.resolve(list.start(ORDER)),
        page: (after) => (fails ? Promise.reject(new Error('locked')) : Promise.resolve(list.page(after))),
        changes: (since) => Promise.resolve(list.changes(since)),
      },
      () => Promise.resolve(),
      () => {},
    )
    await copy.refresh()
    await new Promise((resolve) => setImmediate(resolve))
    expect(copy.state.complete).toBe(false)
    fails = false
    expect((await settled(copy)).rows).toEqual(whole(list))
  })
})
