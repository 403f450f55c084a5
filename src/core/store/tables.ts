/**
 * The store's tables as records. Records are checked when they are written; reading trusts them, except that settings
 * which are no JSON count as damage.
 */
import { HallpassError } from '#shared/errors.ts'
import { type Identity, identitySchema, type Role, roleSchema } from '#shared/models.ts'
import type { Connection } from './connection.ts'
import { brokenConstraint, damagedError, type Row, type SQLInputValue } from './sqlite.ts'
import type {
  NamedTable,
  OwnedProfileRecord,
  OwnedProfileTable,
  RoleTable,
  SealedSession,
  SealedSessionTable,
  VaultIndex,
} from './types.ts'

type Kind = 'identity' | 'role'
type Named = { id: string; name: string }

/** What a named table adds to the shared part in `records`. */
interface Layout<T> {
  readonly kind: Kind
  readonly table: string
  readonly columns: readonly string[]
  readonly select: string
  readonly fromRow: (row: Row) => T
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
  const one = (row: Row | undefined) => (row === undefined ? undefined : fromRow(row))
  return {
    list: () => connection.all(`${select} ORDER BY record.name`).map(fromRow),
    byId: (id) => one(connection.get(`${select} WHERE record.id = ?`, id)),
    byName: (name) => one(connection.get(`${select} WHERE record.name = ?`, name)),
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

const textOrNull = (value: SQLInputValue | undefined) => (value === null ? null : String(value))

export function createIdentityTable(connection: Connection): NamedTable<Identity> {
  const columns = [
    'kind',
    'access_key_id',
    'account_id',
    'user_arn',
    'mfa_serial',
    'region',
    'verified',
    'verified_at',
    'created_at',
  ]
  return createNamedTable(connection, {
    kind: 'identity',
    table: 'identities',
    columns,
    select: `SELECT own.id, record.name, ${columns.map((column) => `own.${column}`).join(', ')}
      FROM identities own JOIN records record ON record.id = own.id`,
    fromRow: ([id, name, _kind, keyId, accountId, userArn, mfaSerial, region, verified, verifiedAt, createdAt]) => ({
      id: String(id),
      name: String(name),
      kind: 'access-key',
      accessKeyId: String(keyId),
      accountId: textOrNull(accountId),
      userArn: textOrNull(userArn),
      mfaSerial: textOrNull(mfaSerial),
      region: textOrNull(region),
      verified: verified === 1,
      verifiedAt: textOrNull(verifiedAt),
      createdAt: String(createdAt),
    }),
    toValues(record) {
      const it = check(identitySchema, record)
      const { kind, accessKeyId, accountId, userArn, mfaSerial, region, verified, verifiedAt, createdAt } = it
      return [kind, accessKeyId, accountId, userArn, mfaSerial, region, verified ? 1 : 0, verifiedAt, createdAt]
    },
  })
}

export function createRoleTable(connection: Connection): RoleTable {
  const columns = ['arn', 'account_id', 'partition', 'path', 'role_name', 'source_id', 'settings', 'created_at']
  const table = createNamedTable<Role>(connection, {
    kind: 'role',
    table: 'roles',
    columns,
    // The source's kind and name as they are now, whatever they were when the role was added.
    select: `SELECT own.id, record.name, ${columns.map((column) => `own.${column}`).join(', ')}, source.kind, source.name
      FROM roles own JOIN records record ON record.id = own.id JOIN records source ON source.id = own.source_id`,
    fromRow: (row) => {
      const [id, name, arn, accountId, partition, path, roleName, sourceId, settings, createdAt, ...source] = row
      return {
        id: String(id),
        name: String(name),
        arn: String(arn),
        accountId: String(accountId),
        partition: String(partition),
        path: String(path),
        roleName: String(roleName),
        source: { kind: source[0] === 'role' ? 'role' : 'identity', id: String(sourceId), name: String(source[1]) },
        settings: parseSettings(connection, String(settings)),
        createdAt: String(createdAt),
      }
    },
    toValues(record) {
      const { arn, accountId, partition, path, roleName, source, settings, createdAt } = check(roleSchema, record)
      return [arn, accountId, partition, path, roleName, source.id, JSON.stringify(settings), createdAt]
    },
  })
  return {
    ...table,
    hasOtherWithMfa: (identityId, roleId, maximumSeconds) =>
      connection.get(
        `SELECT 1 FROM roles WHERE source_id = ? AND id <> ? AND json_extract(settings, '$.mfa')
          AND coalesce(json_extract(settings, '$.durationSeconds'), 3600) <= ? LIMIT 1`,
        identityId,
        roleId,
        maximumSeconds,
      ) !== undefined,
  }
}

function parseSettings(connection: Connection, json: string): Role['settings'] {
  try {
    const settings: unknown = JSON.parse(json)
    if (typeof settings === 'object' && settings !== null && 'mfa' in settings) return settings as Role['settings']
  } catch {
    // Falls through: no JSON is damage as well.
  }
  connection.noteDamage()
  throw damagedError(connection.file)
}

export function createSessionTable(connection: Connection): SealedSessionTable {
  const select =
    'SELECT key, fingerprint, sealed, access_key_id, assumed_role_arn, obtained_at, expires_at FROM sessions'
  const fromRow = ([key, fingerprint, sealed, keyId, assumedRoleArn, obtainedAt, expiresAt]: Row): SealedSession => ({
    key: String(key),
    fingerprint: String(fingerprint),
    sealed: sealed instanceof Uint8Array ? sealed : new Uint8Array(),
    accessKeyId: String(keyId),
    assumedRoleArn: textOrNull(assumedRoleArn),
    obtainedAt: Number(obtainedAt),
    expiresAt: Number(expiresAt),
  })
  return {
    get(key) {
      const row = connection.get(`${select} WHERE key = ?`, key)
      return row && fromRow(row)
    },
    list: () => connection.all(`${select} ORDER BY key`).map(fromRow),
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
  const select = 'SELECT profile, config_file, target, mode, credentials_file, written_at FROM profiles'
  const fromRow = ([profile, configFile, target, mode, credentialsFile, writtenAt]: Row): OwnedProfileRecord => ({
    profile: String(profile),
    target: String(target),
    mode: mode === 'static' ? 'static' : 'process',
    configFile: String(configFile),
    credentialsFile: textOrNull(credentialsFile),
    writtenAt: String(writtenAt),
  })
  return {
    list: () => connection.all(`${select} ORDER BY profile, config_file`).map(fromRow),
    get(profile, configFile) {
      const row = connection.get(`${select} WHERE profile = ? AND config_file = ?`, profile, configFile)
      return row && fromRow(row)
    },
    put({ profile, configFile, target, mode, credentialsFile, writtenAt }) {
      const values = [profile, configFile, target, mode, credentialsFile, writtenAt]
      connection.run(
        'INSERT OR REPLACE INTO profiles (profile, config_file, target, mode, credentials_file, written_at) VALUES (?, ?, ?, ?, ?, ?)',
        ...values,
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
