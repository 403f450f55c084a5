/** The best of many, without sorting all of them. */
export class TopFew {
  #limit: number
  #slots: number[] = []
  #scores: number[] = []
  #ranks: number[] = []

  constructor(limit: number) {
    this.#limit = limit
  }

  /** Of equals, the one of lower rank comes before. */
  offer(slot: number, score: number, rank: number): void {
    const count = this.#slots.length
    if (count >= this.#limit && !this.#isBefore(score, rank, count - 1)) return
    let low = 0
    let high = count
    while (low < high) {
      const middle = (low + high) >> 1
      if (this.#isBefore(score, rank, middle)) high = middle
      else low = middle + 1
    }
    for (const [list, value] of [
      [this.#slots, slot],
      [this.#scores, score],
      [this.#ranks, rank],
    ] as const) {
      list.splice(low, 0, value)
      if (list.length > this.#limit) list.pop()
    }
  }

  #isBefore(score: number, rank: number, at: number): boolean {
    const other = this.#scores[at] as number
    return score > other || (score === other && rank < (this.#ranks[at] as number))
  }

  slots(): readonly number[] {
    return this.#slots
  }
}
