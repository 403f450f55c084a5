/** The store's tables as records. Records are checked when they are written; reading (reading.ts) trusts them. */
import { HallpassError } from '#shared/errors.ts'
import { type Identity, identitySchema } from '#shared/identities.ts'
import { type Role, roleSchema } from '#shared/roles.ts'
import type { Connection } from './connection.ts'
import {
  createNamedReader,
  identityReading,
  parseJson,
  type Reading,
  readSession,
  roleReading,
  SESSION_SELECT,
  sessionFromRow,
  textOrNull,
} from './reading.ts'
import { brokenConstraint, type Row, type SQLInputValue } from './sqlite.ts'
import type {
  AdoptionRecord,
  NamedTable,
  OwnedProfileRecord,
  OwnedProfileTable,
  RoleTable,
  SealedSessionTable,
  VaultIndex,
} from './types.ts'

type Kind = 'identity' | 'role'
type Named = { id: string; name: string }

/** What a named table adds to the shared part in `records`. */
interface Layout<T> extends Reading<T> {
  readonly kind: Kind
  readonly table: string
  /** Checks the record. @returns its values in the order of `columns` */
  readonly toValues: (record: T) => SQLInputValue[]
}

function createNamedTable<T extends Named>(connection: Connection, layout: Layout<T>): NamedTable<T> {
  const { kind, table, columns, select, fromRow, toValues } = layout
  const write = (record: T, work: () => void) => {
    try {
      connection.transaction(work)
      connection.noteRecordChange()
    } catch (error) {
      throw explainConstraint(error, record.name)
    }
  }
  return {
    list: () => connection.all(`${select} ORDER BY record.name`).map(fromRow),
    ...createNamedReader(connection, layout),
    insert(record) {
      const values = toValues(record)
      write(record, () => {
        connection.run('INSERT INTO records (id, kind, name) VALUES (?, ?, ?)', record.id, kind, record.name)
        const marks = columns.map(() => '?').join(', ')
        connection.run(`INSERT INTO ${table} (id, ${columns.join(', ')}) VALUES (?, ${marks})`, record.id, ...values)
      })
    },
    update(record) {
      const values = toValues(record)
      write(record, () => {
        const found = connection.run(
          'UPDATE records SET name = ? WHERE id = ? AND kind = ?',
          record.name,
          record.id,
          kind,
        )
        if (found === 0)
          throw new HallpassError(`${kind}.not-found`, `“${record.name}” is no longer there: it was removed meanwhile.`)
        connection.run(
          `UPDATE ${table} SET ${columns.map((name) => `${name} = ?`).join(', ')} WHERE id = ?`,
          ...values,
          record.id,
        )
      })
    },
    remove(id) {
      try {
        connection.run('DELETE FROM records WHERE id = ? AND kind = ?', id, kind)
        connection.noteRecordChange()
      } catch (error) {
        if (brokenConstraint(error) !== 'foreign-key') throw error
        throw new HallpassError('record.in-use', 'Roles are still assumed from it.', {
          hint: 'Remove those roles, or give them another source, first.',
        })
      }
    },
  }
}

function explainConstraint(error: unknown, name: string): unknown {
  switch (brokenConstraint(error)) {
    case 'unique':
      return new HallpassError('name.taken', `There already is an identity or a role named “${name}”.`, {
        hint: 'Choose another name. Capitals make no difference.',
      })
    case 'foreign-key':
      return new HallpassError('input.invalid', `What “${name}” is to be assumed from is not there.`, {
        hint: 'Choose an identity or a role that exists.',
      })
    case 'other':
      return new HallpassError('input.invalid', `The record “${name}” is not complete.`)
    case undefined:
      return error
  }
}

/** Checks a record against its schema before it is written. */
function check<T>(schema: { safeParse(value: unknown): { success: boolean; data?: T | undefined } }, record: Named): T {
  const { success, data } = schema.safeParse(record)
  if (!success || data === undefined)
    throw new HallpassError('input.invalid', `The record “${record.name}” can’t be stored: a field of it is not valid.`)
  return data
}

export function createIdentityTable(connection: Connection): NamedTable<Identity> {
  return createNamedTable(connection, {
    kind: 'identity',
    table: 'identities',
    ...identityReading(connection),
    toValues(record) {
      const it = check(identitySchema, record)
      const { kind, accountId, userArn, mfaSerial, region, verified, verifiedAt, createdAt } = it
      const keyId = kind === 'access-key' ? it.accessKeyId : ''
      const own = [kind, keyId, accountId, userArn, mfaSerial, region, verified ? 1 : 0, verifiedAt, createdAt]
      return [...own, JSON.stringify(factsOf(it))]
    },
  })
}

/** What only identities of its kind have, but for a key's id, which has a column. */
function factsOf(identity: Identity): object {
  switch (identity.kind) {
    case 'access-key':
      return {}
    case 'identity-center':
      return { startUrl: identity.startUrl, ssoRegion: identity.ssoRegion, cliSession: identity.cliSession }
    case 'aws-profile':
      return { profile: identity.profile }
  }
}

export function createRoleTable(connection: Connection): RoleTable {
  const table = createNamedTable<Role>(connection, {
    kind: 'role',
    table: 'roles',
    ...roleReading(connection),
    toValues(record) {
      const { arn, accountId, partition, path, roleName, source, settings, createdAt } = check(roleSchema, record)
      return [arn, accountId, partition, path, roleName, source.id, JSON.stringify(settings), createdAt]
    },
  })
  const { select, fromRow } = roleReading(connection)
  return {
    ...table,
    bySource: (id) => connection.all(`${select} WHERE own.source_id = ? ORDER BY record.name`, id).map(fromRow),
    hasOtherWithMfa: (identityId, roleId, maximumSeconds) =>
      connection.get(
        `SELECT 1 FROM roles WHERE source_id = ? AND id <> ? AND json_extract(settings, '$.mfa')
          AND coalesce(json_extract(settings, '$.durationSeconds'), 3600) <= ? LIMIT 1`,
        identityId,
        roleId,
        maximumSeconds,
      ) !== undefined,
    countByAccount: () =>
      new Map(
        connection
          .all('SELECT account_id, count(*) FROM roles GROUP BY account_id')
          .map(([accountId, count]) => [String(accountId), Number(count)]),
      ),
  }
}

export function createSessionTable(connection: Connection): SealedSessionTable {
  return {
    get: (key) => readSession(connection, key),
    list: () => connection.all(`${SESSION_SELECT} ORDER BY key`).map(sessionFromRow),
    put({ key, fingerprint, sealed, accessKeyId, assumedRoleArn, obtainedAt, expiresAt }) {
      const values = [
        key,
        fingerprint,
        sealed,
        accessKeyId,
        assumedRoleArn,
        Math.floor(obtainedAt),
        Math.floor(expiresAt),
      ]
      connection.run(
        'INSERT OR REPLACE INTO sessions (key, fingerprint, sealed, access_key_id, assumed_role_arn, obtained_at, expires_at) VALUES (?, ?, ?, ?, ?, ?, ?)',
        ...values,
      )
    },
    remove: (key) => connection.run('DELETE FROM sessions WHERE key = ?', key) > 0,
  }
}

export function createProfileTable(connection: Connection): OwnedProfileTable {
  const select = 'SELECT profile, config_file, target, mode, credentials_file, written_at, adopted FROM profiles'
  const fromRow = ([
    profile,
    configFile,
    target,
    mode,
    credentialsFile,
    writtenAt,
    adopted,
  ]: Row): OwnedProfileRecord => ({
    profile: String(profile),
    target: String(target),
    mode: mode === 'static' ? 'static' : 'process',
    configFile: String(configFile),
    credentialsFile: textOrNull(credentialsFile),
    writtenAt: String(writtenAt),
    ...(typeof adopted === 'string' ? { adopted: parseJson<AdoptionRecord>(connection, adopted, 'entry') } : {}),
  })
  return {
    together: (work) => connection.transaction(work),
    list: () => connection.all(`${select} ORDER BY profile, config_file`).map(fromRow),
    get(profile, configFile) {
      const row = connection.get(`${select} WHERE profile = ? AND config_file = ?`, profile, configFile)
      return row && fromRow(row)
    },
    put({ profile, configFile, target, mode, credentialsFile, writtenAt, adopted }) {
      const values = [profile, configFile, target, mode, credentialsFile, writtenAt]
      connection.run(
        'INSERT OR REPLACE INTO profiles (profile, config_file, target, mode, credentials_file, written_at, adopted) VALUES (?, ?, ?, ?, ?, ?, ?)',
        ...values,
        adopted ? JSON.stringify(adopted) : null,
      )
    },
    remove(profile, configFile) {
      connection.run('DELETE FROM profiles WHERE profile = ? AND config_file = ?', profile, configFile)
    },
  }
}

export function createVaultIndex(connection: Connection): VaultIndex {
  return {
    has: (entry) => connection.get('SELECT 1 FROM vault_index WHERE entry = ?', entry) !== undefined,
    add(entry) {
      connection.run('INSERT OR IGNORE INTO vault_index VALUES (?)', entry)
      connection.noteRecordChange()
    },
    remove(entry) {
      connection.run('DELETE FROM vault_index WHERE entry = ?', entry)
      connection.noteRecordChange()
    },
    list: () => connection.all('SELECT entry FROM vault_index ORDER BY entry').map(([entry]) => String(entry)),
  }
}
