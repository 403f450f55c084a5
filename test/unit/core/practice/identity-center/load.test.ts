import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { PortalLoad, seededRandom, TokenBucket } from '#core/practice/identity-center/load.ts'
import { DEFAULT_SETTINGS } from '#core/practice/identity-center/settings.ts'

describe('the token bucket', () => {
  test('lets as many calls through in any time as its rate and one second’s worth allow', () => {
    const scene = fc.record({
      rate: fc.integer({ min: 1, max: 50 }),
      pauses: fc.array(fc.integer({ min: 0, max: 400 }), { minLength: 1, maxLength: 200 }),
    })
    fc.assert(
      fc.property(scene, ({ rate, pauses }) => {
        const bucket = new TokenBucket()
        let now = 0
        let passed = 0
        for (const pause of pauses) {
          now += pause
          if (bucket.take(rate, now)) passed++
        }
        expect(passed).toBeLessThanOrEqual(rate + (now / 1000) * rate + 1e-6)
        expect(passed).toBeGreaterThanOrEqual(Math.min(pauses.length, rate))
      }),
    )
  })

  test('lets a call through every two seconds at half a call a second', () => {
    const bucket = new TokenBucket()
    const passed = [0, 1000, 2000, 3000, 4000].map((now) => bucket.take(0.5, now))
    expect(passed).toEqual([true, false, true, false, true])
  })

  test('fills no further than a second’s worth, and begins full at a new rate', () => {
    const bucket = new TokenBucket()
    const burst = (rate: number, now: number) =>
      Array.from({ length: 10 }, () => bucket.take(rate, now)).filter(Boolean)
    expect(burst(3, 0)).toHaveLength(3)
    expect(burst(3, 60_000)).toHaveLength(3)
    expect(burst(4, 60_000)).toHaveLength(4)
  })

  test('has no limit without a rate, and is not confused by a clock set back', () => {
    const bucket = new TokenBucket()
    for (let count = 0; count < 1000; count++) expect(bucket.take(null, 0)).toBe(true)
    expect([bucket.take(1, 5000), bucket.take(1, 1000), bucket.take(1, 2000)]).toEqual([true, false, true])
  })
})

describe('chance', () => {
  test('is the same for the same seed, and from 0 up to 1', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff_ffff }), (seed) => {
        const [a, b] = [seededRandom(seed), seededRandom(seed)]
        for (let count = 0; count < 20; count++) {
          const drawn = a()
          expect(b()).toBe(drawn)
          expect(drawn >= 0 && drawn < 1).toBe(true)
        }
      }),
    )
  })

  test('hits about as many calls as it is told to', () => {
    const load = new PortalLoad()
    load.reseed(3)
    const seen = { 429: 0, 500: 0, none: 0 }
    for (let count = 0; count < 10_000; count++)
      try {
        load.refuseIfBusy({ ...DEFAULT_SETTINGS, tooManyPercent: 20, failPercent: 5 }, 0)
        seen.none++
      } catch (error) {
        seen[(error as { status: 429 | 500 }).status]++
      }
    expect(Math.abs(seen[429] - 2000)).toBeLessThan(150)
    expect(Math.abs(seen[500] - 500)).toBeLessThan(150)
    expect(seen.none + seen[429] + seen[500]).toBe(10_000)
  })

  test('hits every call at a hundred percent, and none at zero', () => {
    const load = new PortalLoad()
    for (let count = 0; count < 100; count++) {
      expect(() => load.refuseIfBusy({ ...DEFAULT_SETTINGS, failPercent: 100 }, 0)).toThrow(
        expect.objectContaining({ status: 500 }),
      )
      load.refuseIfBusy(DEFAULT_SETTINGS, 0)
    }
  })
})
