import { beforeEach, describe, expect, it } from 'vitest'
import { HallpassError } from '#shared/errors.ts'
import type { Role } from '#shared/roles.ts'
import { createWorld, type World } from './world.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
let world: World
beforeEach(() => {
  world = createWorld()
})

const limitsOf = (role: Role) => world.engine.durationLimits({ kind: 'role', role, key: `role:${role.id}` })

describe('how long a session may last', () => {
  const tooLong = () => new HallpassError('sts.duration-role-maximum', 'Too long.')

  it('is told before AWS is asked', () => {
    const identity = world.identity()
    const a = world.role('a', identity, { mfa: true })
    const b = world.role('b', a)
    const other = world.role('other', identity, { mfa: true, durationSeconds: 7200 })
    expect(limitsOf(a)).toEqual({ asked: 3600, maximum: 43_200, limit: 'service', proven: null, sharesMfa: false })
    expect(limitsOf(b)).toEqual({ asked: 3600, maximum: 3600, limit: 'chaining', proven: null, sharesMfa: false })
    world.role('third', identity, { mfa: true })
    expect(limitsOf(a)?.sharesMfa).toBe(true)
    expect(limitsOf(other)).toMatchObject({ asked: 7200, sharesMfa: false })
  })

  it('is learned from what AWS grants and refuses, and then known before a code is asked for', async () => {
    const role = world.role('a', world.identity(), { mfa: true, durationSeconds: 14_400 })
    await world.engine.credentials('a', { durationSeconds: 7200 })
    expect(limitsOf(role)).toMatchObject({ proven: 7200, limit: 'service' })
    world.onCall = ({ request }) => {
      if ((request.durationSeconds ?? 0) > 10_800) throw tooLong()
    }
    await expect(world.secondEngine().credentials('a', { renew: true })).rejects.toMatchObject({
      code: 'sts.duration-role-maximum',
    })
    expect(limitsOf(role)).toMatchObject({ asked: 14_400, maximum: 14_399, limit: 'role', proven: 7200 })
    const prompts = world.prompts.length
    await expect(world.secondEngine().credentials('a')).rejects.toMatchObject({
      code: 'sts.duration-role-maximum',
      message: expect.stringContaining('4 h'),
      hint: expect.stringContaining('2 h works'),
    })
    expect(world.prompts).toHaveLength(prompts)
    await world.engine.credentials('a', { durationSeconds: 10_800 })
    expect(limitsOf(role)).toMatchObject({ proven: 10_800, limit: 'role' })
  })

  it('is asked of AWS again on demand, after an hour, and for another ARN', async () => {
    const identity = world.identity()
    world.role('a', identity, { durationSeconds: 14_400 })
    world.onCall = () => {
      throw tooLong()
    }
    await expect(world.engine.credentials('a')).rejects.toThrow('Too long.')
    world.onCall = () => {}
    await expect(world.engine.credentials('a')).rejects.toThrow('AWS has refused')
    await expect(world.engine.credentials('a', { renew: true })).resolves.toMatchObject({ accessKeyId: 'ASIA1' })
    world.onCall = () => {
      throw tooLong()
    }
    await expect(world.engine.credentials('a', { renew: true })).rejects.toThrow('Too long.')
    world.onCall = () => {}
    world.now += HOUR + MINUTE
    await world.engine.end('a')
    await expect(world.engine.credentials('a')).resolves.toMatchObject({ accessKeyId: 'ASIA2' })
    const elsewhere = world.role('a', identity, {}, { arn: 'arn:aws:iam::123456789012:role/other' })
    expect(limitsOf(elsewhere)).toMatchObject({ limit: 'service', proven: null })
  })
})

describe('a role that is set to lapse', () => {
  beforeEach(() => {
    world.role('admin', world.identity(), { autoRenew: false })
  })

  it('is started by a person only, and serves programs to its last second', async () => {
    await expect(world.engine.credentials('admin', { byProgram: true })).rejects.toMatchObject({
      code: 'session.lapsed',
    })
    await world.engine.credentials('admin')
    world.now += HOUR - 1
    expect(await world.engine.credentials('admin', { byProgram: true })).toMatchObject({ accessKeyId: 'ASIA1' })
    world.now += 1
    await expect(world.engine.credentials('admin', { byProgram: true })).rejects.toMatchObject({
      code: 'session.lapsed',
    })
    expect(world.calls).toHaveLength(1)
  })

  it('lets a person renew it', async () => {
    await world.engine.credentials('admin')
    world.now += 50 * MINUTE
    expect(await world.engine.credentials('admin')).toMatchObject({ accessKeyId: 'ASIA2' })
  })
})

describe('what is left of a session', () => {
  it('is wiped at expiry, told for a day, and then forgotten', async () => {
    world.role('admin', world.identity())
    await world.engine.credentials('admin')
    world.engine.sweep()
    expect(world.rows.get('role:admin')?.sealed.length).toBeGreaterThan(0)
    world.now += HOUR
    world.engine.sweep()
    expect(world.rows.get('role:admin')).toMatchObject({ sealed: new Uint8Array(), accessKeyId: 'ASIA1' })
    expect(world.engine.states().get('role:admin')?.state).toBe('expired')
    world.now += 24 * HOUR + MINUTE
    world.engine.sweep()
    expect(world.rows.size).toBe(0)
  })

  it('does not stand in the way of the next one', async () => {
    world.role('admin', world.identity())
    await world.engine.credentials('admin')
    world.now += HOUR
    world.engine.sweep()
    expect(await world.engine.credentials('admin')).toMatchObject({ accessKeyId: 'ASIA2' })
    expect(world.engine.states().get('role:admin')?.state).toBe('active')
  })

  it('goes with its role, and is judged by AWS’s clock', async () => {
    world.role('admin', world.identity())
    world.skew = 2 * HOUR
    const { expiration } = await world.engine.credentials('admin')
    expect(expiration.getTime()).toBe(world.now + 3 * HOUR)
    world.now += 46 * MINUTE
    expect(await world.engine.credentials('admin')).toMatchObject({ accessKeyId: 'ASIA2' })
    world.store.roles.remove('admin')
    world.engine.sweep()
    expect(world.rows.size).toBe(0)
  })

  it('is gone when the key that seals it is replaced', async () => {
    world.role('admin', world.identity())
    await world.engine.credentials('admin')
    const keys = () => [...world.secrets.entries()].filter(([entry]) => entry.startsWith('session-key/'))
    const [before] = keys()
    expect(await world.engine.rotateKey()).toBe(1)
    expect(world.rows.size).toBe(0)
    expect(world.announced.at(-1)).toEqual(['role:admin', null])
    expect(keys()).toHaveLength(1)
    expect(keys()[0]).not.toEqual(before)
    expect(await world.engine.credentials('admin')).toMatchObject({ accessKeyId: 'ASIA2' })
    expect(keys()).toHaveLength(1)
  })

  it('stays with the old key when the vault takes no new one', async () => {
    world.role('admin', world.identity())
    world.vaultProblem = new HallpassError('vault.locked', 'Locked.')
    await expect(world.engine.rotateKey()).rejects.toMatchObject({ code: 'vault.locked' })
  })
})
