/** The activity log as the facade offers it. */
import type { ActivityEntry, ActivityFilter, ActivityVerdict } from '#shared/activity.ts'
import type { ActivityBrowser } from './browse.ts'
import type { ActivityDraft } from './entry.ts'
import type { ActivityFormat } from './export.ts'

/** What was done with which credential. Entries are added and never changed, nor removed unless a person moves them. */
export interface ActivityService extends ActivityBrowser {
  /**
   * Adds an entry; secrets in it are blanked. Once this resolves it is on the disk: what must not happen unrecorded is to
   * be done after that.
   * @throws `store.*`, `file.*`; `vault.*` for the very first entry
   */
  record(draft: ActivityDraft): Promise<void>
  /** Newest first. @throws `activity.broken` when an entry can't be read */
  list(filter?: ActivityFilter): ActivityEntry[]
  /**
   * Proves every entry, and that none is missing, in slices between which everything else runs. How far the log had come is remembered in the vault, for the next time.
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
