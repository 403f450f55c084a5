/** What each environment is called and how its bar is drawn. Unknown is drawn, never left out. */
import type { Environment } from '#shared/fields.ts'

export { environmentLabel } from '#shared/environment.ts'

/** From the one closest to customers outward. */
export const ENVIRONMENTS: readonly Environment[] = ['prod', 'staging', 'dev', 'other']

export type EnvironmentTone = 'prod' | 'stg' | 'dev' | 'data' | 'none'

const TONES: Record<Environment, EnvironmentTone> = { prod: 'prod', staging: 'stg', dev: 'dev', other: 'data' }

/** The pattern and hue of the bar: solid, in two, in three, outline. */
export function environmentTone(environment: Environment | null): EnvironmentTone {
  return environment === null ? 'none' : TONES[environment]
}
