import { describe, expect, it } from 'vitest'
import { dropHollow, HeldSessions, isHollow, rememberSessionKey } from '#core/agent/held-sessions.ts'
import type { SealedSession, Store } from '#core/store/types.ts'
import type { Vault } from '#core/vault/types.ts'

const NOW = 1_000_000
const session = (key: string, accessKeyId = `ASIA-${key}`, edit: Partial<SealedSession> = {}): SealedSession => ({
  key,
  fingerprint: `print-${key}`,
  sealed: new Uint8Array([1, 2, 3]),
  accessKeyId,
  assumedRoleArn: null,
  obtainedAt: NOW,
  expiresAt: NOW + 1000,
  ...edit,
})

function setUp(rows: readonly SealedSession[] = []) {
  const stored = new Map(rows.map((row) => [row.key, row]))
  const disk = {
    sessions: {
      get: (key: string) => stored.get(key),
      list: () => [...stored.values()],
      put: (row: SealedSession) => void stored.set(row.key, row),
      remove: (key: string) => stored.delete(key),
    },
    transaction: (work: () => unknown) => work(),
  } as unknown as Store
  const held = new HeldSessions()
  const clock = { now: NOW }
  return { stored, disk, held, clock, store: () => held.over(disk, () => clock.now) }
}

describe('sessions an agent holds', () => {
  it('are on the disk without their credentials', () => {
    const { stored, store } = setUp()
    const { sessions } = store()
    sessions.put(session('a'))
    expect(stored.get('a')).toEqual({ ...session('a'), sealed: new Uint8Array() })
    expect(sessions.get('a')).toEqual(session('a'))
    expect(sessions.list()).toEqual([session('a')])
  })

  it('are taken over from the disk, and what an agent that died left is dropped', () => {
    const { stored, held, store } = setUp([session('a'), session('lost', 'ASIA', { sealed: new Uint8Array() })])
    const { sessions } = store()
    expect([...stored.values()].every((row) => isHollow(row, NOW))).toBe(true)
    expect(sessions.list()).toEqual([session('a')])
    expect(held.live()).toBe(1)
  })

  it('rest sealed on the disk again, and none is held after that', () => {
    const { stored, held, store } = setUp()
    const { sessions } = store()
    sessions.put(session('a'))
    held.rest()
    expect(stored.get('a')).toEqual(session('a'))
    expect(held.live()).toBe(0)
    sessions.put(session('late'))
    expect(stored.get('late')).toEqual(session('late'))
    expect(sessions.get('a')).toEqual(session('a'))
    held.rest()
    expect(stored.size).toBe(2)
  })

  it('that another process ended are gone, and do not come back when the agent ends', () => {
    const { stored, held, store } = setUp()
    const { sessions } = store()
    sessions.put(session('a'))
    sessions.put(session('b'))
    stored.delete('a')
    stored.delete('b')
    expect(sessions.get('a')).toBeUndefined()
    held.sweep()
    expect(held.live()).toBe(0)
    held.rest()
    expect(stored.size).toBe(0)
  })

  it('that another process ended just now do not come back when the agent ends', () => {
    const { stored, held, store } = setUp()
    store().sessions.put(session('a'))
    stored.delete('a')
    held.rest()
    expect(stored.size).toBe(0)
  })

  it('that another process replaced are the new ones', () => {
    const { stored, held, store } = setUp()
    const { sessions } = store()
    sessions.put(session('a', 'ASIA-OLD'))
    stored.set('a', session('a', 'ASIA-NEW'))
    expect(sessions.get('a')?.accessKeyId).toBe('ASIA-NEW')
    expect(stored.get('a')?.sealed).toHaveLength(0)
    held.rest()
    expect(stored.get('a')).toEqual(session('a', 'ASIA-NEW'))
  })

  it('are never given out under another row’s settings', () => {
    const { stored, store } = setUp()
    const { sessions } = store()
    sessions.put(session('a'))
    stored.set('a', session('a', 'ASIA-a', { fingerprint: 'changed', sealed: new Uint8Array() }))
    expect(sessions.get('a')?.sealed).toHaveLength(0)
  })

  it('count as live until they expire, and are swept then', () => {
    const { held, clock, store } = setUp()
    store().sessions.put(session('a'))
    clock.now = NOW + 999
    held.sweep()
    expect(held.live()).toBe(1)
    clock.now = NOW + 1000
    expect(held.live()).toBe(0)
    held.sweep()
    clock.now = NOW
    expect(held.live()).toBe(0)
  })

  it('that have lapsed leave what lists show of them, and no credentials', () => {
    const lapsed = session('old', 'ASIA-old', { expiresAt: NOW, sealed: new Uint8Array() })
    const { stored, held, clock, store } = setUp([lapsed])
    const { sessions } = store()
    expect(sessions.list()).toEqual([lapsed])
    sessions.put(session('a'))
    const wiped = { ...session('a'), sealed: new Uint8Array() }
    clock.now = NOW + 1000
    sessions.put(wiped)
    held.rest()
    expect([...stored.values()]).toEqual([lapsed, wiped])
  })

  it('removed through the agent are removed from both', () => {
    const { stored, held, store } = setUp([session('a')])
    const { sessions } = store()
    expect(sessions.remove('a')).toBe(true)
    expect([stored.size, held.live()]).toEqual([0, 0])
  })
})

it('live rows without credentials are dropped, the others stay', () => {
  const sealed = new Uint8Array()
  const lapsed = session('c', 'ASIA', { sealed, expiresAt: NOW })
  const { disk, stored } = setUp([session('a'), session('b', 'ASIA', { sealed }), lapsed])
  dropHollow(disk, NOW)
  expect([...stored.keys()]).toEqual(['a', 'c'])
})

describe('the vault of an agent', () => {
  function countingVault() {
    const secrets = new Map([
      ['session-key/1', 'key'],
      ['session-key/2', 'newer key'],
      ['identity/1/secret-access-key', 'secret'],
    ])
    const reads: string[] = []
    const vault: Vault = {
      kind: 'keychain',
      status: () => Promise.resolve({ kind: 'keychain', state: 'unlocked', problem: null }),
      get: async (entry) => {
        reads.push(entry)
        return secrets.get(entry) ?? ''
      },
      put: async (entry, secret) => void secrets.set(entry, secret),
      remove: async (entry) => void secrets.delete(entry),
    }
    return { vault: rememberSessionKey(vault), reads }
  }

  it('reads the key of the sessions once, and long-term secrets each time', async () => {
    const { vault, reads } = countingVault()
    for (let turn = 0; turn < 2; turn++) {
      expect(await vault.get('session-key/1')).toBe('key')
      expect(await vault.get('identity/1/secret-access-key')).toBe('secret')
    }
    expect(reads).toEqual(['session-key/1', 'identity/1/secret-access-key', 'identity/1/secret-access-key'])
  })

  it('keeps the key that has taken another’s place, and not that one', async () => {
    const { vault, reads } = countingVault()
    await vault.get('session-key/1')
    for (let turn = 0; turn < 2; turn++) expect(await vault.get('session-key/2')).toBe('newer key')
    await vault.get('session-key/1')
    expect(reads).toEqual(['session-key/1', 'session-key/2', 'session-key/1'])
  })

  it.each(['put', 'remove'] as const)('reads the key again after a %s', async (change) => {
    const { vault, reads } = countingVault()
    await vault.get('session-key/1')
    if (change === 'put') await vault.put('session-key/1', 'other')
    else await vault.remove('session-key/1')
    expect(await vault.get('session-key/1')).toBe(change === 'put' ? 'other' : '')
    expect(reads).toHaveLength(2)
  })
})
