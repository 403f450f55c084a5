import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { formatDay, formatShortDay } from '../../../src/renderer/lib/time.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: new Date(2026, 0, 3) })
})
afterEach(() => {
  vi.useRealTimers()
})

it.each([
  [new Date(2026, 0, 2), '2 Jan', 'Fri 2 Jan'],
  [new Date(2025, 11, 31), '31 Dec 2025', 'Wed 31 Dec 2025'],
  [new Date(2027, 0, 1), '1 Jan 2027', 'Fri 1 Jan 2027'],
])('%s has its year only if it is another one', (day, short, long) => {
  expect(formatShortDay(day.getTime(), 'en-GB')).toBe(short)
  expect(formatDay(day.getTime(), 'en-GB').replace(',', '')).toBe(long)
})
