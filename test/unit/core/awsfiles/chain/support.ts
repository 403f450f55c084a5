/** The chain of a profile of two files given as text. */
import { resolveProfileChain } from '#core/awsfiles/chain/resolve.ts'
import { mergeProfiles } from '#core/awsfiles/merged-profiles.ts'
import { HallpassError } from '#shared/errors.ts'

const FILES = { config: '/home/me/.aws/config', credentials: '/home/me/.aws/credentials' }

/** The steps, from the source outward. */
export function chainOf(config: string, credentials: string, profile: string): object[] {
  const bytes = { config: Buffer.from(config), credentials: Buffer.from(credentials) }
  const { source, roles } = resolveProfileChain(mergeProfiles(bytes, FILES, 'aws'), profile)
  return [source, ...roles]
}

/** Why there is no chain; throws when there is one. */
export function refusalOf(config: string, credentials: string, profile: string): HallpassError {
  let chain: object[]
  try {
    chain = chainOf(config, credentials, profile)
  } catch (error) {
    if (error instanceof HallpassError) return error
    throw error
  }
  throw new Error(`expected a refusal, got ${JSON.stringify(chain)}`)
}
