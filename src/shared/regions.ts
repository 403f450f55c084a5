/**
 * The regions of each partition, for lists to choose from. A region that is not here yet is typed in: what is valid is
 * the partition's pattern's to say (partitions.ts). Source: the AWS General Reference, "AWS service endpoints".
 */
import type { PartitionId } from './partitions.ts'

export interface Region {
  readonly id: string
  /** Where it is, in AWS's words. */
  readonly place: string
}

const PLACES: Readonly<Record<PartitionId, Readonly<Record<string, string>>>> = {
  aws: {
    'us-east-1': 'N. Virginia',
    'us-east-2': 'Ohio',
    'us-west-1': 'N. California',
    'us-west-2': 'Oregon',
    'eu-central-1': 'Frankfurt',
    'eu-central-2': 'Zurich',
    'eu-north-1': 'Stockholm',
    'eu-south-1': 'Milan',
    'eu-south-2': 'Spain',
    'eu-west-1': 'Ireland',
    'eu-west-2': 'London',
    'eu-west-3': 'Paris',
    'ap-east-1': 'Hong Kong',
    'ap-east-2': 'Taipei',
    'ap-northeast-1': 'Tokyo',
    'ap-northeast-2': 'Seoul',
    'ap-northeast-3': 'Osaka',
    'ap-south-1': 'Mumbai',
    'ap-south-2': 'Hyderabad',
    'ap-southeast-1': 'Singapore',
    'ap-southeast-2': 'Sydney',
    'ap-southeast-3': 'Jakarta',
    'ap-southeast-4': 'Melbourne',
    'ap-southeast-5': 'Malaysia',
    'ap-southeast-6': 'New Zealand',
    'ap-southeast-7': 'Thailand',
    'ca-central-1': 'Central Canada',
    'ca-west-1': 'Calgary',
    'sa-east-1': 'São Paulo',
    'mx-central-1': 'Central Mexico',
    'af-south-1': 'Cape Town',
    'il-central-1': 'Tel Aviv',
    'me-central-1': 'UAE',
    'me-south-1': 'Bahrain',
  },
  'aws-cn': { 'cn-north-1': 'Beijing', 'cn-northwest-1': 'Ningxia' },
  'aws-us-gov': { 'us-gov-west-1': 'US-West', 'us-gov-east-1': 'US-East' },
  'aws-eusc': { 'eusc-de-east-1': 'Brandenburg' },
  'aws-iso': { 'us-iso-east-1': 'US-East', 'us-iso-west-1': 'US-West' },
  'aws-iso-b': { 'us-isob-east-1': 'US-East', 'us-isob-west-1': 'US-West' },
  'aws-iso-e': { 'eu-isoe-west-1': 'EU-West' },
  'aws-iso-f': { 'us-isof-east-1': 'US-East', 'us-isof-south-1': 'US-South' },
}

/** The known regions of a partition; none of another partition is among them. */
export function regionsOf(partition: PartitionId): Region[] {
  return Object.entries(PLACES[partition]).map(([id, place]) => ({ id, place }))
}
