/**
 * The activity log of one state folder. What is recorded outlives the process when `record` returns, and is on the disk
 * as its caller wants; where that fails, so does what was to be recorded. The keychain is needed to begin a log and to verify it, not to add to it.
 */
import { randomBytes, randomUUID } from 'node:crypto'
import { z } from 'zod'
import type {
  ActivityAsker,
  ActivityEntry,
  ActivityFilter,
  ActivityProblem,
  ActivityVerdict,
} from '#shared/activity.ts'
import { HallpassError, isHallpassError } from '#shared/errors.ts'
import type { Clock, Log } from '../capabilities.ts'
import { findTarget, targetKey } from '../names.ts'
import type { Store } from '../store/types.ts'
import type { Vault } from '../vault/types.ts'
import { currentAsker } from './asker.ts'
import { createBrowser } from './browse.ts'
import type { ActivityDraft } from './entry.ts'
import { type ActivityFormat, exportLine, headerLines } from './export.ts'
import { saveFile, writeNewFile } from './export-file.ts'
import { beginLog } from './log-begin.ts'
import { LogFile, type Row } from './log-file.ts'
import { parseJson, readRecord } from './read-record.ts'
import { KEY_LENGTH, trimProof } from './seal.ts'
import type { ActivityService, ActivityWait } from './service.ts'
import { DAY, LONGEST_SESSION, sessionHistory } from './session-history.ts'
import { changed, type Mark, problem, proveLog, type Trim } from './verify.ts'

/** The setting that names the log: a file that was taken away or exchanged is noticed by it. */
const LOG_SETTING = 'activity.log'

/** A strip of a day can't show more, and a log gone wild must not hold up the window. */
const MOST_SESSIONS = 2000

const trimSchema = z.object({ detail: z.object({ through: z.coerce.number(), proof: z.string() }) })
const markSchema = z.object({ seq: z.int(), hash: z.string() })

/** How long what is to be on the disk `soon` may wait for more of it. Milliseconds. */
const SOON_MS = 20

export interface ActivityLogParts {
  /** Absolute path. */
  readonly file: string
  readonly store: Store
  readonly vault: Vault
  readonly clock: Clock
  readonly log: Log
  /** What this process is called in entries. */
  readonly program: string
}

export interface ActivityLog extends ActivityService {
  /** Records what has happened already: a failure to do so is logged, and changes nothing about it. */
  note(draft: ActivityDraft, wait?: ActivityWait): Promise<void>
  close(): void
}

export function createActivityLog({ file, store, vault, clock, log, program }: ActivityLogParts): ActivityLog {
  let opened: LogFile | undefined
  let beginning: Promise<LogFile> | undefined
  /** Of this process's entries: what the newest that is not on the disk waits for. */
  let behind: Exclude<ActivityWait, 'synced'> | undefined
  let timer: NodeJS.Timeout | undefined

  /** The log, if it has begun. */
  function existing(): LogFile | undefined {
    opened ??= LogFile.open(file)
    return opened
  }

  async function begin(): Promise<LogFile> {
    const id = randomUUID()
    const firstKey = randomBytes(KEY_LENGTH)
    await vault.put(keyEntry(id), firstKey.toString('base64'))
    const known = store.setting(LOG_SETTING)
    let isOurs = false
    const begun = beginLog(file, {
      log: id,
      firstKey,
      asker: currentAsker(program),
      now: clock(),
      commit() {
        store.setSetting(LOG_SETTING, id)
        isOurs = true
      },
      detail: (setAside): Record<string, string> => {
        if (setAside !== undefined) return { before: 'damaged', setAside }
        return known === undefined ? {} : { before: 'gone' }
      },
    })
    if (!isOurs) await vault.remove(keyEntry(id))
    return begun
  }

  function append(target: LogFile, draft: ActivityDraft, asker: ActivityAsker, wait: ActivityWait): void {
    const synced = wait === 'synced' || (wait === 'soon' && behind === 'followed')
    target.append(draft, asker, clock(), synced)
    if (synced) settled()
    else {
      behind = wait
      timer ??= setTimeout(catchUp, SOON_MS).unref()
    }
  }

  function settled(): void {
    behind = undefined
    clearTimeout(timer)
    timer = undefined
  }

  function catchUp(): void {
    timer = undefined
    if (behind === undefined) return
    try {
      opened?.sync()
      settled()
    } catch (error) {
      // What comes next says so to whoever wants it recorded, and takes these with it when it succeeds.
      log.warn('The activity log could not be brought onto the disk yet.', { error })
    }
  }

  async function record(draft: ActivityDraft, wait: ActivityWait = 'synced'): Promise<void> {
    // Looked at before anything is waited for: it may be gone by then.
    const asker = currentAsker(program)
    const target = existing()
    if (!target) {
      beginning ??= begin().finally(() => {
        beginning = undefined
      })
      opened = await beginning
    }
    if (opened) append(opened, draft, asker, wait)
  }

  async function prove(): Promise<ActivityVerdict> {
    const target = existing()
    const id = store.setting(LOG_SETTING)
    if (!target) {
      return unread(id === undefined ? null : problem(0, 'removed', 'Its file is gone, or damaged beyond reading.'))
    }
    const { log: found } = target.head()
    if (id !== undefined && found !== id) {
      return unread(problem(0, 'replaced', 'Its file is another one than the one Hallpass began.'))
    }
    const firstKey = await readEntry(keyEntry(found))
    const mark = parseJson((await readEntry(markEntry(found))) ?? '')
    const verdict = await proveLog(target.snapshot(), {
      firstKey: firstKey === undefined ? undefined : Buffer.from(firstKey, 'base64'),
      mark: markSchema.safeParse(mark).data,
      trim: newestTrim(target),
    })
    if (!verdict.intact) return verdict
    if (firstKey === undefined) throw keyLost(verdict.entries)
    const [last] = target.newest('seq = ?', [verdict.trimmed + verdict.entries], 1)
    if (last) await vault.put(markEntry(found), JSON.stringify({ seq: last.seq, hash: last.hash } satisfies Mark))
    return verdict
  }

  /** @returns `undefined` for an entry that is not there */
  async function readEntry(entry: string): Promise<string | undefined> {
    try {
      return await vault.get(entry)
    } catch (error) {
      if (isHallpassError(error, 'vault.entry-lost')) return undefined
      throw error
    }
  }

  function* exported(format: ActivityFormat): Generator<string> {
    yield* headerLines(format)
    for (const row of existing()?.snapshot() ?? []) {
      toEntry(row)
      yield exportLine(format, row)
    }
  }

  return {
    record,
    ...createBrowser({ existing, store, clock }),

    async note(draft, wait) {
      try {
        await record(draft, wait)
      } catch (error) {
        const code = isHallpassError(error) ? error.code : 'internal'
        log.error('What was done could not be recorded in the activity log.', { kind: draft.kind, code, error })
      }
    },

    list(filter = {}) {
      const { condition, values } = toCondition(filter, store)
      const rows = existing()?.newest(condition, values, filter.limit ?? -1) ?? []
      return rows.map(toEntry)
    },

    sessions(name, now) {
      const target = findTarget(store, name)
      const log = existing()
      const since = log?.firstSince(new Date(now - DAY - LONGEST_SESSION).toISOString()) ?? 0
      const condition = `seq >= ? AND ${field('target')} = ? AND ${field('kind')} LIKE 'session.%'`
      const rows = log?.newest(condition, [since, target.key], MOST_SESSIONS) ?? []
      return sessionHistory(rows.reverse().map(toEntry), store.sessions.get(target.key), now)
    },

    verify: prove,

    export: exported,
    saveTo: (path, format) => saveFile(path, exported(format)),

    async moveTo(path) {
      const target = existing()
      const found = await prove()
      if (found.problem) throw brokenError(found.problem)
      if (!target) throw new HallpassError('file.not-found', 'Nothing is recorded yet, so there is nothing to move.')
      let last: Row | undefined
      const remember = function* () {
        for (const row of target.snapshot()) {
          last = row
          yield exportLine('jsonl', row)
        }
      }
      const sha256 = writeNewFile(path, remember())
      const { seq, hash } = last ?? { seq: 0, hash: '' }
      const firstKey = Buffer.from(await vault.get(keyEntry(target.head().log)), 'base64')
      const detail = { through: String(seq), file: path, sha256, proof: trimProof(firstKey, seq, hash) }
      target.trim(seq, { kind: 'log.trimmed', detail }, currentAsker(program), clock())
      return seq - found.trimmed
    },

    close() {
      catchUp()
      clearTimeout(timer)
      opened?.close()
      opened = undefined
    },
  }
}

const keyEntry = (log: string) => `activity-key/${log}`
const markEntry = (log: string) => `activity-mark/${log}`

function newestTrim(target: LogFile): Trim | undefined {
  const [row] = target.newest(`${field('kind')} = 'log.trimmed'`, [], 1)
  return row && trimSchema.safeParse(parseJson(row.entry)).data?.detail
}

/** A field of an entry in SQL; null in an entry that is no JSON, which SQLite would take for damage. */
function field(name: string): string {
  return `CASE WHEN json_valid(entry) THEN entry ->> '$.${name}' END`
}

function toCondition({ since, kind, name }: ActivityFilter, store: Store) {
  const conditions = ['1']
  const values: string[] = []
  const add = (condition: string, ...more: string[]) => {
    conditions.push(condition)
    values.push(...more)
  }
  if (since !== undefined) add(`${field('at')} >= ?`, new Date(since).toISOString())
  if (kind !== undefined) add(`(${field('kind')} = ? OR ${field('kind')} LIKE ? || '.%')`, kind, kind)
  if (name !== undefined) {
    // A role that was renamed is found by both names.
    const role = store.roles.byName(name)
    const identity = role ? undefined : store.identities.byName(name)
    const key = role ? targetKey('role', role.id) : identity && targetKey('identity', identity.id)
    add(`(${field('name')} = ? COLLATE NOCASE OR ${field('target')} = ?)`, name, key ?? '')
  }
  return { condition: conditions.join(' AND '), values }
}

function toEntry({ seq, entry, hash }: Row): ActivityEntry {
  const record = readRecord(entry)
  if (record) return { ...record, hash }
  throw brokenError(changed(seq))
}

/** The error that a log which is not intact is reported with. */
export function brokenError({ message }: ActivityProblem): HallpassError {
  return new HallpassError('activity.broken', `The activity log is not what Hallpass recorded. ${message}`, {
    hint: 'Keep a copy of the state folder before anything else, and find out who could write to it.',
  })
}

function keyLost(entries: number): HallpassError {
  return new HallpassError(
    'vault.entry-lost',
    `The key that proves the activity log is no longer in the vault. Its ${entries} entries follow one another without a gap, but nobody can tell whether they were all rewritten.`,
    { hint: 'Export the log and keep it. Restore the keychain or the vault file, if there is a copy of it.' },
  )
}

function unread(found: ActivityProblem | null): ActivityVerdict {
  return { intact: !found, trimmed: 0, entries: 0, firstAt: null, lastAt: null, before: null, problem: found }
}
