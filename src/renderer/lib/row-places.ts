/**
 * Where the rows of a long list are. There are two heights, one of group heads and one of all other rows: from where
 * the heads are, every place follows, and nothing is kept for a row.
 */
export class RowPlaces {
  readonly count: number
  readonly #heads: readonly number[]
  readonly #row: number
  readonly #head: number

  /** @param heads indexes of the group heads, in order; @param row and @param head heights in pixels */
  constructor(count: number, heads: readonly number[], row: number, head: number) {
    this.count = count
    this.#heads = heads
    this.#row = row
    this.#head = head
  }

  /** Height of all rows. */
  get height(): number {
    return this.top(this.count)
  }

  /** The upper edge of a row; of the list's end for its count. */
  top(index: number): number {
    const heads = this.#headsBefore(index)
    return (index - heads) * this.#row + heads * this.#head
  }

  /** The row at that height; the last one below the end. */
  at(y: number): number {
    let low = 0
    let high = this.count - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.top(middle) <= y) low = middle
      else high = middle - 1
    }
    return Math.max(0, low)
  }

  /** The group head that a row is under, itself if it is one; -1 without. */
  headOf(index: number): number {
    return this.#heads[this.#headsBefore(index + 1) - 1] ?? -1
  }

  #headsBefore(index: number): number {
    let low = 0
    let high = this.#heads.length
    while (low < high) {
      const middle = (low + high) >> 1
      if ((this.#heads[middle] ?? 0) < index) low = middle + 1
      else high = middle
    }
    return low
  }
}
