import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { KeychainBackend } from '#core/vault/keychain-backend.ts'
import { splitLongValues } from '#core/vault/split-values.ts'

/** Credential Manager as keytar shows it: 2,560 bytes at most. `crashAt` fails the n-th change and all later ones. */
function createCredentialManager(entries = new Map<string, string>(), crashAt = Number.POSITIVE_INFINITY) {
  let changes = 0
  const change = () => {
    changes += 1
    if (changes >= crashAt) throw new Error('crash')
  }
  const backend: KeychainBackend = {
    get: async (account) => entries.get(account) ?? null,
    set: async (account, value) => {
      if (Buffer.byteLength(value) > 2560) throw new Error('The stub received bad data.')
      change()
      entries.set(account, value)
    },
    delete: async (account) => {
      change()
      return entries.delete(account)
    },
  }
  return { entries, backend: splitLongValues(backend) }
}

const value = fc.oneof(
  fc.string({ unit: 'binary', minLength: 1, maxLength: 20 }),
  fc.string({ unit: 'binary', minLength: 600, maxLength: 4000 }),
  fc.constantFrom('x'.repeat(2560), 'x'.repeat(2561), 'é'.repeat(1281), 'hallpass-parts:00000000:2'),
)

describe('splitLongValues', () => {
  test('whatever is stored comes back, and nothing is left after removal', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(value, { minLength: 1, maxLength: 4 }), async (values) => {
        const { entries, backend } = createCredentialManager()
        for (const each of values) {
          await backend.set('a/b', each)
          expect(await backend.get('a/b')).toBe(each)
        }
        expect(await backend.delete('a/b')).toBe(true)
        expect([...entries.keys()]).toEqual([])
        expect(await backend.delete('a/b')).toBe(false)
      }),
      { numRuns: 50 },
    )
  })

  test('a crash at any moment of a change leaves the old value or the new one', async () => {
    await fc.assert(
      fc.asyncProperty(value, value, fc.integer({ min: 1, max: 12 }), async (old, next, crashAt) => {
        const { entries, backend } = createCredentialManager()
        await backend.set('a/b', old)
        const crashing = createCredentialManager(entries, crashAt).backend
        await crashing.set('a/b', next).catch(() => undefined)
        expect([old, next]).toContain(await backend.get('a/b'))
      }),
      { numRuns: 200 },
    )
  })

  test('a value with a part missing counts as gone', async () => {
    const { entries, backend } = createCredentialManager()
    await backend.set('a/b', 'x'.repeat(6000))
    expect(entries.size).toBe(4)
    for (const name of entries.keys()) if (name.endsWith('.1')) entries.delete(name)
    expect(await backend.get('a/b')).toBeNull()
  })
})
