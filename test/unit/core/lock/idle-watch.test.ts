// When time without input locks, on a clock that moves only when told.
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { watchIdle } from '#core/lock/idle-watch.ts'
import { readSettings, type Settings } from '#shared/settings.ts'

beforeEach(() => {
  vi.useFakeTimers({ now: 0 })
})
afterEach(() => {
  vi.useRealTimers()
})

const SECOND = 1000
const MINUTE = 60 * SECOND

function setUp(change: Partial<Settings> = {}) {
  const listeners = { settings: new Set<() => void>(), lock: new Set<() => void>() }
  const tell = (set: Set<() => void>) => {
    for (const listener of set) listener()
  }
  const listen = (set: Set<() => void>) => (listener: () => void) => {
    set.add(listener)
    return () => set.delete(listener)
  }
  const world = {
    settings: { ...readSettings(undefined), ...change },
    lastInput: 0,
    isClosed: false,
    reasons: [] as string[],
    set(next: Partial<Settings>) {
      world.settings = { ...world.settings, ...next }
      tell(listeners.settings)
    },
    unlock() {
      world.isClosed = false
      tell(listeners.lock)
    },
    stop: () => {},
  }
  world.stop = watchIdle({
    lock: {
      get isClosed() {
        return world.isClosed
      },
      async lock(because) {
        world.reasons.push(because)
        world.isClosed = true
        tell(listeners.lock)
      },
      onChange: listen(listeners.lock),
    },
    settings: {
      get: () => world.settings,
      onChange: (listener) => listen(listeners.settings)(() => listener(world.settings, world.settings)),
    },
    idleSeconds: () => (Date.now() - world.lastInput) / SECOND,
  })
  return world
}

it('locks once the time is up, and not before', () => {
  const world = setUp({ lockAfterIdleMinutes: 5 })
  vi.advanceTimersByTime(5 * MINUTE - SECOND)
  expect(world.reasons).toEqual([])
  vi.advanceTimersByTime(SECOND)
  expect(world.reasons).toEqual(['idle'])
  vi.advanceTimersByTime(60 * MINUTE)
  expect(world.reasons).toEqual(['idle'])
})

it('counts from the last input', () => {
  const world = setUp({ lockAfterIdleMinutes: 5 })
  vi.advanceTimersByTime(4 * MINUTE)
  world.lastInput = Date.now()
  vi.advanceTimersByTime(4 * MINUTE)
  expect(world.reasons).toEqual([])
  vi.advanceTimersByTime(MINUTE)
  expect(world.reasons).toEqual(['idle'])
})

it('never locks when it is not to, and follows the setting at once', () => {
  const world = setUp({ lockAfterIdleMinutes: null })
  vi.advanceTimersByTime(24 * 60 * MINUTE)
  expect(world.reasons).toEqual([])
  world.set({ lockAfterIdleMinutes: 15 })
  expect(world.reasons).toEqual(['idle'])
})

it('notices within half a minute that the computer slept', () => {
  const world = setUp({ lockAfterIdleMinutes: 60 })
  vi.advanceTimersByTime(10 * SECOND)
  // Timers stand still during sleep; the clock does not.
  vi.setSystemTime(8 * 60 * MINUTE)
  vi.advanceTimersByTime(30 * SECOND)
  expect(world.reasons).toEqual(['idle'])
})

it('does not lock again right after unlocking by what is no input', () => {
  const world = setUp({ lockAfterIdleMinutes: 5 })
  vi.advanceTimersByTime(10 * MINUTE)
  world.unlock()
  expect(world.reasons).toHaveLength(1)
  vi.advanceTimersByTime(5 * MINUTE - SECOND)
  expect(world.reasons).toHaveLength(1)
  vi.advanceTimersByTime(SECOND)
  expect(world.reasons).toHaveLength(2)
})

it('rests once it is stopped', () => {
  const world = setUp({ lockAfterIdleMinutes: 1 })
  world.stop()
  vi.advanceTimersByTime(10 * MINUTE)
  world.set({ lockAfterIdleMinutes: 1 })
  expect(world.reasons).toEqual([])
  expect(vi.getTimerCount()).toBe(0)
})
