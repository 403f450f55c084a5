/**
 * AWS partitions as data: regions, hosts and sign-in pages.
 * Source: the SDKs' partition and endpoint rules; console hosts from the AWS documentation.
 */

export type PartitionId =
  | 'aws'
  | 'aws-cn'
  | 'aws-us-gov'
  | 'aws-eusc'
  | 'aws-iso'
  | 'aws-iso-b'
  | 'aws-iso-e'
  | 'aws-iso-f'

export interface Partition {
  readonly id: PartitionId
  /** Matches the region names of this partition only. */
  readonly regionPattern: RegExp
  /** Used where a region is needed and none was given. */
  readonly defaultRegion: string
  readonly dnsSuffix: string
  /** Host that serves `/switchrole` and the sign-in pages. */
  readonly signInHost: string
  /** Host that serves `/federation`. */
  readonly federationHost: string
  /** Console host; `undefined` where it is not public. */
  readonly consoleHost: string | undefined
}

/** Ordered: narrow patterns first, because the commercial one would match `us-iso-…` looking names last. */
export const PARTITIONS: readonly Partition[] = [
  {
    id: 'aws-cn',
    regionPattern: /^cn-\w+-\d+$/,
    defaultRegion: 'cn-north-1',
    dnsSuffix: 'amazonaws.com.cn',
    signInHost: 'signin.amazonaws.cn',
    federationHost: 'signin.amazonaws.cn',
    consoleHost: 'console.amazonaws.cn',
  },
  {
    id: 'aws-us-gov',
    regionPattern: /^us-gov-\w+-\d+$/,
    defaultRegion: 'us-gov-west-1',
    dnsSuffix: 'amazonaws.com',
    signInHost: 'signin.amazonaws-us-gov.com',
    federationHost: 'signin.amazonaws-us-gov.com',
    consoleHost: 'console.amazonaws-us-gov.com',
  },
  {
    id: 'aws-eusc',
    regionPattern: /^eusc-de-\w+-\d+$/,
    defaultRegion: 'eusc-de-east-1',
    dnsSuffix: 'amazonaws.eu',
    // The bare host is reported to fail: the sovereign cloud wants its regional host.
    signInHost: 'eusc-de-east-1.signin.amazonaws-eusc.eu',
    federationHost: 'eusc-de-east-1.signin.amazonaws-eusc.eu',
    consoleHost: 'console.amazonaws-eusc.eu',
  },
  {
    id: 'aws-iso',
    regionPattern: /^us-iso-\w+-\d+$/,
    defaultRegion: 'us-iso-east-1',
    dnsSuffix: 'c2s.ic.gov',
    signInHost: 'us-iso-east-1.signin.c2shome.ic.gov',
    federationHost: 'us-iso-east-1.signin.c2shome.ic.gov',
    consoleHost: undefined,
  },
  {
    id: 'aws-iso-b',
    regionPattern: /^us-isob-\w+-\d+$/,
    defaultRegion: 'us-isob-east-1',
    dnsSuffix: 'sc2s.sgov.gov',
    signInHost: 'us-isob-east-1.signin.sc2shome.sgov.gov',
    federationHost: 'us-isob-east-1.signin.sc2shome.sgov.gov',
    consoleHost: undefined,
  },
  {
    id: 'aws-iso-e',
    regionPattern: /^eu-isoe-\w+-\d+$/,
    defaultRegion: 'eu-isoe-west-1',
    dnsSuffix: 'cloud.adc-e.uk',
    signInHost: 'eu-isoe-west-1.signin.csphome.adc-e.uk',
    federationHost: 'eu-isoe-west-1.signin.csphome.adc-e.uk',
    consoleHost: undefined,
  },
  {
    id: 'aws-iso-f',
    regionPattern: /^us-isof-\w+-\d+$/,
    defaultRegion: 'us-isof-south-1',
    dnsSuffix: 'csp.hci.ic.gov',
    signInHost: 'us-isof-south-1.signin.csphome.hci.ic.gov',
    federationHost: 'us-isof-south-1.signin.csphome.hci.ic.gov',
    consoleHost: undefined,
  },
  {
    id: 'aws',
    regionPattern: /^(us|eu|ap|sa|ca|me|af|il|mx)-\w+-\d+$/,
    defaultRegion: 'us-east-1',
    dnsSuffix: 'amazonaws.com',
    signInHost: 'signin.aws.amazon.com',
    federationHost: 'us-east-1.signin.aws.amazon.com',
    consoleHost: 'console.aws.amazon.com',
  },
]

/** The partition with that id, as it appears in an ARN; `undefined` for an unknown one. */
export function partitionById(id: string): Partition | undefined {
  return PARTITIONS.find((partition) => partition.id === id)
}

/** The partition a region belongs to; `undefined` when no pattern matches. */
export function partitionOfRegion(region: string): Partition | undefined {
  return PARTITIONS.find((partition) => partition.regionPattern.test(region))
}
