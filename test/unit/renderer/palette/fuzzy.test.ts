/** The matcher against a search of every way to find a term: right scores, right places, nothing found that is not there. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  foldCode,
  foldTerm,
  NOT_FOUND,
  POINT,
  placeBonus,
  placesOf,
  scoreTerm,
  spanOf,
} from '../../../../src/renderer/palette/fuzzy.ts'
import { matchText, piecesOf } from '../../../../src/renderer/palette/marking.ts'

const score = (term: string, text: string): number => {
  const { codes, bonus, start, length } = spanOf(text)
  return scoreTerm(foldTerm(term), codes, bonus, start, length)
}
const places = (term: string, text: string) => placesOf(foldTerm(term), spanOf(text))
const marked = (term: string, text: string): string =>
  piecesOf(text, matchText([term], text)?.places ?? [])
    .map((piece) => (piece.marked ? `[${piece.text}]` : piece.text))
    .join('')

/** Few letters, so that terms are found in many ways. */
const text = fc.string({ unit: fc.constantFrom(...'aAbBc-1 '), maxLength: 9 })
const term = fc.string({ unit: fc.constantFrom(...'abc1-'), minLength: 1, maxLength: 4 })

/** Every ascending choice of places at which `wanted` stands in `letters`. */
function* waysToFind(
  wanted: Uint16Array,
  letters: readonly number[],
  from = 0,
  chosen: number[] = [],
): Generator<number[]> {
  if (chosen.length === wanted.length) yield chosen
  else
    for (let at = from; at < letters.length; at++) {
      if (letters[at] === wanted[chosen.length]) yield* waysToFind(wanted, letters, at + 1, [...chosen, at])
    }
}

/** What a way is worth, from the rules alone: 16 a letter, its place (twice for the first), 8 together, gaps 5 and 1. */
function worthOf(way: readonly number[], of: string): number {
  let points = 0
  way.forEach((at, index) => {
    const place = placeBonus(of, at)
    const gap = index === 0 ? 0 : at - (way[index - 1] ?? 0) - 1
    points += 16
    if (index === 0) points += 2 * place
    else if (gap === 0) points += Math.max(place, 8)
    else points += place - 5 - (gap - 1)
  })
  return points
}

describe('the matcher', () => {
  it('finds letters in order, and says which', () => {
    expect(marked('padm', 'PlatformAdmin')).toBe('[P]latform[Adm]in')
    expect(marked('padm', 'acme-prod-admin')).toBe('acme-[p]rod-[adm]in')
    expect(marked('prd', 'sandbox')).toBe('sandbox')
    expect(score('mdap', 'PlatformAdmin')).toBe(NOT_FOUND)
  })

  it.each([
    ['ro', ['ReadOnly', 'prod-readonly', 'aurora']],
    ['adm', ['admin', 'PlatformAdmin', 'a-dark-matter']],
    ['dep', ['deploy', 'deploy-bot', 'prod-deploy', 'depth-of-epoch'].slice(0, 3)],
    ['prod', ['prod', 'prod-admin', 'acme-prod', 'p-r-o-d', 'pairwood']],
    ['12', ['12', '1234', 'acme-12', 'role-112']],
  ])('puts what %s means most first', (wanted, ordered) => {
    const scores = ordered.map((one) => score(wanted, one))
    expect(scores).toEqual([...scores].sort((a, b) => b - a))
    expect(new Set(scores).size).toBe(scores.length)
    expect(scores).not.toContain(NOT_FOUND)
  })

  it('gives the best of all ways their points, and finds nothing where there is no way', () => {
    fc.assert(
      fc.property(term, text, (wanted, of) => {
        const letters = [...of].map((letter) => foldCode(letter.charCodeAt(0)))
        const ways = [...waysToFind(foldTerm(wanted), letters)]
        const found = score(wanted, of)
        if (ways.length === 0) {
          expect(found).toBe(NOT_FOUND)
          expect(places(wanted, of)).toBeUndefined()
          return
        }
        const begins = of.toLowerCase().startsWith(wanted)
        const best = begins
          ? worthOf(
              [...wanted].map((_, at) => at),
              of,
            )
          : Math.max(...ways.map((way) => worthOf(way, of)))
        const whole = wanted.length === of.length ? 8 : 0
        expect(found).toBe(Math.max(0, (best + whole) * POINT - (of.length - wanted.length)))
        const way = places(wanted, of) ?? []
        expect(ways).toContainEqual(way)
        expect(worthOf(way, of)).toBe(best)
      }),
      { numRuns: 2000 },
    )
  })

  it('still finds what a longer term finds', () => {
    fc.assert(
      fc.property(term, text, (wanted, of) => {
        if (score(wanted, of) !== NOT_FOUND) expect(score(wanted.slice(0, -1), of)).not.toBe(NOT_FOUND)
      }),
    )
  })

  it('takes any text, with letters beyond ASCII by their base, and very long ones by their beginning', () => {
    expect(marked('zuri', 'Büro Zürich')).toBe('Büro [Züri]ch')
    expect(score('x', `${'a'.repeat(300)}x`)).toBe(NOT_FOUND)
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 300 }),
        fc.string({ unit: 'binary', maxLength: 80 }),
        (a, b) => {
          expect(spanOf(a).length).toBe(Math.min(255, a.length))
          if (b.length > 0 && b.length <= 64) expect(score(b, b)).not.toBe(NOT_FOUND)
          expect(
            piecesOf(a, matchText([b], a)?.places ?? [])
              .map((piece) => piece.text)
              .join(''),
          ).toBe(a)
        },
      ),
      { numRuns: 40 },
    )
  })
})
