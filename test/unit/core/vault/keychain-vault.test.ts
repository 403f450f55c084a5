// The keychains of macOS and Windows, told by what keytar answers there. Linux is tested on a real gnome-keyring.
import { describe, expect, test } from 'vitest'
import type { KeychainBackend } from '#core/vault/keychain-backend.ts'
import { openVault } from '#core/vault/open-vault.ts'
import { createMemoryIndex } from '../../../support/memory-index.ts'

function createBackend() {
  const entries = new Map<string, string>()
  const state = { failure: '', hang: undefined as Promise<void> | undefined, running: 0, most: 0, calls: 0 }
  const answer = async <T>(work: () => T): Promise<T> => {
    state.calls += 1
    state.running += 1
    state.most = Math.max(state.most, state.running)
    await (state.hang ?? new Promise((resolve) => setImmediate(resolve)))
    state.running -= 1
    if (state.failure) throw new Error(state.failure)
    return work()
  }
  const backend: KeychainBackend = {
    get: (account) => answer(() => entries.get(account) ?? null),
    set: (account, value) => answer(() => void entries.set(account, value)),
    delete: (account) => answer(() => entries.delete(account)),
  }
  return { entries, state, backend }
}

function open(platform: NodeJS.Platform = 'darwin', timeoutMs = 5000) {
  const keychain = createBackend()
  const index = createMemoryIndex()
  const vault = openVault({ index, platform, timeoutMs, loadBackend: async () => keychain.backend })
  return { ...keychain, index, vault }
}

describe('put, get, remove', () => {
  test('the index follows what the keychain confirmed', async () => {
    const { vault, index, entries } = open()
    await vault.put('identity/1/secret-access-key', 's')
    expect(index.list()).toEqual(['identity/1/secret-access-key'])
    expect(await vault.get('identity/1/secret-access-key')).toBe('s')
    await vault.remove('identity/1/secret-access-key')
    await vault.remove('identity/1/secret-access-key')
    expect([index.list(), entries.size]).toEqual([[], 0])
  })

  test('a write that fails or reads back differently leaves the index alone', async () => {
    const { vault, index, state, entries, backend } = open()
    state.failure = 'User canceled the operation.'
    await expect(vault.put('a/b', 's')).rejects.toMatchObject({ code: 'vault.dismissed' })
    state.failure = ''
    backend.set = async (account) => void entries.set(account, 'other')
    await expect(vault.put('a/b', 's')).rejects.toMatchObject({ code: 'vault.failed' })
    expect(index.list()).toEqual([])
  })

  test('an entry that vanished is lost, and its index line stays', async () => {
    const { vault, index, entries } = open()
    await vault.put('a/b', 's')
    entries.clear()
    await expect(vault.get('a/b')).rejects.toMatchObject({ code: 'vault.entry-lost' })
    expect(index.has('a/b')).toBe(true)
  })

  test('an entry the index does not know of is taken up again', async () => {
    const { vault, index, entries } = open()
    entries.set('a/b', 's')
    expect(await vault.get('a/b')).toBe('s')
    expect(index.has('a/b')).toBe(true)
  })

  test('a failed removal keeps the index line', async () => {
    const { vault, index, state } = open('win32')
    await vault.put('a/b', 's')
    state.failure = 'Access is denied.'
    await expect(vault.remove('a/b')).rejects.toMatchObject({ code: 'vault.denied' })
    expect(index.has('a/b')).toBe(true)
  })

  test.each(['', 'a\0b', 'a\ud800'])('refuses %j without asking the keychain', async (secret) => {
    const { vault, state } = open()
    await expect(vault.put('a/b', secret)).rejects.toMatchObject({ code: 'input.invalid' })
    expect(state.calls).toBe(0)
  })

  test('long values work on Windows', async () => {
    const { vault, entries } = open('win32')
    const long = 'é'.repeat(5000)
    await vault.put('a/b', long)
    expect(await vault.get('a/b')).toBe(long)
    expect(Math.max(...[...entries.values()].map((value) => Buffer.byteLength(value)))).toBeLessThanOrEqual(2560)
  })

  test('one call at a time, however many are asked', async () => {
    const { vault, state, index } = open()
    await Promise.all(Array.from({ length: 20 }, (_, number) => vault.put(`a/${number}`, `${number}`)))
    expect(state.most).toBe(1)
    expect(index.list()).toHaveLength(20)
  })
})

describe('a call that never returns', () => {
  test('times out, lets no other start, and all is well again once it returns', async () => {
    const { vault, state, index } = open('win32', 50)
    let release = () => {}
    state.hang = new Promise((resolve) => {
      release = resolve
    })
    await expect(vault.get('a/b')).rejects.toMatchObject({ code: 'vault.timeout' })
    const before = state.calls
    await expect(vault.put('a/b', 's')).rejects.toMatchObject({ code: 'vault.timeout' })
    expect((await vault.status()).problem?.code).toBe('vault.timeout')
    expect([state.calls, index.list()]).toEqual([before, []])
    state.hang = undefined
    release()
    await new Promise((resolve) => setImmediate(resolve))
    await vault.put('a/b', 's')
    expect(await vault.get('a/b')).toBe('s')
  })

  test('those already waiting fail as well', async () => {
    const { vault, state } = open('darwin', 50)
    state.hang = new Promise(() => {})
    const results = await Promise.allSettled([vault.get('a/b'), vault.get('a/c'), vault.put('a/d', 'x')])
    expect(results.map((result) => result.status === 'rejected' && result.reason.code)).toEqual(
      Array(3).fill('vault.timeout'),
    )
    expect(state.calls).toBe(1)
  })
})

describe('status', () => {
  test.each([
    ['', 'unlocked', undefined],
    ['User interaction is not allowed.', 'locked', 'vault.locked'],
    ['A default keychain could not be found.', 'unavailable', 'vault.no-service'],
  ])('%s → %s', async (failure, state, code) => {
    const keychain = open()
    keychain.state.failure = failure
    const status = await keychain.vault.status()
    expect([status.state, status.problem?.code]).toEqual([state, code])
  })

  test('never throws, and a library that was missing is tried again', async () => {
    let isInstalled = false
    const { backend } = createBackend()
    const vault = openVault({
      index: createMemoryIndex(),
      platform: 'darwin',
      loadBackend: async () => {
        if (!isInstalled) throw new Error('Failed to load keytar native addon, checked []')
        return backend
      },
    })
    expect((await vault.status()).problem?.code).toBe('vault.no-library')
    isInstalled = true
    expect((await vault.status()).state).toBe('unlocked')
  })
})
