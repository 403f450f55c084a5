import { describe, expect, it } from 'vitest'
import { PARTITIONS, partitionById, partitionOfRegion } from '#shared/partitions.ts'

describe('partitionOfRegion', () => {
  it.each([
    ['us-east-1', 'aws'],
    ['eu-west-1', 'aws'],
    ['il-central-1', 'aws'],
    ['mx-central-1', 'aws'],
    ['ap-southeast-7', 'aws'],
    ['cn-north-1', 'aws-cn'],
    ['cn-northwest-1', 'aws-cn'],
    ['us-gov-west-1', 'aws-us-gov'],
    ['eusc-de-east-1', 'aws-eusc'],
    ['us-iso-east-1', 'aws-iso'],
    ['us-isob-west-1', 'aws-iso-b'],
    ['eu-isoe-west-1', 'aws-iso-e'],
    ['us-isof-south-1', 'aws-iso-f'],
  ])('%s is in %s', (region, partition) => {
    expect(partitionOfRegion(region)?.id).toBe(partition)
  })

  it.each(['', 'mars-1', 'us-east', 'us-east-1a', 'us-east-1.evil.example', 'US-EAST-1', 'us-east-1\n'])(
    '%j is in none',
    (region) => {
      expect(partitionOfRegion(region)).toBeUndefined()
    },
  )

  it('puts no region into two partitions, and every default into its own', () => {
    for (const partition of PARTITIONS) {
      const matching = PARTITIONS.filter(({ regionPattern }) => regionPattern.test(partition.defaultRegion))
      expect(matching.map(({ id }) => id)).toEqual([partition.id])
    }
  })
})

describe('partitionById', () => {
  it('finds each, and nothing else', () => {
    for (const partition of PARTITIONS) expect(partitionById(partition.id)).toBe(partition)
    expect(partitionById('aws-moon')).toBeUndefined()
  })
})
