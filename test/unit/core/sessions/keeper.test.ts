import { beforeEach, describe, expect, it } from 'vitest'
import { totpSeedEntry } from '#core/mfa/mfa-source.ts'
import { createSessionKeeper, type KeeperEvent, type SessionKeeper } from '#core/sessions/index.ts'
import { HallpassError } from '#shared/errors.ts'
import { createWorld, type World } from './world.ts'

const MINUTE = 60_000
const offline = () => new HallpassError('network.unreachable', 'No network.')

let world: World
let keeper: SessionKeeper
let events: KeeperEvent[]

function keep(warningMinutes?: number): void {
  keeper = createSessionKeeper({
    ...(warningMinutes === undefined ? {} : { warningMinutes: () => warningMinutes }),
    store: world.store,
    engine: world.engine,
    clock: () => world.now + world.skew,
    log: { debug: () => {}, info: () => {}, error: () => {}, warn: (message) => world.warnings.push(message) },
  })
  events = []
  keeper.onEvent((event) => events.push(event))
}

beforeEach(() => {
  world = createWorld()
  keep()
})

/** Lets minutes pass, with a look at each. */
async function pass(minutes: number): Promise<void> {
  for (let minute = 0; minute < minutes; minute++) {
    world.now += MINUTE
    await keeper.check()
  }
}

const kinds = () =>
  events.map(({ kind, minutesLeft, because }) => [kind, minutesLeft, because].filter((x) => x !== undefined))

describe('the keeper', () => {
  it('renews ahead, so that there always are more than 15 minutes, with one call an hour', async () => {
    world.role('admin', world.identity())
    await world.engine.credentials('admin')
    for (let minute = 0; minute < 300; minute++) {
      await pass(1)
      const { kept, expiration } = await world.engine.credentials('admin')
      expect(kept).toBeUndefined()
      expect(expiration.getTime()).toBeGreaterThan(world.now + 15 * MINUTE)
    }
    expect(world.calls).toHaveLength(7)
    expect(kinds()).toEqual(Array.from({ length: 6 }, () => ['renewed']))
    expect(events[0]).toMatchObject({ key: 'role:admin', name: 'admin', expiresAt: '2026-11-24T10:45:00.000Z' })
  })

  it('does not start what nobody started, or what has ended', async () => {
    world.role('admin', world.identity())
    await keeper.check()
    await world.engine.credentials('admin')
    await keeper.check()
    await world.engine.end('admin')
    await pass(90)
    expect(world.calls).toHaveLength(1)
    expect(events).toEqual([])
  })

  it('asks nobody for a code, and warns instead', async () => {
    world.role('admin', world.identity(), { mfa: true })
    await world.engine.credentials('admin')
    await pass(61)
    expect(world.prompts).toHaveLength(1)
    expect(kinds()).toEqual([
      ['expiring', 15, 'needs-mfa'],
      ['expiring', 5, 'needs-mfa'],
      ['expiring', 1, 'needs-mfa'],
      ['expired'],
    ])
  })

  it('renews with MFA where a code comes by itself, or was given for all roles of the device', async () => {
    const identity = world.identity()
    world.role('admin', identity, { mfa: true })
    world.secrets.set(totpSeedEntry(identity.id), 'HXDMVJECJJWSRB3HWIZR4IFUGFTMXBOZ')
    await world.engine.credentials('admin')
    await pass(50)
    expect(kinds()).toEqual([['renewed']])
    expect(world.prompts).toEqual([])
    world.secrets.delete(totpSeedEntry(identity.id))
    world.role('other', identity, { mfa: true })
    keep()
    await world.engine.credentials('other')
    const prompts = world.prompts.length
    await pass(50)
    expect(kinds()).toContainEqual(['renewed'])
    expect(world.prompts).toHaveLength(prompts)
  })

  it.each([
    [3, 3600, [3, 1]],
    [10, 3600, [10, 5, 1]],
    [25, 3600, [25, 5, 1]],
    // Not in the first half of a session.
    [60, 3600, [30, 5, 1]],
    [10, 900, [7, 5, 1]],
  ])('warns %i minutes before the end of a session of %i s, as the person wishes', async (wish, lifetime, minutes) => {
    keep(wish)
    world.role('admin', world.identity(), { autoRenew: false, durationSeconds: lifetime })
    await world.engine.credentials('admin')
    await pass(lifetime / 60 - 1)
    expect(kinds()).toEqual(minutes.map((left) => ['expiring', left, 'set-to-lapse']))
  })

  it('does not warn early of what it will renew', async () => {
    keep(60)
    world.role('admin', world.identity())
    await world.engine.credentials('admin')
    await pass(59)
    expect(kinds()).toEqual([['renewed']])
  })

  it('lets lapse what is set to lapse', async () => {
    world.role('admin', world.identity(), { autoRenew: false })
    await world.engine.credentials('admin')
    await pass(60)
    expect(world.calls).toHaveLength(1)
    expect(kinds().at(0)).toEqual(['expiring', 15, 'set-to-lapse'])
    expect(kinds().at(-1)).toEqual(['expired'])
    expect(world.rows.get('role:admin')?.sealed).toHaveLength(0)
  })

  it('tells of a failure once, tries again with growing pauses, and warns as the end comes near', async () => {
    world.role('admin', world.identity())
    await world.engine.credentials('admin')
    world.onCall = () => {
      throw offline()
    }
    await pass(59)
    expect(kinds()).toEqual([
      ['renewal-failed'],
      ['expiring', 15, 'renewal-failed'],
      ['expiring', 5, 'renewal-failed'],
      ['expiring', 1, 'renewal-failed'],
    ])
    expect(events[0]?.error).toMatchObject({ code: 'network.unreachable' })
    expect(world.calls.length).toBeLessThan(8)
    world.onCall = () => {}
    world.now += 50_000
    const before = events.length
    await keeper.check()
    expect(events.slice(before)).toEqual([])
    expect(await world.engine.credentials('admin', { renew: true })).toMatchObject({ accessKeyId: expect.any(String) })
  })

  it('sees at once, after sleep, what is due and what has expired', async () => {
    const identity = world.identity()
    world.role('hour', identity)
    world.role('long', identity, { durationSeconds: 43_200 })
    for (const name of ['hour', 'long']) await world.engine.credentials(name)
    await keeper.check()
    world.now += 11.9 * 60 * MINUTE
    await keeper.check()
    expect(events.map(({ kind, name }) => [kind, name])).toEqual([
      ['expired', 'hour'],
      ['renewed', 'long'],
    ])
  })

  it('goes by AWS’s clock when this computer’s is set', async () => {
    world.role('admin', world.identity())
    await world.engine.credentials('admin')
    await keeper.check()
    world.now += 180 * MINUTE
    world.skew -= 180 * MINUTE
    await keeper.check()
    expect(events).toEqual([])
    world.skew += 46 * MINUTE
    await keeper.check()
    expect(kinds()).toEqual([['renewed']])
  })

  it('goes on after a look that failed', async () => {
    world.role('admin', world.identity())
    await world.engine.credentials('admin')
    const { list } = world.store.sessions
    world.store.sessions.list = () => {
      throw new HallpassError('store.locked', 'Busy.')
    }
    await keeper.check()
    expect(world.warnings).toHaveLength(1)
    world.store.sessions.list = list
    await pass(46)
    expect(kinds()).toEqual([['renewed']])
  })

  it('makes one look of several at the same time', async () => {
    world.role('admin', world.identity())
    await world.engine.credentials('admin')
    world.now += 50 * MINUTE
    await Promise.all([keeper.check(), keeper.check(), keeper.check()])
    expect(world.calls).toHaveLength(2)
    expect(events).toHaveLength(1)
  })
})
