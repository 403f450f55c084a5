/** What taking things in would do, wherever they are from, with what it takes to do it. */
import type { AccessKeyIdentity, NewIdentity } from '#shared/identities.ts'
import type { IdentityCenterFound, ImportItem } from '#shared/import.ts'
import type { NewRole, Role } from '#shared/roles.ts'
import type { KnownCenters, PlannedPermissionSet } from './identity-centers.ts'

/** What is in Hallpass already. */
export interface Known extends KnownCenters {
  readonly identities: readonly Pick<AccessKeyIdentity, 'name' | 'accessKeyId' | 'mfaSerial'>[]
  readonly roles: readonly Pick<Role, 'name' | 'arn' | 'accountId' | 'roleName' | 'source' | 'settings'>[]
  /** Names of other identities. */
  readonly otherNames: readonly string[]
}

/** Every name that is taken. */
export function namesIn({ identities, centers, roles, otherNames }: Known): string[] {
  return [...[...identities, ...centers, ...roles].map(({ name }) => name), ...otherNames]
}

/** An access key to store, with its secret: never to leave core. */
export interface PlannedIdentity {
  readonly input: NewIdentity
  /** Stored already under that name. */
  readonly isKnown: boolean
  /** To be set on a stored identity that names no device. */
  readonly addMfaSerial: string | null
}

/** Items have a name each: the profile's in AWS files, the label of what was found elsewhere. */
export interface DetailedPlan {
  readonly items: readonly ImportItem[]
  /** By item; items with the same key have the same one. */
  readonly identities: ReadonlyMap<string, PlannedIdentity>
  /** By item, sources before what starts from them. */
  readonly roles: ReadonlyMap<string, NewRole>
  /** By item; items of the same role have the same one. */
  readonly permissionSets: ReadonlyMap<string, PlannedPermissionSet>
  readonly identityCenters: readonly IdentityCenterFound[]
}
