/** What each environment is called, and what a name suggests (visual direction, "Who decides"). Unknown is said, never left out. */
import type { Environment } from './fields.ts'

const LABELS: Record<Environment, string> = { prod: 'Production', staging: 'Staging', dev: 'Sandbox', other: 'Other' }

/** The word shown and read out beside the bar. */
export function environmentLabel(environment: Environment | null): string {
  return environment === null ? 'No environment' : LABELS[environment]
}

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
