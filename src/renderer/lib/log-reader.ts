/** Reads the log page by page: older entries as the list is scrolled, newer ones as they are recorded. */

import type { ActivityPage, ActivityQuery, ActivityRow } from '#shared/activity-view.ts'
import type { HallpassError } from '#shared/errors.ts'

const PAGE_ROWS = 200

export interface PageRequest {
  readonly query: ActivityQuery
  readonly before?: number
  readonly after?: number
  readonly limit: number
}

export interface LogSnapshot {
  /** Newest first. Those of the query before stay until the first of the new one are there. */
  readonly rows: readonly ActivityRow[]
  /** Whether there may be older ones. */
  readonly more: boolean
  /** The first rows of the query are under way. */
  readonly pending: boolean
  readonly failure: HallpassError | null
}

export interface LogReader {
  subscribe(listener: () => void): () => void
  snapshot(): LogSnapshot
  /** Begins anew with another query. */
  ask(query: ActivityQuery): void
  older(): void
  newer(): void
}

/** @param page rejects with nothing but HallpassErrors */
export function createLogReader(page: (request: PageRequest) => Promise<ActivityPage>): LogReader {
  const listeners = new Set<() => void>()
  let state: LogSnapshot = { rows: [], more: false, pending: true, failure: null }
  let query: ActivityQuery = {}
  /** Changes with each question that begins anew: answers to those before are nobody's. */
  let turn = 0
  let busy = false
  let newerWanted = false

  const change = (next: Partial<LogSnapshot>): void => {
    state = { ...state, ...next }
    for (const listener of listeners) listener()
  }

  const run = async (
    place: Omit<PageRequest, 'query' | 'limit'>,
    take: (found: ActivityPage) => Partial<LogSnapshot>,
  ): Promise<void> => {
    const mine = turn
    busy = true
    const result: Partial<LogSnapshot> = await page({ query, ...place, limit: PAGE_ROWS }).then(
      (found) => ({ ...take(found), failure: null, pending: false }),
      (failure: HallpassError) => ({ failure, pending: false }),
    )
    if (mine !== turn) return
    busy = false
    change(result)
    if (!newerWanted) return
    newerWanted = false
    reader.newer()
  }

  const begin = (): void => {
    turn += 1
    newerWanted = false
    change({ pending: true })
    void run({}, ({ rows, more }) => ({ rows, more }))
  }

  const reader: LogReader = {
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    snapshot: () => state,
    ask(next) {
      query = next
      begin()
    },
    older() {
      const last = state.rows.at(-1)
      if (busy || !state.more || last === undefined || state.failure !== null) return
      void run({ before: last.seq }, ({ rows, more }) => ({ rows: [...state.rows, ...rows], more }))
    },
    newer() {
      if (busy) {
        newerWanted = true
        return
      }
      const [first] = state.rows
      if (first === undefined) {
        begin()
        return
      }
      void run({ after: first.seq }, (found) =>
        // More than a page at once: the list begins anew rather than with a gap.
        found.more ? found : { rows: [...found.rows, ...state.rows] },
      )
    },
  }
  return reader
}
