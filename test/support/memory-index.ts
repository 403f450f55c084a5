/** A vault index that lasts as long as the test. */
import type { VaultIndex } from '#core/store/types.ts'

export function createMemoryIndex(): VaultIndex {
  const entries = new Set<string>()
  return {
    has: (entry) => entries.has(entry),
    add: (entry) => void entries.add(entry),
    remove: (entry) => void entries.delete(entry),
    list: () => [...entries].sort(),
  }
}
