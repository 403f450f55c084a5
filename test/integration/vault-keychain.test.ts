// The vault on a real gnome-keyring, in the ring the tests run in.
import keytar from 'keytar'
import { describe, expect, test } from 'vitest'
import { openVault } from '#core/vault/open-vault.ts'
import { createMemoryIndex } from '../support/memory-index.ts'

let rounds = 0

function open() {
  rounds += 1
  const service = `Hallpass test ${process.pid} ${rounds} it's`
  const index = createMemoryIndex()
  return { index, service, vault: openVault({ index, service }) }
}

describe('on the keychain of this system', () => {
  test('stores, reads, replaces and removes', async () => {
    const { vault, index } = open()
    expect(await vault.status()).toEqual({ kind: 'keychain', state: 'unlocked', problem: null })
    const secret = `wJalr/+=\n"'\\ é 🔑 ${'x'.repeat(5000)}`
    await vault.put('identity/1/secret-access-key', 'old')
    await vault.put('identity/1/secret-access-key', secret)
    expect(await vault.get('identity/1/secret-access-key')).toBe(secret)
    await vault.remove('identity/1/secret-access-key')
    await vault.remove('identity/1/secret-access-key')
    expect(index.list()).toEqual([])
    await expect(vault.get('identity/1/secret-access-key')).rejects.toMatchObject({ code: 'vault.entry-lost' })
  })

  test('an entry deleted behind our back is lost; another is not', async () => {
    const { vault, index, service } = open()
    await vault.put('a/lost', 's')
    await vault.put('a/kept', 't')
    await keytar.deletePassword(service, 'a/lost')
    await expect(vault.get('a/lost')).rejects.toMatchObject({ code: 'vault.entry-lost' })
    expect(await vault.get('a/kept')).toBe('t')
    expect(index.list()).toEqual(['a/kept', 'a/lost'])
    await vault.remove('a/lost')
    await vault.remove('a/kept')
  })

  test('fifty at once each keep their own, and file access goes on meanwhile', async () => {
    const { vault, index } = open()
    const numbers = Array.from({ length: 50 }, (_, number) => number)
    await Promise.all(numbers.map((number) => vault.put(`n/${number}`, `secret ${number}`)))
    expect(index.list()).toHaveLength(50)
    const values = await Promise.all(numbers.map((number) => vault.get(`n/${number}`)))
    expect(values).toEqual(numbers.map((number) => `secret ${number}`))
    await Promise.all(numbers.map((number) => vault.remove(`n/${number}`)))
    expect(index.list()).toEqual([])
  })
})
