/** The log for a window: pages of it, counts by day and group, and the hashes around one entry. Nothing here blocks. */
import {
  ACTIVITY_GROUPS,
  type ActivityDay,
  type ActivityGroup,
  type ActivityOverview,
  type ActivityPage,
  type ActivityProof,
  type ActivityQuery,
  type ActivityRow,
} from '#shared/activity-view.ts'
import { HallpassError } from '#shared/errors.ts'
import type { Clock } from '../capabilities.ts'
import type { Store } from '../store/types.ts'
import { entryHash } from './entry.ts'
import type { LogFile, Row } from './log-file.ts'
import { createMatcher, headOf } from './match.ts'
import { readRecord } from './read-record.ts'
import { rowsBetween } from './slices.ts'

const DAYS = 30

/** Where a page begins: below one entry, or above one. */
export interface ActivityPlace {
  readonly before?: number | undefined
  readonly after?: number | undefined
  /** Rows at most. */
  readonly limit: number
}

export interface ActivityBrowser {
  page(query: ActivityQuery, place: ActivityPlace): Promise<ActivityPage>
  overview(query: ActivityQuery): Promise<ActivityOverview>
  proof(seq: number): ActivityProof
}

interface BrowserParts {
  /** The log, if it has begun. */
  readonly existing: () => LogFile | undefined
  readonly store: Store
  readonly clock: Clock
}

/** Counts so far: entries are never changed, so only those after `through` have to be added. */
interface Counted {
  readonly key: string
  /** The oldest entry there was; another one now means that entries were moved out. */
  readonly oldest: number
  through: number
  total: number
  readonly days: readonly { readonly start: number; entries: number; breakglass: number }[]
  readonly groups: Record<ActivityGroup, number>
}

export function createBrowser({ existing, store, clock }: BrowserParts): ActivityBrowser {
  let counted: Counted | undefined

  return {
    async page(query, { before, after = 0, limit }) {
      const log = existing()
      const rows: ActivityRow[] = []
      if (!log) return { rows, more: false }
      const isWanted = selector(query, store)
      const present = presenter(store)
      for await (const row of rowsBetween(log, after, before ?? Number.MAX_SAFE_INTEGER)) {
        if (!isWanted(row)) continue
        if (rows.length === limit) return { rows, more: true }
        rows.push(present(row))
      }
      return { rows, more: false }
    },

    async overview(query) {
      const log = existing()
      const starts = dayStarts(clock())
      if (!log) return toOverview(emptyCount('', 0, starts))
      const matcher = createMatcher(query, store)
      const { group, from, until } = query
      const key = JSON.stringify([log.head().log, matcher.key, group, from, until, starts[0]])
      const [oldest] = log.newest('seq = (SELECT min(seq) FROM entries)', [], 1)
      const known = counted?.key === key && counted.oldest === oldest?.seq ? counted : undefined
      const fresh = emptyCount(key, oldest?.seq ?? 0, starts)
      const top = log.head().seq
      for await (const row of rowsBetween(log, known?.through ?? 0, top + 1)) {
        fresh.total += 1
        const head = headOf(row)
        if (!head?.group || !matcher.fits(row)) continue
        if (isBetween(head.at, from, until)) fresh.groups[head.group] += 1
        if (group !== undefined && head.group !== group) continue
        const day = fresh.days.findLast(({ start }) => start <= head.at)
        if (!day) continue
        day.entries += 1
        if (head.group === 'breakglass') day.breakglass += 1
      }
      fresh.through = top
      if (known) add(fresh, known)
      counted = fresh
      return toOverview(fresh)
    },

    proof(seq) {
      const [row, before] = existing()?.newest('seq IN (?, ?)', [seq, seq - 1], 2) ?? []
      if (row?.seq !== seq)
        throw new HallpassError('activity.not-found', `Entry ${seq} is not in the activity log any more.`, {
          hint: 'It may have been moved to a file. Check the log.',
        })
      const previous = readRecord(row.entry)?.previous ?? ''
      const state = !before ? 'absent' : before.hash === previous && isIntact(before) ? 'matches' : 'differs'
      return {
        seq,
        hash: row.hash,
        intact: isIntact(row),
        before: seq === 1 ? null : { seq: seq - 1, hash: previous, state },
      }
    },
  }
}

const isIntact = (row: Row) => entryHash(row.entry) === row.hash

function selector(query: ActivityQuery, store: Store): (row: Row) => boolean {
  const matcher = createMatcher(query, store)
  const { group, from, until } = query
  const isFiltered = group !== undefined || from !== undefined || until !== undefined
  return (row) => {
    if (isFiltered) {
      const head = headOf(row)
      if (!head || (group !== undefined && head.group !== group) || !isBetween(head.at, from, until)) return false
    }
    return matcher.fits(row)
  }
}

function isBetween(at: number, from: string | undefined, until: string | undefined): boolean {
  return (from === undefined || at >= Date.parse(from)) && (until === undefined || at < Date.parse(until))
}

/** Rows with what their role and account are called and taken for now. */
function presenter(store: Store): (row: Row) => ActivityRow {
  const accounts = new Map(store.accounts.list().map((account) => [account.accountId, account]))
  return ({ seq, entry: text, hash }) => {
    const entry = readRecord(text) ?? null
    const target = entry?.target?.startsWith('role:') ? entry.target.slice('role:'.length) : undefined
    const role = target === undefined ? undefined : store.roles.byId(target)
    const accountId = entry?.accountId ?? role?.accountId ?? null
    const account = accounts.get(accountId ?? '')
    return {
      seq,
      hash,
      entry,
      environment: role?.settings.environment ?? account?.environment ?? null,
      accountId,
      accountName: account?.name ?? null,
    }
  }
}

/** Local midnights of the last days, oldest first. Days are counted by the calendar: some have 23 or 25 hours. */
function dayStarts(now: number): number[] {
  const today = new Date(now)
  return Array.from({ length: DAYS }, (_, index) =>
    new Date(today.getFullYear(), today.getMonth(), today.getDate() - (DAYS - 1 - index)).getTime(),
  )
}

function emptyCount(key: string, oldest: number, starts: readonly number[]): Counted {
  const groups = Object.fromEntries(ACTIVITY_GROUPS.map((group) => [group, 0])) as Record<ActivityGroup, number>
  return {
    key,
    oldest,
    through: 0,
    total: 0,
    days: starts.map((start) => ({ start, entries: 0, breakglass: 0 })),
    groups,
  }
}

function add(to: Counted, more: Counted): void {
  to.total += more.total
  for (const group of ACTIVITY_GROUPS) to.groups[group] += more.groups[group]
  for (const [index, day] of to.days.entries()) {
    day.entries += more.days[index]?.entries ?? 0
    day.breakglass += more.days[index]?.breakglass ?? 0
  }
}

function toOverview({ days, groups, total }: Counted): ActivityOverview {
  const toDay = ({ start, ...counts }: Counted['days'][number]): ActivityDay => ({
    start: new Date(start).toISOString(),
    ...counts,
  })
  return { days: days.map(toDay), groups: { ...groups }, total }
}
