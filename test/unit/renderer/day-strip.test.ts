/** The day strip never leaves its 24 hours, whatever the log says. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayStrip } from '../../../src/renderer/lib/day-strip.ts'

const NOW = Date.parse('2026-11-25T12:00:00Z')
const HOUR = 3_600_000
const span = (from: number, to: number, live = false) => ({
  from: new Date(NOW + from * HOUR).toISOString(),
  to: new Date(NOW + to * HOUR).toISOString(),
  live,
})

describe('the day strip', () => {
  it('places sessions by their share of the day, the right edge being now', () => {
    const { pieces, count, seconds, live } = dayStrip({ spans: [span(-12, -6), span(-3, 1, true)] }, NOW)
    expect(pieces).toEqual([
      { x: 50, width: 25, live: false },
      { x: 87.5, width: 12.5, live: true },
    ])
    expect([count, seconds, live]).toEqual([2, 9 * 3600, true])
  })

  it('cuts what reaches in from before', () => {
    const { pieces, seconds } = dayStrip({ spans: [span(-30, -18)] }, NOW)
    expect(pieces).toEqual([{ x: 0, width: 25, live: false }])
    expect(seconds).toBe(6 * 3600)
  })

  it('calls no session live that has expired since it was asked', () => {
    expect(dayStrip({ spans: [span(-1, -0.01, true)] }, NOW)).toMatchObject({ live: false, pieces: [{ live: false }] })
  })

  it('shows one of seconds at the edge, and nothing for an empty day', () => {
    const [piece] = dayStrip({ spans: [span(-0.001, 1, true)] }, NOW).pieces
    expect(piece?.width).toBeGreaterThan(0.5)
    expect((piece?.x ?? 0) + (piece?.width ?? 0)).toBeLessThanOrEqual(100)
    expect(dayStrip({ spans: [] }, NOW)).toMatchObject({ pieces: [], count: 0, seconds: 0, live: false })
  })

  it('ticks at six-hour steps of the clock on the wall, away from both edges', () => {
    const { ticks } = dayStrip({ spans: [] }, NOW)
    expect(ticks.length).toBeGreaterThanOrEqual(3)
    expect(ticks.length).toBeLessThanOrEqual(4)
    for (const { x, at } of ticks) {
      expect(new Date(at).getHours() % 6).toBe(0)
      expect(x).toBeGreaterThanOrEqual(9)
      expect(x).toBeLessThanOrEqual(91)
    }
  })

  it('stays inside, for any sessions', () => {
    const spans = fc.array(
      fc.tuple(fc.double({ min: -40, max: 0, noNaN: true }), fc.double({ min: 0, max: 40, noNaN: true }), fc.boolean()),
    )
    fc.assert(
      fc.property(spans, (drawn) => {
        const view = dayStrip({ spans: drawn.map(([from, length, live]) => span(from, from + length, live)) }, NOW)
        for (const { x, width } of view.pieces) {
          expect(x).toBeGreaterThanOrEqual(0)
          expect(x + width).toBeLessThanOrEqual(100.01)
        }
        expect(view.seconds).toBeLessThanOrEqual(view.count * 24 * 3600)
      }),
    )
  })
})
