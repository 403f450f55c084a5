/** The key that seals cached sessions: 32 random bytes in the vault, made at first use, one for each store. */
import { randomBytes, randomUUID } from 'node:crypto'
import { isHallpassError } from '#shared/errors.ts'
import type { Store } from '../store/types.ts'
import type { Vault } from '../vault/types.ts'
import { SEAL_KEY_LENGTH } from './seal.ts'

/** The setting that names the vault entry. */
const ENTRY_SETTING = 'sessions.key-entry'

/**
 * Reads the key, making one when there is none or it was lost: sessions sealed with a lost key then count as absent.
 * It is read anew each time, so that a locked vault locks the cached sessions too.
 * @throws `vault.*`
 */
export async function readSessionKey(vault: Vault, store: Store): Promise<Uint8Array> {
  const entry = store.setting(ENTRY_SETTING) ?? nameEntry(store)
  const known = store.vaultIndex.has(entry) ? await readExisting(vault, entry) : undefined
  if (known) return known
  await vault.put(entry, randomBytes(SEAL_KEY_LENGTH).toString('base64'))
  // Another process may have made one at the same moment: whatever rests in the vault now is the one to use.
  const made = await readExisting(vault, entry)
  if (made) return made
  throw new Error('The vault gave back another session key than was stored')
}

/**
 * Stores share the OS keychain, as when HALLPASS_HOME points elsewhere for once, but not this key: the one made last
 * would turn every other store's sessions into noise.
 */
function nameEntry(store: Store): string {
  return store.transaction(() => {
    const named = store.setting(ENTRY_SETTING)
    if (named !== undefined) return named
    const entry = `session-key/${randomUUID()}`
    store.setSetting(ENTRY_SETTING, entry)
    return entry
  })
}

async function readExisting(vault: Vault, entry: string): Promise<Uint8Array | undefined> {
  try {
    const key = Buffer.from(await vault.get(entry), 'base64')
    return key.length === SEAL_KEY_LENGTH ? new Uint8Array(key) : undefined
  } catch (error) {
    if (isHallpassError(error, 'vault.entry-lost')) return undefined
    throw error
  }
}
