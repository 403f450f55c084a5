/** Finds the role or identity that a profile of somebody else's is to be for. */
import { HallpassError } from '#shared/errors.ts'
import { profileNameFor } from '#shared/profile-name.ts'
import { findTarget, type Target, targetKey, targetName } from './names.ts'
import type { Store } from './store/types.ts'

/** What the section says of itself. */
interface Evidence {
  readonly roleArn: string | undefined
  readonly accessKeyId: string | undefined
}

/**
 * The one named; else the one whose profile is set to it, the one with the section's role or access key, or the one of
 * that name, in this order.
 * @throws `role.not-found` for a name that is none, `profile.no-match`, `profile.ambiguous`
 */
export function findAdoptionTarget(store: Store, profile: string, evidence: Evidence, name?: string): Target {
  if (name !== undefined) return findTarget(store, name)
  const targets: Target[] = [
    ...store.roles.list().map((role): Target => ({ kind: 'role', role, key: targetKey('role', role.id) })),
    ...store.identities
      .list()
      .map((identity): Target => ({ kind: 'identity', identity, key: targetKey('identity', identity.id) })),
  ]
  const isNamed = (target: Target) => profileNameFor(targetName(target)) === profile
  const groups: ((target: Target) => boolean)[] = [
    (target) => target.kind === 'role' && target.role.settings.profile === profile,
    (target) =>
      target.kind === 'role'
        ? target.role.arn === evidence.roleArn
        : target.identity.kind === 'access-key' && target.identity.accessKeyId === evidence.accessKeyId,
    isNamed,
  ]
  for (const belongs of groups) {
    const fitting = targets.filter(belongs)
    const [only] = fitting
    if (only && fitting.length === 1) return only
    const named = fitting.filter(isNamed)
    if (named[0] && named.length === 1) return named[0]
    if (only) throw ambiguous(profile, fitting)
  }
  const { roleArn } = evidence
  throw new HallpassError(
    'profile.no-match',
    roleArn
      ? `Hallpass has no role for profile ${profile}, which assumes ${roleArn}.`
      : `Hallpass can’t tell which role or identity profile ${profile} is to be for.`,
    { hint: roleArn ? 'Add that role first, or say which one it is for.' : 'Say which role or identity it is for.' },
  )
}

function ambiguous(profile: string, targets: readonly Target[]): HallpassError {
  const names = targets.map(targetName).join(', ')
  return new HallpassError('profile.ambiguous', `Profile ${profile} could be for any of ${names}.`, {
    hint: 'Say which of them it is for.',
  })
}
