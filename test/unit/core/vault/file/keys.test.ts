/** Keys in memory: gone, and overwritten, when their time is over. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { VaultKeys } from '#core/vault/file/keys.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: 1_000_000 })
})
afterEach(() => {
  vi.useRealTimers()
})

const KEY = Buffer.alloc(32, 7)
const isBlank = (key: Buffer | undefined) => key?.every((byte) => byte === 0)

it('are for one file, and a copy', () => {
  const keys = new VaultKeys()
  const given = Buffer.from(KEY)
  keys.hold('one', given)
  given.fill(0)
  expect(keys.get('one')).toEqual(KEY)
  expect(keys.get('two')).toBeUndefined()
  expect(keys.until).toBe(Number.POSITIVE_INFINITY)
})

it('are overwritten when they are locked, replaced or over their time', () => {
  const keys = new VaultKeys()
  keys.hold('one', KEY)
  const first = keys.get('one')
  keys.hold('one', KEY, Date.now() + 5000)
  const second = keys.get('one')
  expect(isBlank(first)).toBe(true)
  expect(isBlank(second)).toBe(false)
  vi.advanceTimersByTime(4999)
  expect(isBlank(second)).toBe(false)
  vi.advanceTimersByTime(1)
  expect(isBlank(second)).toBe(true)
  expect([keys.get('one'), keys.until, keys.isClosed]).toEqual([undefined, undefined, true])
  keys.hold('one', KEY)
  expect(keys.isClosed).toBe(false)
  const third = keys.get('one')
  expect([keys.lock(), keys.lock()]).toEqual([true, false])
  expect(isBlank(third)).toBe(true)
})

it('are not given after their time, also when the timer is late', () => {
  let now = 0
  const keys = new VaultKeys(() => now)
  keys.hold('one', KEY, 5000)
  now = 5000
  expect(keys.get('one')).toBeUndefined()
})

it('say once when they go by themselves or are locked', () => {
  const keys = new VaultKeys()
  const told = vi.fn()
  keys.whenLocked(told)
  keys.hold('one', KEY, Date.now() + 5000)
  keys.hold('one', KEY, Date.now() + 6000)
  expect(told).not.toHaveBeenCalled()
  vi.advanceTimersByTime(6000)
  keys.lock()
  expect(told).toHaveBeenCalledTimes(1)
})

it('last for longer than a timer of Node can', () => {
  const keys = new VaultKeys()
  const time = 2 ** 31 + 5000
  keys.hold('one', KEY, Date.now() + time)
  vi.advanceTimersByTime(time - 1)
  expect(keys.get('one')).toEqual(KEY)
  vi.advanceTimersByTime(1)
  expect(keys.until).toBeUndefined()
})
