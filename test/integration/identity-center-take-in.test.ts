/**
 * Ten thousand roles of the practice account's Identity Center into a store, through a portal that turns calls away and
 * fails: all of them, once each, also when it is broken off midway.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createAccountService } from '#core/accounts.ts'
import { createDiscovery, createPortal, type DiscoverOptions, realWait } from '#core/identity-center/index.ts'
import type { ManyProfiles } from '#core/many-profiles.ts'
import { type PracticeAccount, startPracticeAccount } from '#core/practice/practice-account.ts'
import { openStore } from '#core/store/open-store.ts'
import type { Store } from '#core/store/types.ts'
import { HallpassError } from '#shared/errors.ts'
import type { CenterIdentity } from '#shared/identities.ts'
import { makeRole } from '../support/store-records.ts'
import { signIn } from '../unit/core/practice/identity-center/clients.ts'

const ACCOUNTS = 1000
const ROLES = 10

let folder: string
let store: Store
let practice: PracticeAccount
let identity: CenterIdentity
let recorded: number

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'take-in-'))
  store = openStore({ file: join(folder, 'hallpass.db') })
  practice = await startPracticeAccount()
  const { startUrl, region } = practice.identityCenter
  identity = {
    ...{ id: 'i1', name: 'corp', kind: 'identity-center', startUrl, ssoRegion: region, cliSession: null },
    ...{ accountId: null, userArn: null, mfaSerial: null, region: null },
    ...{ verified: true, verifiedAt: null, createdAt: '2026-11-26T00:00:00.000Z' },
  }
  store.identities.insert(identity)
  recorded = 0
})
afterEach(async () => {
  store.close()
  await practice.close()
  rmSync(folder, { recursive: true, force: true })
})

interface Given {
  readonly clock?: () => number
  readonly token?: () => string
  readonly profiles?: Partial<ManyProfiles>
}

/** Twenty times as fast as AWS lets anybody be. */
async function discovery(released: string[] = [], given: Given = {}) {
  const signedIn = given.token ? '' : (await signIn(practice)).accessToken
  const token = given.token ?? (() => signedIn)
  const { startUrl, region } = practice.identityCenter
  const noProfiles: Pick<ManyProfiles, 'written' | 'apply' | 'taken' | 'plan'> = {
    written: () => new Map(),
    apply: async () => async () => {},
    taken: async () => new Set(),
    plan: async () => ({ diff: 'diff', files: [] }),
    ...given.profiles,
  }
  return createDiscovery({
    store,
    signIns: { access: async () => ({ accessToken: token(), region, startUrl }) },
    portal: createPortal(practice.describe().environment),
    accounts: createAccountService(store),
    profiles: noProfiles as ManyProfiles,
    release: async (keys) => void released.push(...keys),
    clock: given.clock ?? Date.now,
    record: async () => void recorded++,
    tryLock: undefined,
    pace: { ceiling: 400, wait: (ms, signal) => realWait(ms / 20, signal) },
  })
}

const names = () => store.roles.list().map(({ name }) => name)
const places = () => store.roles.list().map(({ accountId, roleName }) => `${accountId}/${roleName}`)
const asked = (from = 0) =>
  practice
    .calls()
    .slice(from)
    .filter(({ action }) => action === 'sso:ListAccountRoles').length

it('ten thousand roles come in once each, through 5 % of 429 and 1 % of 500, broken off midway and gone on with', async () => {
  practice.identityCenter.fill(ACCOUNTS, ROLES)
  practice.control.apply({
    identityCenter: { tooManyPercent: 5, failPercent: 1, callsPerSecond: 400, deviceIntervalSeconds: 0 },
  })
  const total = practice.identityCenter.accounts.reduce((sum, { roleNames }) => sum + roleNames.length, 0)
  const { discover } = await discovery()
  const stop = new AbortController()
  let seenMeanwhile = 0
  const options: DiscoverOptions = {
    signal: stop.signal,
    onProgress({ accountsDone }) {
      // The list is there while the rest is read.
      if (accountsDone === 300) seenMeanwhile = store.roles.list().length
      if (accountsDone >= 500) stop.abort()
    },
  }
  const first = await discover('corp', options)
  expect(first).toMatchObject({ isComplete: false, problem: { code: 'cancelled' }, gone: [] })
  expect(seenMeanwhile).toBeGreaterThan(2000)
  expect(store.discoveries.get('i1')?.soFar?.doneAccountIds.length).toBeGreaterThanOrEqual(500)

  const callsBefore = practice.calls().length
  const second = await discover('corp')
  expect(second).toMatchObject({ isComplete: true, problem: null, gone: [], removed: [], accounts: ACCOUNTS })
  // None of those that were done is asked for again; the others are, some of them more than once.
  expect(asked(callsBefore)).toBeLessThan(1.25 * (ACCOUNTS - 500))
  expect(first.added.length + second.added.length).toBe(total)
  expect(new Set(places()).size).toBe(total)
  expect(store.roles.list()).toHaveLength(total)
  expect(new Set(names().map((name) => name.toLowerCase())).size).toBe(total)
  expect(store.discoveries.get('i1')).toMatchObject({ soFar: null })
  expect(recorded).toBe(2)
}, 120_000)

it('what a person made of roles and accounts stays; what is gone is told, and goes only when that is wanted', async () => {
  practice.control.apply({ identityCenter: { deviceIntervalSeconds: 0 } })
  const released: string[] = []
  const { discover } = await discovery(released)
  await discover('corp')
  const [mine, gone, ...others] = store.roles.list()
  if (!mine || !gone) throw new Error('no roles')
  store.roles.update({ ...mine, name: 'my own name', settings: { ...mine.settings, region: 'eu-central-1' } })
  createAccountService(store).change(mine.accountId, { name: 'what I call it' })
  const user = others.find(({ id }) => id !== mine.id)
  // A role of the person's own is assumed from one that goes.
  const chained = {
    ...gone,
    id: 'chained',
    name: 'chained',
    source: { kind: 'role' as const, id: gone.id, name: gone.name },
  }
  practice.identityCenter.unassign(gone.accountId, gone.roleName)
  practice.identityCenter.unassign(user?.accountId ?? '', user?.roleName ?? '')

  const told = await discover('corp')
  expect(told.gone.map(({ name }) => name).sort()).toEqual([gone.name, user?.name].sort())
  expect(names()).toEqual(expect.arrayContaining(['my own name', gone.name]) as unknown)
  expect(store.accounts.get(mine.accountId)?.name).toBe('what I call it')
  store.roles.insert(chained)
  const pruned = await discover('corp', { prune: true })
  expect(pruned.removed).toEqual([user?.name])
  expect(released).toEqual([`role:${user?.id}`])
  expect(names()).toEqual(expect.arrayContaining([gone.name, 'chained', 'my own name']) as unknown)
})

it('a dry run says the same, and leaves everything as it is', async () => {
  practice.control.apply({ identityCenter: { deviceIntervalSeconds: 0 } })
  const { discover } = await discovery()
  const planned = await discover('corp', { dryRun: true })
  expect(planned.added.length).toBeGreaterThan(0)
  expect(store.roles.list()).toEqual([])
  expect(store.accounts.list()).toEqual([])
  expect(store.discoveries.get('i1')).toBeUndefined()
  expect((await discover('corp')).added).toEqual(planned.added)
})

it('does what was just shown without reading it again, for five minutes and with the same token', async () => {
  practice.control.apply({ identityCenter: { deviceIntervalSeconds: 0 } })
  let now = Date.now()
  let { accessToken } = await signIn(practice)
  const { discover } = await discovery([], { clock: () => now, token: () => accessToken })
  const calls = () => practice.calls().filter(({ action }) => action.startsWith('sso:List')).length
  const look = await discover('corp', { dryRun: true })
  const whole = calls()
  const read = await discover('corp', { reuse: true })
  expect([read.added, read.isComplete, calls()]).toEqual([look.added, true, whole])

  const [gone] = store.roles.list()
  practice.identityCenter.unassign(gone?.accountId ?? '', gone?.roleName ?? '')
  // Not asked for what was read before: read anew.
  expect((await discover('corp')).gone.map(({ name }) => name)).toEqual([gone?.name])
  const told = calls()
  expect(told).toBe(2 * whole)
  now += 5 * 60_000
  expect((await discover('corp', { prune: true, reuse: true })).removed).toEqual([gone?.name])
  expect(calls()).toBe(told)
  now += 1
  await discover('corp', { reuse: true })
  expect(calls()).toBe(told + whole)
  accessToken = (await signIn(practice)).accessToken
  await discover('corp', { reuse: true })
  expect(calls()).toBe(told + 2 * whole)
})

it('counts what was read before it was broken off, and no half of a reading for a whole', async () => {
  practice.control.apply({ identityCenter: { deviceIntervalSeconds: 0 } })
  const { discover } = await discovery()
  const stop = new AbortController()
  const half = await discover('corp', {
    signal: stop.signal,
    onProgress: ({ accountsDone }) => accountsDone > 0 && stop.abort(),
  })
  expect(half.isComplete).toBe(false)
  const before = practice.calls().length
  expect((await discover('corp', { reuse: true })).isComplete).toBe(true)
  expect(asked(before)).toBeGreaterThan(0)
  const whole = practice.calls().length
  const again = await discover('corp', { reuse: true })
  expect([again.gone, again.accounts, practice.calls().length]).toEqual([[], 4, whole])
})

it('is under way once only, and refuses a template that names nothing', async () => {
  practice.control.apply({ identityCenter: { deviceIntervalSeconds: 0 } })
  const { discover } = await discovery()
  const first = discover('corp')
  await expect(discover('corp')).rejects.toMatchObject({ code: 'session.busy' })
  await first
  await expect(discover('corp', { choices: { template: 'all alike' } })).rejects.toMatchObject({
    code: 'input.invalid',
  })
  await expect(discover('nobody')).rejects.toMatchObject({ code: 'identity.not-found' })
  expect(store.discoveries.get('i1')?.choices.template).toBe('{account}-{role}')
})

it('a name that is taken while the roles are read stays with whoever took it', async () => {
  practice.control.apply({ identityCenter: { deviceIntervalSeconds: 0 } })
  const { discover } = await discovery()
  const wanted = (await discover('corp', { dryRun: true })).added.map(({ name }) => name)
  const last = wanted.at(-1) ?? ''
  let isTaken = false
  const report = await discover('corp', {
    onProgress() {
      if (isTaken) return
      isTaken = true
      store.roles.insert(makeRole('by-hand', last.toUpperCase(), { kind: 'identity', id: 'i1', name: 'corp' }))
    },
  })
  expect(report).toMatchObject({ isComplete: true, problem: null })
  expect(report.added.map(({ name }) => name)).toEqual([...wanted.slice(0, -1), `${last}-2`])
})

it('profiles get names that are free, and none is made the default one', async () => {
  practice.control.apply({ identityCenter: { deviceIntervalSeconds: 0 } })
  practice.identityCenter.fill(1, 5)
  const wishes: string[] = []
  const profiles: Partial<ManyProfiles> = {
    taken: async () => new Set(['taken', 'a-b', 'a-b-2']),
    plan: async (given) => {
      wishes.push(...given.map(({ written }) => written?.profile ?? 'none'))
      return { diff: '', files: [] }
    },
  }
  const { discover } = await discovery([], { profiles })
  await discover('corp')
  const names = ['default', 'taken', 'a b', 'a-b', 'plain']
  const roles = store.roles.list()
  expect(roles).toHaveLength(names.length)
  for (const [index, role] of roles.entries()) store.roles.update({ ...role, name: names[index] ?? '' })
  await discover('corp', { choices: { withProfiles: true } })
  expect(wishes).toEqual(expect.arrayContaining(['hallpass-default', 'taken-2', 'a-b-3', 'a-b-4', 'plain']) as unknown)
  expect(new Set(wishes).size).toBe(wishes.length)
})

it('files that can’t be written cost no second reading', async () => {
  practice.control.apply({ identityCenter: { deviceIntervalSeconds: 0 } })
  const apply = () => Promise.reject(new HallpassError('file.permission', 'The config file can’t be written.'))
  const { discover } = await discovery([], { profiles: { apply } })
  await expect(discover('corp', { choices: { withProfiles: true } })).rejects.toMatchObject({ code: 'file.permission' })
  const before = practice.calls().length
  await discover('corp', { choices: { withProfiles: false } })
  expect(asked(before)).toBe(0)
})
