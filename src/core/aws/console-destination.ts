/**
 * Where a link into the console may lead. A destination is always a console page of the role's own partition, never an
 * address of anybody else: whoever pastes one may have it from anywhere.
 */
import { serviceById } from '#shared/console-services.ts'
import { HallpassError } from '#shared/errors.ts'
import { type Partition, type PartitionId, partitionById, partitionOfRegion } from '#shared/partitions.ts'

/** Characters; browsers and the sign-in page take no much longer ones. */
const LONGEST_URL = 4096
const SERVICE_ID = /^[a-z][a-z0-9-]{0,63}$/
/** Multi-session consoles have a host for each session: `<account>-<8 characters>.<region>.console.aws.amazon.com`. */
const SESSION_LABEL = /^\d{12}-[a-z0-9]{8}\./

export type PublicPartition = Partition & { readonly consoleHost: string }

export interface DestinationOptions {
  /** A service such as `s3`, or a console URL of the same partition; the console's home when absent. */
  readonly destination?: string | undefined
  /** For a destination given as a service; the partition's default when absent or of another partition. */
  readonly region?: string | null | undefined
}

/**
 * The console page a link leads to: the console's home, a service's home, or a checked URL. A pasted URL of one
 * session of a multi-session console leads to the same page of whichever session opens it.
 * @throws `input.invalid` for a URL that is not a console page of that partition; `console.not-supported`
 */
export function consoleUrl(partitionId: PartitionId, options: DestinationOptions = {}): string {
  const partition = publicPartition(partitionId)
  const destination = options.destination?.trim() || 'console'
  if (isServiceId(destination)) return serviceUrl(partition, destination, options.region)
  const url = destination.length <= LONGEST_URL && URL.canParse(destination) ? new URL(destination) : undefined
  if (url === undefined || !isConsolePage(url, partition)) throw notAConsolePage(partition)
  url.hostname = url.hostname.replace(SESSION_LABEL, '')
  return url.href
}

/** Whether a destination is the id of a service, known or not, rather than an address. */
export function isServiceId(destination: string): boolean {
  return SERVICE_ID.test(destination)
}

/**
 * A region a person asked for, if the partition has it.
 * @throws `input.invalid`
 */
export function regionOfPartition(partitionId: PartitionId, region: string): string {
  const partition = publicPartition(partitionId)
  if (partitionOfRegion(region)?.id === partition.id) return region
  throw new HallpassError('input.invalid', `${region} is not a region of the ${partition.id} partition.`, {
    hint: `Give one such as ${partition.defaultRegion}.`,
  })
}

/** The partition, if the public can reach its console. @throws `console.not-supported` */
export function publicPartition(id: PartitionId): PublicPartition {
  const partition = partitionById(id)
  const consoleHost = partition?.consoleHost
  if (partition && consoleHost !== undefined) return { ...partition, consoleHost }
  throw new HallpassError('console.not-supported', `The console of the ${id} partition is not public.`, {
    hint: 'Use the role’s credentials with the AWS CLI instead.',
  })
}

function serviceUrl(partition: PublicPartition, id: string, wanted: string | null | undefined): string {
  const service = serviceById(id)
  const isOurs = wanted && partitionOfRegion(wanted)?.id === partition.id
  const region = isOurs && !service?.isGlobal ? wanted : partition.defaultRegion
  const [path, fragment] = (service?.path ?? `${id}/home`).split('#')
  const page = `https://${regionalHost(partition, region)}/${path}?region=${region}`
  return fragment === undefined ? page : `${page}#${fragment}`
}

function isConsolePage(url: URL, partition: PublicPartition): boolean {
  if (url.protocol !== 'https:' || url.port || url.username || url.password) return false
  const host = url.hostname
  if (host !== partition.consoleHost && !host.endsWith(`.${partition.consoleHost}`)) return false
  // A region of another partition, in the host or in the query, makes a page that is none of this partition's.
  const named = [...host.split('.'), ...url.searchParams.getAll('region')]
  return named.every((name) => (partitionOfRegion(name)?.id ?? partition.id) === partition.id)
}

function notAConsolePage(partition: PublicPartition): HallpassError {
  const example = regionalHost(partition, partition.defaultRegion)
  return new HallpassError('input.invalid', 'The destination is not a console page of this role’s partition.', {
    hint: `Give a service such as s3, or a URL that starts with https://${example}/.`,
  })
}

/** Only the commercial partition is known to have a console host for each region. */
function regionalHost(partition: PublicPartition, region: string): string {
  return partition.id === 'aws' ? `${region}.${partition.consoleHost}` : partition.consoleHost
}
