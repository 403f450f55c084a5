/** Time that passes only by waiting: minutes of work take moments, and always the same ones. */
import type { AbortableWait } from '#core/identity-center/wait.ts'
import { NOW } from './records.ts'

interface Timer {
  readonly at: number
  readonly ring: () => void
}

export class VirtualTime {
  #now = NOW
  readonly #timers = new Set<Timer>()

  readonly clock = () => this.#now

  readonly wait: AbortableWait = (ms, signal) =>
    new Promise<void>((resolve, reject) => {
      const timer = { at: this.#now + Math.max(0, ms), ring: resolve }
      this.#timers.add(timer)
      signal?.addEventListener('abort', () => {
        this.#timers.delete(timer)
        reject(signal.reason)
      })
    })

  /** Lets time pass until the work is done. @throws when it waits for nothing that will come */
  async run<T>(work: Promise<T>): Promise<T> {
    let isDone = false
    const end = () => {
      isDone = true
    }
    work.then(end, end)
    for (;;) {
      await new Promise((resolve) => setImmediate(resolve))
      if (isDone) return work
      let next: Timer | undefined
      for (const timer of this.#timers) if (!next || timer.at < next.at) next = timer
      if (!next) throw new Error('Nothing is left to wait for.')
      this.#timers.delete(next)
      this.#now = Math.max(this.#now, next.at)
      next.ring()
    }
  }
}
