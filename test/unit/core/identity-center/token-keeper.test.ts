import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  createTokenKeeper,
  type IdentityCenterToken,
  isRefreshable,
  type TokenKeeperParts,
  type TokenStore,
  tokenEnd,
} from '#core/identity-center/index.ts'
import { processLocks } from '#core/process-lock.ts'
import { HallpassError } from '#shared/errors.ts'
import { CLIENT, inMinutes, NOW, token } from './records.ts'

const MINUTE = 60_000

function memoryStore(first?: IdentityCenterToken): TokenStore & { readonly puts: IdentityCenterToken[] } {
  let kept = first
  const puts: IdentityCenterToken[] = []
  return {
    puts,
    get: async () => kept,
    put: async (_id, value) => {
      kept = value
      puts.push(value)
    },
    remove: async () => {
      kept = undefined
    },
  }
}

/** AWS's part: each refresh token works once. */
function rotatingOidc() {
  const spent: (string | null)[] = []
  return {
    spent,
    refresh: async (old: IdentityCenterToken): Promise<IdentityCenterToken> => {
      if (spent.includes(old.refreshToken)) throw new HallpassError('sso.sign-in-needed', 'spent')
      spent.push(old.refreshToken)
      const turn = spent.length + 1
      return { ...old, accessToken: `access-${turn}`, refreshToken: `refresh-${turn}`, expiresAt: inMinutes(480) }
    },
  }
}

const failing = (code: 'network.timeout' | 'sso.sign-in-needed' | 'sso.registration-expired') => {
  let calls = 0
  return {
    calls: () => calls,
    refresh: async () => {
      calls++
      throw new HallpassError(code, 'no', { details: 'AWS said so' })
    },
  }
}

const keeperOf = (parts: Partial<TokenKeeperParts> & Pick<TokenKeeperParts, 'store' | 'oidc'>) =>
  createTokenKeeper({ tryLock: undefined, clock: () => NOW, ...parts })

describe('a token', () => {
  it('is handed on as it is while 15 minutes of it are left', async () => {
    const store = memoryStore(token({ expiresAt: inMinutes(15) }))
    const oidc = rotatingOidc()
    expect(await keeperOf({ store, oidc }).fresh('corp')).toEqual({
      token: token({ expiresAt: inMinutes(15) }),
      problem: null,
    })
    expect(oidc.spent).toEqual([])
  })

  it('with less is refreshed, and what replaces it is stored', async () => {
    const store = memoryStore(token({ expiresAt: inMinutes(14.99) }))
    const { token: fresh, problem } = await keeperOf({ store, oidc: rotatingOidc() }).fresh('corp')
    expect(fresh).toMatchObject({ accessToken: 'access-2', refreshToken: 'refresh-2' })
    expect(problem).toBeNull()
    expect(store.puts).toEqual([fresh])
  })

  it('that has ended is refreshed as well', async () => {
    const store = memoryStore(token({ expiresAt: inMinutes(-500) }))
    expect(await keeperOf({ store, oidc: rotatingOidc() }).fresh('corp')).toMatchObject({
      token: { accessToken: 'access-2' },
    })
  })

  it('there is none of asks for a sign-in', async () => {
    const keeper = keeperOf({ store: memoryStore(), oidc: rotatingOidc() })
    await expect(keeper.fresh('corp')).rejects.toMatchObject({ code: 'sso.sign-in-needed' })
  })

  it.each([
    ['without a refresh token', { refreshToken: null }],
    ['of a client nobody knows', { client: null }],
    ['of a client that has ended', { client: { ...CLIENT, expiresAt: inMinutes(-1) } }],
  ])('%s lasts to its end, and then asks for a sign-in', async (_what, change) => {
    const valid = token({ expiresAt: inMinutes(1), ...change })
    expect(await keeperOf({ store: memoryStore(valid), oidc: rotatingOidc() }).fresh('corp')).toEqual({
      token: valid,
      problem: null,
    })
    const over = keeperOf({ store: memoryStore({ ...valid, expiresAt: inMinutes(0) }), oidc: rotatingOidc() })
    await expect(over.fresh('corp')).rejects.toMatchObject({ code: 'sso.sign-in-needed' })
  })

  it('has its end known ahead', () => {
    expect(tokenEnd(token({ expiresAt: '2026-11-26T12:30:00Z' }))).toBe(NOW + 30 * MINUTE)
    expect(isRefreshable(token(), NOW)).toBe(true)
    expect(isRefreshable(token({ refreshToken: null }), NOW)).toBe(false)
  })

  it('is forgotten after a sign-out', async () => {
    const keeper = keeperOf({ store: memoryStore(token()), oidc: rotatingOidc() })
    await keeper.forget('corp')
    await expect(keeper.fresh('corp')).rejects.toMatchObject({ code: 'sso.sign-in-needed' })
  })
})

describe('a refresh that fails', () => {
  it('is tolerated while the token is valid, and said', async () => {
    const valid = token({ expiresAt: inMinutes(5) })
    const keeper = keeperOf({ store: memoryStore(valid), oidc: failing('network.timeout') })
    expect(await keeper.fresh('corp')).toMatchObject({ token: valid, problem: { code: 'network.timeout' } })
  })

  it('is not tried again for half a minute', async () => {
    let now = NOW
    const oidc = failing('network.timeout')
    const store = memoryStore(token({ expiresAt: inMinutes(5) }))
    const keeper = keeperOf({ store, oidc, clock: () => now })
    await keeper.fresh('corp')
    now += 29_999
    expect(await keeper.fresh('corp')).toMatchObject({ problem: { code: 'network.timeout' } })
    expect(oidc.calls()).toBe(1)
    now += 1
    await keeper.fresh('corp')
    expect(oidc.calls()).toBe(2)
  })

  it('is tried again at once after a new sign-in', async () => {
    const oidc = failing('network.timeout')
    const store = memoryStore(token({ expiresAt: inMinutes(5) }))
    const keeper = keeperOf({ store, oidc })
    await keeper.fresh('corp')
    await store.put('corp', token({ accessToken: 'another', expiresAt: inMinutes(5) }))
    await keeper.fresh('corp')
    expect(oidc.calls()).toBe(2)
  })

  it.each(['sso.sign-in-needed', 'sso.registration-expired'] as const)(
    '%s asks for a sign-in once the token has ended',
    async (code) => {
      const keeper = keeperOf({ store: memoryStore(token({ expiresAt: inMinutes(0) })), oidc: failing(code) })
      await expect(keeper.fresh('corp')).rejects.toMatchObject({ code: 'sso.sign-in-needed', details: 'AWS said so' })
    },
  )

  it('that may pass is told as it is once the token has ended', async () => {
    const keeper = keeperOf({
      store: memoryStore(token({ expiresAt: inMinutes(0) })),
      oidc: failing('network.timeout'),
    })
    await expect(keeper.fresh('corp')).rejects.toMatchObject({ code: 'network.timeout' })
  })
})

describe('a token that can’t be stored', () => {
  it('is used, said, and stored as soon as that works', async () => {
    const store = memoryStore(token({ expiresAt: inMinutes(5) }))
    const oidc = rotatingOidc()
    let isLocked = true
    const put: TokenStore['put'] = async (id, value) => {
      if (isLocked) throw new HallpassError('vault.locked', 'x')
      await store.put(id, value)
    }
    const keeper = keeperOf({ store: { ...store, put }, oidc })
    expect(await keeper.fresh('corp')).toMatchObject({
      token: { accessToken: 'access-2' },
      problem: { code: 'vault.locked' },
    })
    isLocked = false
    expect(await keeper.fresh('corp')).toMatchObject({ token: { accessToken: 'access-2' }, problem: null })
    expect(store.puts).toMatchObject([{ refreshToken: 'refresh-2' }])
    expect(oidc.spent).toEqual(['refresh-1'])
  })

  it('gives way to a new sign-in', async () => {
    const store = memoryStore(token({ expiresAt: inMinutes(5) }))
    const put: TokenStore['put'] = async () => {
      throw new HallpassError('vault.locked', 'x')
    }
    const keeper = keeperOf({ store: { ...store, put }, oidc: rotatingOidc() })
    await keeper.fresh('corp')
    const anew = token({ accessToken: 'signed-in-again' })
    await store.put('corp', anew)
    expect(await keeper.fresh('corp')).toEqual({ token: anew, problem: null })
  })
})

describe('a token that AWS refuses before its end', () => {
  it('is replaced, though much of it seemed to be left', async () => {
    const keeper = keeperOf({ store: memoryStore(token()), oidc: rotatingOidc() })
    expect(await keeper.replace('corp', 'access-1')).toMatchObject({
      token: { accessToken: 'access-2' },
      problem: null,
    })
  })

  it('asks for a sign-in when nothing replaces it', async () => {
    const keeper = keeperOf({ store: memoryStore(token()), oidc: failing('sso.sign-in-needed') })
    await expect(keeper.replace('corp', 'access-1')).rejects.toMatchObject({ code: 'sso.sign-in-needed' })
    const lasting = keeperOf({ store: memoryStore(token({ refreshToken: null })), oidc: rotatingOidc() })
    await expect(lasting.replace('corp', 'access-1')).rejects.toMatchObject({ code: 'sso.sign-in-needed' })
  })

  it('has been replaced already', async () => {
    const oidc = rotatingOidc()
    const keeper = keeperOf({ store: memoryStore(token({ accessToken: 'newer' })), oidc })
    expect(await keeper.replace('corp', 'access-1')).toMatchObject({ token: { accessToken: 'newer' } })
    expect(oidc.spent).toEqual([])
  })

  it('is replaced once, with those who only want it fresh', async () => {
    const oidc = rotatingOidc()
    const keeper = keeperOf({ store: memoryStore(token({ expiresAt: inMinutes(5) })), oidc })
    const asked = [keeper.fresh('corp'), keeper.replace('corp', 'access-1'), keeper.fresh('corp')]
    for (const { token: fresh } of await Promise.all(asked)) expect(fresh.accessToken).toBe('access-2')
    expect(oidc.spent).toEqual(['refresh-1'])
  })
})

describe('many at once', () => {
  let home: string
  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), 'hallpass-sso-'))
  })
  afterAll(() => rmSync(home, { recursive: true }))

  it('spend one refresh token in one process', async () => {
    const oidc = rotatingOidc()
    const keeper = keeperOf({ store: memoryStore(token({ expiresAt: inMinutes(5) })), oidc })
    const all = await Promise.all(Array.from({ length: 50 }, () => keeper.fresh('corp')))
    expect(new Set(all.map(({ token: { accessToken } }) => accessToken))).toEqual(new Set(['access-2']))
    expect(oidc.spent).toEqual(['refresh-1'])
  })

  it('spend one refresh token in several', async () => {
    const oidc = rotatingOidc()
    const store = memoryStore(token({ expiresAt: inMinutes(5) }))
    // Each has locks and memory of its own, as processes have.
    const keepers = Array.from({ length: 8 }, () => keeperOf({ store, oidc, tryLock: processLocks(home) }))
    const all = await Promise.all(keepers.map((keeper) => keeper.fresh('corp')))
    for (const { token: fresh, problem } of all) {
      expect(fresh.accessToken).toBe('access-2')
      expect(problem).toBeNull()
    }
    expect(oidc.spent).toEqual(['refresh-1'])
  })

  it('let go of the lock after a failure', async () => {
    const tryLock = processLocks(home)
    const store = memoryStore(token({ expiresAt: inMinutes(0) }))
    const first = keeperOf({ store, oidc: failing('network.timeout'), tryLock })
    await expect(first.fresh('corp')).rejects.toMatchObject({ code: 'network.timeout' })
    const second = keeperOf({ store, oidc: rotatingOidc(), tryLock: processLocks(home) })
    expect(await second.fresh('corp')).toMatchObject({ token: { accessToken: 'access-2' } })
  })
})
