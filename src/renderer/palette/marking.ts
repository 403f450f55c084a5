/** Matching of the few texts that are no roles: actions, places of the app, accounts. */
import { foldTerm, NOT_FOUND, placesOf, scoreTerm, spanOf } from './fuzzy.ts'

export interface Match {
  readonly score: number
  readonly places: readonly number[]
}

/** The text with every term found in it, or `undefined`. No terms match everything. */
export function matchText(terms: readonly string[], text: string): Match | undefined {
  const span = spanOf(text)
  const places = new Set<number>()
  let score = 0
  for (const term of terms) {
    const folded = foldTerm(term)
    const points = scoreTerm(folded, span.codes, span.bonus, span.start, span.length)
    if (points === NOT_FOUND) return undefined
    score += points
    for (const place of placesOf(folded, span) ?? []) places.add(place)
  }
  return { score, places: [...places].sort((a, b) => a - b) }
}

/** A text in pieces that are matched and pieces that are not, in order. */
export function piecesOf(text: string, places: readonly number[]): { text: string; marked: boolean }[] {
  const pieces: { text: string; marked: boolean }[] = []
  let at = 0
  for (let index = 0; index < places.length; ) {
    const from = places[index] as number
    let to = from + 1
    index++
    while (places[index] === to) {
      to++
      index++
    }
    if (from > at) pieces.push({ text: text.slice(at, from), marked: false })
    pieces.push({ text: text.slice(from, to), marked: true })
    at = to
  }
  if (at < text.length) pieces.push({ text: text.slice(at), marked: false })
  return pieces
}
