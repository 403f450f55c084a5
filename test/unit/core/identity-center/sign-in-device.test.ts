import { describe, expect, it } from 'vitest'
import {
  type DeviceCodeToConfirm,
  type DeviceSignInParts,
  type OidcCalls,
  signInWithDevice,
} from '#core/identity-center/index.ts'
import { HallpassError } from '#shared/errors.ts'
import { INSTANCE, NOW, oidcCalls, registration, token } from './records.ts'

const AUTHORIZATION = {
  deviceCode: 'device-1',
  userCode: 'ABCD-EFGH',
  verificationUri: 'https://device.sso.eu-west-1.amazonaws.com/',
  verificationUriComplete: 'https://device.sso.eu-west-1.amazonaws.com/?user_code=ABCD-EFGH',
  expiresIn: 600,
  interval: 2,
}

type Answer = Awaited<ReturnType<OidcCalls['pollForToken']>> | HallpassError

/** A sign-in whose time passes by waiting only. */
function setUp(answers: readonly Answer[], change: Partial<OidcCalls> = {}) {
  let now = NOW
  const waits: number[] = []
  const codes: DeviceCodeToConfirm[] = []
  let polls = 0
  const parts = {
    oidc: oidcCalls({
      startDeviceAuthorization: async () => AUTHORIZATION,
      pollForToken: async () => {
        const answer = answers[Math.min(polls++, answers.length - 1)]
        if (answer instanceof HallpassError) throw answer
        return answer ?? 'pending'
      },
      ...change,
    }),
    instance: INSTANCE,
    registration: registration(),
    clock: () => now,
    wait: async (ms: number) => {
      waits.push(ms)
      now += ms
    },
    onCode: (code: DeviceCodeToConfirm) => codes.push(code),
  } satisfies DeviceSignInParts
  return { parts, waits, codes, polls: () => polls }
}

describe('a sign-in by device code', () => {
  it('shows the code, waits as the server says, and ends with the token', async () => {
    const { parts, waits, codes } = setUp(['pending', 'pending', token()])
    expect(await signInWithDevice(parts)).toEqual({ token: token(), registration: registration() })
    expect(waits).toEqual([2000, 2000, 2000])
    expect(codes).toEqual([
      {
        userCode: 'ABCD-EFGH',
        verificationUri: AUTHORIZATION.verificationUri,
        verificationUriComplete: AUTHORIZATION.verificationUriComplete,
        expiresAt: NOW + 600_000,
      },
    ])
    expect(JSON.stringify(codes)).not.toContain('device-1')
  })

  it('goes on slower for good after each SlowDown', async () => {
    const { parts, waits } = setUp(['slow-down', 'pending', 'slow-down', 'pending', token()])
    await signInWithDevice(parts)
    expect(waits).toEqual([2000, 7000, 7000, 12_000, 12_000])
  })

  it('stops when the code has ended', async () => {
    const { parts, polls } = setUp(['pending'])
    await expect(signInWithDevice(parts)).rejects.toMatchObject({ code: 'sso.sign-in-expired' })
    expect(polls()).toBe(300)
  })

  it.each(['sso.sign-in-expired', 'sso.sign-in-denied'] as const)('stops at %s', async (code) => {
    const { parts, polls } = setUp(['pending', new HallpassError(code, 'x'), token()])
    await expect(signInWithDevice(parts)).rejects.toMatchObject({ code })
    expect(polls()).toBe(2)
  })

  it('outlasts a bad connection', async () => {
    const { parts } = setUp([
      new HallpassError('network.timeout', 'x'),
      new HallpassError('aws.unavailable', 'x'),
      token(),
    ])
    expect(await signInWithDevice(parts)).toMatchObject({ token: token() })
  })

  it('can be cancelled while it waits', async () => {
    const abort = new AbortController()
    const { parts, polls } = setUp(['pending'])
    const wait = async () => {
      if (polls() === 2) abort.abort()
    }
    await expect(signInWithDevice({ ...parts, wait, signal: abort.signal })).rejects.toMatchObject({
      code: 'cancelled',
    })
    expect(polls()).toBe(2)
  })

  it('can be cancelled during a real wait', async () => {
    const abort = new AbortController()
    const { parts } = setUp(['pending'])
    const { wait: _simulated, ...real } = parts
    const onCode = () => queueMicrotask(() => abort.abort())
    await expect(signInWithDevice({ ...real, onCode, signal: abort.signal })).rejects.toMatchObject({
      code: 'cancelled',
    })
  })
})

describe('the registration', () => {
  it('is made anew once AWS has forgotten it', async () => {
    const fresh = registration({ clientId: 'client-2' })
    let starts = 0
    const { parts } = setUp([token()], {
      registerClient: async () => fresh,
      startDeviceAuthorization: async (_instance, { clientId }) => {
        starts++
        if (clientId === 'client-1') throw new HallpassError('sso.registration-expired', 'x')
        return AUTHORIZATION
      },
    })
    expect(await signInWithDevice(parts)).toMatchObject({ registration: { clientId: 'client-2' } })
    expect(starts).toBe(2)
  })

  it('just made and refused at once is a failure', async () => {
    let made = 0
    const { parts } = setUp([token()], {
      registerClient: async () => {
        made++
        return registration()
      },
      startDeviceAuthorization: async () => {
        throw new HallpassError('sso.registration-expired', 'x')
      },
    })
    await expect(signInWithDevice({ ...parts, registration: null })).rejects.toMatchObject({
      code: 'sso.registration-expired',
    })
    expect(made).toBe(1)
  })
})
