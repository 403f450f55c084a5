/**
 * The roles as the palette searches them. Built in slices while nothing else is to be done, kept up to date row by row,
 * and searched without making an object for what is not shown: fifty thousand roles answer within a frame.
 */
import type { RoleRow } from '#shared/role-list.ts'
import { foldTerm, NOT_FOUND, POINT } from './fuzzy.ts'
import { FIELDS, type FieldPlaces, OWN_FIELDS, placesIn, SHARED_FIELDS, textOf } from './role-fields.ts'
import { narrows, termsOf } from './terms.ts'
import { grown, TextPool } from './text-pool.ts'
import { TopFew } from './top-few.ts'

const OWN = OWN_FIELDS.length
const SHARED = SHARED_FIELDS.length
const LESS_ROLE_NAME = FIELDS.roleName * POINT
const LESS_PROFILE = FIELDS.profile * POINT

/** What a role that is used a lot has before others. Points; frecency gives a share of it. */
const MOST_USED = 26
const PINNED = 8
const LIVE = 6

export interface Hit {
  readonly role: RoleRow
  readonly score: number
  readonly places: FieldPlaces
}

export interface SearchResult {
  readonly hits: readonly Hit[]
  /** How many roles match. */
  readonly total: number
}

export interface SearchOptions {
  readonly limit: number
  /** Only roles of this account. */
  readonly accountId?: string | undefined
}

/** The last search, which a longer query narrows. */
interface Narrowing {
  readonly terms: readonly string[]
  readonly accountId: string | undefined
  readonly slots: Int32Array
}

export class RoleIndex {
  #rows: readonly RoleRow[] = []
  /** How far {@link work} has come in the rows. */
  #next = 0
  /** The rows by slot. A role keeps its slot while it has its name, wherever it comes in the list. */
  #indexed: (RoleRow | undefined)[] = []
  #slotOf = new Map<string, number>()
  #free: number[] = []
  /** The slot at each position of the list, as it was when it was last gone through. */
  #slotAt = new Int32Array(1 << 10)
  /** The position of each slot in the list: equals are shown in this order. */
  #ranks = new Int32Array(1 << 10)
  /** When each slot was last met in the list. */
  #metIn = new Int32Array(1 << 10)
  #pass = 0
  #pool = new TextPool()
  /** The pool when all was indexed last: much more since then is texts nobody has any more. */
  #poolWhenWhole = 0
  /** Of each slot, the texts of {@link OWN_FIELDS}, and its place among the shared ones. */
  #texts = new Int32Array(OWN << 10)
  #places = new Int32Array(1 << 10)
  /** Each combination of {@link SHARED_FIELDS} once, by its texts. */
  #shared = new Map<string, number>()
  #sharedTexts: number[] = []
  /** The best answer of each combination to the present term. */
  #sharedScores = new Int32Array(0)
  #boosts = new Int32Array(1 << 10)
  #uses: ReadonlyMap<string, number> = new Map()
  #sums = new Int32Array(1 << 10)
  #last: Narrowing | undefined
  #version = 0

  /** Changes whenever the same search may answer otherwise. */
  get version(): number {
    return this.#version
  }

  /** Whether rows wait for {@link work}. */
  get isBehind(): boolean {
    return this.#next < this.#rows.length
  }

  /** Takes the roles as they are now. Rows that are the same objects as before cost next to nothing. */
  update(rows: readonly RoleRow[]): void {
    if (rows === this.#rows) return
    this.#rows = rows
    this.#next = 0
    this.#pass++
    if (rows.length > 0) return
    this.#restart()
    this.#touch()
  }

  /** How much each role is used, by name, from 0 to 1. */
  setUses(uses: ReadonlyMap<string, number>): void {
    this.#uses = uses
    for (const [slot, row] of this.#indexed.entries()) if (row !== undefined) this.#boosts[slot] = this.#boostOf(row)
    this.#touch()
  }

  /**
   * Goes on indexing until all is done or `isEnough` says so, asked now and then. Roles that are gone leave with the
   * end of it.
   * @returns whether anything is left to do
   */
  work(isEnough: () => boolean = () => false): boolean {
    const rows = this.#rows
    if (this.#next === rows.length) return false
    if (this.#pool.count > 2 * this.#poolWhenWhole + 20_000 + 8 * rows.length) this.#restart()
    let effort = 0
    while (this.#next < rows.length) {
      effort += this.#meet(this.#next++) ? 32 : 1
      if (effort < 4096) continue
      effort = 0
      if (isEnough()) break
    }
    if (!this.isBehind) {
      this.#dropUnmet()
      this.#poolWhenWhole = this.#pool.count
    }
    return this.isBehind
  }

  /**
   * The roles that have every word of `query`, best first. Without a query: those used most, then the others in their
   * own order. Equals stay in the order of the rows.
   */
  search(query: string, { limit, accountId }: SearchOptions): SearchResult {
    const terms = termsOf(query)
    const { slots, fresh } = this.#candidates(terms, accountId)
    const top = new TopFew(limit)
    const kept = fresh ? slots : new Int32Array(slots.length)
    const total = this.#sift(terms, slots, kept, top)
    this.#last = { terms, accountId, slots: kept.subarray(0, total) }
    const hits = top.slots().map((slot) => ({
      role: this.#indexed[slot] as RoleRow,
      score: this.#sums[slot] as number,
      places: placesIn(this.#indexed[slot] as RoleRow, terms),
    }))
    return { hits, total }
  }

  #touch(): void {
    this.#version++
    this.#last = undefined
  }

  #restart(): void {
    this.#pool = new TextPool()
    this.#poolWhenWhole = 0
    this.#shared.clear()
    this.#sharedTexts = []
    this.#indexed = []
    this.#slotOf.clear()
    this.#free = []
    this.#next = 0
  }

  /** Sees to it that the row at this position of the list is indexed. @returns whether that took any work */
  #meet(position: number): boolean {
    const row = this.#rows[position] as RoleRow
    let slot = this.#slotAt[position] ?? 0
    const isSame = this.#indexed[slot] === row
    if (!isSame) slot = this.#slotFor(row.name)
    const isKnown = isSame || this.#indexed[slot] === row
    if (!isKnown) this.#index(slot, row)
    if (position >= this.#slotAt.length) this.#slotAt = grown(this.#slotAt, new Int32Array(position * 2))
    this.#slotAt[position] = slot
    this.#metIn[slot] = this.#pass
    if (isKnown && this.#ranks[slot] === position) return false
    this.#ranks[slot] = position
    this.#touch()
    return !isKnown
  }

  #slotFor(name: string): number {
    const known = this.#slotOf.get(name)
    if (known !== undefined) return known
    const slot = this.#free.pop() ?? this.#indexed.length
    this.#makeRoom(slot)
    this.#slotOf.set(name, slot)
    return slot
  }

  #dropUnmet(): void {
    if (this.#slotOf.size === this.#rows.length) return
    for (const [slot, row] of this.#indexed.entries()) {
      if (row === undefined || this.#metIn[slot] === this.#pass) continue
      this.#indexed[slot] = undefined
      this.#slotOf.delete(row.name)
      this.#free.push(slot)
    }
    this.#touch()
  }

  #index(slot: number, row: RoleRow): void {
    const pool = this.#pool
    for (const [at, field] of OWN_FIELDS.entries()) this.#texts[slot * OWN + at] = pool.add(textOf(row, field))
    const texts = SHARED_FIELDS.map((field) => pool.add(textOf(row, field)))
    const key = texts.join(' ')
    let place = this.#shared.get(key)
    if (place === undefined) {
      place = this.#shared.size
      this.#shared.set(key, place)
      this.#sharedTexts.push(...texts)
    }
    this.#places[slot] = place
    this.#indexed[slot] = row
    this.#boosts[slot] = this.#boostOf(row)
  }

  #boostOf(row: RoleRow): number {
    const used = (this.#uses.get(row.name) ?? 0) * MOST_USED
    return Math.round((used + (row.pinned ? PINNED : 0) + (row.state === 'active' ? LIVE : 0)) * POINT)
  }

  #makeRoom(slot: number): void {
    if (slot < this.#boosts.length) return
    const room = this.#boosts.length * 2
    this.#texts = grown(this.#texts, new Int32Array(room * OWN))
    this.#places = grown(this.#places, new Int32Array(room))
    this.#boosts = grown(this.#boosts, new Int32Array(room))
    this.#ranks = grown(this.#ranks, new Int32Array(room))
    this.#metIn = grown(this.#metIn, new Int32Array(room))
    this.#sums = new Int32Array(room)
  }

  /** What may match: the last matches when the query only got longer, else every role (of the account). */
  #candidates(terms: readonly string[], accountId: string | undefined): { slots: Int32Array; fresh: boolean } {
    const last = this.#last
    if (last !== undefined && last.accountId === accountId && narrows(last.terms, terms)) {
      return { slots: last.slots, fresh: false }
    }
    const rows = this.#indexed
    const slots = new Int32Array(rows.length)
    let count = 0
    for (let slot = 0; slot < rows.length; slot++) {
      const row = rows[slot]
      if (row !== undefined && (accountId === undefined || row.accountId === accountId)) slots[count++] = slot
    }
    return { slots: slots.subarray(0, count), fresh: true }
  }

  /** Keeps the slots that have every term and offers them to `top`. `into` may be `slots`. @returns how many */
  #sift(terms: readonly string[], slots: Int32Array, into: Int32Array, top: TopFew): number {
    const sums = this.#sums
    let count = slots.length
    for (let at = 0; at < count; at++) {
      const slot = slots[at] as number
      sums[slot] = this.#boosts[slot] as number
      into[at] = slot
    }
    for (const term of terms) count = this.#siftTerm(term, into, count)
    for (let at = 0; at < count; at++) {
      const slot = into[at] as number
      top.offer(slot, sums[slot] as number, this.#ranks[slot] as number)
    }
    return count
  }

  /**
   * Keeps those of the first `count` slots that have the term, and adds to their sums how well they do. Called for every
   * key a person types, over every role: no object is made and no text looked at twice.
   * @returns how many are left
   */
  #siftTerm(term: string, slots: Int32Array, count: number): number {
    const pool = this.#pool
    pool.ask(foldTerm(term))
    this.#askShared()
    const { scores, scoredIn, round } = pool.answers
    const [texts, places, shared, sums] = [this.#texts, this.#places, this.#sharedScores, this.#sums]
    let left = 0
    for (let at = 0; at < count; at++) {
      const slot = slots[at] as number
      const own = slot * OWN
      const name = texts[own] as number
      const roleName = texts[own + 1] as number
      const profile = texts[own + 2] as number
      let best = shared[places[slot] as number] as number
      const byName = scoredIn[name] === round ? (scores[name] as number) : pool.score(name)
      if (byName > best) best = byName
      const byRole = scoredIn[roleName] === round ? (scores[roleName] as number) : pool.score(roleName)
      if (byRole >= 0 && byRole - LESS_ROLE_NAME > best) best = Math.max(0, byRole - LESS_ROLE_NAME)
      if (profile !== name) {
        const byProfile = scoredIn[profile] === round ? (scores[profile] as number) : pool.score(profile)
        if (byProfile >= 0 && byProfile - LESS_PROFILE > best) best = Math.max(0, byProfile - LESS_PROFILE)
      }
      if (best < 0) continue
      sums[slot] = (sums[slot] as number) + best
      slots[left++] = slot
    }
    return left
  }

  /** The best answer of every combination of shared texts to the present term. */
  #askShared(): void {
    const texts = this.#sharedTexts
    const count = texts.length / SHARED
    if (this.#sharedScores.length < count) this.#sharedScores = new Int32Array(count * 2)
    for (let place = 0; place < count; place++) {
      let best = NOT_FOUND
      for (let at = 0; at < SHARED; at++) {
        const score = this.#pool.score(texts[place * SHARED + at] as number)
        const field = SHARED_FIELDS[at] as (typeof SHARED_FIELDS)[number]
        if (score >= 0) best = Math.max(best, 0, score - FIELDS[field] * POINT)
      }
      this.#sharedScores[place] = best
    }
  }
}
