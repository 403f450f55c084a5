import fc from 'fast-check'
import { expect, it } from 'vitest'
import { frecency } from '../../../../src/renderer/palette/frecency.ts'

const DAY = 86_400_000
const NOW = Date.parse('2026-11-26T12:00:00Z')

it('counts what is used more and later for more, between 0 and 1', () => {
  const use = fc.record({ uses: fc.nat(1000), lastUsedAt: fc.integer({ min: NOW - 400 * DAY, max: NOW + DAY }) })
  fc.assert(
    fc.property(use, (one) => {
      const worth = frecency(one, NOW)
      expect(worth).toBeGreaterThanOrEqual(0)
      expect(worth).toBeLessThanOrEqual(1)
      expect(frecency({ ...one, uses: one.uses + 1 }, NOW)).toBeGreaterThanOrEqual(worth)
      expect(frecency({ ...one, lastUsedAt: one.lastUsedAt - DAY }, NOW)).toBeLessThanOrEqual(worth)
    }),
  )
})

it('loses half in a week: ten uses of three weeks ago come behind two of yesterday', () => {
  const week = frecency({ uses: 5, lastUsedAt: NOW - 7 * DAY }, NOW)
  expect(week / frecency({ uses: 5, lastUsedAt: NOW }, NOW)).toBeCloseTo(0.5)
  const old = frecency({ uses: 10, lastUsedAt: NOW - 21 * DAY }, NOW)
  expect(frecency({ uses: 2, lastUsedAt: NOW - DAY }, NOW)).toBeGreaterThan(old)
  expect(frecency({ uses: 0, lastUsedAt: NOW }, NOW)).toBe(0)
})
