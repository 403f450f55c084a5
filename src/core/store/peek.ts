/**
 * A look at the store that changes nothing and loads little: for a process that lives only to hand out what is there.
 * Whatever is unusual about the file is left to `openStore`, which can deal with it.
 */
import { existsSync } from 'node:fs'
import type { Identity } from '#shared/identities.ts'
import type { Role } from '#shared/roles.ts'
import { suspicionFile } from './connection.ts'
import { APPLICATION_ID, MIGRATIONS } from './migrations.ts'
import { createNamedReader, identityReading, type RowSource, readSession, readSetting, roleReading } from './reading.ts'
import { connectToRead, type DatabaseSync, readPragma } from './sqlite.ts'
import type { NamedTable, SealedSession } from './types.ts'

export interface StorePeek {
  readonly identities: Pick<NamedTable<Identity>, 'byId' | 'byName'>
  readonly roles: Pick<NamedTable<Role>, 'byId' | 'byName'>
  session(key: string): SealedSession | undefined
  setting(key: string): string | undefined
  /** Whether the store expects the vault to hold that entry. */
  hasVaultEntry(entry: string): boolean
  close(): void
}

/**
 * @returns `undefined` when the file is missing, of another version, or under suspicion
 * @throws whatever SQLite throws on a file it can't read
 */
export function peekStore(file: string): StorePeek | undefined {
  const db = openToPeek(file)
  if (!db) return undefined
  const source: RowSource = {
    file,
    get(sql, ...values) {
      const statement = db.prepare(sql)
      statement.setReturnArrays(true)
      return statement.get(...values) as unknown as ReturnType<RowSource['get']>
    },
    // The opening that follows meets it again, and can set the file aside.
    noteDamage: () => {},
  }
  return {
    identities: createNamedReader(source, identityReading(source)),
    roles: createNamedReader(source, roleReading(source)),
    session: (key) => readSession(source, key),
    setting: (key) => readSetting(source, key),
    hasVaultEntry: (entry) => source.get('SELECT 1 FROM vault_index WHERE entry = ?', entry) !== undefined,
    close: () => db.close(),
  }
}

/**
 * A connection that can't write.
 * @returns `undefined` as {@link peekStore} does
 * @throws whatever SQLite throws on a file it can't read
 */
export function openToPeek(file: string): DatabaseSync | undefined {
  if (!existsSync(file) || existsSync(suspicionFile(file))) return undefined
  const db = connectToRead(file)
  if (readPragma(db, 'application_id') === APPLICATION_ID && readPragma(db, 'user_version') === MIGRATIONS.length) {
    return db
  }
  db.close()
  return undefined
}
