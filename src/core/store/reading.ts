/**
 * How rows of the store become records. Reading trusts what was checked when it was written, except that settings
 * which are no JSON count as damage. Apart from the tables, so that a look at the store needs no schema library.
 */
import type { CenterIdentity, Identity, ProfileIdentity } from '#shared/identities.ts'
import type { Role } from '#shared/roles.ts'
import { damagedError, type Row, type SQLInputValue } from './sqlite.ts'
import type { NamedTable, SealedSession } from './types.ts'

/** What reading needs of a connection. */
export interface RowSource {
  readonly file: string
  get(sql: string, ...values: SQLInputValue[]): Row | undefined
  noteDamage(): void
}

export interface Reading<T> {
  /** Of the table itself, without the id. */
  readonly columns: readonly string[]
  /** As far as the FROM clause. */
  readonly select: string
  readonly fromRow: (row: Row) => T
}

export function createNamedReader<T extends { id: string; name: string }>(
  source: RowSource,
  { select, fromRow }: Reading<T>,
): Pick<NamedTable<T>, 'byId' | 'byName'> {
  const one = (row: Row | undefined) => (row === undefined ? undefined : fromRow(row))
  return {
    byId: (id) => one(source.get(`${select} WHERE record.id = ?`, id)),
    byName: (name) => one(source.get(`${select} WHERE record.name = ?`, name)),
  }
}

export const textOrNull = (value: SQLInputValue | undefined) => (value === null ? null : String(value))

const IDENTITY_COLUMNS = [
  'kind',
  'access_key_id',
  'account_id',
  'user_arn',
  'mfa_serial',
  'region',
  'verified',
  'verified_at',
  'created_at',
  'facts',
]

export function identityReading(source: RowSource): Reading<Identity> {
  return {
    columns: IDENTITY_COLUMNS,
    select: `SELECT own.id, record.name, ${IDENTITY_COLUMNS.map((column) => `own.${column}`).join(', ')}
      FROM identities own JOIN records record ON record.id = own.id`,
    fromRow: (row) => {
      const [id, name, kind, keyId, accountId, userArn, mfaSerial, region, verified, verifiedAt, createdAt, facts] = row
      const common = {
        id: String(id),
        name: String(name),
        accountId: textOrNull(accountId),
        userArn: textOrNull(userArn),
        mfaSerial: textOrNull(mfaSerial),
        region: textOrNull(region),
        verified: verified === 1,
        verifiedAt: textOrNull(verifiedAt),
        createdAt: String(createdAt),
      }
      switch (kind) {
        case 'identity-center':
          return { ...common, kind, ...parseJson<CenterFacts>(source, String(facts), 'startUrl') }
        case 'aws-profile':
          return { ...common, kind, ...parseJson<ProfileFacts>(source, String(facts), 'profile') }
        default:
          return { ...common, kind: 'access-key', accessKeyId: String(keyId) }
      }
    },
  }
}

type CenterFacts = Pick<CenterIdentity, 'startUrl' | 'ssoRegion' | 'cliSession'>
type ProfileFacts = Pick<ProfileIdentity, 'profile'>

const ROLE_COLUMNS = ['arn', 'account_id', 'partition', 'path', 'role_name', 'source_id', 'settings', 'created_at']

/** As SQLite has it. */
export const NO_LIMIT = -1

/** How many values a row of `roleReading` has. */
export const ROLE_WIDTH = ROLE_COLUMNS.length + 4

export function roleReading(source: RowSource): Reading<Role> {
  return {
    columns: ROLE_COLUMNS,
    // The source's kind and name as they are now, whatever they were when the role was added.
    select: `SELECT own.id, record.name, ${ROLE_COLUMNS.map((column) => `own.${column}`).join(', ')}, source.kind, source.name
      FROM roles own JOIN records record ON record.id = own.id JOIN records source ON source.id = own.source_id`,
    fromRow: (row) => {
      const [id, name, arn, accountId, partition, path, roleName, sourceId, settings, createdAt, ...from] = row
      return {
        id: String(id),
        name: String(name),
        arn: String(arn),
        accountId: String(accountId),
        partition: String(partition),
        path: String(path),
        roleName: String(roleName),
        source: { kind: from[0] === 'role' ? 'role' : 'identity', id: String(sourceId), name: String(from[1]) },
        settings: parseJson<Role['settings']>(source, String(settings), 'mfa'),
        createdAt: String(createdAt),
      }
    },
  }
}

/** @param key a key that what was stored always has */
export function parseJson<T extends object>(source: RowSource, json: string, key: keyof T & string): T {
  try {
    const value: unknown = JSON.parse(json)
    if (typeof value === 'object' && value !== null && key in value) return value as T
  } catch {
    // Falls through: no JSON is damage as well.
  }
  source.noteDamage()
  throw damagedError(source.file)
}

export const SESSION_SELECT =
  'SELECT key, fingerprint, sealed, access_key_id, assumed_role_arn, obtained_at, expires_at FROM sessions'

export function sessionFromRow(row: Row): SealedSession {
  const [key, fingerprint, sealed, keyId, assumedRoleArn, obtainedAt, expiresAt] = row
  return {
    key: String(key),
    fingerprint: String(fingerprint),
    sealed: sealed instanceof Uint8Array ? sealed : new Uint8Array(),
    accessKeyId: String(keyId),
    assumedRoleArn: textOrNull(assumedRoleArn),
    obtainedAt: Number(obtainedAt),
    expiresAt: Number(expiresAt),
  }
}

export function readSession(source: RowSource, key: string): SealedSession | undefined {
  const row = source.get(`${SESSION_SELECT} WHERE key = ?`, key)
  return row && sessionFromRow(row)
}

export function readSetting(source: RowSource, key: string): string | undefined {
  const row = source.get('SELECT value FROM settings WHERE key = ?', key)
  return row && String(row[0])
}
