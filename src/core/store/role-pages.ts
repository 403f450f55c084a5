/** Roles as the app lists them, in parts: with what a person made of each, in the order the list shows or by name. */
import type { Role } from '#shared/roles.ts'
import type { Settings } from '#shared/settings.ts'
import type { Connection } from './connection.ts'
import { accountFromRow, roleUseFromRow } from './people-tables.ts'
import { ROLE_WIDTH, roleReading } from './reading.ts'
import type { Row, SQLInputValue } from './sqlite.ts'
import type { AccountRecord, RoleUse } from './types.ts'

export interface ListedRole {
  readonly role: Role
  /** Undefined when the person has not named its account. */
  readonly account: AccountRecord | undefined
  /** Undefined when it was neither used nor pinned. */
  readonly use: RoleUse | undefined
}

/** How the list is arranged. */
export type RoleOrder = Pick<Settings, 'groupRolesBy' | 'sortRolesBy'>

export interface RolePages {
  totals(): { readonly roles: number; readonly accounts: number }
  /**
   * The first of the list in that order: pinned ones, then group by group. Where the order depends on what is not in
   * the store, those with a session come first. @param now AWS's time, milliseconds since the epoch
   */
  first(order: RoleOrder, limit: number, now: number): ListedRole[]
  /** By name, ignoring case, those after `name`; from the first with null. */
  after(name: string | null, limit: number): ListedRole[]
  byIds(ids: readonly string[]): ListedRole[]
  /** Ids of an account's roles, at most `limit`. */
  idsOfAccount(accountId: string, limit: number): string[]
  /**
   * Ids of the roles that start from a role or identity, however many lie between, at most `limit`.
   * @param onlyMfa of an identity's, those whose start may send a code
   */
  idsFrom(sourceId: string, limit: number, onlyMfa: boolean): string[]
  /** Keys of the sessions that ended between two moments, in milliseconds. */
  keysExpired(from: number, to: number): string[]
  /** Ids of roles with a session that lives at that moment, at most `limit`. */
  idsLive(now: number, limit: number): string[]
}

/** A session that lives sorts before one that lapsed. Which roles ask for a code is not known here. */
const STATE_RANK = `(SELECT CASE WHEN expires_at > ? THEN 0 ELSE 1 END FROM sessions WHERE key = 'role:' || own.id)`
/** The plus keeps SQLite from walking over all names instead of sorting the few that are wanted. */
const BY_NAME = '+record.name'
const LABEL = 'coalesce(account.name, own.account_id) COLLATE NOCASE, own.account_id'
const ENVIRONMENT = `CASE coalesce(json_extract(own.settings, '$.environment'), account.environment)
  WHEN 'prod' THEN 0 WHEN 'staging' THEN 1 WHEN 'dev' THEN 2 WHEN 'other' THEN 3 ELSE 4 END`
const ORIGINS = `WITH RECURSIVE origin (id, name) AS (
    SELECT id, name FROM records WHERE kind = 'identity'
    UNION SELECT roles.id, origin.name FROM origin JOIN roles ON roles.source_id = origin.id
  )`
const ORIGIN = '(SELECT name FROM origin WHERE origin.id = own.id) COLLATE NOCASE'

export function createRolePages(connection: Connection): RolePages {
  const { select, fromRow } = roleReading(connection)
  const people = `${select.replace(
    /\sFROM /,
    ', account.name, account.environment, used.pinned, used.uses, used.last_used_at FROM ',
  )} LEFT JOIN accounts account ON account.account_id = own.account_id LEFT JOIN role_use used ON used.role_id = own.id`
  const listed = (row: Row): ListedRole => {
    const role = fromRow(row.slice(0, ROLE_WIDTH))
    const [name = null, environment = null, pinned = null, uses = 0, at = null] = row.slice(ROLE_WIDTH)
    return {
      role,
      account: name === null && environment === null ? undefined : accountFromRow([role.accountId, name, environment]),
      use: pinned === null ? undefined : roleUseFromRow([role.id, pinned, uses, at]),
    }
  }
  const read = (sql: string, ...values: SQLInputValue[]) => connection.all(sql, ...values).map(listed)
  const ids = (sql: string, ...values: SQLInputValue[]) => connection.all(sql, ...values).map(([id]) => String(id))

  /** Accounts in the list's order, until they have that many roles: the rest need not be sorted. */
  function firstAccounts(limit: number): string[] {
    const counts = connection.all(
      `SELECT own.account_id, count(*) FROM roles own LEFT JOIN accounts account ON account.account_id = own.account_id
       GROUP BY own.account_id ORDER BY ${LABEL}`,
    )
    let sum = 0
    const end = counts.findIndex(([, count]) => {
      sum += Number(count)
      return sum >= limit
    })
    return counts.slice(0, end < 0 ? undefined : end + 1).map(([accountId]) => String(accountId))
  }

  return {
    totals() {
      const [roles, accounts] =
        connection.get('SELECT sum(count), count(*) FROM (SELECT count(*) count FROM roles GROUP BY account_id)') ?? []
      return { roles: Number(roles), accounts: Number(accounts) }
    },

    first({ groupRolesBy, sortRolesBy }, limit, now) {
      const group = { account: [LABEL], environment: [ENVIRONMENT], source: [ORIGIN], none: [] }[groupRolesBy]
      const sort = {
        name: [],
        account: [LABEL],
        state: [`coalesce(${STATE_RANK}, 2)`],
        recent: ['used.last_used_at DESC'],
      }
      const byName = [...sort[sortRolesBy], BY_NAME]
      const origins = groupRolesBy === 'source' ? ORIGINS : ''
      const moment = sortRolesBy === 'state' ? [now] : []
      const pinned = read(
        `${people} WHERE own.id IN (SELECT role_id FROM role_use WHERE pinned = 1) ORDER BY ${byName.join(', ')} LIMIT ?`,
        ...moment,
        limit,
      )
      const room = limit - pinned.length
      if (room <= 0) return pinned
      const near = groupRolesBy === 'account' ? firstAccounts(limit) : []
      const where = near.length > 0 ? `AND own.account_id IN (${near.map(() => '?').join(', ')})` : ''
      return [
        ...pinned,
        ...read(
          `${origins} ${people} WHERE (used.pinned IS NULL OR used.pinned = 0) ${where}
           ORDER BY ${[...group, ...byName].join(', ')} LIMIT ?`,
          ...near,
          ...moment,
          room,
        ),
      ]
    },

    after: (name, limit) =>
      read(`${people} WHERE record.kind = 'role' AND record.name > ? ORDER BY record.name LIMIT ?`, name ?? '', limit),

    byIds: (wanted) => wanted.flatMap((id) => read(`${people} WHERE own.id = ?`, id)),

    idsOfAccount: (accountId, limit) => ids('SELECT id FROM roles WHERE account_id = ? LIMIT ?', accountId, limit),

    idsFrom: (sourceId, limit, onlyMfa) =>
      ids(
        // UNION, so that roles which lead back to each other come to an end.
        `WITH RECURSIVE walk (id, mfa) AS (
           SELECT id, json_extract(settings, '$.mfa') FROM roles WHERE source_id = ?
           UNION SELECT roles.id, max(walk.mfa, json_extract(roles.settings, '$.mfa'))
             FROM walk JOIN roles ON roles.source_id = walk.id
         ) SELECT DISTINCT id FROM walk WHERE mfa >= ? LIMIT ?`,
        sourceId,
        onlyMfa ? 1 : 0,
        limit,
      ),

    keysExpired: (from, to) => ids('SELECT key FROM sessions WHERE expires_at > ? AND expires_at <= ?', from, to),

    idsLive: (now, limit) =>
      ids(
        `SELECT own.id FROM sessions CROSS JOIN roles own ON own.id = substr(sessions.key, 6)
         WHERE sessions.key GLOB 'role:*' AND expires_at > ? LIMIT ?`,
        now,
        limit,
      ),
  }
}
