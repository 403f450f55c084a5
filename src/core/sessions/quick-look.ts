/**
 * Hands out a session that is in the cache and fresh, loading no more than that takes: AWS tools run a process for it,
 * again and again, and wait. Whatever else the case may be is for the session engine.
 */
import { join } from 'node:path'
import type { SessionCredentials } from '#shared/sessions.ts'
import type { Env } from '../aws/endpoints.ts'
import { type Target, targetNamed } from '../names.ts'
import { stateFolder } from '../state-folder.ts'
import { peekStore, type StorePeek } from '../store/peek.ts'
import { chooseVault, VAULT_SETTING } from '../vault/choice.ts'
import { openVault } from '../vault/open-vault.ts'
import { existingSessionKey } from './session-key-entry.ts'

export interface QuickSession {
  readonly target: Target
  readonly credentials: SessionCredentials
}

/**
 * @returns `undefined` when there is no such session, or anything is out of the ordinary: then open Hallpass and ask
 * @throws `vault.*`: the keychain refused, or its person did, and asking once more would not help
 */
export async function lookUpQuickly(name: string, env: Env): Promise<QuickSession | undefined> {
  const store = attempt(() => peekStore(join(stateFolder(env), 'hallpass.db')))
  if (!store) return undefined
  try {
    // What opening an encrypted file takes is not quick.
    const choice = attempt(() => chooseVault(env.HALLPASS_VAULT, store.setting(VAULT_SETTING)))
    if (choice?.kind !== 'keychain') return undefined
    const target = attempt(() => targetNamed(store, name))
    if (!target || attempt(() => store.session(target.key)) === undefined) return undefined
    const credentials = await openQuickly(store, target, env)
    return credentials && { target, credentials }
  } finally {
    store.close()
  }
}

async function openQuickly(store: StorePeek, target: Target, env: Env): Promise<SessionCredentials | undefined> {
  const index = { has: store.hasVaultEntry, add: () => {}, remove: () => {}, list: () => [] }
  const key = existingSessionKey(openVault({ index }), store)
  // Awaited below; a failure before that is not unheard of.
  key.catch(() => {})
  // The keychain's answer takes as long as loading what is to be done with it: both at once.
  await new Promise((resolve) => setImmediate(resolve))
  const { findSession } = await import('./quick-open.ts')
  const open = attempt(() => findSession(store, target, env))
  if (!open) return undefined
  const sealKey = await key
  return sealKey && attempt(() => open(sealKey))
}

/** What fails here is met again, and explained, by those who do it properly. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}
