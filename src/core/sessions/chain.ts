/**
 * The way from the key where credentials start to the role or identity that is wanted, and the fingerprint of
 * everything on that way that the credentials depend on.
 */
import { createHash } from 'node:crypto'
import { HallpassError } from '#shared/errors.ts'
import type { Identity } from '#shared/identities.ts'
import { partitionById, partitionOfRegion } from '#shared/partitions.ts'
import type { Role } from '#shared/roles.ts'
import { type Target, targetKey } from '../names.ts'
import type { Store } from '../store/types.ts'

export interface Chain {
  readonly identity: Identity
  /** Assumed one from the other, origin first; empty for an identity's own session. */
  readonly roles: readonly Role[]
}

/** What following a chain needs of the store. */
export interface ChainSource {
  readonly identities: Pick<Store['identities'], 'byId'>
  readonly roles: Pick<Store['roles'], 'byId'>
}

/**
 * Follows a target back to its identity, to any depth.
 * @throws `chain.cycle`; `role.not-found` or `identity.not-found` when a source is gone
 */
export function resolveChain(store: ChainSource, target: Target): Chain {
  if (target.kind === 'identity') return { identity: target.identity, roles: [] }
  const roles: Role[] = [target.role]
  let { source } = target.role
  while (source.kind === 'role') {
    const role = store.roles.byId(source.id)
    if (!role) throw sourceGone('role.not-found', roles[0] ?? target.role, source.name)
    if (roles.some((seen) => seen.id === role.id)) {
      throw new HallpassError('chain.cycle', `The sources of ${target.role.name} lead back to ${role.name}.`, {
        hint: `Give ${role.name} another source: an identity, or a role outside the circle.`,
      })
    }
    roles.unshift(role)
    source = role.source
  }
  const identity = store.identities.byId(source.id)
  if (!identity) throw sourceGone('identity.not-found', roles[0] ?? target.role, source.name)
  return { identity, roles }
}

/** The chain that ends at the role before the last; for a chain of one role, the identity alone. */
export function callerChain(chain: Chain): Chain {
  return { identity: chain.identity, roles: chain.roles.slice(0, -1) }
}

/** The role or identity a chain ends at. */
export function chainEnd(chain: Chain): {
  readonly key: string
  readonly name: string
  readonly role: Role | undefined
} {
  const role = chain.roles.at(-1)
  if (role) return { key: targetKey('role', role.id), name: role.name, role }
  return { key: targetKey('identity', chain.identity.id), name: chain.identity.name, role }
}

/**
 * Whether starting it from nothing sends an MFA code. STS takes one only from the identity itself, so a role anywhere
 * on the chain that wants MFA makes the first call send it; an identity's own session sends it when it has a device.
 */
export function chainWantsMfa(chain: Chain): boolean {
  if (chain.roles.length === 0) return chain.identity.mfaSerial !== null
  return chain.roles.some((role) => role.settings.mfa)
}

/** Region of the STS call for the chain's end: its own, else the identity's, else the partition's default. */
export function stsRegion(chain: Chain): string {
  const partition = partitionById(chainPartition(chain))
  return preferredRegion(chain) ?? partition?.defaultRegion ?? 'us-east-1'
}

/** The region a person chose for the chain's end, or null: a default of ours is not theirs to inherit. */
export function preferredRegion(chain: Chain): string | null {
  const partition = chainPartition(chain)
  const choices = [chain.roles.at(-1)?.settings.region, chain.identity.region]
  return choices.find((region) => region && partitionOfRegion(region)?.id === partition) ?? null
}

function chainPartition({ identity, roles }: Chain): string {
  const role = roles.at(-1)
  if (role) return role.partition
  return identity.userArn?.split(':')[1] ?? partitionOfRegion(identity.region ?? '')?.id ?? 'aws'
}

/**
 * SHA-256 over every setting the credentials depend on, from the source key to the end of the chain, and the endpoint.
 * A session cached under another fingerprint is somebody else's, or of a role that has changed since.
 */
export function fingerprintChain(chain: Chain, options: { readonly mfa: boolean; readonly endpoint: string }): string {
  const { identity, roles } = chain
  const content = {
    endpoint: options.endpoint,
    mfa: options.mfa ? identity.mfaSerial : null,
    ...originOf(identity),
    identityRegion: identity.region,
    region: stsRegion(chain),
    roles: roles.map(({ arn, settings }) => ({
      arn,
      region: settings.region,
      durationSeconds: settings.durationSeconds,
      sessionName: sessionNameOf(identity, settings.sessionName),
      externalId: settings.externalId,
      sourceIdentity: settings.sourceIdentity,
      tags: settings.tags?.map(({ key, value }) => [key, value]),
      transitiveTagKeys: settings.transitiveTagKeys,
      policyArns: settings.policyArns,
      policy: settings.policy,
    })),
  }
  return createHash('sha256').update(JSON.stringify(content)).digest('hex')
}

/** What tells one start of a chain from another. */
function originOf(identity: Identity): object {
  switch (identity.kind) {
    case 'access-key':
      return { accessKeyId: identity.accessKeyId }
    case 'identity-center':
      return { startUrl: identity.startUrl, ssoRegion: identity.ssoRegion }
    case 'aws-profile':
      return { profile: identity.profile }
  }
}

/** RoleSessionName: the role's own, else one that tells CloudTrail who it was. */
export function sessionNameOf(identity: Identity, own: string | undefined): string {
  return own ?? `hallpass-${userName(identity).replaceAll(/[^A-Za-z0-9_+=,.@-]/g, '-')}`.slice(0, 64)
}

/** The IAM user's name, or the identity's own while AWS has not told. */
export function userName(identity: Identity): string {
  // …:user/path/name, …:assumed-role/Role/session, or …:root
  return identity.userArn?.split(/[:/]/).at(-1) || identity.name
}

function sourceGone(code: 'role.not-found' | 'identity.not-found', role: Role, source: string): HallpassError {
  return new HallpassError(code, `${role.name} is assumed from ${source}, which is no longer there.`, {
    hint: `Give ${role.name} another source.`,
  })
}
