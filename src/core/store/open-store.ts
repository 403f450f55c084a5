/**
 * Opens the store: one SQLite file in WAL mode, shared by the app and any number of commands at once.
 *
 * - Committed means on the disk. Files are this user's only, and deleted content is overwritten.
 * - A damaged file is moved aside, the last good copy takes its place, and `setAside` says so at every opening until
 *   it is acknowledged. Damage met later, in use, is dealt with at the next opening.
 * - Everything thrown is a HallpassError.
 */
import { chmodSync, existsSync, mkdirSync, rmSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import type { Clock, Log } from '../capabilities.ts'
import { backUp, isBackupDue } from './backup.ts'
import { Connection, suspicionFile } from './connection.ts'
import { openSound } from './inspect.ts'
import { createDiscoveryTable, createRotationTable, createSealedTable, createSetupTable } from './json-tables.ts'
import { createListChanges, trimListChanges } from './list-changes.ts'
import { createOpeningTable } from './opening-table.ts'
import { createAccountTable, createRoleUseTable } from './people-tables.ts'
import { forgetPromptList, keepPromptList } from './prompt-list.ts'
import { readSetting } from './reading.ts'
import { RESTORED_FROM, rescue, SET_ASIDE, withMaintenanceLock } from './rescue.ts'
import { createRolePages } from './role-pages.ts'
import { type DatabaseSync, damagedError, isDamage, toStoreError } from './sqlite.ts'
import { createSsoSessionTable } from './sso-session-table.ts'
import {
  createIdentityTable,
  createProfileTable,
  createRoleTable,
  createSessionTable,
  createVaultIndex,
} from './tables.ts'
import { createCenterTokenTable } from './token-table.ts'
import type { Store } from './types.ts'

export interface StoreOptions {
  /** Absolute path; its folder is made when it is not there. */
  readonly file: string
  readonly clock?: Clock
  readonly log?: Log
}

/**
 * Opens the store, making or rescuing its file when needed.
 * @throws `store.newer`, `store.locked`, `store.damaged` when the damaged file can't be moved, `store.unavailable`,
 *   `file.permission`, `file.disk-full`
 */
export function openStore(options: StoreOptions): Store {
  const { file, clock = Date.now, log } = options
  try {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 })
    return createStore(new Connection(file, openFile(file, clock, log)), clock, log)
  } catch (error) {
    throw toStoreError(error, file)
  }
}

function openFile(file: string, clock: Clock, log: Log | undefined): DatabaseSync {
  const isSuspect = existsSync(suspicionFile(file))
  const quick = isSuspect ? 'damaged' : openSound(file, false)
  const db =
    quick !== 'missing' && quick !== 'damaged'
      ? quick
      : withMaintenanceLock(file, () => {
          // Another process may have done it all while this one waited for the lock.
          const state = openSound(file, true)
          if (state !== 'missing' && state !== 'damaged') {
            rmSync(suspicionFile(file), { force: true })
            return state
          }
          const { setAside, restoredFrom } = rescue(file, state, clock())
          if (setAside !== undefined) log?.warn('the store was damaged and set aside', { setAside, restoredFrom })
          forgetPromptList(file)
          const opened = openSound(file, false)
          if (opened === 'missing' || opened === 'damaged') throw damagedError(file)
          return opened
        })
  makePrivate(file)
  return db
}

function createStore(connection: Connection, clock: Clock, log: Log | undefined): Store {
  const setting = (key: string) => readSetting(connection, key)
  keepPromptList(connection, log)
  return {
    identities: createIdentityTable(connection),
    roles: createRoleTable(connection),
    sessions: createSessionTable(connection),
    profiles: createProfileTable(connection),
    ssoSessions: createSsoSessionTable(connection),
    vaultIndex: createVaultIndex(connection),
    sealed: createSealedTable(connection),
    openings: createOpeningTable(connection),
    rotations: createRotationTable(connection),
    setups: createSetupTable(connection),
    centerTokens: createCenterTokenTable(connection),
    discoveries: createDiscoveryTable(connection),
    accounts: createAccountTable(connection),
    roleUse: createRoleUseTable(connection),
    rolePages: createRolePages(connection),
    listChanges: createListChanges(connection),
    setting,
    setSetting: (key, value) =>
      void connection.run('INSERT OR REPLACE INTO settings (key, value) VALUES (?, ?)', key, value),
    transaction: (work, options) => connection.transaction(work, options),
    foreignVersion: () => connection.foreignVersion(),
    fileVersion: () => connection.fileVersion(),
    get setAside() {
      return setting(SET_ASIDE)
    },
    get restoredFrom() {
      return setting(RESTORED_FROM)
    },
    acknowledgeSetAside: () =>
      void connection.run('DELETE FROM settings WHERE key IN (?, ?)', SET_ASIDE, RESTORED_FROM),
    close() {
      if (!connection.db.isOpen) return
      try {
        trimListChanges(connection.db)
        if (isBackupDue(connection, clock())) backUp(connection)
      } catch (error) {
        if (isDamage(error)) connection.noteDamage()
        log?.warn('no backup copy of the store was made', { error })
      } finally {
        connection.close()
      }
    },
  }
}

/** Takes the file, and what SQLite keeps beside it, away from other users. */
function makePrivate(file: string): void {
  if (process.platform === 'win32') return
  for (const each of [file, `${file}-wal`, `${file}-shm`]) {
    const mode = statSync(each, { throwIfNoEntry: false })?.mode ?? 0
    if ((mode & 0o077) !== 0) chmodSync(each, 0o600)
  }
}
