/** The key that seals cached sessions: 32 random bytes in the vault, made at first use, one for each store. */
import { randomBytes, randomUUID } from 'node:crypto'
import { isHallpassError } from '#shared/errors.ts'
import type { Store } from '../store/types.ts'
import type { Vault } from '../vault/types.ts'
import { existingSessionKey, KEY_ENTRY_SETTING, SEAL_KEY_LENGTH } from './session-key-entry.ts'

/**
 * Reads the key, making one when there is none or it was lost: sessions sealed with a lost key then count as absent.
 * It is read anew each time, so that a locked vault locks the cached sessions too.
 * @throws `vault.*`
 */
export async function readSessionKey(vault: Vault, store: Store): Promise<Uint8Array> {
  return (await existingSessionKey(vault, store)) ?? makeKey(vault, store, store.setting(KEY_ENTRY_SETTING))
}

/**
 * Processes that start at the same moment each put a key into an entry of its own, and the store decides in one
 * transaction whose counts: no two of them ever write the same entry.
 */
async function makeKey(vault: Vault, store: Store, lost: string | undefined): Promise<Uint8Array> {
  const key = randomBytes(SEAL_KEY_LENGTH)
  const entry = `session-key/${randomUUID()}`
  await vault.put(entry, key.toString('base64'))
  const chosen = store.transaction(() => {
    const named = store.setting(KEY_ENTRY_SETTING)
    if (named !== undefined && named !== lost) return named
    store.setSetting(KEY_ENTRY_SETTING, entry)
    return entry
  })
  if (chosen === entry) {
    if (lost !== undefined) await removeHere(vault, lost)
    return new Uint8Array(key)
  }
  await vault.remove(entry)
  return readSessionKey(vault, store)
}

/**
 * Replaces the key. Every session sealed with the old one is wiped, also one that another process seals with it just
 * now: it can't be opened again.
 * @throws `vault.*`; then the old key and its sessions are still there
 */
export async function rotateSessionKey(vault: Vault, store: Store): Promise<void> {
  const key = randomBytes(SEAL_KEY_LENGTH)
  const entry = `session-key/${randomUUID()}`
  await vault.put(entry, key.toString('base64'))
  const old = store.transaction(() => {
    const named = store.setting(KEY_ENTRY_SETTING)
    store.setSetting(KEY_ENTRY_SETTING, entry)
    for (const session of store.sessions.list()) store.sessions.remove(session.key)
    return named
  })
  if (old !== undefined) await removeHere(vault, old)
}

/** A key in a vault that is not in use now has nothing left to seal. */
async function removeHere(vault: Vault, entry: string): Promise<void> {
  try {
    await vault.remove(entry)
  } catch (error) {
    if (!isHallpassError(error, 'vault.elsewhere')) throw error
  }
}
