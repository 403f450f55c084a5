/** When the app looks for old keys whose time has come. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { watchDueKeys } from '#core/rotation/watch-due.ts'

const DAY = 86_400_000

let looks: number
let warnings: string[]
let lock: { isClosed: boolean; onChange(listener: () => void): () => void; change(isClosed: boolean): void }
let finishDue: () => Promise<number>
let stop: () => void

beforeEach(() => {
  vi.useFakeTimers()
  looks = 0
  warnings = []
  finishDue = async () => ++looks
  const listeners = new Set<() => void>()
  lock = {
    isClosed: false,
    onChange(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    change(isClosed) {
      lock.isClosed = isClosed
      for (const listener of listeners) listener()
    },
  }
})
afterEach(() => {
  stop()
  vi.useRealTimers()
})

function watch(): void {
  const log = { info() {}, warn: (message: string) => void warnings.push(message), error() {}, debug() {} }
  stop = watchDueKeys({ rotation: { finishDue: () => finishDue() }, lock, log })
}

it('at the start, and every day after it', async () => {
  watch()
  expect(looks).toBe(1)
  await vi.advanceTimersByTimeAsync(3 * DAY)
  expect(looks).toBe(4)
  stop()
  await vi.advanceTimersByTimeAsync(3 * DAY)
  expect(looks).toBe(4)
})

it('not while it is locked, but as soon as it is unlocked', async () => {
  lock.isClosed = true
  watch()
  await vi.advanceTimersByTimeAsync(2 * DAY)
  expect(looks).toBe(0)
  lock.change(false)
  expect(looks).toBe(1)
  // What else the lock tells is no unlocking.
  lock.change(false)
  lock.change(true)
  expect(looks).toBe(1)
})

it('a failure is logged, and it goes on', async () => {
  finishDue = () => Promise.reject(new Error('the disk is full'))
  watch()
  await vi.advanceTimersByTimeAsync(DAY)
  expect(warnings).toHaveLength(2)
})
