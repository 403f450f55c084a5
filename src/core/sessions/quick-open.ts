/** The part of the quick look that needs cryptography, which takes a while to load. */
import type { SessionCredentials } from '#shared/sessions.ts'
import { createAwsClock } from '../aws/aws-clock.ts'
import type { Env } from '../aws/endpoints.ts'
import { CLOCK_SETTING } from '../clock-setting.ts'
import type { Target } from '../names.ts'
import type { StorePeek } from '../store/peek.ts'
import { SessionCache } from './cache.ts'
import { chainWantsMfa, resolveChain } from './chain.ts'

/**
 * @returns a function that opens the session with the sealing key, `undefined` where no live one answers for the target
 * @throws `chain.*` and the like where the engine would
 */
export function findSession(
  store: StorePeek,
  target: Target,
  env: Env,
): ((sealKey: Uint8Array) => SessionCredentials | undefined) | undefined {
  const chain = resolveChain(store, target)
  const mfa = chainWantsMfa(chain)
  const clock = createAwsClock({ local: Date.now, load: () => store.setting(CLOCK_SETTING), save: () => {} })
  const sessions = { get: store.session, put: () => {}, remove: () => false }
  const cache = new SessionCache({ sessions }, env, clock.now)
  if (!cache.peek(chain, mfa)) return undefined
  return (sealKey) => {
    const session = cache.read(sealKey, chain, mfa)
    return session && cache.isFresh(session) ? session.credentials : undefined
  }
}
