import { beforeEach, describe, expect, it } from 'vitest'
import type { MfaPrompt } from '#core/capabilities.ts'
import type { SessionEngine } from '#core/sessions/index.ts'
import { HallpassError } from '#shared/errors.ts'
import { eventually } from '../../../support/eventually.ts'
import { createWorld, type World } from './world.ts'

const MINUTE = 60_000
let world: World
beforeEach(() => {
  world = createWorld()
})

/** A gate that work waits at until it is opened. */
function gate() {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  let arrive = () => {}
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve
  })
  return {
    arrived,
    open: () => open(),
    pass: () => {
      arrive()
      return opened
    },
  }
}

const engines = (count: number, prompt?: MfaPrompt): SessionEngine[] =>
  Array.from({ length: count }, () => world.secondEngine({}, prompt))

describe('many processes', () => {
  it('make one call and one prompt', async () => {
    world.role('admin', world.identity(), { mfa: true })
    const all = await Promise.all(engines(30).map((engine) => engine.credentials('admin')))
    expect(new Set(all.map(({ accessKeyId }) => accessKeyId))).toEqual(new Set(['ASIA1']))
    expect(world.calls).toHaveLength(1)
    expect(world.prompts).toHaveLength(1)
    expect(world.locks.size).toBe(0)
  })

  it('are told when another one asks for the code they wait for, and not when it asks AWS', async () => {
    const identity = world.identity()
    world.role('admin', identity, { mfa: true })
    world.role('other', identity, { mfa: true, durationSeconds: 7200 })
    world.role('plain', identity)
    const asking = gate()
    const prompt: MfaPrompt = async () => {
      await asking.pass()
      return '123456'
    }
    const [first, second, third] = engines(3, prompt)
    const running = [first?.credentials('admin')]
    await asking.arrived
    running.push(second?.credentials('admin'), third?.credentials('other'))
    await eventually(() => expect(world.elsewhere.toSorted()).toEqual(['admin', 'other']))
    asking.open()
    await Promise.all(running)
    const answering = gate()
    world.onCall = () => answering.pass()
    const others = engines(2).map((engine) => engine.credentials('plain'))
    await answering.arrived
    await new Promise((resolve) => setImmediate(resolve))
    answering.open()
    await Promise.all(others)
    expect(world.elsewhere).toHaveLength(2)
  })

  it('share a prompt that the person declines, and whoever asks after that gets one', async () => {
    world.role('admin', world.identity(), { mfa: true })
    const declined = gate()
    const prompt: MfaPrompt = async (request) => {
      world.prompts.push(request)
      await declined.pass()
      throw new HallpassError('cancelled', 'No.')
    }
    const started = world.now
    const running = Promise.allSettled(engines(20, prompt).map((engine) => engine.credentials('admin')))
    await declined.arrived
    world.now += MINUTE
    declined.open()
    for (const result of await running) expect(result).toMatchObject({ reason: { code: 'cancelled' } })
    expect(world.prompts).toHaveLength(1)
    // Started before the person declined, and slow to get here: it belongs to the same burst.
    world.now += 1000
    const [late] = engines(1)
    await expect(late?.credentials('admin', { askedAt: started })).rejects.toMatchObject({ code: 'cancelled' })
    expect(world.prompts).toHaveLength(1)
    await expect(late?.credentials('admin', { askedAt: world.now })).resolves.toMatchObject({ accessKeyId: 'ASIA1' })
    expect(world.prompts).toHaveLength(2)
  })

  it('do not take it for a failure of theirs that another one has nobody to ask', async () => {
    world.role('admin', world.identity(), { mfa: true })
    const nobody: MfaPrompt = () => Promise.reject(new HallpassError('mfa.required', 'Nobody.'))
    const [unattended] = engines(1, nobody)
    await expect(unattended?.credentials('admin')).rejects.toMatchObject({ code: 'mfa.required' })
    const [attended] = engines(1)
    await expect(attended?.credentials('admin', { askedAt: world.now - 1 })).resolves.toMatchObject({
      accessKeyId: 'ASIA1',
    })
  })

  it('go on when the one that led is gone', async () => {
    world.role('admin', world.identity())
    const stuck = gate()
    world.onCall = stuck.pass
    const [leader, waiter] = engines(2)
    void leader?.credentials('admin')
    await stuck.arrived
    const waiting = waiter?.credentials('admin')
    world.onCall = () => {}
    // What the kernel does when a process dies.
    world.locks.clear()
    await expect(waiting).resolves.toMatchObject({ accessKeyId: 'ASIA1' })
    expect(world.calls).toHaveLength(2)
  })

  it('take what another one stored while it still holds its lock', async () => {
    world.role('admin', world.identity())
    const stored = gate()
    world.onAnnounce = stored.pass
    const [leader, waiter] = engines(2)
    const leading = leader?.credentials('admin')
    await stored.arrived
    await expect(waiter?.credentials('admin')).resolves.toMatchObject({ accessKeyId: 'ASIA1' })
    expect(world.locks.size).toBe(1)
    stored.open()
    await leading
    expect(world.calls).toHaveLength(1)
  })

  it('with a session that is still valid do not wait for somebody else’s prompt', async () => {
    world.role('admin', world.identity(), { mfa: true })
    await world.engine.credentials('admin')
    world.now += 50 * MINUTE
    const answered = gate()
    const [asking] = engines(1, async () => {
      await answered.pass()
      return '222222'
    })
    const renewal = asking?.credentials('admin')
    await answered.arrived
    expect(await world.engine.credentials('admin')).toMatchObject({ accessKeyId: 'ASIA1' })
    answered.open()
    expect(await renewal).toMatchObject({ accessKeyId: 'ASIA2' })
  })

  it.each([
    ['the same process', () => world.engine],
    ['another', () => world.secondEngine()],
  ])('with a code of their own do not wait for a prompt in %s', async (_where, engineWithCode) => {
    world.role('admin', world.identity(), { mfa: true })
    const answered = gate()
    const asking = world.secondEngine({}, async () => {
      await answered.pass()
      return '222222'
    })
    world.engine = asking
    const waiting = asking.credentials('admin')
    await answered.arrived
    expect(await engineWithCode().credentials('admin', { mfaCode: '333333' })).toMatchObject({ accessKeyId: 'ASIA1' })
    answered.open()
    expect(await waiting).toMatchObject({ accessKeyId: 'ASIA2' })
  })

  it('show one prompt at a time for a device', async () => {
    const identity = world.identity()
    for (const name of ['a', 'b']) world.role(name, identity, { mfa: true, durationSeconds: 7200 })
    let open = 0
    const prompt: MfaPrompt = async () => {
      open += 1
      expect(open).toBe(1)
      await new Promise(setImmediate)
      return '111111'
    }
    world.onCall = () => {
      open -= 1
    }
    const [first, second] = engines(2, prompt)
    await Promise.all([first?.credentials('a'), second?.credentials('b')])
    expect(world.calls).toHaveLength(2)
  })

  it('do not bring back a session that another one ended', async () => {
    world.role('admin', world.identity())
    await world.engine.credentials('admin')
    const [other] = engines(1)
    world.onCall = () => other?.end('admin')
    await expect(world.engine.credentials('admin', { renew: true })).rejects.toMatchObject({ code: 'cancelled' })
    expect(world.rows.size).toBe(0)
    expect(world.announced.at(-1)).toEqual(['role:admin', null])
  })

  it('leave no static keys behind when it is ended while they are being written', async () => {
    world.role('admin', world.identity())
    const [other] = engines(1)
    let isFirst = true
    world.onAnnounce = async () => {
      if (!isFirst) return
      isFirst = false
      await other?.end('admin')
    }
    await expect(world.engine.credentials('admin')).rejects.toMatchObject({ code: 'cancelled' })
    expect(world.rows.size).toBe(0)
    expect(world.announced.at(-1)).toEqual(['role:admin', null])
  })

  it('store no session of a role that was removed meanwhile', async () => {
    world.role('admin', world.identity())
    world.onCall = () => world.store.roles.remove('admin')
    await expect(world.engine.credentials('admin')).rejects.toMatchObject({ code: 'cancelled' })
    expect(world.rows.size).toBe(0)
  })
})
