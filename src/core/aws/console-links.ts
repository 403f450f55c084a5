/**
 * The links that carry no secret: the console's Switch Role form, and the access portal's shortcut. Hosts follow the
 * partition; every value is percent-encoded, because a bare `+` would arrive as a blank.
 */
import { parseRoleArn, type RoleArn } from '#shared/arn.ts'
import { HallpassError } from '#shared/errors.ts'
import { consoleUrl, publicPartition } from './console-destination.ts'

/** Path and role name together; a longer one overflows the console's cookie and the switch fails (IAM User Guide). */
export const SWITCH_ROLE_LIMIT = 64
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
  const pathAndName = switchRoleName(role)
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

/** The role as the form takes it: path and name, without the leading slash. */
export function switchRoleName({ path, roleName }: Pick<RoleArn, 'path' | 'roleName'>): string {
  return `${path.slice(1)}${roleName}`
}

function readRoleArn(arn: string): RoleArn {
  const role = parseRoleArn(arn)
  if (role) return role
  throw new HallpassError('input.invalid', 'That is not the ARN of a role.', {
    hint: 'A role ARN looks like arn:aws:iam::123456789012:role/path/Name.',
  })
}
