import { describe, expect, it } from 'vitest'
import { stateOf } from '#core/identity-center/center-state.ts'
import type { CliCache } from '#core/identity-center/index.ts'
import type { Store } from '#core/store/types.ts'
import { HallpassError } from '#shared/errors.ts'
import type { CenterIdentity } from '#shared/identities.ts'
import { INSTANCE, inMinutes, NOW, token } from './records.ts'

const OUT = { signedInUntil: null, renews: false }
const until = (minutes: number, renews = true) => ({ signedInUntil: inMinutes(minutes), renews })

/**
 * @param own minutes that the sign-in in the store has left; undefined when there is none
 * @param theirs what the AWS CLI’s cache gives
 */
function look(own: number | undefined, session: string | null, theirs: () => ReturnType<CliCache['read']>) {
  const row = own === undefined ? undefined : { expiresAt: NOW + own * 60_000, renewable: true }
  const store = { centerTokens: { get: () => row } } as unknown as Store
  const identity = { id: 'i', startUrl: INSTANCE.startUrl, ssoRegion: INSTANCE.region, cliSession: session }
  return stateOf(store, async () => ({ read: theirs }), identity as CenterIdentity, NOW)
}
const has = (minutes: number, change: Parameters<typeof token>[0] = {}) => {
  return async () => token({ expiresAt: inMinutes(minutes), ...change })
}

describe('whether somebody is signed in', () => {
  it('is in the store, and the AWS CLI’s cache is not looked at, when it is not shared', async () => {
    const never = () => Promise.reject(new Error('looked'))
    expect(await look(undefined, null, never)).toEqual(OUT)
    expect(await look(60, null, never)).toEqual(until(60))
  })

  it('is in the AWS CLI’s cache too when it is shared, and what lasts longer counts', async () => {
    expect(await look(undefined, 'corp', has(30))).toEqual(until(30))
    expect(await look(10, 'corp', has(30, { refreshToken: null }))).toEqual(until(30, false))
    expect(await look(60, 'corp', has(30))).toEqual(until(60))
    expect(await look(undefined, 'corp', has(-1, { refreshToken: null }))).toEqual(OUT)
  })

  it('is not so once the CLI has signed out', async () => {
    expect(await look(60, 'corp', async () => undefined)).toEqual(OUT)
  })

  it('is in the store alone when the cache has a sign-in to somewhere else, or can’t be read', async () => {
    expect(await look(60, 'corp', has(90, { region: 'us-east-1' }))).toEqual(until(60))
    const damaged = () => Promise.reject(new HallpassError('file.unparsable', 'It is damaged.'))
    expect(await look(60, 'corp', damaged)).toEqual(until(60))
    expect(await look(undefined, 'corp', damaged)).toEqual(OUT)
  })
})
