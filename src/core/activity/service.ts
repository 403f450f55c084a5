/** The activity log as the facade offers it. */
import type { ActivityEntry, ActivityFilter, ActivityVerdict } from '#shared/activity.ts'
import type { SessionHistory } from '#shared/session-history.ts'
import type { ActivityBrowser } from './browse.ts'
import type { ActivityDraft } from './entry.ts'
import type { ActivityFormat } from './export.ts'

/**
 * How an entry gets onto the disk (docs/decisions/0021). `synced`: it is there, with all before it. `followed`: with the
 * next one, because nobody gets anything before that is recorded as well. `soon`: a moment later; for credentials that
 * are handed out again, again and again. As long as a `followed` one is not on the disk, `soon` is `synced`.
 */
export type ActivityWait = 'synced' | 'followed' | 'soon'

/** What was done with which credential. Entries are added and never changed, nor removed unless a person moves them. */
export interface ActivityService extends ActivityBrowser {
  /**
   * Adds an entry; secrets in it are blanked. Once this resolves it outlives this process, and unless `wait` says
   * otherwise it is on the disk: what must not happen unrecorded is to be done after that.
   * @throws `store.*`, `file.*`; `vault.*` for the very first entry
   */
  record(draft: ActivityDraft, wait?: ActivityWait): Promise<void>
  /** Newest first. @throws `activity.broken` when an entry can't be read */
  list(filter?: ActivityFilter): ActivityEntry[]
  /**
   * The sessions of a role or identity over the last 24 hours.
   * @param now milliseconds since the epoch, by AWS's clock
   * @throws `role.not-found`, `activity.broken` when an entry can't be read
   */
  sessions(name: string, now: number): SessionHistory
  /**
   * Proves every entry, and that none is missing, in slices between which everything else runs. How far the log had
   * come is remembered in the vault, for the next time.
   * @throws `vault.*`; `vault.entry-lost` when the log follows but its key is gone
   */
  verify(): Promise<ActivityVerdict>
  /** Lines without line feeds, oldest entry first. @throws `activity.broken` when an entry can't be read */
  export(format: ActivityFormat): Iterable<string>
  /**
   * Writes all entries to a file that only this user can read, in the place of what was there.
   * @throws `activity.broken` when an entry can't be read, `file.*`: then the file is as it was
   */
  saveTo(file: string, format: ActivityFormat): Promise<void>
  /**
   * Verifies the log, writes all its entries to a new file (absolute path), and takes them out of it once they are on the
   * disk. The log goes on from there, and keeps the proof that nothing else was taken.
   * @returns how many entries were moved
   * @throws `activity.broken`: then nothing is moved; `vault.*`, `file.*`
   */
  moveTo(file: string): Promise<number>
}
