/**
 * Hands out a session that is in the cache and fresh, loading no more than that takes: AWS tools run a process for it,
 * again and again, and wait. Whatever else the case may be is for the session engine.
 */
import { join } from 'node:path'
import type { SessionCredentials } from '#shared/models.ts'
import { createAwsClock } from '../aws/aws-clock.ts'
import type { Env } from '../aws/endpoints.ts'
import { CLOCK_SETTING } from '../clock-setting.ts'
import { targetNamed } from '../names.ts'
import { stateFolder } from '../state-folder.ts'
import { peekStore, type StorePeek } from '../store/peek.ts'
import { openVault } from '../vault/open-vault.ts'
import { SessionCache } from './cache.ts'
import { chainWantsMfa, resolveChain } from './chain.ts'
import { existingSessionKey } from './session-key.ts'

/**
 * @returns `undefined` when there is no such session, or anything is out of the ordinary: then open Hallpass and ask
 * @throws `vault.*`: the keychain refused, or its person did, and asking once more would not help
 */
export async function lookUpQuickly(name: string, env: Env): Promise<SessionCredentials | undefined> {
  if (env.HALLPASS_VAULT && env.HALLPASS_VAULT !== 'keychain') return undefined
  const store = attempt(() => peekStore(join(stateFolder(env), 'hallpass.db')))
  if (!store) return undefined
  try {
    const found = attempt(() => findRow(store, name, env))
    if (!found) return undefined
    const index = { has: store.hasVaultEntry, add: () => {}, remove: () => {}, list: () => [] }
    const sealKey = await existingSessionKey(openVault({ index }), store)
    const session = sealKey && found.cache.read(sealKey, found.chain, found.mfa)
    return session && found.cache.isFresh(session) ? session.credentials : undefined
  } finally {
    store.close()
  }
}

function findRow(store: StorePeek, name: string, env: Env) {
  const target = targetNamed(store, name)
  if (!target) return undefined
  const chain = resolveChain(store, target)
  const mfa = chainWantsMfa(chain)
  const clock = createAwsClock({ local: Date.now, load: () => store.setting(CLOCK_SETTING), save: () => {} })
  const sessions = { get: store.session, put: () => {}, remove: () => false }
  const cache = new SessionCache({ sessions }, env, clock.now)
  // Before the keychain is asked, which takes most of the time.
  return (cache.peek(chain, mfa)?.expiresAt ?? 0) > clock.now() ? { cache, chain, mfa } : undefined
}

/** What fails here is met again, and explained, by those who do it properly. */
function attempt<T>(work: () => T): T | undefined {
  try {
    return work()
  } catch {
    return undefined
  }
}
