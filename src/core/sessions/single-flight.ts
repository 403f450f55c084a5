/** Sharing and queueing of work in this process: one call for many callers, one prompt at a time for a device. */

/** Runs work once for all callers that ask under the same key while it runs; its failure is theirs too, and is forgotten. */
export class SingleFlight<T> {
  readonly #running = new Map<string, Promise<T>>()

  isRunning(key: string): boolean {
    return this.#running.has(key)
  }

  run(key: string, work: () => Promise<T>): Promise<T> {
    const running = this.#running.get(key)
    if (running) return running
    const started = work().finally(() => this.#running.delete(key))
    this.#running.set(key, started)
    return started
  }
}

/** Runs work under the same key one after the other, in the order asked. */
export class Queue {
  readonly #tails = new Map<string, Promise<unknown>>()

  run<T>(key: string, work: () => Promise<T>): Promise<T> {
    const before = this.#tails.get(key) ?? Promise.resolve()
    const result = before.then(work)
    const tail = result.catch(() => undefined)
    this.#tails.set(key, tail)
    void tail.then(() => {
      if (this.#tails.get(key) === tail) this.#tails.delete(key)
    })
    return result
  }
}
