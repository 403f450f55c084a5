import { beforeEach, describe, expect, it } from 'vitest'
import { HallpassError } from '#shared/errors.ts'
import { createWorld, SERIAL, type World } from './world.ts'

const MINUTE = 60_000
const denied = () => new HallpassError('sts.access-denied', 'No.')
let world: World
beforeEach(() => {
  world = createWorld()
})

const asked = () =>
  world.calls.map(({ call, request }) => [call.target, call.caller, call.credentials.accessKeyId, request.mfa?.code])

describe('roles behind one MFA device', () => {
  it('start with one code, whichever comes first and however many at once', async () => {
    const identity = world.identity()
    const names = ['a', 'b', 'c', 'd', 'e']
    for (const name of names) world.role(name, identity, { mfa: true })
    await Promise.all(names.map((name) => world.secondEngine().credentials(name)))
    expect(world.prompts).toHaveLength(1)
    expect(asked().slice(0, 1)).toEqual([['dana', 'dana.whitfield', 'AKIADANA', '111111']])
    expect(asked().slice(1).sort()).toEqual(names.map((name) => [name, 'dana.whitfield', 'ASIA1', undefined]))
    expect(world.calls.slice(1).every(({ call }) => call.mfaPresent)).toBe(true)
  })

  it('are renewed without another code while the shared session lasts, which is 12 hours', async () => {
    const identity = world.identity()
    for (const name of ['a', 'b']) world.role(name, identity, { mfa: true })
    for (let hour = 0; hour < 13; hour++) {
      for (const name of ['a', 'b']) await world.engine.credentials(name)
      world.now += 60 * MINUTE
    }
    expect(world.prompts).toHaveLength(2)
  })

  it('ask for a code of their own for more than an hour, which AWS allows no chained role', async () => {
    const identity = world.identity()
    world.role('a', identity, { mfa: true })
    world.role('b', identity, { mfa: true })
    world.role('long', identity, { mfa: true, durationSeconds: 7200 })
    await world.engine.credentials('a')
    await world.engine.credentials('long')
    await world.engine.credentials('b', { durationSeconds: 3601 })
    expect(asked().filter(([, , , code]) => code !== undefined)).toEqual([
      ['dana', 'dana.whitfield', 'AKIADANA', '111111'],
      ['long', 'dana.whitfield', 'AKIADANA', '111111'],
      ['b', 'dana.whitfield', 'AKIADANA', '111111'],
    ])
  })

  it('take one call when there is only one of them', async () => {
    const identity = world.identity()
    world.role('a', identity, { mfa: true })
    world.role('plain', identity)
    world.role('long', identity, { mfa: true, durationSeconds: 7200 })
    await world.engine.credentials('a')
    expect(asked()).toEqual([['a', 'dana.whitfield', 'AKIADANA', '111111']])
  })

  it('start a chain from it as well', async () => {
    const identity = world.identity()
    const a = world.role('a', identity, { mfa: true })
    world.role('b', identity, { mfa: true })
    world.role('behind-a', a)
    await world.engine.credentials('behind-a')
    await world.engine.credentials('b')
    expect(world.prompts).toEqual([{ serial: SERIAL, identity: 'dana', target: 'behind-a' }])
  })

  it('get a code of their own where the trust policy wants a fresh one', async () => {
    const identity = world.identity()
    for (const name of ['a', 'b']) world.role(name, identity, { mfa: true })
    await world.engine.credentials('a')
    world.onCall = ({ call, request }) => {
      if (call.target === 'b' && !request.mfa) throw denied()
    }
    expect(await world.engine.credentials('b')).toMatchObject({ accessKeyId: 'ASIA3' })
    expect(world.prompts).toHaveLength(2)
  })

  it('are not asked again for what a fresh code did not get, nor told “no terminal” when AWS said no', async () => {
    const identity = world.identity()
    for (const name of ['a', 'b']) world.role(name, identity, { mfa: true })
    world.onCall = ({ call }) => {
      if (call.target === 'b') throw denied()
    }
    await expect(world.engine.credentials('b')).rejects.toMatchObject({ code: 'sts.access-denied' })
    expect(world.prompts).toHaveLength(1)
    world.answers.push(new HallpassError('mfa.required', 'Nobody.'))
    await expect(world.engine.credentials('b')).rejects.toMatchObject({ code: 'sts.access-denied' })
  })

  it('fall back where a policy denies GetSessionToken', async () => {
    const identity = world.identity()
    for (const name of ['a', 'b']) world.role(name, identity, { mfa: true })
    world.onCall = ({ call }) => {
      if (call.target === 'dana') throw denied()
    }
    expect(await world.engine.credentials('a')).toMatchObject({ accountId: '123456789012' })
  })

  it('are shown as not needing a code while it lives', async () => {
    const identity = world.identity()
    for (const name of ['a', 'b']) world.role(name, identity, { mfa: true })
    world.role('long', identity, { mfa: true, durationSeconds: 7200 })
    await world.engine.credentials('a')
    const states = world.engine.states()
    expect(states.get('role:b')?.state).toBe('inactive')
    expect(states.get('role:long')?.state).toBe('needs-mfa')
    await world.engine.end('dana')
    expect(world.engine.states().get('role:b')?.state).toBe('needs-mfa')
  })
})
