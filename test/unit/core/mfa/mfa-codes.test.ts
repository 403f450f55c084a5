import { describe, expect, it } from 'vitest'
import type { MfaPromptRequest, MfaWait } from '#core/capabilities.ts'
import { type CodeRequest, createMfaCodes, type MfaCodes } from '#core/mfa/mfa-codes.ts'
import { setMfaCommand, totpSeedEntry } from '#core/mfa/mfa-source.ts'
import { totpCode } from '#core/mfa/totp-code.ts'
import { formatTotpSeed, type TotpSeed } from '#core/mfa/totp-seed.ts'
import type { Vault } from '#core/vault/types.ts'
import { HallpassError } from '#shared/errors.ts'
import { createWorld, SERIAL, type World } from '../sessions/world.ts'

const SEED: TotpSeed = { secret: 'HXDMVJECJJWSRB3HWIZR4IFUGFTMXBOZ', algorithm: 'SHA1', period: 30 }
/** Ten seconds into a window. */
const TEN_PAST = Date.parse('2026-11-24T09:00:10Z')

/** A device's world: a clock that waiting moves, AWS's check of codes, and a person. */
function createDevice(options: { seed?: TotpSeed; command?: () => Promise<string> } = {}) {
  const world = createWorld()
  world.now = TEN_PAST
  const identity = world.identity()
  if (options.seed) world.secrets.set(totpSeedEntry(identity.id), formatTotpSeed(options.seed))
  if (options.command) setMfaCommand(world.store, identity.id, 'key code')
  const prompts: MfaPromptRequest[] = []
  const waits: MfaWait[] = []
  const device = {
    world,
    prompts,
    waits,
    /** Codes that reached AWS. */
    sent: [] as string[],
    answers: [] as (string | HallpassError)[],
    pause: async (milliseconds: number): Promise<void> => {
      world.now += milliseconds
    },
    /** Milliseconds AWS's clock is ahead of the one that codes are computed by. */
    awsAhead: 0,
    /** Accepts like AWS: the codes of the device, one window either side, each once. */
    aws: async (code: string): Promise<string> => {
      device.sent.push(code)
      const now = world.now + device.awsAhead
      const isRight = [-1, 0, 1].some((delta) => totpCode(SEED, now + delta * 30_000) === code)
      if (!isRight || device.sent.filter((each) => each === code).length > 1) {
        throw new HallpassError('sts.mfa-invalid', 'AWS did not accept that MFA code.', { details: 'its own words' })
      }
      return `session of ${code}`
    },
    request: { identity, serial: SERIAL, target: 'prod' } as CodeRequest,
    process: (): MfaCodes =>
      createMfaCodes({
        store: world.store,
        vault: vaultOf(world),
        clock: () => world.now,
        pause: (milliseconds) => device.pause(milliseconds),
        onMfaWait: (wait) => waits.push(wait),
        mfaPrompt: async (request) => {
          prompts.push(request)
          const answer = device.answers.shift() ?? new HallpassError('mfa.required', 'Nobody can be asked.')
          if (typeof answer !== 'string') throw answer
          return answer
        },
        runCommand: options.command ?? (() => Promise.reject(new Error('no command was set'))),
      }),
  }
  return device
}

/** Reads what the world's vault holds. */
function vaultOf(world: World): Vault {
  return {
    kind: 'keychain',
    status: async () => ({ kind: 'keychain', state: 'unlocked', problem: null }),
    get: async (entry) => {
      if (world.vaultProblem) throw world.vaultProblem
      return world.secrets.get(entry) ?? ''
    },
    put: async () => {},
    remove: async () => {},
  }
}

describe('with a stored seed', () => {
  it('nobody is asked, and nothing waits', async () => {
    const device = createDevice({ seed: SEED })
    const code = totpCode(SEED, TEN_PAST)
    expect(await device.process().withCode(device.request, device.aws)).toBe(`session of ${code}`)
    expect(device).toMatchObject({ sent: [code], prompts: [], waits: [] })
  })

  it('a second call waits for the next window, also in another process', async () => {
    const device = createDevice({ seed: SEED })
    await device.process().withCode(device.request, device.aws)
    await device.process().withCode({ ...device.request, target: 'staging' }, device.aws)
    expect(device.sent).toEqual([totpCode(SEED, TEN_PAST), totpCode(SEED, TEN_PAST + 30_000)])
    expect(device.waits).toEqual([{ serial: SERIAL, identity: 'dana', target: 'staging', seconds: 21 }])
    expect(device.world.now).toBeLessThan(TEN_PAST + 21_000)
  })

  it('callers at the same moment never send the same code', async () => {
    const device = createDevice({ seed: SEED })
    const sleepers: { until: number; wake: () => void }[] = []
    device.pause = (milliseconds) =>
      new Promise((wake) => sleepers.push({ until: device.world.now + milliseconds, wake }))
    const callers = [1, 2, 3].map(() => device.process().withCode(device.request, device.aws))
    // Time passes once nobody has anything left to do at this moment.
    for (let windows = 0; windows < 3; windows++) {
      await new Promise(setImmediate)
      const next = Math.min(...sleepers.map(({ until }) => until))
      if (Number.isFinite(next)) device.world.now = next
      for (const { wake } of sleepers.splice(0)) wake()
    }
    await Promise.all(callers)
    expect(device.sent).toEqual([0, 1, 2].map((window) => totpCode(SEED, TEN_PAST + window * 30_000)))
  })

  it('devices do not wait for each other', async () => {
    const device = createDevice({ seed: SEED })
    await device.process().withCode({ ...device.request, serial: 'GAHT12345678' }, async () => '')
    await device.process().withCode(device.request, device.aws)
    expect(device.waits).toEqual([])
  })

  it('a code used elsewhere is tried once more in the next window', async () => {
    const device = createDevice({ seed: SEED })
    await device.aws(totpCode(SEED, TEN_PAST))
    await device.process().withCode(device.request, device.aws)
    expect(device.sent.slice(1)).toEqual([totpCode(SEED, TEN_PAST), totpCode(SEED, TEN_PAST + 30_000)])
    expect(device.prompts).toEqual([])
  })

  it('after two refusals the person is asked, and told why', async () => {
    const device = createDevice({ seed: { ...SEED, secret: 'A'.repeat(32) } })
    device.answers.push(totpCode(SEED, TEN_PAST + 30_000))
    await device.process().withCode(device.request, device.aws)
    expect(device.sent).toHaveLength(3)
    expect(device.prompts).toHaveLength(1)
    expect(device.prompts[0]?.problem).toMatchObject({ code: 'sts.mfa-invalid', details: 'its own words' })
    expect(device.prompts[0]?.problem?.message).toContain('two codes in a row of the TOTP seed stored for dana')
  })

  it('another refusal is not about the code, and stands', async () => {
    const device = createDevice({ seed: SEED })
    const denied = new HallpassError('sts.access-denied', 'AWS refused prod.')
    await expect(device.process().withCode(device.request, () => Promise.reject(denied))).rejects.toBe(denied)
    expect(device.prompts).toEqual([])
  })

  it('a locked vault is said, and nobody is asked for a code in vain', async () => {
    const device = createDevice({ seed: SEED })
    device.world.vaultProblem = new HallpassError('vault.locked', 'The keyring is locked.')
    await expect(device.process().withCode(device.request, device.aws)).rejects.toMatchObject({ code: 'vault.locked' })
    expect(device.prompts).toEqual([])
  })

  it('a seed that the keychain lost leaves the person', async () => {
    const device = createDevice({ seed: SEED })
    device.world.vaultProblem = new HallpassError('vault.entry-lost', 'The keychain no longer has it.')
    device.answers.push(totpCode(SEED, TEN_PAST))
    await device.process().withCode(device.request, device.aws)
    expect(device.prompts[0]?.problem?.code).toBe('vault.entry-lost')
  })

  it('a record from a clock that ran ahead is not waited for', async () => {
    const device = createDevice({ seed: SEED })
    device.world.now += 3_600_000
    await device.process().withCode(device.request, async () => '')
    device.world.now = TEN_PAST
    await device.process().withCode(device.request, device.aws)
    expect(device.waits).toEqual([])
  })

  it('a crowd of callers is told to come back, before they wait for ever', async () => {
    const device = createDevice({ seed: SEED })
    const codes = device.process()
    const busy = createMfaCodes({
      store: device.world.store,
      vault: vaultOf(device.world),
      clock: () => device.world.now,
      // Somebody else is always first in the next window.
      pause: async (milliseconds) => {
        device.world.now += milliseconds
        await codes.withCode(device.request, async () => '')
      },
      mfaPrompt: async ({ problem }) => Promise.reject(problem),
    })
    await codes.withCode(device.request, async () => '')
    await expect(busy.withCode(device.request, device.aws)).rejects.toMatchObject({ code: 'mfa.busy' })
    expect(device.sent).toEqual([])
  })

  it('nothing of a code or the seed is in the store', async () => {
    const device = createDevice({ seed: SEED })
    const settings: string[] = []
    const { setSetting } = device.world.store
    Object.assign(device.world.store, {
      setSetting: (key: string, value: string) => {
        settings.push(`${key}=${value}`)
        setSetting(key, value)
      },
    })
    await device.process().withCode(device.request, device.aws)
    expect(settings).toHaveLength(1)
    expect(settings.join()).not.toContain(totpCode(SEED, TEN_PAST))
    expect(settings.join()).not.toContain(SEED.secret)
  })
})

describe('with a command', () => {
  const clockOf = (device: () => ReturnType<typeof createDevice>) => async () => totpCode(SEED, device().world.now)

  it('its code is sent, and the next call waits for another', async () => {
    const device = createDevice({ command: clockOf(() => device) })
    await device.process().withCode(device.request, device.aws)
    await device.process().withCode(device.request, device.aws)
    expect(device.sent).toEqual([totpCode(SEED, TEN_PAST), totpCode(SEED, TEN_PAST + 30_000)])
    expect(device).toMatchObject({ prompts: [], waits: [{ seconds: 21 }] })
  })

  it('one that takes its time counts for the window it ends in', async () => {
    const device = createDevice({
      command: async () => {
        device.world.now += 25_000
        return totpCode(SEED, device.world.now)
      },
    })
    await device.process().withCode(device.request, device.aws)
    await device.process().withCode(device.request, device.aws)
    expect(new Set(device.sent).size).toBe(2)
  })

  it('when it fails, the person is asked and told why', async () => {
    const failed = new HallpassError('mfa.command-failed', 'The MFA command key failed (1).')
    const device = createDevice({ command: () => Promise.reject(failed) })
    device.answers.push(totpCode(SEED, TEN_PAST))
    await device.process().withCode(device.request, device.aws)
    expect(device.prompts).toEqual([{ serial: SERIAL, identity: 'dana', target: 'prod', problem: failed }])
  })

  it('codes that AWS refuses twice are the command’s', async () => {
    const device = createDevice({ command: async () => '000000' })
    await expect(device.process().withCode(device.request, device.aws)).rejects.toMatchObject({ code: 'mfa.required' })
    expect(device.prompts[0]?.problem?.message).toContain('two codes in a row of the MFA command of dana')
  })
})

describe('a code from a person', () => {
  it('is all that is tried when it was given up front', async () => {
    const device = createDevice({ seed: SEED })
    const given = device.process().withCode({ ...device.request, given: '000000' }, device.aws)
    await expect(given).rejects.toMatchObject({ code: 'sts.mfa-invalid' })
    expect(device).toMatchObject({ sent: ['000000'], prompts: [], waits: [] })
  })

  it('is not computed again in the same window', async () => {
    const device = createDevice({ seed: SEED })
    await device.process().withCode({ ...device.request, given: totpCode(SEED, TEN_PAST) }, device.aws)
    await device.process().withCode(device.request, device.aws)
    expect(device.waits).toHaveLength(1)
  })

  it.each([
    ['that was used', 0, /has been used already/],
    ['two windows old', -2, /is 60 s old/],
    ['of three windows from now', 3, /of 90 s from now: the device’s clock is ahead/],
  ])('%s is told apart with the seed at hand', async (_what, delta, message) => {
    const device = createDevice({ seed: SEED })
    const code = totpCode(SEED, TEN_PAST + delta * 30_000)
    if (delta === 0) await device.aws(code)
    await expect(device.process().withCode({ ...device.request, given: code }, device.aws)).rejects.toMatchObject({
      code: 'sts.mfa-invalid',
      message: expect.stringMatching(message),
      details: 'its own words',
    })
  })

  it('given twice is told apart without a seed', async () => {
    const device = createDevice()
    const codes = device.process()
    const code = totpCode(SEED, TEN_PAST)
    await codes.withCode({ ...device.request, given: code }, device.aws)
    const again = codes.withCode({ ...device.request, given: code }, device.aws)
    await expect(again).rejects.toMatchObject({ message: expect.stringContaining('has been used already') })
  })

  it('that is no code of the stored seed proves nothing: AWS’s own answer stands', async () => {
    const device = createDevice({ seed: SEED })
    const given = device.process().withCode({ ...device.request, given: '000000' }, device.aws)
    await expect(given).rejects.toMatchObject({ message: 'AWS did not accept that MFA code.' })
  })

  it('is asked for three times at most', async () => {
    const device = createDevice()
    device.answers.push('000000', '12345', '000001', totpCode(SEED, TEN_PAST))
    await expect(device.process().withCode(device.request, device.aws)).rejects.toMatchObject({
      code: 'sts.mfa-invalid',
    })
    expect(device.prompts.map(({ problem }) => problem?.code)).toEqual([undefined, 'sts.mfa-invalid', 'input.invalid'])
  })
})
