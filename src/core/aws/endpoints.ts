/**
 * Which URL each AWS service is called at.
 *
 * - `AWS_ENDPOINT_URL_<SERVICE>` wins over `AWS_ENDPOINT_URL`, which wins over the partition's own host.
 * - These are the only `AWS_*` variables that influence Hallpass's own calls; the AWS files never do.
 */
import { HallpassError } from '#shared/errors.ts'
import { isLoopbackHost } from '#shared/loopback.ts'
import { type Partition, type PartitionId, partitionOfRegion } from '#shared/partitions.ts'

export type Env = Readonly<Record<string, string | undefined>>

/** Services that can be pointed elsewhere, each by the variable AWS tools use for it. */
const SERVICE_VARIABLES = {
  sts: 'AWS_ENDPOINT_URL_STS',
  iam: 'AWS_ENDPOINT_URL_IAM',
  sso: 'AWS_ENDPOINT_URL_SSO',
  'sso-oidc': 'AWS_ENDPOINT_URL_SSO_OIDC',
  signin: 'AWS_ENDPOINT_URL_SIGNIN',
  s3: 'AWS_ENDPOINT_URL_S3',
} as const

export type AwsService = keyof typeof SERVICE_VARIABLES

export interface EndpointOverride {
  /** Without a trailing slash. */
  readonly url: string
  /** With its port. */
  readonly host: string
  /** The variable it came from, for messages. */
  readonly variable: string
}

/**
 * The override in force for one service. An empty variable counts as unset.
 * @returns `undefined` when AWS itself is called
 * @throws `usage.invalid` naming the variable when its value is not a plain http or https URL
 */
export function endpointOverride(env: Env, service: AwsService): EndpointOverride | undefined {
  for (const variable of [SERVICE_VARIABLES[service], 'AWS_ENDPOINT_URL']) {
    const value = env[variable]?.trim()
    if (value) return parseEndpoint(variable, value)
  }
  return undefined
}

/** Host of the first override in force over all services, for display; null when AWS itself is called everywhere. */
export function describeOverride(env: Env): string | null {
  for (const service of Object.keys(SERVICE_VARIABLES) as AwsService[]) {
    const override = endpointOverride(env, service)
    if (override) return override.host
  }
  return null
}

/**
 * The URL for STS calls in a region.
 * @throws `usage.invalid` for a bad override, `input.invalid` for a region of no known partition
 */
export function stsEndpoint(env: Env, region: string): EndpointOverride | { url: string; host: string } {
  const override = endpointOverride(env, 'sts')
  if (override) return override
  const host = `sts.${region}.${regionPartition(region).dnsSuffix}`
  return { url: `https://${host}`, host }
}

/**
 * Where IAM of a partition is called, and the region its calls are signed for: it is global, and has one of each
 * (AWS General Reference, IAM endpoints; the SDKs' endpoint rules).
 * @throws `usage.invalid` for a bad override
 */
export function iamEndpoint(
  env: Env,
  partition: Partition,
): (EndpointOverride | { url: string; host: string }) & { readonly region: string } {
  const region = partition.defaultRegion
  const override = endpointOverride(env, 'iam')
  if (override) return { ...override, region }
  const host = IAM_HOSTS[partition.id] ?? `iam.${region}.${partition.dnsSuffix}`
  return { url: `https://${host}`, host, region }
}

/**
 * Where Identity Center of a region is called: its portal (`sso`) or its token service (`sso-oidc`).
 * @throws `usage.invalid` for a bad override, also one that a token would cross a network to in the clear;
 *   `input.invalid` for a region of no known partition
 */
export function identityCenterEndpoint(
  env: Env,
  service: 'sso' | 'sso-oidc',
  region: string,
): EndpointOverride | { url: string; host: string } {
  const override = endpointOverride(env, service)
  if (override) {
    if (isReadableOnTheWay(override))
      throw new HallpassError(
        'usage.invalid',
        `${override.variable} would send a token over the network unencrypted.`,
        {
          hint: `Use an https URL in ${override.variable}, or unset it.`,
        },
      )
    return override
  }
  const prefix = service === 'sso' ? 'portal.sso' : 'oidc'
  const host = `${prefix}.${region}.${regionPartition(region).dnsSuffix}`
  return { url: `https://${host}`, host }
}

/** True when what is sent there leaves this machine unencrypted. */
export function isReadableOnTheWay({ url }: Pick<EndpointOverride, 'url'>): boolean {
  const { protocol, hostname } = new URL(url)
  return protocol !== 'https:' && !isLoopbackHost(hostname)
}

const IAM_HOSTS: Readonly<Partial<Record<PartitionId, string>>> = {
  aws: 'iam.amazonaws.com',
  'aws-us-gov': 'iam.us-gov.amazonaws.com',
}

/** The partition of a region. @throws `input.invalid` when no partition has such a region */
export function regionPartition(region: string): Partition {
  const partition = partitionOfRegion(region)
  if (partition) return partition
  throw new HallpassError('input.invalid', `AWS has no region named ${region}.`, {
    hint: 'Give a region such as eu-west-1.',
  })
}

function parseEndpoint(variable: string, value: string): EndpointOverride {
  const url = URL.canParse(value) ? new URL(value) : undefined
  const plain = url && !url.username && !url.password && !url.search && !url.hash
  if (!plain || !/^https?:$/.test(url.protocol)) {
    // The value stays out of the message: it may hold a password.
    throw new HallpassError('usage.invalid', `The environment variable ${variable} is not an http or https URL.`, {
      hint: `Set ${variable} to a URL such as http://127.0.0.1:4566, or unset it.`,
    })
  }
  return { url: url.href.replace(/\/+$/, ''), host: url.host, variable }
}
