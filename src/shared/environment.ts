/** What a name suggests an account or a role is for (visual direction, "Who decides"). */
import type { Environment } from './fields.ts'

/** A word counts only where it stands by itself: `acme-prod`, never `product`. */
const GUESSES: readonly (readonly [Environment, RegExp])[] = [
  ['prod', /(?:^|[^a-z])(?:prod|prd|production|live)(?:[^a-z]|$)/i],
  ['staging', /(?:^|[^a-z])(?:staging|stage|stag|stg)(?:[^a-z]|$)/i],
  ['dev', /(?:^|[^a-z])(?:dev|development|sandbox|sbx|test)(?:[^a-z]|$)/i],
]

/** The environment a name suggests; null when it suggests nothing. */
export function guessEnvironment(name: string): Environment | null {
  return GUESSES.find(([, pattern]) => pattern.test(name))?.[0] ?? null
}
