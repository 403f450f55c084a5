/** Changes of records that something outside the store has to follow. */
import type { NamedTable } from './store/types.ts'

/**
 * Replaces a record and does what follows from it. When that fails, the record is what it was.
 * @throws `name.taken`, and what `follow` throws
 */
export async function updateOrRevert<T extends { id: string; name: string }>(
  table: NamedTable<T>,
  before: T,
  after: T,
  follow: () => Promise<void>,
): Promise<void> {
  table.update(after)
  try {
    await follow()
  } catch (error) {
    table.update(before)
    throw error
  }
}
