/** Which vault is used: what was chosen, and never another. */
import { expect, it } from 'vitest'
import { besideFile } from '#core/vault/beside-file.ts'
import { chooseVault } from '#core/vault/choice.ts'
import type { Vault } from '#core/vault/types.ts'
import { HallpassError } from '#shared/errors.ts'

it.each([
  [undefined, undefined, 'keychain', 'default'],
  ['', 'nonsense', 'keychain', 'default'],
  [' ', 'file', 'file', 'setting'],
  ['keychain', 'file', 'keychain', 'environment'],
  ['file', 'keychain', 'file', 'environment'],
])('HALLPASS_VAULT=%s with %s stored: %s, by %s', (variable, setting, kind, by) => {
  expect(chooseVault(variable, setting)).toEqual({ kind, by })
})

it('refuses a kind that there is not', () => {
  expect(() => chooseVault('paper', 'file')).toThrow(expect.objectContaining({ code: 'usage.invalid' }))
})

it('says of a secret that only the file has where it is, and neither gives nor forgets it', async () => {
  const secrets = new Map([['both', 'from the keychain']])
  const keychain: Vault = {
    kind: 'keychain',
    status: async () => ({ kind: 'keychain', state: 'unlocked', problem: null }),
    async get(entry) {
      const secret = secrets.get(entry)
      if (secret === undefined) throw new HallpassError('vault.entry-lost', 'lost')
      return secret
    },
    put: async (entry, secret) => void secrets.set(entry, secret),
    remove: async (entry) => void secrets.delete(entry),
  }
  const vault = besideFile(keychain, { path: '/f', entries: async () => ['both', 'file-only'] })
  expect(await vault.get('both')).toBe('from the keychain')
  await expect(vault.get('file-only')).rejects.toThrow(/\/f/)
  await expect(vault.get('nowhere')).rejects.toThrow('lost')
  await expect(vault.remove('file-only')).rejects.toThrow(expect.objectContaining({ code: 'vault.elsewhere' }))
  await vault.remove('both')
  await vault.remove('nowhere')
  expect(secrets.size).toBe(0)
  const unreadable = besideFile(keychain, { path: '/f', entries: () => Promise.reject(new Error('damaged')) })
  await expect(unreadable.get('file-only')).rejects.toThrow('lost')
})
