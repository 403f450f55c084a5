/** What people call accounts and how they use roles, as records. */
import { environmentField } from '#shared/fields.ts'
import type { Connection } from './connection.ts'
import { textOrNull } from './reading.ts'
import type { Row } from './sqlite.ts'
import type { AccountRecord, AccountTable, RoleUse, RoleUseTable } from './types.ts'

export function createAccountTable(connection: Connection): AccountTable {
  const select = 'SELECT account_id, name, environment, by_hand FROM accounts'
  return {
    list: () => connection.all(`${select} ORDER BY account_id`).map(accountFromRow),
    get: (accountId) => connection.all(`${select} WHERE account_id = ?`, accountId).map(accountFromRow)[0],
    put: ({ accountId, name, environment, byHand }) =>
      void connection.run(
        'INSERT OR REPLACE INTO accounts (account_id, name, environment, by_hand) VALUES (?, ?, ?, ?)',
        accountId,
        name,
        environment,
        byHand ? 1 : 0,
      ),
  }
}

export function accountFromRow([accountId, name, environment, byHand]: Row): AccountRecord {
  const known = environmentField.safeParse(environment)
  return {
    accountId: String(accountId),
    name: textOrNull(name),
    environment: known.success ? known.data : null,
    ...(byHand === 1 ? { byHand: true } : {}),
  }
}

export function createRoleUseTable(connection: Connection): RoleUseTable {
  const select = 'SELECT role_id, pinned, uses, last_used_at FROM role_use'
  return {
    list: () => connection.all(`${select} ORDER BY role_id`).map(roleUseFromRow),
    get: (roleId) => connection.all(`${select} WHERE role_id = ?`, roleId).map(roleUseFromRow)[0],
    pin: (roleId, pinned) =>
      void connection.run(
        'INSERT INTO role_use (role_id, pinned) VALUES (?, ?) ON CONFLICT (role_id) DO UPDATE SET pinned = excluded.pinned',
        roleId,
        pinned ? 1 : 0,
      ),
    note: (roleId, at) =>
      void connection.run(
        `INSERT INTO role_use (role_id, uses, last_used_at) VALUES (?, 1, ?)
         ON CONFLICT (role_id) DO UPDATE SET uses = uses + 1, last_used_at = excluded.last_used_at`,
        roleId,
        at,
      ),
  }
}

export function roleUseFromRow([roleId, pinned, uses, at]: Row): RoleUse {
  return {
    roleId: String(roleId),
    pinned: pinned === 1,
    uses: Number(uses),
    lastUsedAt: at === null ? null : Number(at),
  }
}
