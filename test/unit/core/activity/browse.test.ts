/** The log as a window shows it: pages, counts and proofs are those of a plain look at all entries. */
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { ACTIVITY_KINDS } from '#shared/activity.ts'
import {
  ACTIVITY_GROUPS,
  type ActivityQuery,
  activityGroupOf,
  activityOverviewSchema,
  activityPageSchema,
} from '#shared/activity-view.ts'
import { type ActivityWorld, createActivityWorld, NOON } from '../../../support/activity-world.ts'
import { makeIdentity, makeRole } from '../../../support/store-records.ts'

const DAY = 86_400_000

let world: ActivityWorld
beforeEach(() => {
  world = createActivityWorld()
})
afterEach(() => world.end())

const page = (query: ActivityQuery = {}, place: { before?: number; after?: number; limit?: number } = {}) =>
  world.activity.page(query, { limit: 100, ...place })
const seqs = async (query: ActivityQuery = {}) => (await page(query)).rows.map(({ seq }) => seq)

it('every kind has a group, and no group is without a name', () => {
  for (const kind of ACTIVITY_KINDS) expect(ACTIVITY_GROUPS).toContain(activityGroupOf(kind))
  expect(activityGroupOf('sessions.x')).toBeUndefined()
  expect(activityGroupOf('session')).toBeUndefined()
})

describe('before anything is recorded', () => {
  it('there is nothing, on thirty days', async () => {
    expect(await page()).toEqual({ rows: [], more: false })
    const { days, total } = await world.activity.overview({})
    expect([days.length, total]).toEqual([30, 0])
    expect(() => world.activity.proof(1)).toThrow(expect.objectContaining({ code: 'activity.not-found' }))
  })
})

describe('a page', () => {
  it('goes on where the one before ended, and tells whether more follows', async () => {
    for (let count = 0; count < 5; count += 1) await world.activity.record({ kind: 'session.ended' })
    const first = await page({}, { limit: 4 })
    expect([first.rows.map(({ seq }) => seq), first.more]).toEqual([[6, 5, 4, 3], true])
    const second = await page({}, { limit: 4, before: 3 })
    expect([second.rows.map(({ seq }) => seq), second.more]).toEqual([[2, 1], false])
    expect((await page({}, { after: 4 })).rows.map(({ seq }) => seq)).toEqual([6, 5])
    expect(activityPageSchema.safeParse(first).success).toBe(true)
  })

  it('walks over more entries than fit into one slice to find the few that are wanted', async () => {
    await world.activity.record({ kind: 'identity.added', name: 'dana' })
    world.tamper((db) => {
      const insert = db.prepare(
        'INSERT INTO entries SELECT ?, replace(entry, ?, ?), hash, seal FROM entries WHERE seq = 2',
      )
      for (let seq = 3; seq <= 1200; seq += 1) insert.run(seq, '"dana"', `"user-${seq}"`)
    })
    expect(await seqs({ search: 'dana' })).toEqual([2])
    // 17, and 170 to 179.
    expect(await seqs({ search: 'user-17 identity' })).toHaveLength(11)
    expect((await page({ search: 'user-3' }, { limit: 500 })).more).toBe(false)
  })

  it('shows an entry that can’t be read as such, and the others', async () => {
    await world.activity.record({ kind: 'session.ended' })
    await world.activity.record({ kind: 'session.ended' })
    world.tamper((db) => db.exec(`UPDATE entries SET entry = '{"seq":2' WHERE seq = 2`))
    expect((await page()).rows.map(({ seq, entry }) => [seq, entry?.kind])).toEqual([
      [3, 'session.ended'],
      [2, undefined],
      [1, 'log.begun'],
    ])
    expect(await seqs({ group: 'sessions' })).toEqual([3])
  })

  it('says what role and account are called and taken for now', async () => {
    world.store.identities.insert(makeIdentity('i1', 'dana'))
    const role = makeRole('r1', 'prod', { kind: 'identity', id: 'i1', name: 'dana' })
    world.store.roles.insert(role)
    world.store.accounts.put({ accountId: role.accountId, name: 'acme-prod', environment: 'prod' })
    await world.activity.record({ kind: 'profile.written', target: 'role:r1', name: 'old-name' })
    const [row] = (await page()).rows
    expect(row).toMatchObject({ environment: 'prod', accountId: role.accountId, accountName: 'acme-prod' })
    // Found by the name of then and of now, and by what its account is called.
    for (const name of ['old-name', 'PROD']) expect(await seqs({ name })).toEqual([2])
    expect(await seqs({ search: 'ACME-prod old' })).toEqual([2])
    expect(await seqs({ name: 'gone' })).toEqual([])
  })
})

describe('search', () => {
  it('finds what a plain look at every text finds', async () => {
    const words = ['prod', 'PROD admin', 'a"b', 'back\\slash', 'über', 'tab\tx', '123456789012', '']
    for (const name of words)
      await world.activity.record({ kind: 'role.added', name, detail: { arn: `arn of ${name}` } })
    const entries = world.activity.list()
    const text = fc.oneof(fc.constantFrom(...words, 'role.added', 'x', 'rod'), fc.string({ maxLength: 3 }))
    await fc.assert(
      fc.asyncProperty(text, async (search) => {
        const terms = search.toLowerCase().split(/\s+/).filter(Boolean)
        const expected = entries.filter(({ kind, name, detail, asker, hash }) => {
          const values = [kind, name, ...Object.values(detail)]
          for (const one of [asker.process, ...asker.parents]) values.push(one.name, one.path, one.folder)
          return terms.every(
            (term) => hash.startsWith(term) || values.some((value) => value?.toLowerCase().includes(term)),
          )
        })
        expect(await seqs({ search })).toEqual(expected.map(({ seq }) => seq))
      }),
      { numRuns: 300 },
    )
  })

  it('does not take the names of fields for what stands in them', async () => {
    await world.activity.record({ kind: 'session.ended' })
    expect(await seqs({ search: 'accountid' })).toEqual([])
  })
})

describe('counts', () => {
  const record = async (kind: (typeof ACTIVITY_KINDS)[number], daysAgo: number, name = 'prod') => {
    world.now = NOON - daysAgo * DAY
    await world.activity.record({ kind, name })
    world.now = NOON
  }

  it('are by local day and by group, each without what the query says of itself', async () => {
    await record('session.started', 40)
    await record('session.started', 29)
    await record('console.opened', 1)
    await record('session.ended', 0)
    const all = await world.activity.overview({})
    expect(activityOverviewSchema.safeParse(all).success).toBe(true)
    expect(all.days.map(({ entries }) => entries)).toEqual([1, ...new Array(27).fill(0), 1, 1])
    expect(all.groups).toMatchObject({ sessions: 3, console: 1, vault: 1, keys: 0 })
    expect(all.total).toBe(5)

    const console = await world.activity.overview({ group: 'console' })
    expect(console.days.map(({ entries }) => entries)).toEqual([...new Array(28).fill(0), 1, 0])
    expect(console.groups).toEqual(all.groups)

    const today = all.days.at(-1)?.start ?? ''
    const since = await world.activity.overview({ from: today })
    expect(since.groups).toMatchObject({ sessions: 1, console: 0 })
    expect(since.days).toEqual(all.days)
    expect(await seqs({ from: today })).toEqual([5])
    expect(await seqs({ until: today, group: 'console' })).toEqual([4])
  })

  it('stay right as entries are added, moved out, or asked for in another way', async () => {
    await record('session.started', 1)
    expect((await world.activity.overview({})).groups.sessions).toBe(1)
    await record('session.started', 0)
    const after = await world.activity.overview({})
    expect([after.groups.sessions, after.total]).toEqual([2, 3])
    expect((await world.activity.overview({ search: 'nothing' })).groups.sessions).toBe(0)
    expect(await world.activity.overview({})).toEqual(after)
    await world.activity.moveTo(join(world.folder, 'moved.jsonl'))
    expect(await world.activity.overview({})).toMatchObject({ total: 1, groups: { sessions: 0, vault: 1 } })
  })
})

describe('the proof of an entry', () => {
  beforeEach(async () => {
    for (let count = 0; count < 3; count += 1) await world.activity.record({ kind: 'session.ended' })
  })

  it('is its own hash and that of the one before', async () => {
    const [third, second] = world.activity.list({ limit: 3 }).slice(1)
    expect(world.activity.proof(3)).toEqual({
      seq: 3,
      hash: third?.hash,
      intact: true,
      before: { seq: 2, hash: second?.hash, state: 'matches' },
    })
    expect(world.activity.proof(1).before).toBeNull()
  })

  it('shows a change of either, and that one is gone', () => {
    world.tamper((db) =>
      db.exec(`UPDATE entries SET entry = replace(entry, 'session.ended', 'role.edited') WHERE seq = 3`),
    )
    expect(world.activity.proof(3).intact).toBe(false)
    expect(world.activity.proof(4).before?.state).toBe('differs')
    world.tamper((db) => db.exec('DELETE FROM entries WHERE seq = 3'))
    expect(world.activity.proof(4).before?.state).toBe('absent')
    expect(() => world.activity.proof(3)).toThrow(expect.objectContaining({ code: 'activity.not-found' }))
  })
})

describe('saving', () => {
  it('makes a file of its own lines that only this user can read, in the place of an older one', async () => {
    const file = join(world.folder, 'saved.csv')
    writeFileSync(file, 'old', { mode: 0o644 })
    await world.activity.record({ kind: 'session.ended', name: 'prod' })
    await world.activity.saveTo(file, 'csv')
    expect(readFileSync(file, 'utf8')).toBe(`${[...world.activity.export('csv')].join('\n')}\n`)
    expect(statSync(file).mode & 0o777).toBe(0o600)
  })

  it('leaves what was there when an entry can’t be read, and nothing half written', async () => {
    const file = join(world.folder, 'saved.jsonl')
    writeFileSync(file, 'old')
    await world.activity.record({ kind: 'session.ended' })
    world.tamper((db) => db.exec(`UPDATE entries SET entry = '{}' WHERE seq = 2`))
    await expect(world.activity.saveTo(file, 'jsonl')).rejects.toMatchObject({ code: 'activity.broken' })
    expect(readFileSync(file, 'utf8')).toBe('old')
    expect(readdirSync(world.folder).filter((name) => name.includes('saved'))).toEqual(['saved.jsonl'])
  })

  it('says why it can’t', async () => {
    await world.activity.record({ kind: 'session.ended' })
    await expect(world.activity.saveTo(world.folder, 'csv')).rejects.toMatchObject({ code: 'file.not-a-file' })
    await expect(world.activity.saveTo(join(world.folder, 'no/x'), 'csv')).rejects.toMatchObject({
      code: 'file.not-found',
    })
  })
})
