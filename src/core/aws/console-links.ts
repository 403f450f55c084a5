/**
 * Console addresses: where a link may lead, and the switch-role link.
 *
 * - Hosts follow the role's partition; every value is percent-encoded, because a bare `+` would arrive as a blank.
 * - A destination is always a console page of the same partition, never an address of anybody else.
 */
import { parseRoleArn, type RoleArn } from '#shared/arn.ts'
import { HallpassError } from '#shared/errors.ts'
import { type Partition, type PartitionId, partitionById, partitionOfRegion } from '#shared/partitions.ts'

/** Path and role name together; a longer one overflows the console's cookie and the switch fails (IAM User Guide). */
const SWITCH_ROLE_LIMIT = 64
/** What the form's display-name field takes. */
const DISPLAY_NAME_LIMIT = 64

export interface SwitchRoleLinkOptions {
  readonly arn: string
  /** Shown in the console's menu bar; cut at 64 characters. */
  readonly displayName?: string | undefined
  /** Six hex digits without `#`. The console takes only some colours, and ignores the others. */
  readonly color?: string | undefined
  /** A service such as `s3`, or a console URL of the same partition. */
  readonly destination?: string | undefined
  /** For a destination given as a service; the partition's default when absent or of another partition. */
  readonly region?: string | null | undefined
}

/**
 * The link that fills in the console's Switch Role form. Carries no secret.
 *
 * The path is counted as the form shows it: without its leading slash. A bare role name of 64 characters, the
 * longest IAM allows, is known to work, so the leading slash can't count.
 * @throws `console.not-supported` where the console is not public, or path and name are too long to switch to;
 *   `input.invalid` for a bad ARN or destination
 */
export function switchRoleUrl(options: SwitchRoleLinkOptions): string {
  const role = readRoleArn(options.arn)
  const partition = publicPartition(role.partition)
  const pathAndName = `${role.path.slice(1)}${role.roleName}`
  if (pathAndName.length > SWITCH_ROLE_LIMIT) {
    throw new HallpassError(
      'console.not-supported',
      `The console can’t switch to ${role.roleName}: path and name have ${pathAndName.length} characters together, and it takes at most ${SWITCH_ROLE_LIMIT}.`,
      { hint: 'Use the sign-in link instead.' },
    )
  }
  const values: [string, string | undefined][] = [
    ['account', role.accountId],
    ['roleName', pathAndName],
    ['displayName', options.displayName?.slice(0, DISPLAY_NAME_LIMIT)],
    ['color', options.color],
    [
      'redirect_uri',
      options.destination === undefined
        ? undefined
        : consoleUrl(partition.id, { destination: options.destination, region: options.region }),
    ],
  ]
  const query = values.flatMap(([key, value]) => (value ? [`${key}=${encodeURIComponent(value)}`] : []))
  return `https://${partition.signInHost}/switchrole?${query.join('&')}`
}

/**
 * The console page a link leads to: the console's home, a service's home, or a checked URL.
 * @throws `input.invalid` for a URL that is not a console page of that partition; `console.not-supported`
 */
export function consoleUrl(
  partitionId: PartitionId,
  options: { readonly destination?: string | undefined; readonly region?: string | null | undefined } = {},
): string {
  const partition = publicPartition(partitionId)
  const destination = options.destination?.trim() || 'console'
  if (/^[a-z][a-z0-9-]{0,63}$/.test(destination)) {
    const region = regionWithin(partition, options.region)
    return `https://${regionalHost(partition, region)}/${destination}/home?region=${region}`
  }
  const url = URL.canParse(destination) ? new URL(destination) : undefined
  const host = url?.hostname ?? ''
  const ours = host === partition.consoleHost || host.endsWith(`.${partition.consoleHost}`)
  if (url?.protocol !== 'https:' || !ours || url.port || url.username || url.password) {
    throw new HallpassError('input.invalid', 'The destination is not a console page of this role’s partition.', {
      hint: `Give a service such as s3, or a URL that starts with https://${regionalHost(partition, partition.defaultRegion)}/.`,
    })
  }
  return url.href
}

/** The partition, if the public can reach its console. @throws `console.not-supported` */
export function publicPartition(id: PartitionId): Partition & { readonly consoleHost: string } {
  const partition = partitionById(id)
  const consoleHost = partition?.consoleHost
  if (partition && consoleHost !== undefined) return { ...partition, consoleHost }
  throw new HallpassError('console.not-supported', `The console of the ${id} partition is not public.`, {
    hint: 'Use the role’s credentials with the AWS CLI instead.',
  })
}

function readRoleArn(arn: string): RoleArn {
  const role = parseRoleArn(arn)
  if (role) return role
  throw new HallpassError('input.invalid', 'That is not the ARN of a role.', {
    hint: 'A role ARN looks like arn:aws:iam::123456789012:role/path/Name.',
  })
}

function regionWithin(partition: Partition, region: string | null | undefined): string {
  return region && partitionOfRegion(region)?.id === partition.id ? region : partition.defaultRegion
}

/** Only the commercial partition is known to have a console host for each region. */
function regionalHost(partition: Partition & { readonly consoleHost: string }, region: string): string {
  return partition.id === 'aws' ? `${region}.${partition.consoleHost}` : partition.consoleHost
}
