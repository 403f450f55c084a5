/**
 * The window's copy of the role list. The first rows come at once, the rest page by page while nothing else is to be
 * done, and later only what has changed. Rows are by name, ignoring case; a new array stands for every change, so that
 * whatever is derived from one can be kept with it.
 */
import type {
  RoleListChanges,
  RoleListStart,
  RoleListVersion,
  RolePage,
  RoleRow,
  RoleTotals,
} from '#shared/role-list.ts'

export interface RoleListCalls {
  start(): Promise<RoleListStart>
  page(after: string | null): Promise<RolePage>
  changes(since: RoleListVersion): Promise<RoleListChanges>
}

export interface RoleListState {
  /** By name, ignoring case. Until it is complete: the first in the order of the list, live ones, and some others. */
  readonly rows: RoleRow[]
  readonly totals: RoleTotals
  readonly complete: boolean
}

/** A reading of the whole list that is under way. */
interface Reading {
  readonly rows: RoleRow[]
  /** Everything up to this name is in `rows`; null before the first page. */
  after: string | null
}

/** While the list grows it is shown anew each time it has grown this much: to sort it costs more the longer it is. */
const GROWTH = 4

export class RoleListCopy {
  readonly #calls: RoleListCalls
  readonly #rest: () => Promise<void>
  readonly #onGrowth: (state: RoleListState) => void
  #state: RoleListState = { rows: [], totals: { roles: 0, accounts: 0 }, complete: false }
  #version: RoleListVersion | undefined
  #reading: Reading | undefined
  #isLoading = false
  /** Answers are worked in one after the other, in the order they were asked for. */
  #lane: Promise<unknown> = Promise.resolve()
  #waiting: Promise<RoleListState> | undefined

  /** @param rest waits until there is nothing better to do; @param onGrowth told of states nobody asked for */
  constructor(calls: RoleListCalls, rest: () => Promise<void>, onGrowth: (state: RoleListState) => void) {
    this.#calls = calls
    this.#rest = rest
    this.#onGrowth = onGrowth
  }

  get state(): RoleListState {
    return this.#state
  }

  /** Whether pages are still to come: of a list that is not complete, or of one that is read anew. */
  get isReading(): boolean {
    return this.#reading !== undefined
  }

  /** Brings the copy up to date: the first time with the first rows. Those who ask while one waits share it. */
  refresh(): Promise<RoleListState> {
    this.#waiting ??= this.#inTurn(async () => {
      this.#waiting = undefined
      if (this.#version === undefined) this.#begin(await this.#calls.start())
      else this.#follow(await this.#calls.changes(this.#version))
      void this.#load()
      return this.#state
    })
    return this.#waiting
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.#lane.then(work)
    this.#lane = mine.catch(() => {})
    return mine
  }

  #begin({ version, totals, rows }: RoleListStart): void {
    this.#version = version
    const complete = rows.length === totals.roles
    this.#state = { rows: rows.map(share).sort(byName), totals, complete }
    this.#reading = complete ? undefined : { rows: [], after: null }
  }

  #follow({ version, totals, rows, removed, reload }: RoleListChanges): void {
    this.#version = version
    if (reload) this.#reading = { rows: [], after: null }
    const { rows: shown, complete } = this.#state
    const isSame = rows.length === 0 && removed.length === 0
    this.#state = { rows: isSame ? shown : withChanges(shown, rows, removed), totals, complete }
    const reading = this.#reading
    if (reading === undefined) return
    // What comes with a later page will be as it is then.
    const inReach = rows.filter(({ name }) => reading.after !== null && keyOf(name) <= keyOf(reading.after))
    this.#reading = { rows: withChanges(reading.rows, inReach, removed), after: reading.after }
  }

  /** Reads the rest. What fails is tried again with the next refresh. */
  async #load(): Promise<void> {
    if (this.#isLoading) return
    this.#isLoading = true
    try {
      while (this.#reading !== undefined) {
        await this.#rest()
        await this.#inTurn(() => this.#readPage())
      }
    } catch {
      // Whoever asks next is told.
    } finally {
      this.#isLoading = false
    }
  }

  async #readPage(): Promise<void> {
    const { after } = this.#reading ?? {}
    if (this.#reading === undefined || after === undefined) return
    const page = await this.#calls.page(after)
    const reading: Reading = { rows: this.#reading.rows.concat(page.rows.map(share)), after: page.next }
    const { complete, totals } = this.#state
    if (page.next === null) {
      this.#reading = undefined
      this.#show({ rows: reading.rows, totals, complete: true })
      return
    }
    this.#reading = reading
    const end = keyOf(page.next)
    const beyond = this.#state.rows.filter(({ name }) => keyOf(name) > end)
    // A list that is shown whole, however old, stays until all of the new one is there.
    if (complete || reading.rows.length + beyond.length < GROWTH * this.#state.rows.length) return
    this.#show({ rows: [...reading.rows, ...beyond], totals, complete })
  }

  #show(state: RoleListState): void {
    this.#state = state
    this.#onGrowth(state)
  }
}

/** What the store means by the order of names. */
export function keyOf(name: string): string {
  return name.toLowerCase()
}

function byName(a: RoleRow, b: RoleRow): number {
  return keyOf(a.name) < keyOf(b.name) ? -1 : 1
}

/** Where a name is, or would be. */
function placeOf(rows: readonly RoleRow[], key: string): number {
  let low = 0
  let high = rows.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (keyOf(rows[middle]?.name ?? '') < key) low = middle + 1
    else high = middle
  }
  return low
}

/** The row of that name in rows that are by name. */
export function findByName(rows: readonly RoleRow[], name: string): RoleRow | undefined {
  const row = rows[placeOf(rows, keyOf(name))]
  return row !== undefined && keyOf(row.name) === keyOf(name) ? row : undefined
}

function withChanges(rows: readonly RoleRow[], changed: readonly RoleRow[], removed: readonly string[]): RoleRow[] {
  const next = [...rows]
  for (const name of removed) {
    const place = placeOf(next, keyOf(name))
    if (next[place] !== undefined && keyOf(next[place].name) === keyOf(name)) next.splice(place, 1)
  }
  for (const row of changed) {
    const place = placeOf(next, keyOf(row.name))
    const isThere = next[place] !== undefined && keyOf(next[place].name) === keyOf(row.name)
    next.splice(place, isThere ? 1 : 0, share(row))
  }
  return next
}

/** Texts that many rows have, each held once. Past this many they are hardly shared. */
const texts = new Map<string, string>()
const MOST_TEXTS = 10_000

/** The same row, with what it has in common with others held once: 50,000 rows repeat few accounts and sources. */
function share(row: RoleRow): RoleRow {
  return {
    ...row,
    accountId: once(row.accountId),
    roleName: once(row.roleName),
    from: once(row.from),
    // The profile a role would get is mostly its name.
    profile: row.profile === row.name ? row.name : row.profile,
    region: row.region === null ? null : once(row.region),
    environment: row.environment === null ? null : once(row.environment),
    state: once(row.state),
    accountName: row.accountName === null ? null : once(row.accountName),
  }
}

function once<T extends string>(text: T): T {
  const known = texts.get(text)
  if (known !== undefined) return known as T
  if (texts.size < MOST_TEXTS) texts.set(text, text)
  return text
}
