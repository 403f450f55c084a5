/**
 * Follows `source_profile` from a profile to where its credentials start (AWS facts A.7). Any depth works: there is
 * neither recursion nor a limit.
 */
import type { MergedProfiles } from '../merged-profiles.ts'
import type { Values } from '../readers/types.ts'
import { cycle, fileRejected, missingSource, roleWithoutSource, twoSources, unknownProfile } from './errors.ts'
import { isAssumedRole, keyPair, roleStep, setting } from './settings.ts'
import { accessKey, credentialSource, sourceOf } from './source.ts'
import type { CredentialChain, RoleStep } from './types.ts'

/**
 * The chain of a profile, read with the rules of `merged.reader`.
 *
 * - A profile reached through `source_profile` is used with its own access key when it has one, its role is skipped.
 * - A profile may name itself when it has an access key. Any other way back to a profile already passed is a circle,
 *   whatever that profile holds.
 *
 * @throws `profile.not-found`; `chain.cycle`, `chain.missing-source`, `chain.partial-keys`, `chain.two-sources`,
 *   `chain.no-source`, `chain.invalid-source`; `file.unparsable` when the reader rejects a file
 */
export function resolveProfileChain(merged: MergedProfiles, profile: string): CredentialChain {
  const rejection = merged.problems.find(({ fatal }) => fatal)
  if (rejection) throw fileRejected(rejection)
  if (!merged.profiles.has(profile)) throw unknownProfile(profile, merged.profiles.keys())
  const roles: RoleStep[] = []
  const visited = new Set([profile])
  let current = profile
  for (;;) {
    const values = merged.profiles.get(current)
    const isSource = roles.length > 0
    const pair = keyPair(values)
    if (isSource && pair === 'complete') return chain(current, accessKey(current, values), roles)
    if (!isAssumedRole(values) || (isSource && pair === 'partial')) {
      return chain(current, sourceOf(merged, current, isSource), roles)
    }
    roles.push(roleStep(current, values))
    const next = roleSource(current, values)
    if ('credentialSource' in next) return chain(current, credentialSource(current, next.credentialSource), roles)
    if (!merged.profiles.has(next.profile)) throw missingSource(current, next.profile, merged.profiles.keys())
    // Only the profile that was asked for comes this far with a key, and the one it can lead back to is itself.
    if (visited.has(next.profile) && pair === 'none') throw cycle([...visited], next.profile)
    visited.add(next.profile)
    current = next.profile
  }
}

function roleSource(
  profile: string,
  values: Values | undefined,
): { readonly profile: string } | { readonly credentialSource: string } {
  const source = setting(values, 'source_profile')
  const named = setting(values, 'credential_source')
  if (source !== undefined && named !== undefined) throw twoSources(profile)
  if (source !== undefined) return { profile: source }
  if (named !== undefined) return { credentialSource: named }
  throw roleWithoutSource(profile, values)
}

function chain(sourceProfile: string, source: CredentialChain['source'], roles: readonly RoleStep[]): CredentialChain {
  return { sourceProfile, source, roles: roles.toReversed() }
}
