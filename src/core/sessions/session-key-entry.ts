/** Where the key that seals sessions is, and reading it. Apart from making one, which needs more to be loaded. */
import { isHallpassError } from '#shared/errors.ts'
import type { Vault } from '../vault/types.ts'

/** Bytes of the sealing key. */
export const SEAL_KEY_LENGTH = 32

/**
 * The setting that names the vault entry. Stores share the OS keychain, as when HALLPASS_HOME points elsewhere for
 * once, but not this key: the one made last would turn every other store's sessions into noise.
 */
export const KEY_ENTRY_SETTING = 'sessions.key-entry'

/**
 * Reads the key and makes none.
 * @returns `undefined` when none was made yet, or it was lost
 * @throws `vault.*`
 */
export async function existingSessionKey(
  vault: Pick<Vault, 'get'>,
  store: { setting(key: string): string | undefined },
): Promise<Uint8Array | undefined> {
  const entry = store.setting(KEY_ENTRY_SETTING)
  if (entry === undefined) return undefined
  try {
    const key = Buffer.from(await vault.get(entry), 'base64')
    return key.length === SEAL_KEY_LENGTH ? new Uint8Array(key) : undefined
  } catch (error) {
    // What another vault seals is lost to this one.
    if (isHallpassError(error, 'vault.entry-lost') || isHallpassError(error, 'vault.elsewhere')) return undefined
    throw error
  }
}
