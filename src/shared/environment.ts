/** What each environment is called. Unknown is said, never left out. */
import type { Environment } from './fields.ts'

const LABELS: Record<Environment, string> = { prod: 'Production', staging: 'Staging', dev: 'Sandbox', other: 'Other' }

/** The word shown and read out beside the bar. */
export function environmentLabel(environment: Environment | null): string {
  return environment === null ? 'No environment' : LABELS[environment]
}
