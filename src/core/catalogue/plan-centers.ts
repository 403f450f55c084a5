/** The Identity Centers of a catalogue, and which of them are here already. Pure. */
import type { Catalogue, CatalogueRole } from '#shared/catalogue.ts'
import type { CenterIdentity, NewCenterIdentity } from '#shared/identities.ts'
import { partitionOfRegion } from '#shared/partitions.ts'
import { permissionSetArn } from '../identity-center/permission-set.ts'
import { isSameCenter } from '../identity-center/same-center.ts'
import { NameSpace } from '../import/names.ts'

export interface PlannedCenter {
  /** In the catalogue. */
  readonly name: string
  /** What it is, or will be, called in Hallpass, and where it is. */
  readonly place: NewCenterIdentity
  readonly isKnown: boolean
}

/** @param taken every name that is taken */
export function planCenters(
  { identityCenters }: Catalogue,
  known: readonly Pick<CenterIdentity, 'name' | 'startUrl' | 'ssoRegion'>[],
  taken: readonly string[],
): PlannedCenter[] {
  const names = new NameSpace(taken)
  const planned: PlannedCenter[] = []
  for (const { name, startUrl, region } of identityCenters) {
    const at = { startUrl, ssoRegion: region }
    const twin = planned.find(({ place }) => isSameCenter(place, at))
    const stored = known.find((center) => isSameCenter(center, at))
    const place = twin?.place ?? { ...at, name: stored?.name ?? names.take(name).name }
    planned.push({ name, place, isKnown: stored !== undefined })
  }
  return planned
}

/** The ARN of an entry: a pattern when it is a permission set of that Identity Center. */
export function arnOf({ arn, accountId, permissionSet }: CatalogueRole, center: PlannedCenter | undefined): string {
  if (arn !== undefined) return arn
  const partition = partitionOfRegion(center?.place.ssoRegion ?? '')?.id ?? 'aws'
  return permissionSetArn(partition, accountId ?? '', permissionSet ?? '')
}
