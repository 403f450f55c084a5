/**
 * The shortcut link of IAM Identity Center: the access portal signs its user in, takes the permission set in the
 * account, and goes on to the page. Carries no secret.
 *
 * Source: IAM Identity Center User Guide, "Create shortcut links to AWS Management Console destinations"
 * (createshortcutlink.html). The form is the one its "Create shortcut" button makes:
 * `<start URL>/#/console?account_id=…&role_name=…&destination=…`, where all that follows `#` stays in the browser and
 * the destination is percent-encoded.
 */
import { accountIdField } from '#shared/accounts.ts'
import { HallpassError } from '#shared/errors.ts'
import { type PartitionId, partitionOfRegion } from '#shared/partitions.ts'
import { regionOfPortal } from '#shared/portal-hosts.ts'
import { parseInput } from '../input.ts'
import { consoleUrl, type DestinationOptions } from './console-destination.ts'

/** IAM Identity Center: a permission set's name has 1–32 of `[\w+=,.@-]`. */
const PERMISSION_SET = /^[A-Za-z0-9_+=,.@-]{1,32}$/

export interface ShortcutLinkOptions extends DestinationOptions {
  /** As the person knows it; a trailing `/`, `#` or `#/` is left out. */
  readonly startUrl: string
  readonly accountId: string
  /** Name of the permission set, not of the `AWSReservedSSO_…` role behind it. */
  readonly roleName: string
  /**
   * Where the practice account answers for the portal, without a trailing slash. It has a page of its own, which is told
   * everything in the query: what follows `#` would not reach it.
   */
  readonly practiceEndpoint?: string | undefined
}

/**
 * @throws `input.invalid` for an address that is no access portal's, a bad account id or name, or a destination that is
 *   no console page of the portal's partition
 */
export function shortcutUrl({
  startUrl,
  accountId,
  roleName,
  practiceEndpoint,
  ...where
}: ShortcutLinkOptions): string {
  const { url, partition } = readStartUrl(startUrl)
  if (!PERMISSION_SET.test(roleName)) {
    throw new HallpassError('input.invalid', 'That is not the name of a permission set.', {
      hint: 'It has up to 32 letters, digits and + = , . @ - _, and is not the AWSReservedSSO name of the role in IAM.',
    })
  }
  const values: [string, string | undefined][] = [
    ['account_id', parseInput(accountIdField, accountId)],
    ['role_name', roleName],
    ['destination', where.destination === undefined && !where.region ? undefined : consoleUrl(partition, where)],
  ]
  const query = values.flatMap(([key, value]) => (value ? [`${key}=${encodeURIComponent(value)}`] : []))
  const page = practiceEndpoint === undefined ? `${url}/#/console` : `${practiceEndpoint}/start/console`
  return `${page}?${query.join('&')}`
}

/**
 * The access portal's address without what follows its path, and the partition it is in.
 *
 * Hosts: `<name>.awsapps.com`, in GovCloud below `us-gov-home.awsapps.com`, in China `*.awsapps.cn`, and those with the
 * region in them (`portal-hosts.ts`).
 * @throws `input.invalid`
 */
export function readStartUrl(startUrl: string): { readonly url: string; readonly partition: PartitionId } {
  const url = URL.canParse(startUrl.trim()) ? new URL(startUrl.trim()) : undefined
  const partition = url && partitionOfPortal(url.hostname)
  const isPlain = url?.protocol === 'https:' && !url.port && !url.username && !url.password && url.search === ''
  if (url === undefined || partition === undefined || !isPlain || !/^(?:#\/?)?$/.test(url.hash)) {
    throw new HallpassError('input.invalid', 'That is not the start URL of an access portal.', {
      hint: 'It looks like https://my-company.awsapps.com/start.',
    })
  }
  return { url: `${url.origin}${url.pathname.replace(/\/+$/, '')}`, partition }
}

function partitionOfPortal(host: string): PartitionId | undefined {
  if (host.endsWith('.awsapps.cn')) return 'aws-cn'
  if (/(?:^|\.)us-gov-home\.awsapps\.com$/.test(host)) return 'aws-us-gov'
  if (host.endsWith('.awsapps.com')) return 'aws'
  const region = regionOfPortal(host)
  return region === undefined ? undefined : partitionOfRegion(region)?.id
}
