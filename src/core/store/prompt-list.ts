/**
 * The file that prompts of shells read, so that none of them has to start a process: the profiles Hallpass owns, and
 * until when each has a session. It holds no secret.
 *
 * One line a profile, of fields between tabs: the config file, the profile, the session's expiry in seconds since the
 * epoch (0: there is none), the environment or `-`, the name of the role or identity.
 */
import { existsSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Log } from '../capabilities.ts'
import type { Connection } from './connection.ts'

/** Its name in the state folder. */
export const PROMPT_LIST = 'prompt.tsv'

/** Put together by SQLite, since every write waits for it. */
const SELECT = `SELECT own.config_file || char(9) || own.profile || char(9) || (coalesce(session.expires_at, 0) / 1000) || char(9) ||
    coalesce(json_extract(role.settings, '$.environment'), '-') || char(9) || record.name
  FROM profiles own
  JOIN records record ON record.id = substr(own.target, instr(own.target, ':') + 1)
  LEFT JOIN roles role ON role.id = record.id
  LEFT JOIN sessions session ON session.key = own.target
  ORDER BY own.profile, own.config_file`

/**
 * Keeps the file true from now on. It is written within each transaction, just before its end: so those of different
 * processes follow each other as their transactions do. A file that can't be written is no reason to fail; a prompt then
 * says what was true before.
 */
export function keepPromptList(connection: Connection, log: Log | undefined): void {
  const file = promptListFile(connection.file)
  const update = (isNew: boolean) => {
    try {
      const text = textOf(connection)
      if (isNew ? !existsSync(file) : text !== readIfThere(file)) replace(file, text)
    } catch (error) {
      log?.warn('the list for shell prompts was not written', { error })
    }
  }
  connection.beforeCommit(() => update(false))
  if (!existsSync(file)) update(true)
}

/** Removes the file: the store it was of is no longer in use. */
export function forgetPromptList(storeFile: string): void {
  rmSync(promptListFile(storeFile), { force: true })
}

function promptListFile(storeFile: string): string {
  return join(dirname(storeFile), PROMPT_LIST)
}

function textOf(connection: Connection): string {
  const lines = connection.all(SELECT).map(([line]) => String(line))
  return lines
    .filter((line) => LINE.test(line))
    .map((line) => `${line}\n`)
    .join('')
}

/** Five fields, none of which breaks the line apart. */
const LINE = /^(?:\P{Cc}*\t){4}\P{Cc}*$/u

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return undefined
  }
}

/** Whole at any moment. Not synced: after a power cut the next change writes it again. */
function replace(file: string, text: string): void {
  const temporary = `${file}.${process.pid}`
  try {
    writeFileSync(temporary, text, { mode: 0o600 })
    renameSync(temporary, file)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw error
  }
}
