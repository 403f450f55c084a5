/** Sealed tokens of Identity Center as records. */
import type { Connection } from './connection.ts'
import type { Row } from './sqlite.ts'
import type { CenterTokenTable, SealedToken } from './types.ts'

export function createCenterTokenTable(connection: Connection): CenterTokenTable {
  const select = 'SELECT identity_id, sealed, expires_at, renewable FROM center_tokens WHERE identity_id = ?'
  return {
    get: (identityId) => connection.all(select, identityId).map(fromRow)[0],
    put: ({ identityId, sealed, expiresAt, renewable }) =>
      void connection.run(
        'INSERT OR REPLACE INTO center_tokens (identity_id, sealed, expires_at, renewable) VALUES (?, ?, ?, ?)',
        identityId,
        sealed,
        expiresAt,
        renewable ? 1 : 0,
      ),
    remove: (identityId) => void connection.run('DELETE FROM center_tokens WHERE identity_id = ?', identityId),
  }
}

function fromRow([identityId, sealed, expiresAt, renewable]: Row): SealedToken {
  return {
    identityId: String(identityId),
    sealed: sealed instanceof Uint8Array ? sealed : new Uint8Array(),
    expiresAt: Number(expiresAt),
    renewable: renewable === 1,
  }
}
