/**
 * The outermost edge of the vault: the OS keychain as three calls. `findCredentials` is deliberately absent: against
 * a locked collection of the Secret Service it crashes the process.
 */
import { createRequire } from 'node:module'
import { classifyVaultError } from './vault-errors.ts'

export interface KeychainBackend {
  /** The value, or null. On Linux null also stands for an entry in a locked collection. */
  get(account: string): Promise<string | null>
  set(account: string, value: string): Promise<void>
  /** Whether there was one to delete. On Linux also false when the collection is locked. */
  delete(account: string): Promise<boolean>
}

/**
 * keytar, loaded on first use so that commands which need no secret never touch the keychain library.
 * @throws `vault.no-library` when the native part can't be loaded
 */
export async function loadKeytar(service: string, platform: NodeJS.Platform): Promise<KeychainBackend> {
  try {
    // Not an import: for the sake of one CommonJS module, that would set up Node's loader of the other kind.
    const keytar = createRequire(import.meta.url)('keytar') as typeof import('keytar')
    return {
      get: (account) => keytar.getPassword(service, account),
      set: (account, value) => keytar.setPassword(service, account, value),
      delete: (account) => keytar.deletePassword(service, account),
    }
  } catch (error) {
    throw classifyVaultError(error, platform)
  }
}
