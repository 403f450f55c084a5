/** Entries of other programs in the OS keychain, read and never changed: for moving in from them. */
import { isHallpassError } from '#shared/errors.ts'
import type { VaultIndex } from '../store/types.ts'
import { openVault } from './open-vault.ts'
import type { Vault } from './types.ts'

/**
 * @param command see `VaultOptions`
 * @returns a reader of one entry, by service and account; null when there is none. It throws `vault.*` while the keychain
 *   is locked or out of reach.
 */
export function createForeignSecrets(
  command: readonly string[],
): (service: string, account: string) => Promise<string | null> {
  const vaults = new Map<string, Vault>()
  return async (service, account) => {
    const vault = vaults.get(service) ?? openVault({ index: forgetful(), service, command })
    vaults.set(service, vault)
    try {
      return await vault.get(account)
    } catch (error) {
      if (isHallpassError(error, 'vault.entry-lost')) return null
      throw error
    }
  }
}

/** What is not Hallpass's is on no list of its own. */
function forgetful(): VaultIndex {
  return { has: () => false, add: () => undefined, remove: () => undefined, list: () => [] }
}
