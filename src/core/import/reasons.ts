/** Why a profile stays what it is. */
import { isHallpassError } from '#shared/errors.ts'
import { resolveProfileChain } from '../awsfiles/chain/resolve.ts'
import type { SourceStep } from '../awsfiles/chain/types.ts'
import type { MergedProfiles } from '../awsfiles/merged-profiles.ts'

const REASONS: Readonly<Record<Exclude<SourceStep['kind'], 'access-key'>, string>> = {
  sso: 'signs in through IAM Identity Center, and something of that is missing.',
  process: 'gets its credentials from a program of its own.',
  login: 'signs in with aws login, which keeps its own credentials.',
  'web-identity': 'gets its credentials for a token file, as programs in a cluster do.',
  'credential-source': 'gets its credentials from the machine it runs on.',
}

/** Where chains can start although there is no key to store. */
const STARTS: ReadonlySet<SourceStep['kind']> = new Set(['process', 'login', 'web-identity'])

/**
 * @param who what the sentence is about: `It`, or `It starts from profile x, which`
 * @returns a sentence. Never a value of the files, names apart.
 */
export function skipReason(merged: MergedProfiles, profile: string, who = 'It'): string {
  try {
    const { source } = resolveProfileChain(merged, profile)
    if (source.kind === 'access-key') return `${who} has no key of its own.`
    const why = `${who} ${REASONS[source.kind]}`
    // As an identity of its own kind it stays in the files, and is asked each time.
    return STARTS.has(source.kind)
      ? `${why} To start from it: hallpass identity add-profile NAME --profile ${profile}`
      : why
  } catch (error) {
    if (!isHallpassError(error) || error.code === 'file.unparsable') throw error
    return error.code === 'chain.no-source' && isPlain(merged, profile)
      ? `${who} has settings only, and no credentials.`
      : error.message
  }
}

/** Neither a role nor anything that leads to credentials. */
function isPlain({ profiles }: MergedProfiles, profile: string): boolean {
  const values = profiles.get(profile)
  return !['role_arn', 'source_profile', 'credential_source'].some((key) => values?.has(key))
}
