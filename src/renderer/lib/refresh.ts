import type { QueryClient } from '@tanstack/react-query'

/**
 * Asks everything again and waits for the answers. A first answer still under way may be older than the change that
 * is the reason for asking, and would otherwise be taken for the new one: it is dropped.
 */
export async function refreshAll(client: QueryClient): Promise<void> {
  await client.cancelQueries({ predicate: ({ state }) => state.data === undefined })
  await client.invalidateQueries()
}
