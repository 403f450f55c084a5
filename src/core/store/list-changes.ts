/**
 * What the role list depends on, noted by triggers whenever it changes, in whatever process: so that a reader that
 * comes back reads the rows that changed and no others. Each thing is noted once, with the number of its last change.
 */
import type { Connection } from './connection.ts'
import { type DatabaseSync, inTransaction } from './sqlite.ts'

/** How many numbers may be given out before the notes are thrown away, and every reader starts anew. */
const KEPT = 20_000

/** What a note is about, and thereby what its id is. */
export type ListChangeKind =
  /** A role itself, by id: also those that start from it look different. */
  | 'role'
  /** An identity, by id, or where its codes come from. */
  | 'identity'
  /** Where an identity's MFA codes come from, by the identity's id. */
  | 'mfa'
  /** How a role is used, by its id. */
  | 'use'
  /** A session, by target key. */
  | 'session'
  /** A profile, by target key. */
  | 'profile'
  /** What an account is called or for, by its id. */
  | 'account'
  /** A name that a role or identity no longer has. */
  | 'gone'
  /** Everything: earlier notes are lost. */
  | 'all'

export interface ListChange {
  readonly kind: ListChangeKind
  readonly id: string
}

export interface ListChanges {
  /** The number of the last change. */
  latest(): number
  /** Those after that number, in order. */
  since(number: number): ListChange[]
}

/** An INSERT that conflicts would take the conflict clause of the statement that fires the trigger. */
const note = (kind: ListChangeKind, id: string): string =>
  `DELETE FROM list_changes WHERE kind = '${kind}' AND id = ${id};
   INSERT INTO list_changes (kind, id) VALUES ('${kind}', ${id});`

const trigger = (name: string, when: string, ...notes: string[]): string =>
  `CREATE TRIGGER note_${name} AFTER ${when} BEGIN ${notes.join('\n')} END;`

const IDENTITY_COLUMNS = ['access_key_id', 'user_arn', 'mfa_serial', 'region']
const identityDiffers = IDENTITY_COLUMNS.map((column) => `OLD.${column} IS NOT NEW.${column}`).join(' OR ')

/** @param kind of every note; the id is read from the row with `id` */
const triggersOfTable = (table: string, kind: ListChangeKind, column: string): string =>
  [
    trigger(`${table}_added`, `INSERT ON ${table}`, note(kind, `NEW.${column}`)),
    trigger(`${table}_changed`, `UPDATE ON ${table}`, note(kind, `NEW.${column}`)),
    trigger(`${table}_removed`, `DELETE ON ${table}`, note(kind, `OLD.${column}`)),
  ].join('\n')

/** `identity/<id>/totp-seed` and `mfa.command/<id>`, as mfa-source.ts names them. */
const isSeed = (row: string) => `WHEN ${row}.entry GLOB 'identity/*/totp-seed'`
const seedOwner = (row: string) => `substr(${row}.entry, 10, length(${row}.entry) - 19)`
const isCommand = `WHEN NEW.key GLOB 'mfa.command/*'`
const commandOwner = `substr(NEW.key, 13)`

/** For the migration that brings the notes. */
export const CREATE_LIST_CHANGES = `
  CREATE INDEX roles_by_account ON roles (account_id);
  CREATE TABLE list_changes (
    number INTEGER PRIMARY KEY AUTOINCREMENT,
    kind TEXT NOT NULL,
    id TEXT NOT NULL,
    UNIQUE (kind, id)
  ) STRICT;
  ${trigger('role_added', 'INSERT ON roles', note('role', 'NEW.id'))}
  ${trigger('role_changed', 'UPDATE ON roles', note('role', 'NEW.id'))}
  ${trigger('role_renamed', `UPDATE OF name ON records WHEN NEW.kind = 'role'`, note('gone', 'OLD.name'), note('role', 'NEW.id'))}
  ${trigger('role_removed', `DELETE ON records WHEN OLD.kind = 'role'`, note('gone', 'OLD.name'))}
  ${trigger('identity_renamed', `UPDATE OF name ON records WHEN NEW.kind = 'identity' AND OLD.name IS NOT NEW.name`, note('identity', 'NEW.id'))}
  ${trigger('identity_changed', `UPDATE ON identities WHEN ${identityDiffers}`, note('identity', 'NEW.id'))}
  ${trigger('seed_added', `INSERT ON vault_index ${isSeed('NEW')}`, note('mfa', seedOwner('NEW')))}
  ${trigger('seed_removed', `DELETE ON vault_index ${isSeed('OLD')}`, note('mfa', seedOwner('OLD')))}
  ${trigger('command_added', `INSERT ON settings ${isCommand}`, note('mfa', commandOwner))}
  ${triggersOfTable('role_use', 'use', 'role_id')}
  ${triggersOfTable('accounts', 'account', 'account_id')}
  ${triggersOfTable('sessions', 'session', 'key')}
  ${triggersOfTable('profiles', 'profile', 'target')}
  CREATE TRIGGER note_profiles_replaced BEFORE INSERT ON profiles
    WHEN EXISTS (SELECT 1 FROM profiles WHERE profile = NEW.profile AND config_file = NEW.config_file)
  BEGIN
    DELETE FROM list_changes WHERE kind = 'profile' AND id =
      (SELECT target FROM profiles WHERE profile = NEW.profile AND config_file = NEW.config_file);
    INSERT INTO list_changes (kind, id)
      SELECT 'profile', target FROM profiles WHERE profile = NEW.profile AND config_file = NEW.config_file;
  END;
`

export function createListChanges(connection: Connection): ListChanges {
  return {
    latest: () => Number(connection.get("SELECT seq FROM sqlite_sequence WHERE name = 'list_changes'")?.[0] ?? 0),
    since: (number) =>
      connection
        .all('SELECT kind, id FROM list_changes WHERE number > ? ORDER BY number', number)
        .map(([kind, id]) => ({ kind: kind as ListChangeKind, id: String(id) })),
  }
}

/** Throws notes away once there may be many. Readers are told by the one that stays. */
export function trimListChanges(db: DatabaseSync): void {
  const row = db.prepare('SELECT max(number) - min(number) AS span FROM list_changes').get()
  if (Number(row?.span ?? 0) < KEPT) return
  inTransaction(db, () => db.exec(`DELETE FROM list_changes; INSERT INTO list_changes (kind, id) VALUES ('all', '')`))
}
