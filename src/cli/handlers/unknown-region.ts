/** A region that nobody has heard of may be new, or mistyped: it is taken, and that is said. */
import { suggestName } from '#core/names.ts'
import { partitionOfRegion } from '#shared/partitions.ts'
import { regionsOf } from '#shared/regions.ts'
import type { CliContext } from '../context.ts'

/** @param region as it was given, and found to be possible */
export function tellOfUnknownRegion(context: CliContext, region: string | null | undefined): void {
  const partition = region ? partitionOfRegion(region) : undefined
  if (!region || !partition) return
  const ids = regionsOf(partition.id).map(({ id }) => id)
  if (ids.includes(region)) return
  const guess = suggestName(region, ids)
  context.note(
    `${region} is not on the list of regions, and is taken as it is.${guess ? ` Did you mean ${guess}?` : ''}`,
  )
}
