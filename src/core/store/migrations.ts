/**
 * The store's schema, one step per version, forward only. A step that has been released is never edited: add another.
 * Any number of processes may migrate at once: one does it, in one transaction, the others find it done.
 */
import { HallpassError } from '#shared/errors.ts'
import { CREATE_LIST_CHANGES } from './list-changes.ts'
import { type DatabaseSync, inTransaction, readPragma } from './sqlite.ts'

export type Migration = (db: DatabaseSync) => void

/** Marks a SQLite file as Hallpass's (`HPas`). */
export const APPLICATION_ID = 0x48506173

/** The step at index n leads from version n to n + 1. */
export const MIGRATIONS: readonly Migration[] = [
  // 1: `records` is the one namespace of identities and roles; NOCASE folds ASCII, and names are ASCII.
  (db) =>
    db.exec(`
      PRAGMA application_id = ${APPLICATION_ID};
      CREATE TABLE records (
        id TEXT NOT NULL PRIMARY KEY,
        kind TEXT NOT NULL CHECK (kind IN ('identity', 'role')),
        name TEXT NOT NULL UNIQUE COLLATE NOCASE
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE identities (
        id TEXT NOT NULL PRIMARY KEY REFERENCES records (id) ON DELETE CASCADE,
        kind TEXT NOT NULL,
        access_key_id TEXT NOT NULL,
        account_id TEXT,
        user_arn TEXT,
        mfa_serial TEXT,
        region TEXT,
        verified INTEGER NOT NULL,
        verified_at TEXT,
        created_at TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE roles (
        id TEXT NOT NULL PRIMARY KEY REFERENCES records (id) ON DELETE CASCADE,
        arn TEXT NOT NULL,
        account_id TEXT NOT NULL,
        partition TEXT NOT NULL,
        path TEXT NOT NULL,
        role_name TEXT NOT NULL,
        source_id TEXT NOT NULL REFERENCES records (id),
        settings TEXT NOT NULL,
        created_at TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE INDEX roles_by_source ON roles (source_id);
      CREATE TABLE sessions (
        key TEXT NOT NULL PRIMARY KEY,
        fingerprint TEXT NOT NULL,
        sealed BLOB NOT NULL,
        access_key_id TEXT NOT NULL,
        assumed_role_arn TEXT,
        obtained_at INTEGER NOT NULL,
        expires_at INTEGER NOT NULL
      ) STRICT;
      CREATE TABLE profiles (
        profile TEXT NOT NULL,
        config_file TEXT NOT NULL,
        target TEXT NOT NULL,
        mode TEXT NOT NULL,
        credentials_file TEXT,
        written_at TEXT NOT NULL,
        PRIMARY KEY (profile, config_file)
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE vault_index (entry TEXT NOT NULL PRIMARY KEY) STRICT, WITHOUT ROWID;
      CREATE TABLE settings (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;
    `),
  // 2: what a profile was before it was adopted, as JSON.
  (db) => db.exec('ALTER TABLE profiles ADD COLUMN adopted TEXT'),
  // 3: what a person calls an account and takes it for, and how a role is used. Neither is needed to start a session.
  (db) =>
    db.exec(`
      CREATE TABLE accounts (
        account_id TEXT NOT NULL PRIMARY KEY,
        name TEXT,
        environment TEXT
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE role_use (
        role_id TEXT NOT NULL PRIMARY KEY REFERENCES records (id) ON DELETE CASCADE,
        pinned INTEGER NOT NULL DEFAULT 0,
        uses INTEGER NOT NULL DEFAULT 0,
        last_used_at INTEGER
      ) STRICT, WITHOUT ROWID;
    `),
  // 4: whether a person said what an account is for, or its name did.
  (db) => db.exec('ALTER TABLE accounts ADD COLUMN by_hand INTEGER NOT NULL DEFAULT 0'),
  // 5: notes of what has changed in the role list.
  (db) => db.exec(CREATE_LIST_CHANGES),
  // 6: sealed credentials, a namespace of their own. The record is JSON: few of them, always read whole.
  (db) =>
    db.exec(`
      CREATE TABLE sealed (
        id TEXT NOT NULL PRIMARY KEY,
        name TEXT NOT NULL UNIQUE COLLATE NOCASE,
        record TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
    `),
  // 7: rotations of access keys that are under way, as JSON.
  (db) =>
    db.exec('CREATE TABLE rotations (holder TEXT NOT NULL PRIMARY KEY, record TEXT NOT NULL) STRICT, WITHOUT ROWID'),
  // 8: journals of emergency access that is being set up, or was, as JSON.
  (db) =>
    db.exec('CREATE TABLE setups (sealed_id TEXT NOT NULL PRIMARY KEY, record TEXT NOT NULL) STRICT, WITHOUT ROWID'),
  // 9: openings of sealed credentials, of all processes. What was open in the record is over by now.
  (db) =>
    db.exec(`
      CREATE TABLE openings (
        id TEXT NOT NULL PRIMARY KEY,
        sealed_id TEXT NOT NULL REFERENCES sealed (id) ON DELETE CASCADE,
        until TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
      UPDATE sealed SET record = json_remove(record, '$.openUntil');
    `),
  // 10: identities of other kinds, which have no key but facts of their own, as JSON; tokens of Identity Center, sealed; and
  // what was last discovered with each, as JSON.
  (db) =>
    db.exec(`
      ALTER TABLE identities ADD COLUMN facts TEXT NOT NULL DEFAULT '{}';
      CREATE TABLE center_tokens (
        identity_id TEXT NOT NULL PRIMARY KEY REFERENCES records (id) ON DELETE CASCADE,
        sealed BLOB NOT NULL,
        expires_at INTEGER NOT NULL,
        renewable INTEGER NOT NULL
      ) STRICT, WITHOUT ROWID;
      CREATE TABLE discoveries (
        identity_id TEXT NOT NULL PRIMARY KEY REFERENCES records (id) ON DELETE CASCADE,
        record TEXT NOT NULL
      ) STRICT, WITHOUT ROWID;
    `),
  // 11: sections of the config file under which the AWS CLI shares a sign-in to Identity Center, as far as Hallpass wrote them.
  (db) =>
    db.exec(`
      CREATE TABLE sso_sessions (
        session TEXT NOT NULL,
        config_file TEXT NOT NULL,
        identity_id TEXT NOT NULL REFERENCES records (id) ON DELETE CASCADE,
        written_at TEXT NOT NULL,
        PRIMARY KEY (session, config_file)
      ) STRICT, WITHOUT ROWID;
    `),
]

/**
 * Brings `db` to the newest version.
 * @throws `store.newer` when a later Hallpass has already brought it further
 */
export function migrate(db: DatabaseSync, migrations: readonly Migration[] = MIGRATIONS): void {
  if (readVersion(db, migrations) === migrations.length) return
  inTransaction(db, () => {
    for (let version = readVersion(db, migrations); version < migrations.length; version += 1) migrations[version]?.(db)
    db.exec(`PRAGMA user_version = ${migrations.length}`)
  })
}

function readVersion(db: DatabaseSync, migrations: readonly Migration[]): number {
  const version = readPragma(db, 'user_version')
  if (version > migrations.length)
    throw new HallpassError(
      'store.newer',
      `A newer Hallpass wrote this store: it is of version ${version}, and this one knows up to ${migrations.length}.`,
      { hint: 'Update Hallpass, the app and the command alike. Nothing was changed.' },
    )
  return version
}
