/** Beginning an activity log: at its first entry, or in the place of one that is damaged, which is moved aside. */
import { closeSync, existsSync, openSync, renameSync, rmSync, statSync } from 'node:fs'
import type { ActivityAsker } from '#shared/activity.ts'
import { HallpassError } from '#shared/errors.ts'
import { suspicionFile } from '../store/connection.ts'
import { freeName, moveAside, withMaintenanceLock } from '../store/rescue.ts'
import { connect, inTransaction, toStoreError } from '../store/sqlite.ts'
import { entryHash, entryText, NO_ENTRY } from './entry.ts'
import { LOG_APPLICATION_ID, LogFile, openSound } from './log-file.ts'
import { nextKey, sealOf } from './seal.ts'

const SCHEMA = `
  PRAGMA application_id = ${LOG_APPLICATION_ID};
  PRAGMA user_version = 1;
  CREATE TABLE entries (
    seq INTEGER NOT NULL PRIMARY KEY, entry TEXT NOT NULL, hash TEXT NOT NULL, seal BLOB NOT NULL
  ) STRICT;
  CREATE TABLE head (
    one INTEGER NOT NULL PRIMARY KEY CHECK (one = 1),
    log TEXT NOT NULL, seq INTEGER NOT NULL, hash TEXT NOT NULL, next_key BLOB NOT NULL
  ) STRICT;
`
const SIDE_FILES = ['-wal', '-shm']

export interface Beginning {
  /** The new log's id. */
  readonly log: string
  readonly firstKey: Uint8Array
  readonly asker: ActivityAsker
  /** Milliseconds since the epoch. */
  readonly now: number
  /** What `log.begun` says, given where a damaged file is moved to. */
  readonly detail: (setAside: string | undefined) => Readonly<Record<string, string>>
  /** Called once it is sure that this log begins, before anybody can see it. */
  readonly commit: () => void
}

/**
 * Begins a log, unless another process has by now.
 * @throws `store.*`, `file.permission`, `file.disk-full`
 */
export function beginLog(file: string, beginning: Beginning): LogFile {
  try {
    withMaintenanceLock(file, () => {
      const sound = openSound(file, existsSync(suspicionFile(file)))
      sound?.close()
      if (!sound) replace(file, beginning)
      rmSync(suspicionFile(file), { force: true })
    })
  } catch (error) {
    throw toStoreError(error, file)
  }
  const log = LogFile.open(file)
  if (log) return log
  throw new HallpassError('store.damaged', `The activity log ${file} was damaged as soon as it was made.`, {
    hint: 'Check the disk.',
  })
}

/** Builds the new file under another name, so that a log is whole from the first moment it can be seen. */
function replace(file: string, { log, firstKey, asker, now, commit, detail }: Beginning): void {
  const fresh = `${file}.new`
  for (const suffix of ['', ...SIDE_FILES]) rmSync(fresh + suffix, { force: true })
  const isThere = existsSync(file) || (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0
  const setAside = isThere ? freeName(file, now) : undefined
  closeSync(openSync(fresh, 'w', 0o600))
  const db = connect(fresh)
  try {
    db.exec('PRAGMA journal_mode = WAL')
    inTransaction(db, () => {
      db.exec(SCHEMA)
      const draft = { kind: 'log.begun', detail: detail(setAside) } as const
      const entry = entryText(draft, asker, { seq: 1, now, previous: NO_ENTRY })
      const hash = entryHash(entry)
      db.prepare('INSERT INTO entries VALUES (1, ?, ?, ?)').run(entry, hash, sealOf(firstKey, hash))
      db.prepare('INSERT INTO head VALUES (1, ?, 1, ?, ?)').run(log, hash, nextKey(firstKey))
    })
  } finally {
    db.close()
  }
  commit()
  if (setAside !== undefined) moveAside(file, setAside)
  for (const suffix of SIDE_FILES) rmSync(file + suffix, { force: true })
  renameSync(fresh, file)
}
