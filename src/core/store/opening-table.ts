/** Which openings of sealed credentials there are, so that all processes show the same and any of them can end all. */
import type { Connection } from './connection.ts'
import type { OpeningTable } from './types.ts'

export function createOpeningTable(connection: Connection): OpeningTable {
  return {
    has: (id) => connection.get('SELECT 1 FROM openings WHERE id = ?', id) !== undefined,
    untilOf(sealedId) {
      const select = 'SELECT until FROM openings WHERE sealed_id = ? ORDER BY until DESC LIMIT 1'
      const row = connection.get(select, sealedId)
      return row ? String(row[0]) : null
    },
    add: (id, sealedId, until) =>
      void connection.run('INSERT INTO openings (id, sealed_id, until) VALUES (?, ?, ?)', id, sealedId, until),
    remove: (id) => void connection.run('DELETE FROM openings WHERE id = ?', id),
    removeOf: (sealedId) => connection.run('DELETE FROM openings WHERE sealed_id = ?', sealedId),
  }
}
