import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createCredentialsSource } from '#core/credentials-endpoint/index.ts'
import { renewalTime } from '#core/sessions/cache.ts'
import type { CredentialsOptions } from '#core/sessions/service.ts'
import { HallpassError } from '#shared/errors.ts'
import type { HandedOutCredentials } from '#shared/sessions.ts'

const MINUTE = 60_000
const START = Date.parse('2026-11-24T09:00:00Z')

let asked: CredentialsOptions[]
let answer: () => Promise<HandedOutCredentials>
const failures: unknown[] = []
const sessions = {
  credentials: async (_name: string, options: CredentialsOptions = {}) => {
    asked.push(options)
    return answer()
  },
}

function lasting(minutes: number): HandedOutCredentials {
  return {
    accessKeyId: `ASIA${Date.now()}`,
    secretAccessKey: 's',
    sessionToken: 't',
    expiration: new Date(Date.now() + minutes * MINUTE),
    accountId: '123456789012',
    roleArn: null,
    assumedRoleArn: null,
    region: null,
  }
}

const sourceOf = (options: CredentialsOptions = {}, first = lasting(60)) =>
  createCredentialsSource({
    sessions,
    name: 'prod',
    asked: options,
    first,
    onFailure: (error) => failures.push(error),
  })

beforeEach(() => {
  vi.useFakeTimers({ now: START })
  asked = []
  failures.length = 0
  answer = async () => lasting(60)
})
afterEach(() => vi.useRealTimers())

describe('what the engine is asked', () => {
  it('the same as at first, as a program, but neither with the used code nor for a new session', async () => {
    const use = { how: 'exec', form: 'npm' }
    const source = sourceOf({ mfaCode: '123456', renew: true, durationSeconds: 3600, use })
    await source.credentials()
    expect(asked).toEqual([{ durationSeconds: 3600, use, byProgram: true }])
    source.stop()
  })

  it('once more ahead of expiry, for nobody yet, and then no more while nobody asks', async () => {
    const source = sourceOf({ use: { how: 'exec' } })
    await vi.advanceTimersByTimeAsync(44 * MINUTE)
    expect(asked).toEqual([])
    await vi.advanceTimersByTimeAsync(2 * MINUTE)
    expect(asked).toEqual([{ byProgram: true, use: { how: 'start' } }])
    await vi.advanceTimersByTimeAsync(600 * MINUTE)
    expect(asked).toHaveLength(1)
    await source.credentials()
    await vi.advanceTimersByTimeAsync(46 * MINUTE)
    expect(asked).toHaveLength(3)
    source.stop()
  })

  it('a short session in its last quarter', async () => {
    const source = sourceOf({}, lasting(15))
    await vi.advanceTimersByTimeAsync(11 * MINUTE)
    expect(asked).toHaveLength(0)
    await vi.advanceTimersByTimeAsync(2 * MINUTE)
    expect(asked).toHaveLength(1)
    source.stop()
  })

  it('nothing any more once it is stopped', async () => {
    const source = sourceOf()
    source.stop()
    await vi.advanceTimersByTimeAsync(60 * MINUTE)
    expect(asked).toHaveLength(0)
  })
})

describe('failures', () => {
  it('are the consumer’s, or told', async () => {
    const source = sourceOf()
    const problem = new HallpassError('mfa.required', 'Needs a code.')
    answer = () => Promise.reject(problem)
    await expect(source.credentials()).rejects.toBe(problem)
    expect(failures).toEqual([])
    await vi.advanceTimersByTimeAsync(46 * MINUTE)
    expect(failures).toEqual([problem])
    source.stop()
  })

  it('that keep a session are told with it', async () => {
    const source = sourceOf()
    answer = async () => ({ ...lasting(10), kept: { code: 'network.timeout', message: 'Slow.' } })
    expect(await source.credentials()).toMatchObject({ accessKeyId: `ASIA${START}` })
    expect(failures).toMatchObject([{ code: 'network.timeout' }])
    source.stop()
  })
})

describe('a session limited to reading, which no cache has', () => {
  it('is held until it has to be renewed, for all who ask at once', async () => {
    const source = sourceOf({ readOnly: true })
    expect((await source.credentials()).accessKeyId).toBe(`ASIA${START}`)
    expect(asked).toEqual([])
    vi.setSystemTime(START + 46 * MINUTE)
    const [one, two] = await Promise.all([source.credentials(), source.credentials()])
    expect(one.accessKeyId).toBe(`ASIA${START + 46 * MINUTE}`)
    expect(two).toBe(one)
    expect(asked).toEqual([{ readOnly: true, byProgram: true }])
    source.stop()
  })

  it('is kept as long as it is valid when its renewal fails, and no longer', async () => {
    const source = sourceOf({ readOnly: true })
    answer = () => Promise.reject(new HallpassError('network.timeout', 'Slow.'))
    vi.setSystemTime(START + 59 * MINUTE)
    expect((await source.credentials()).accessKeyId).toBe(`ASIA${START}`)
    vi.setSystemTime(START + 60 * MINUTE)
    await expect(source.credentials()).rejects.toMatchObject({ code: 'network.timeout' })
    source.stop()
  })
})

it('a session limited to reading is renewed at the moment the engine would choose, its jitter included', async () => {
  const first = { ...lasting(60), accessKeyId: 'ASIA-WITH-MUCH-JITTER' }
  const source = sourceOf({ readOnly: true }, first)
  const due = renewalTime({
    accessKeyId: first.accessKeyId,
    obtainedAt: START,
    expiresAt: first.expiration.getTime(),
  })
  expect(due).toBeLessThan(START + 45 * MINUTE - 20_000)
  vi.setSystemTime(due - 1)
  expect(await source.credentials()).toBe(first)
  vi.setSystemTime(due)
  expect(await source.credentials()).not.toBe(first)
  source.stop()
})
