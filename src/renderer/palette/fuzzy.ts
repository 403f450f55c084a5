/**
 * Finds the letters of a term in a text, in order and not necessarily together, and says how good the best way of
 * finding them is: at the starts of words and next to each other beats scattered. Exact for every text, by dynamic
 * programming over the places each letter can have.
 */

/** Points for each letter found. */
const LETTER = 16
/** A letter that begins the text, a word, or a hump of a camelCase word. */
const AT_START = 12
const AT_WORD = 10
const AT_HUMP = 8
/** A letter right after the one found before it. */
const TOGETHER = 6
/** Letters left out between two found ones: for the first of them, and for each further. */
const GAP = 5
const GAP_MORE = 1
/** What comes first weighs more: people begin where the name begins. */
const FIRST_TIMES = 2
/** The whole text is the term. */
const WHOLE = 24

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
let rowBefore = new Int32Array(LONGEST + 2)
let rowNow = new Int32Array(LONGEST + 2)

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
  if (!findBounds(term, codes, start, length)) return NOT_FOUND
  let best = NEVER
  for (let letter = 0; letter < count; letter++) {
    best = fillRow(term, letter, codes, bonus, start, rowBefore, rowNow)
    const filled = rowNow
    rowNow = rowBefore
    rowBefore = filled
  }
  return finish(best, count, length)
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
  let at = 0
  for (let letter = 0; letter < count; letter++) {
    const wanted = term[letter]
    while (at < length && codes[start + at] !== wanted) at++
    if (at === length) return false
    earliest[letter] = at++
  }
  at = length - 1
  for (let letter = count - 1; letter >= 0; letter--) {
    const wanted = term[letter]
    while (codes[start + at] !== wanted) at--
    latest[letter] = at--
  }
  return true
}

/**
 * For each place of `letter`, the best points with that letter there: `into[place + 1]`. Places between its bounds
 * where it does not stand get {@link NEVER}.
 * @returns the best of all places
 */
function fillRow(
  term: Uint16Array,
  letter: number,
  codes: Uint16Array,
  bonus: Uint8Array,
  start: number,
  before: Int32Array,
  into: Int32Array,
): number {
  const wanted = term[letter]
  const from = earliest[letter] as number
  const to = latest[letter] as number
  let best = NEVER
  if (letter === 0) {
    for (let at = from; at <= to; at++) {
      const points = codes[start + at] === wanted ? LETTER + FIRST_TIMES * (bonus[start + at] as number) : NEVER
      into[at + 1] = points
      if (points > best) best = points
    }
    return best
  }
  const lowest = earliest[letter - 1] as number
  const highest = latest[letter - 1] as number
  // The best of the places before, less what the gap up to here costs.
  let apart = NEVER
  for (let near = lowest; near < from - 1; near++) {
    apart = Math.max(apart - GAP_MORE, (before[near + 1] as number) - GAP)
  }
  for (let at = from; at <= to; at++) {
    const next = at - 1 >= lowest && at - 1 <= highest ? (before[at] as number) : NEVER
    let points = NEVER
    if (codes[start + at] === wanted) {
      const own = bonus[start + at] as number
      points = LETTER + Math.max(next + Math.max(own, TOGETHER), apart + own)
    }
    into[at + 1] = points
    if (points > best) best = points
    apart = Math.max(apart - GAP_MORE, next - GAP)
  }
  return best
}

/**
 * Where the letters stand in the best way to find `term`, ascending; undefined when it is not in the text. Of ways
 * that are equally good, the one that ends first.
 */
export function placesOf(term: Uint16Array, span: TextSpan): number[] | undefined {
  const { codes, bonus, start, length } = span
  if (term.length === 0) return []
  if (!findBounds(term, codes, start, length)) return undefined
  const rows: Int32Array[] = []
  for (let letter = 0; letter < term.length; letter++) {
    const row = new Int32Array(length + 1).fill(NEVER)
    fillRow(term, letter, codes, bonus, start, rows[letter - 1] ?? row, row)
    rows.push(row)
  }
  return walkBack(rows, bonus, start)
}

/** Goes from the best place of the last letter to the places that led to it. */
function walkBack(rows: readonly Int32Array[], bonus: Uint8Array, start: number): number[] {
  const last = rows.at(-1) as Int32Array
  let at = last.indexOf(Math.max(...last)) - 1
  const places = [at]
  for (let letter = rows.length - 1; letter > 0; letter--) {
    const before = rows[letter - 1] as Int32Array
    const own = bonus[start + at] as number
    const points = (rows[letter] as Int32Array)[at + 1] as number
    let from = at - 1
    if (points !== LETTER + (before[at] as number) + Math.max(own, TOGETHER)) {
      from = at - 2
      while (points !== LETTER + own + (before[from + 1] as number) - GAP - GAP_MORE * (at - from - 2)) from--
    }
    places.unshift(from)
    at = from
  }
  return places
}
