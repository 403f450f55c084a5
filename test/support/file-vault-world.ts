/** Vault files in a folder of their own, on a real store, with a key function that is quick. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '#core/store/open-store.ts'
import type { Store } from '#core/store/types.ts'
import { createFileVault, type FileVault, type FileVaultParts, vaultPath } from '#core/vault/file/file-vault.ts'
import { VaultKeys } from '#core/vault/file/keys.ts'

/** The least that a file may ask for: 16 MiB, some hundredths of a second. */
export const QUICK = { N: 2 ** 14, r: 8, p: 1 }
export const PASSPHRASE = 'correct horse battery staple'

export interface FileVaultWorld {
  readonly home: string
  readonly path: string
  readonly store: Store
  /** What another process would have; with the passphrase in its environment unless told otherwise. */
  open(parts?: Partial<FileVaultParts>): FileVault
  end(): void
}

export function createFileVaultWorld(): FileVaultWorld {
  const home = mkdtempSync(join(tmpdir(), 'file-vault-'))
  const store = openStore({ file: join(home, 'hallpass.db') })
  return {
    home,
    path: vaultPath(home),
    store,
    open: (parts = {}) =>
      createFileVault({
        home,
        store,
        keys: new VaultKeys(),
        clock: Date.now,
        passphrase: PASSPHRASE,
        cost: QUICK,
        ...parts,
      }),
    end() {
      store.close()
      rmSync(home, { recursive: true })
    },
  }
}
