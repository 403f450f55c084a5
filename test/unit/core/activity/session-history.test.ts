/** Sessions of the last day as spans: what the log has, put together with the session at hand. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { sessionHistory } from '#core/activity/session-history.ts'
import type { ActivityEntry, ActivityKind } from '#shared/activity.ts'
import { type ActivityWorld, createActivityWorld, NOON } from '../../../support/activity-world.ts'
import { makeIdentity, makeRole } from '../../../support/store-records.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const at = (hours: number) => new Date(NOON + hours * HOUR).toISOString()

function entry(kind: ActivityKind, hours: number, key: string, detail: Record<string, string> = {}): ActivityEntry {
  const nobody = { pid: 1, name: null, path: null, folder: null }
  return {
    ...{ seq: 1, at: at(hours), kind, target: 'role:r1', name: 'prod', accountId: null, accessKeyId: key },
    ...{ how: null, form: null, detail, asker: { process: nobody, parents: [] }, previous: '', hash: '' },
  }
}
const started = (hours: number, key: string, until: number) =>
  entry('session.started', hours, key, { expires: at(until) })
const renewed = (hours: number, key: string, until: number) =>
  entry('session.renewed', hours, key, { expires: at(until) })
const ended = (hours: number, key: string) => entry('session.ended', hours, key)

const spansOf = (entries: ActivityEntry[], present?: { accessKeyId: string; expiresAt: number }) =>
  sessionHistory(entries, present, NOON).spans.map(({ from, to, live }) => [
    (Date.parse(from) - NOON) / HOUR,
    (Date.parse(to) - NOON) / HOUR,
    live,
  ])

describe('a session', () => {
  it('lasts until it is ended, or until it expires', () => {
    expect(spansOf([started(-9, 'A', -8), started(-5, 'B', -4), ended(-4.5, 'B')])).toEqual([
      [-9, -8, false],
      [-5, -4.5, false],
    ])
  })

  it('goes on through its renewals', () => {
    expect(spansOf([started(-3, 'A', -2), renewed(-2.5, 'B', -1.5), renewed(-1.75, 'C', -0.75)])).toEqual([
      [-3, -0.75, false],
    ])
  })

  it('is live while it is the one at hand and has not expired', () => {
    const present = { accessKeyId: 'B', expiresAt: NOON + HOUR / 2 }
    expect(spansOf([started(-3, 'A', -2), started(-0.5, 'B', 0.5)], present)).toEqual([
      [-3, -2, false],
      [-0.5, 0.5, true],
    ])
    // Gone from the store without a word: expired by the log, and not called live.
    expect(spansOf([started(-0.5, 'B', 0.5)])).toEqual([[-0.5, 0.5, false]])
  })

  it('that replaces another ends it', () => {
    expect(spansOf([started(-3, 'A', -1), started(-2, 'B', -1)])).toEqual([
      [-3, -2, false],
      [-2, -1, false],
    ])
  })

  it('of before expiry was recorded counts as an hour', () => {
    expect(spansOf([entry('session.started', -6, 'A')])).toEqual([[-6, -5, false]])
  })

  it('that was limited to reading, or refused, is none', () => {
    const readOnly = entry('session.started', -6, 'A', { readOnly: 'yes', expires: at(-5) })
    expect(spansOf([readOnly, entry('session.refused', -4, 'B', { code: 'sts.access-denied' })])).toEqual([])
  })

  it('that was over a day ago is left out; one that reaches into the day is not', () => {
    expect(spansOf([started(-30, 'A', -25), started(-24.9, 'B', -23)])).toEqual([[-24.9, -23, false]])
  })

  it('that another one’s end follows is not ended by it', () => {
    expect(spansOf([started(-3, 'B', -1), ended(-2.5, 'A')])).toEqual([[-3, -1, false]])
  })
})

describe('from the log', () => {
  let world: ActivityWorld
  beforeEach(() => {
    world = createActivityWorld()
    world.store.identities.insert(makeIdentity('i1', 'work'))
    world.store.roles.insert(makeRole('r1', 'prod', { kind: 'identity', id: 'i1', name: 'work' }))
  })
  afterEach(() => world.end())

  async function record(kind: ActivityKind, hours: number, target = 'role:r1'): Promise<void> {
    world.now = NOON + hours * HOUR
    await world.activity.record({ kind, target, accessKeyId: 'ASIAFIRST', detail: { expires: at(hours + 0.5) } })
  }

  it('those of one role, however much else there is, and none before the log has begun', async () => {
    expect(world.activity.sessions('prod', NOON).spans).toEqual([])
    await record('session.started', -50)
    for (let hour = -48; hour < 0; hour += 1) await record('session.started', hour, 'role:other')
    await record('session.started', -2)
    world.now = NOON
    expect(world.activity.sessions('prod', NOON)).toEqual({
      until: at(0),
      spans: [{ from: at(-2), to: at(-1.5), live: false }],
    })
    expect(() => world.activity.sessions('nobody', NOON)).toThrow('nobody')
  })

  it('those a day back are found where they begin, without reading what is older', async () => {
    for (let hour = -60; hour <= -20; hour += 1) await record('session.started', hour)
    expect(world.activity.sessions('prod', NOON).spans.map(({ from }) => from)).toEqual([
      at(-24),
      at(-23),
      at(-22),
      at(-21),
      at(-20),
    ])
    // One that can't be read is far enough away not to be met.
    world.tamper((db) => db.exec("UPDATE entries SET entry = 'broken' WHERE seq = 5"))
    expect(world.activity.sessions('prod', NOON).spans).toHaveLength(5)
  })
})
