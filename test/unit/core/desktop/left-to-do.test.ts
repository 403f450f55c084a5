import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { remindOfTasks } from '#core/desktop/left-to-do.ts'
import type { SealedCredential } from '#shared/breakglass.ts'

const DAY = 86_400_000

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** One credential with a task, and a lock that is turned by hand. */
function start({ locked = false } = {}) {
  const listeners = new Set<() => void>()
  const told: string[] = []
  const credential = { name: 'rescue', tasks: ['note'], openUntil: null } as unknown as SealedCredential
  const credentials = [credential]
  const stop = remindOfTasks({
    breakglass: { list: () => credentials },
    lock: {
      isLocked: () => locked,
      onChange(listener) {
        listeners.add(listener)
        return () => listeners.delete(listener)
      },
    },
    onLeft: ({ name }) => told.push(name),
    log: { debug() {}, info() {}, warn() {}, error() {} },
  })
  return {
    told,
    stop,
    listeners,
    credentials,
    turn(now: boolean) {
      locked = now
      for (const listener of listeners) listener()
    },
  }
}

test('it is told at once, and every day', () => {
  const { told } = start()
  expect(told).toEqual(['rescue'])
  vi.advanceTimersByTime(DAY)
  expect(told).toHaveLength(2)
})

test('what a lock kept back is told when it opens, and once', () => {
  const { told, turn } = start({ locked: true })
  expect(told).toEqual([])
  // The sessions of a lock have ended: still locked.
  turn(true)
  expect(told).toEqual([])
  turn(false)
  expect(told).toEqual(['rescue'])
  turn(true)
  turn(false)
  expect(told).toEqual(['rescue'])
})

test('a day that passes under a lock is made up for', () => {
  const { told, turn } = start()
  turn(true)
  vi.advanceTimersByTime(3 * DAY)
  expect(told).toEqual(['rescue'])
  turn(false)
  expect(told).toEqual(['rescue', 'rescue'])
})

test('what is done meanwhile is not told, and stopped it tells nothing', () => {
  const { told, turn, credentials, stop, listeners } = start({ locked: true })
  credentials.length = 0
  turn(false)
  expect(told).toEqual([])
  stop()
  expect(listeners.size).toBe(0)
  vi.advanceTimersByTime(2 * DAY)
  expect(told).toEqual([])
})
