/** Sessions of settings that are no more: of a role that was edited, or that starts from one that was. */
import { isHallpassError } from '#shared/errors.ts'
import { targetByKey } from '../names.ts'
import type { Store } from '../store/types.ts'
import type { SessionCache } from './cache.ts'
import { resolveChain } from './chain.ts'

/** The keys of stored sessions that nobody would be given any more. */
export function staleKeys(store: Store, cache: SessionCache): string[] {
  return store.sessions
    .list()
    .map(({ key }) => key)
    .filter((key) => {
      const target = targetByKey(store, key)
      if (!target) return true
      try {
        return cache.peek(resolveChain(store, target), false) === undefined
      } catch (error) {
        if (isHallpassError(error)) return true
        throw error
      }
    })
}
