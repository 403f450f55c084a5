/**
 * Lets at most one call at a time through to the keychain, and none wait for ever. A native call can't be cancelled:
 * it holds a thread of Node's small pool until the keychain answers. So after one has timed out no other is started
 * until it returns; callers fail at once instead of using up the pool and stalling all file access.
 */

/** A call did not end within its time, or an earlier one still has not. */
export class LaneTimeout extends Error {}

/** Limits of one call, in milliseconds. */
export interface LaneLimits {
  /** After this, `isWaitingForPerson` decides whether to go on waiting. */
  readonly answerMs: number
  /** After this, the call is given up in any case. */
  readonly timeoutMs: number
  readonly isWaitingForPerson: () => Promise<boolean>
}

/**
 * Node's own exit waits for the threads of its pool, and so for ever for a call that never returns. While such a call
 * is out, exiting replaces the process by one that ends at once with the same code.
 */
function exitDespiteStuckThread(code: number): void {
  try {
    if (process.execve) process.execve('/bin/sh', ['sh', '-c', `exit ${code}`], {})
  } catch {
    // Not offered by this platform: ending counts for more than the exit code.
  }
  process.kill(process.pid, 'SIGKILL')
}

export class NativeLane {
  #tail: Promise<unknown> = Promise.resolve()
  #stuck = false
  #running = 0
  readonly #limits: LaneLimits

  constructor(limits: LaneLimits) {
    this.#limits = limits
  }

  /** True while a call that was given up has still not returned. */
  get isStuck(): boolean {
    return this.#stuck
  }

  /** True while a call is with the keychain or waits to be. */
  get isBusy(): boolean {
    return this.#running > 0
  }

  /**
   * Runs `task` after all earlier ones. Inside it, every call to the keychain must go through `call`.
   * @throws LaneTimeout
   */
  run<T>(task: (call: <R>(native: () => Promise<R>) => Promise<R>) => Promise<T>): Promise<T> {
    this.#running += 1
    const result = this.#tail.then(() => task((native) => this.#call(native)))
    this.#tail = result
      .catch(() => undefined)
      .then(() => {
        this.#running -= 1
      })
    return result
  }

  async #call<R>(native: () => Promise<R>): Promise<R> {
    if (this.#stuck) throw new LaneTimeout('an earlier call has not returned')
    const { answerMs, timeoutMs, isWaitingForPerson } = this.#limits
    const timers: NodeJS.Timeout[] = []
    const pending = native()
    const deadline = new Promise<never>((_, reject) => {
      const giveUp = () => {
        this.#stuck = true
        process.once('exit', exitDespiteStuckThread)
        const free = () => {
          this.#stuck = false
          process.off('exit', exitDespiteStuckThread)
        }
        pending.then(free, free)
        reject(new LaneTimeout('no answer'))
      }
      timers.push(setTimeout(giveUp, timeoutMs))
      if (answerMs < timeoutMs)
        timers.push(
          setTimeout(async () => {
            if (!(await isWaitingForPerson())) giveUp()
          }, answerMs),
        )
    })
    try {
      return await Promise.race([pending, deadline])
    } finally {
      for (const timer of timers) clearTimeout(timer)
    }
  }
}
