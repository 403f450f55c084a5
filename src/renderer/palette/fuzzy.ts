/**
 * Finds the letters of a term in a text, in order and not necessarily together, and says how good the best way of
 * finding them is: at the starts of words and next to each other beats scattered. Exact for every text, by dynamic
 * programming over the places each letter can have. A text that begins with the term has it there.
 */

/** Points for each letter found. */
const LETTER = 16
/** A letter that begins the text, a word, or a hump of a camelCase word. */
const AT_START = 12
const AT_WORD = 10
const AT_HUMP = 8
/** A letter right after the one found before it. */
const TOGETHER = 8
/** Letters left out between two found ones: for the first of them, and for each further. */
const GAP = 5
const GAP_MORE = 1
/** What comes first weighs more: people begin where the name begins. */
const FIRST_TIMES = 2
/** The whole text is the term. */
const WHOLE = 8

/** Scores stand this many times higher than their points, so that shorter texts win between equals. */
export const POINT = 64
/** Longer texts are searched up to here. */
export const LONGEST = 255
/** No way to find the term. */
export const NOT_FOUND = -1

const NEVER = -1_000_000

/** A letter as it is compared: lower case, without accents. Text and term keep their lengths. */
export function foldCode(code: number): number {
  if (code < 128) return code >= 65 && code <= 90 ? code + 32 : code
  const lower = String.fromCharCode(code).normalize('NFD').charAt(0).toLowerCase()
  return lower.length === 1 ? lower.charCodeAt(0) : code
}

/** A term as it is compared. At most 64 letters count. */
export function foldTerm(term: string): Uint16Array {
  const folded = new Uint16Array(Math.min(term.length, 64))
  for (let at = 0; at < folded.length; at++) folded[at] = foldCode(term.charCodeAt(at))
  return folded
}

/** One bit for each letter, one for each pair of digits, one for all else: what a text lacks, it can't match. */
export function maskOf(code: number): number {
  if (code >= 97 && code <= 122) return 1 << (code - 97)
  if (code >= 48 && code <= 57) return 1 << (26 + ((code - 48) >> 1))
  return 1 << 31
}

/** How much a letter found at `at` is worth for its place alone. */
export function placeBonus(text: string, at: number): number {
  if (at === 0) return AT_START
  const before = text.charCodeAt(at - 1)
  const here = text.charCodeAt(at)
  if (!isWordCode(before)) return isWordCode(here) ? AT_WORD : 0
  const isHump = isUpper(here) && !isUpper(before)
  return isHump || isDigit(here) !== isDigit(before) ? AT_HUMP : 0
}

function isUpper(code: number): boolean {
  return code >= 65 && code <= 90
}
function isDigit(code: number): boolean {
  return code >= 48 && code <= 57
}
function isWordCode(code: number): boolean {
  return (code >= 97 && code <= 122) || isUpper(code) || isDigit(code) || code >= 128
}

/** Where a text lies in shared arrays, so that fifty thousand of them cost no object each. */
export interface TextSpan {
  readonly codes: Uint16Array
  readonly bonus: Uint8Array
  readonly start: number
  readonly length: number
}

/** A text by itself. */
export function spanOf(text: string): TextSpan {
  const length = Math.min(text.length, LONGEST)
  const codes = new Uint16Array(length)
  const bonus = new Uint8Array(length)
  for (let at = 0; at < length; at++) {
    codes[at] = foldCode(text.charCodeAt(at))
    bonus[at] = placeBonus(text, at)
  }
  return { codes, bonus, start: 0, length }
}

// Reused by every call: nothing here is asked for again before it is done.
const earliest = new Int32Array(64)
const latest = new Int32Array(64)

/** The places a letter stands at, ascending, each with the best points for the term so far that ends there. */
interface Row {
  readonly places: Int32Array
  readonly points: Int32Array
  count: number
}
const emptyRow = (): Row => ({ places: new Int32Array(LONGEST), points: new Int32Array(LONGEST), count: 0 })
let rowBefore = emptyRow()
let rowNow = emptyRow()
/** One for each letter, where the way back is wanted. */
const rows: Row[] = []

/**
 * @returns the score of the best way to find `term` in the text, or {@link NOT_FOUND}. An empty term scores 0.
 */
export function scoreTerm(
  term: Uint16Array,
  codes: Uint16Array,
  bonus: Uint8Array,
  start: number,
  length: number,
): number {
  const count = term.length
  if (count === 0) return 0
  if (startsWith(term, codes, start, length)) return finish(pointsOfStart(count, bonus, start), count, length)
  if (count === 1) return scoreLetter(term[0] as number, codes, bonus, start, length)
  if (!findBounds(term, codes, start, length)) return NOT_FOUND
  let best = 0
  for (let letter = 0; letter < count; letter++) {
    best = fillRow(term, letter, codes, bonus, start, rowBefore, rowNow)
    const filled = rowNow
    rowNow = rowBefore
    rowBefore = filled
  }
  return finish(best, count, length)
}

/** A text that begins with the term has it there, whatever else it has: the commonest case, and no search at all. */
function startsWith(term: Uint16Array, codes: Uint16Array, start: number, length: number): boolean {
  if (term.length > length) return false
  for (let at = 0; at < term.length; at++) if (codes[start + at] !== term[at]) return false
  return true
}

function pointsOfStart(count: number, bonus: Uint8Array, start: number): number {
  let points = count * LETTER + FIRST_TIMES * (bonus[start] as number)
  for (let at = 1; at < count; at++) points += Math.max(bonus[start + at] as number, TOGETHER)
  return points
}

/** The same as for any term, for one that is a single letter: what most searches begin with. */
function scoreLetter(wanted: number, codes: Uint16Array, bonus: Uint8Array, start: number, length: number): number {
  let best = NEVER
  for (let at = start; at < start + length && best < AT_WORD; at++) {
    if (codes[at] === wanted && (bonus[at] as number) > best) best = bonus[at] as number
  }
  return best < 0 ? NOT_FOUND : finish(LETTER + FIRST_TIMES * best, 1, length)
}

/** Points as a score: the whole text is worth more, and a short one more than a long one. */
function finish(points: number, count: number, length: number): number {
  const whole = count === length ? WHOLE : 0
  return Math.max(0, (points + whole) * POINT - Math.min(POINT - 1, length - count))
}

/** The first and last place each letter can have. @returns false when the term is not in the text */
function findBounds(term: Uint16Array, codes: Uint16Array, start: number, length: number): boolean {
  const count = term.length
  if (count > length) return false
  const end = start + length
  let at = start
  for (let letter = 0; letter < count; letter++) {
    const wanted = term[letter]
    while (at < end && codes[at] !== wanted) at++
    if (at === end) return false
    earliest[letter] = at++ - start
  }
  at = end - 1
  for (let letter = count - 1; letter >= 0; letter--) {
    const wanted = term[letter]
    while (codes[at] !== wanted) at--
    latest[letter] = at-- - start
  }
  return true
}

/**
 * Finds every place of `letter` and the best points with that letter there.
 * @param before the same of the letter before; not read for the first
 * @returns the best of all places
 */
function fillRow(
  term: Uint16Array,
  letter: number,
  codes: Uint16Array,
  bonus: Uint8Array,
  start: number,
  before: Row,
  into: Row,
): number {
  const wanted = term[letter]
  const last = latest[letter] as number
  const { places, points } = into
  let count = 0
  let best = NEVER
  let next = 0
  // The best of the places before that leave a gap, and counted from the start of the text, so that it need not change
  // as the gap grows.
  let apart = NEVER
  for (let at = earliest[letter] as number; at <= last; at++) {
    if (codes[start + at] !== wanted) continue
    const own = bonus[start + at] as number
    let here = FIRST_TIMES * own
    if (letter > 0) {
      while (next < before.count && (before.places[next] as number) < at - 1) {
        apart = Math.max(apart, (before.points[next] as number) + GAP_MORE * (before.places[next] as number))
        next++
      }
      here = apart + own - GAP - GAP_MORE * (at - 2)
      if (next < before.count && before.places[next] === at - 1) {
        here = Math.max(here, (before.points[next] as number) + Math.max(own, TOGETHER))
      }
    }
    here += LETTER
    places[count] = at
    points[count++] = here
    if (here > best) best = here
  }
  into.count = count
  return best
}

/**
 * Where the letters stand in the best way to find `term`, ascending; undefined when it is not in the text. Of ways
 * that are equally good, the one that ends first and keeps together longest.
 */
export function placesOf(term: Uint16Array, { codes, bonus, start, length }: TextSpan): number[] | undefined {
  if (term.length === 0) return []
  if (startsWith(term, codes, start, length)) return [...term.keys()]
  if (!findBounds(term, codes, start, length)) return undefined
  for (let letter = 0; letter < term.length; letter++) {
    const row = rows[letter] ?? emptyRow()
    rows[letter] = row
    fillRow(term, letter, codes, bonus, start, rows[letter - 1] ?? row, row)
  }
  const last = rows[term.length - 1] as Row
  const best = Math.max(...last.points.subarray(0, last.count))
  let at = last.points.indexOf(best)
  const found: number[] = []
  for (let letter = term.length - 1; letter >= 0; letter--) {
    const row = rows[letter] as Row
    found.unshift(row.places[at] as number)
    const before = rows[letter - 1]
    if (before !== undefined) at = cameFrom(before, row, at, bonus, start)
  }
  return found
}

/** Which place of the letter before the points at `row`'s place number `at` came from. */
function cameFrom(before: Row, row: Row, at: number, bonus: Uint8Array, start: number): number {
  const place = row.places[at] as number
  const own = bonus[start + place] as number
  const points = (row.points[at] as number) - LETTER
  for (let from = before.count - 1; from >= 0; from--) {
    const gap = place - (before.places[from] as number) - 1
    const worth = (before.points[from] as number) + (gap === 0 ? Math.max(own, TOGETHER) : own - gapCost(gap))
    if (gap >= 0 && worth === points) return from
  }
  throw new Error('no way back')
}

function gapCost(letters: number): number {
  return GAP + GAP_MORE * (letters - 1)
}
