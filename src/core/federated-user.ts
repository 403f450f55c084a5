/**
 * A session of an IAM user for the console. The federation endpoint refuses long-term keys and GetSessionToken's
 * sessions, and takes GetFederationToken's (IAM User Guide, "Enabling custom identity broker access to the AWS
 * console"). What it may do is what both its session policy and the user's own policies allow, so a policy that allows
 * everything makes it what the user is; but never with MFA, for which the call has no parameter.
 */

import { HallpassError } from '#shared/errors.ts'
import { identityDurationField } from '#shared/fields.ts'
import type { Identity } from '#shared/identities.ts'
import { type PartitionId, partitionById, partitionOfRegion } from '#shared/partitions.ts'
import type { SessionCredentials } from '#shared/sessions.ts'
import type { FederationCalls } from './aws/index.ts'
import { secretEntry } from './identities.ts'
import { parseInput } from './input.ts'
import { expectKey } from './names.ts'
import { preferredRegion, stsRegion, userName } from './sessions/chain.ts'
import type { CredentialsOptions } from './sessions/service.ts'
import type { Vault } from './vault/types.ts'

export interface FederatedUser {
  readonly partition: PartitionId
  readonly credentials: SessionCredentials
}

/** Seconds. AWS's own default, 12 h, is a long time for a browser. */
const DEFAULT_DURATION = 3600

/**
 * Asks AWS anew each time; nothing of it is kept.
 * @throws `console.not-supported` for the root user, `identity.no-key`, `input.invalid`, `vault.*`, `sts.*`, `network.*`
 */
export async function federateUser(
  { vault, sts }: { readonly vault: Vault; readonly sts: FederationCalls },
  identity: Identity,
  options: CredentialsOptions,
): Promise<FederatedUser> {
  if (identity.userArn?.endsWith(':root')) {
    throw new HallpassError('console.not-supported', `${identity.name} is a root user’s key.`, {
      hint: 'Sign in to the console as the root user by hand, and delete its key: an IAM user or a role does the daily work.',
    })
  }
  if (options.mfaCode !== undefined) {
    throw new HallpassError('input.invalid', 'AWS takes no MFA code when it signs a user in to the console this way.', {
      hint: 'Leave the code out. What needs MFA is open to a role that is started with a code.',
    })
  }
  const { accessKeyId } = expectKey(identity)
  const { durationSeconds = DEFAULT_DURATION, readOnly = false } = options
  parseInput(identityDurationField, durationSeconds)
  const chain = { identity, roles: [] }
  const partition = partitionOfIdentity(identity)
  const secretAccessKey = await vault.get(secretEntry(identity.id))
  const issued = await sts.getFederationToken(
    {
      credentials: { accessKeyId, secretAccessKey },
      region: stsRegion(chain),
      target: identity.name,
      caller: userName(identity),
    },
    {
      name: federatedName(identity),
      durationSeconds,
      policyArns: [`arn:${partition}:iam::aws:policy/${readOnly ? 'ReadOnlyAccess' : 'AdministratorAccess'}`],
    },
  )
  const { accountId } = identity
  return {
    partition,
    credentials: { ...issued, accountId, roleArn: null, assumedRoleArn: null, region: preferredRegion(chain) },
  }
}

/** Where the identity is, as far as its ARN or its region tells. */
export function partitionOfIdentity({ userArn, region }: Pick<Identity, 'userArn' | 'region'>): PartitionId {
  return partitionById(userArn?.split(':')[1] ?? '')?.id ?? partitionOfRegion(region ?? '')?.id ?? 'aws'
}

/** AWS: 2–32 of `[\w+=,.@-]`. */
function federatedName(identity: Identity): string {
  const name = userName(identity).replaceAll(/[^A-Za-z0-9_+=,.@-]/g, '-')
  return (name.length < 2 ? `hallpass-${name}` : name).slice(0, 32)
}
