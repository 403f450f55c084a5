/** Regions and partitions: credentials of one partition are good for nothing in another. */
import { HallpassError } from '#shared/errors.ts'
import { partitionOfRegion } from '#shared/partitions.ts'

/** @param role its name, where several are edited. @throws `input.invalid` for a region outside the role's partition */
export function refuseForeignRegion(role: string | undefined, partition: string, region: string | undefined): void {
  if (!region || partitionOfRegion(region)?.id === partition) return
  throw new HallpassError(
    'input.invalid',
    `region: ${region} is not in the partition of ${role ?? 'the role'} (${partition}). Credentials never cross partitions.`,
  )
}
