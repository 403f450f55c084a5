/** Of which kind each identity is, for what a role starts from by name. */
import { useMemo } from 'react'
import type { IdentityKind } from '#shared/identities.ts'
import { useIdentities } from './use-data.ts'

export function useIdentityKinds(): ReadonlyMap<string, IdentityKind> {
  const identities = useIdentities().data
  return useMemo(() => new Map((identities ?? []).map(({ name, kind }) => [name, kind])), [identities])
}

/** @returns whether the roles that start from an identity or role of that name are permission sets of Identity Center */
export function useGivesPermissionSets(): (from: string) => boolean {
  const kinds = useIdentityKinds()
  return (from) => kinds.get(from) === 'identity-center'
}
