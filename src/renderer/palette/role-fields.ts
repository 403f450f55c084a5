/** The texts of a role that are searched, what each is worth, and where the letters of a query stand in them. */
import type { RoleRow } from '#shared/role-list.ts'
import { environmentLabel } from '../lib/environment.ts'
import { foldTerm, NOT_FOUND, POINT, placesOf, scoreTerm, spanOf } from './fuzzy.ts'

/** Where a term may stand, and what it costs to find it there instead of in the name. Points. */
export const FIELDS = {
  name: 0,
  roleName: 10,
  account: 12,
  accountId: 12,
  environment: 14,
  profile: 14,
  from: 18,
} as const
export type RoleField = keyof typeof FIELDS
/** These are of the role itself. */
export const OWN_FIELDS = ['name', 'roleName', 'profile'] as const satisfies readonly RoleField[]
/** These come together again and again, so that their best answer is found once for many roles. */
export const SHARED_FIELDS = ['account', 'accountId', 'environment', 'from'] as const satisfies readonly RoleField[]

/** Where the letters of a query stand, by the field each term was found in. */
export type FieldPlaces = Partial<Record<RoleField, readonly number[]>>

/** Where the letters of each term stand, in the field that has it best. */
export function placesIn(row: RoleRow, terms: readonly string[]): FieldPlaces {
  const places: Partial<Record<RoleField, number[]>> = {}
  for (const term of terms) {
    const folded = foldTerm(term)
    const field = bestField(row, folded)
    if (field === undefined) continue
    const found = placesOf(folded, spanOf(textOf(row, field))) ?? []
    places[field] = [...new Set([...(places[field] ?? []), ...found])].sort((a, b) => a - b)
  }
  return places
}

function bestField(row: RoleRow, term: Uint16Array): RoleField | undefined {
  let best: RoleField | undefined
  let bestScore = NOT_FOUND
  for (const [field, less] of Object.entries(FIELDS) as [RoleField, number][]) {
    const { codes, bonus, start, length } = spanOf(textOf(row, field))
    const score = scoreTerm(term, codes, bonus, start, length)
    const worth = score === NOT_FOUND ? NOT_FOUND : Math.max(0, score - less * POINT)
    if (worth <= bestScore) continue
    best = field
    bestScore = worth
  }
  return best
}

/** The text of a field; empty when the role has none. */
export function textOf(row: RoleRow, field: RoleField): string {
  if (field === 'account') return row.accountName ?? ''
  if (field === 'environment') return row.environment === null ? '' : environmentLabel(row.environment)
  return row[field]
}
