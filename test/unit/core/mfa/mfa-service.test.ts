import { beforeEach, describe, expect, it } from 'vitest'
import type { StsCall, StsCalls } from '#core/aws/index.ts'
import { createMfaService, type MfaService } from '#core/mfa/mfa-service.ts'
import { setMfaCommand, totpSeedEntry } from '#core/mfa/mfa-source.ts'
import { totpCode } from '#core/mfa/totp-code.ts'
import { HallpassError } from '#shared/errors.ts'
import { createWorld, SERIAL, START, type World } from '../sessions/world.ts'

const SECRET = 'HXDMVJECJJWSRB3HWIZR4IFUGFTMXBOZ'
const SEED = { secret: SECRET, algorithm: 'SHA1', period: 30 } as const
const ENTRY = totpSeedEntry('i1')

let world: World
let mfa: MfaService
let tried: { call: StsCall; code: string | undefined }[]
/** What AWS answers to the codes it gets, in order; it accepts once they run out. */
let refusals: HallpassError[]

beforeEach(() => {
  world = createWorld()
  tried = []
  refusals = []
  const sts: StsCalls = {
    getCallerIdentity: () => Promise.reject(new Error('not asked here')),
    assumeRole: () => Promise.reject(new Error('not asked here')),
    getSessionToken: async (call, { mfa: answer, durationSeconds }) => {
      expect(durationSeconds).toBe(900)
      tried.push({ call, code: answer?.code })
      const refusal = refusals.shift()
      if (refusal) throw refusal
      return { accessKeyId: 'ASIA', secretAccessKey: 's', sessionToken: 't', expiration: new Date(world.now) }
    },
  }
  mfa = createMfaService({
    store: world.store,
    vault: {
      kind: 'keychain',
      status: async () => ({ kind: 'keychain', state: 'unlocked', problem: null }),
      get: async (entry) => world.secrets.get(entry) ?? '',
      put: async (entry, secret) => void world.secrets.set(entry, secret),
      remove: async (entry) => void world.secrets.delete(entry),
    },
    sts,
    clock: () => world.now,
    pause: async (milliseconds) => {
      world.now += milliseconds
    },
  })
  world.identity()
})

describe('addSeed', () => {
  it('puts the seed into the vault, and says what the device should show', async () => {
    world.now = START + 12_000
    const shown = await mfa.addSeed('dana', `${SECRET.slice(0, 16)} ${SECRET.slice(16).toLowerCase()}\n`)
    expect(shown).toEqual({ code: totpCode(SEED, START), secondsLeft: 18 })
    expect(world.secrets.get(ENTRY)).toContain(SECRET)
    expect(tried).toEqual([])
  })

  it('has AWS accept a code first, when asked to', async () => {
    await mfa.addSeed('dana', SECRET, { verify: true })
    expect(tried).toHaveLength(1)
    expect(tried[0]).toMatchObject({
      code: totpCode(SEED, START),
      call: { credentials: { accessKeyId: 'AKIADANA', secretAccessKey: 'long-term-secret' } },
    })
    expect(world.secrets.has(ENTRY)).toBe(true)
  })

  it('stores nothing when AWS refuses two codes', async () => {
    refusals.push(invalidCode(), invalidCode())
    await expect(mfa.addSeed('dana', SECRET, { verify: true })).rejects.toMatchObject({ code: 'sts.mfa-invalid' })
    expect(tried.map(({ code }) => code)).toEqual([totpCode(SEED, START), totpCode(SEED, START + 30_000)])
    expect(world.secrets.has(ENTRY)).toBe(false)
  })

  it.each([
    ['network.unreachable', 'AWS could not be reached.'],
    ['sts.access-denied', 'AWS does not allow it.'],
  ] as const)('stores nothing at %s', async (code, message) => {
    refusals.push(new HallpassError(code, message))
    await expect(mfa.addSeed('dana', SECRET, { verify: true })).rejects.toMatchObject({ code })
    expect(world.secrets.has(ENTRY)).toBe(false)
  })

  it('refuses a second seed: the first may be the only copy', async () => {
    await mfa.addSeed('dana', SECRET)
    await expect(mfa.addSeed('dana', 'A'.repeat(32))).rejects.toMatchObject({ code: 'mfa.seed-known' })
    expect(world.secrets.get(ENTRY)).toContain(SECRET)
  })

  it('refuses one beside a command, one without device, and a malformed one', async () => {
    await expect(mfa.addSeed('dana', '123456')).rejects.toMatchObject({ code: 'input.invalid' })
    setMfaCommand(world.store, 'i1', 'key code')
    await expect(mfa.addSeed('dana', SECRET)).rejects.toThrow(/come from a command/)
    world.identity({ id: 'i2', name: 'bot', mfaSerial: null })
    await expect(mfa.addSeed('bot', SECRET)).rejects.toThrow(/no MFA device set/)
    await expect(mfa.addSeed('nobody', SECRET)).rejects.toMatchObject({ code: 'identity.not-found' })
    expect([...world.secrets.keys()].filter((entry) => entry.includes('totp'))).toEqual([])
  })
})

describe('code', () => {
  it('is the one shown now; showing it uses nothing up', async () => {
    await mfa.addSeed('dana', SECRET)
    world.now = START + 59_999
    const shown = { code: totpCode(SEED, START + 30_000), secondsLeft: 1 }
    expect(await mfa.code('dana')).toEqual(shown)
    expect(await mfa.code('dana')).toEqual(shown)
  })

  it('needs a seed or a command', async () => {
    await expect(mfa.code('dana')).rejects.toMatchObject({ code: 'mfa.seed-not-found' })
  })
})

describe('removeSeed', () => {
  it('takes it out of the vault, once', async () => {
    await mfa.addSeed('dana', SECRET)
    await mfa.removeSeed('dana')
    expect(world.secrets.has(ENTRY)).toBe(false)
    await expect(mfa.removeSeed('dana')).rejects.toMatchObject({ code: 'mfa.seed-not-found' })
  })
})

describe('sessions', () => {
  it('start without a prompt, and the list says so beforehand', async () => {
    const role = world.role('prod', world.identity(), { mfa: true })
    const stateOf = () => world.engine.states().get(`role:${role.id}`)?.state
    expect(stateOf()).toBe('needs-mfa')
    await mfa.addSeed('dana', SECRET)
    expect(stateOf()).toBe('inactive')
    await world.engine.credentials('prod')
    expect(world.prompts).toEqual([])
    expect(world.calls[0]?.request.mfa).toEqual({ serial: SERIAL, code: totpCode(SEED, START) })
  })
})

function invalidCode(): HallpassError {
  return new HallpassError('sts.mfa-invalid', 'AWS did not accept that MFA code.')
}
