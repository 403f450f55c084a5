/**
 * Which secrets should be in the vault file. They are on the store's list of all secrets, and marked there as the
 * file's; so a secret that is in the keychain is told from one that was lost with a file.
 */
import type { VaultIndex } from '../../store/types.ts'

const MARK = 'file:'

export interface FileIndex {
  /** Whether Hallpass stored it, and in another vault. */
  isElsewhere(entry: string): boolean
  add(entry: string): void
  remove(entry: string): void
  /** @param inFile names of what is there */
  count(inFile: ReadonlySet<string>): { readonly elsewhere: number; readonly lost: number }
}

export function createFileIndex(index: VaultIndex): FileIndex {
  const isElsewhere = (entry: string) => index.has(entry) && !index.has(MARK + entry)
  return {
    isElsewhere,
    add(entry) {
      for (const name of [entry, MARK + entry]) if (!index.has(name)) index.add(name)
    },
    remove(entry) {
      for (const name of [entry, MARK + entry]) if (index.has(name)) index.remove(name)
    },
    count(inFile) {
      const missing = index.list().filter((name) => !name.startsWith(MARK) && !inFile.has(name))
      const elsewhere = missing.filter(isElsewhere).length
      return { elsewhere, lost: missing.length - elsewhere }
    },
  }
}
