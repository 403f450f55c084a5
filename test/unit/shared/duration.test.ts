import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { formatRemaining, parseDuration } from '#shared/duration.ts'

describe('parseDuration', () => {
  it.each([
    ['1h', 3600],
    ['90m', 5400],
    ['1h30m', 5400],
    ['45s', 45],
    ['3600', 3600],
    [' 12H ', 43_200],
    ['1h1m1s', 3661],
  ])('%j is %d s', (text, seconds) => {
    expect(parseDuration(text)).toBe(seconds)
  })

  it.each(['', ' ', '0', '0h', 'h', '1.5h', '-1h', '1d', '1h 30m', '30m1h', '1e3', 'abc', '99999999'])(
    'refuses %j',
    (text) => {
      expect(parseDuration(text)).toBeUndefined()
    },
  )

  it('reads any hours, minutes and seconds', () => {
    const part = fc.nat(999)
    fc.assert(
      fc.property(part, part, part, (hours, minutes, seconds) => {
        const total = hours * 3600 + minutes * 60 + seconds
        expect(parseDuration(`${hours}h${minutes}m${seconds}s`)).toBe(total === 0 ? undefined : total)
      }),
    )
  })
})

describe('formatRemaining', () => {
  it.each([
    [-5, '0 s'],
    [40.9, '40 s'],
    [60, '1 min'],
    [47 * 60 + 59, '47 min'],
    [3600, '1 h'],
    [3 * 3600 + 12 * 60, '3 h 12 min'],
  ])('%d s reads %s', (seconds, words) => {
    expect(formatRemaining(seconds)).toBe(words)
  })
})
