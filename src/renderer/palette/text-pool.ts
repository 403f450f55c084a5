/** Texts in a few large arrays, each text once: names of accounts and roles come again and again. */
import { foldCode, LONGEST, maskOf, NOT_FOUND, placeBonus, scoreTerm } from './fuzzy.ts'

export class TextPool {
  #ids = new Map<string, number>()
  #codes = new Uint16Array(1 << 14)
  #bonus = new Uint8Array(1 << 14)
  #used = 0
  #starts = new Int32Array(1 << 10)
  #lengths = new Uint8Array(1 << 10)
  #masks = new Int32Array(1 << 10)
  /** The score of each text for the term of `#round`, so that no text is looked at twice for one term. */
  #scores = new Int32Array(1 << 10)
  #scoredIn = new Uint32Array(1 << 10)
  #round = 0
  #term: Uint16Array = new Uint16Array(0)
  #termMask = 0

  /** How many different texts there are. */
  get count(): number {
    return this.#ids.size
  }

  /** @returns the text's number */
  add(text: string): number {
    const known = this.#ids.get(text)
    if (known !== undefined) return known
    const id = this.#ids.size
    const length = Math.min(text.length, LONGEST)
    this.#makeRoom(id, length)
    let mask = 0
    for (let at = 0; at < length; at++) {
      const code = foldCode(text.charCodeAt(at))
      this.#codes[this.#used + at] = code
      this.#bonus[this.#used + at] = placeBonus(text, at)
      mask |= maskOf(code)
    }
    this.#ids.set(text, id)
    this.#starts[id] = this.#used
    this.#lengths[id] = length
    this.#masks[id] = mask
    this.#used += length
    return id
  }

  /** Says what {@link score} is asked for from now on. */
  ask(term: Uint16Array): void {
    this.#round++
    this.#term = term
    this.#termMask = term.reduce((mask, code) => mask | maskOf(code), 0)
  }

  /**
   * How well a text has the term: its score by {@link scoreTerm}. The arrays are handed to the loop that asks for fifty
   * thousand texts: where `scoredIn` has `round`, `scores` has the answer; else {@link score} finds it.
   */
  get answers(): { readonly scores: Int32Array; readonly scoredIn: Uint32Array; readonly round: number } {
    return { scores: this.#scores, scoredIn: this.#scoredIn, round: this.#round }
  }

  score(id: number): number {
    if (this.#scoredIn[id] === this.#round) return this.#scores[id] as number
    const has = ((this.#masks[id] as number) & this.#termMask) === this.#termMask
    const score = has
      ? scoreTerm(this.#term, this.#codes, this.#bonus, this.#starts[id] as number, this.#lengths[id] as number)
      : NOT_FOUND
    this.#scores[id] = score
    this.#scoredIn[id] = this.#round
    return score
  }

  #makeRoom(id: number, length: number): void {
    if (this.#used + length > this.#codes.length) {
      this.#codes = grown(this.#codes, new Uint16Array(this.#codes.length * 2))
      this.#bonus = grown(this.#bonus, new Uint8Array(this.#bonus.length * 2))
    }
    if (id < this.#starts.length) return
    const room = this.#starts.length * 2
    this.#starts = grown(this.#starts, new Int32Array(room))
    this.#lengths = grown(this.#lengths, new Uint8Array(room))
    this.#masks = grown(this.#masks, new Int32Array(room))
    this.#scores = grown(this.#scores, new Int32Array(room))
    this.#scoredIn = grown(this.#scoredIn, new Uint32Array(room))
  }
}

/** A larger array that begins like the other. */
export function grown<A extends { set(values: A): void }>(from: A, into: A): A {
  into.set(from)
  return into
}
