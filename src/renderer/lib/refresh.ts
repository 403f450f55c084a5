import type { Query, QueryClient } from '@tanstack/react-query'

/** What main tells of by an event of its own, when it has changed. */
export const BREAKGLASS = ['breakglass.list'] as const

/** Asks everything again and waits for the answers. */
export function refreshAll(client: QueryClient): Promise<void> {
  return askAgain(client, () => true)
}

/** The same for all but break-glass, of which main says itself that it has changed; unless its last answer failed. */
export function refreshLists(client: QueryClient): Promise<void> {
  return askAgain(client, ({ queryKey, state }) => queryKey[0] !== BREAKGLASS[0] || state.status === 'error')
}

/** Break-glass alone. */
export function refreshBreakGlass(client: QueryClient): Promise<void> {
  return askAgain(client, ({ queryKey }) => queryKey[0] === BREAKGLASS[0])
}

/**
 * A first answer still under way may be older than the change that is the reason for asking, and would otherwise be
 * taken for the new one: it is dropped.
 */
async function askAgain(client: QueryClient, predicate: (query: Query) => boolean): Promise<void> {
  await client.cancelQueries({ predicate: (query) => query.state.data === undefined && predicate(query) })
  await client.invalidateQueries({ predicate })
}
