/**
 * Says on stderr what takes longer than a second, on a terminal only. The line is gone when the work is done, and
 * it steps aside while somebody is being asked.
 */
import type { OutputStream } from '../host.ts'
import { withoutControls } from './style.ts'

/** What a person is told whose start waits for the MFA prompt of another process. */
export function waitingFor(target: string): string {
  return `Waiting for ${target}: another Hallpass process asks for the code.`
}

const FRAMES = ['⠋', '⠙', '⠹', '⠸', '⠼', '⠴', '⠦', '⠧', '⠇', '⠏']
const FRAME_MS = 100

export class Progress {
  readonly #stream: OutputStream
  readonly #delayMs: number
  #pauses = 0
  /** When the present wait began: with the work, or with the end of the last question. */
  #since = 0
  #shown = false
  #detail: string | undefined

  constructor(stream: OutputStream, delayMs = 1000) {
    this.#stream = stream
    this.#delayMs = delayMs
  }

  /** Waits for `work`, showing `label` once it has taken a while. */
  async during<T>(label: string, work: Promise<T>): Promise<T> {
    if (!this.#stream.isTTY) return work
    this.#since = Date.now()
    let frame = 0
    const timer = setInterval(() => {
      if (this.#pauses > 0 || Date.now() - this.#since < this.#delayMs) return
      this.#stream.write(`\r\u001b[2K${FRAMES[frame++ % FRAMES.length]} ${this.#detail ?? label}`)
      this.#shown = true
    }, FRAME_MS)
    try {
      return await work
    } finally {
      clearInterval(timer)
      this.#detail = undefined
      this.#clear()
    }
  }

  /** Says what the present work waits for, instead of its label, until it is done. */
  detail(text: string): void {
    this.#detail = text
  }

  /** Says something for good, on a terminal only. */
  line(text: string): void {
    if (!this.#stream.isTTY) return
    this.#clear()
    this.#stream.write(`${withoutControls(text)}\n`)
  }

  /** Keeps the line free while `ask` talks to the person. */
  async aside<T>(ask: () => Promise<T>): Promise<T> {
    this.#pauses++
    this.#clear()
    try {
      return await ask()
    } finally {
      this.#pauses--
      this.#since = Date.now()
    }
  }

  #clear(): void {
    if (this.#shown) this.#stream.write('\r\u001b[2K')
    this.#shown = false
  }
}
