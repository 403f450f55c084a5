/** Removing several roles at once: their profiles go in one edit of the AWS files, their records in one transaction. */
import { type ErrorReport, HallpassError } from '#shared/errors.ts'
import type { Role } from '#shared/roles.ts'
import { findRole, targetKey } from './names.ts'
import type { Store } from './store/types.ts'

/** A role that could not be removed with others, and why. */
export interface KeptRole {
  readonly name: string
  readonly error: ErrorReport
}

export interface RoleRemovalParts {
  readonly store: Store
  /** Removes the profiles of targets and forgets their sessions. */
  readonly release: (targetKeys: readonly string[]) => Promise<void>
}

/**
 * Removes the roles of those names that nothing else is assumed from.
 * @returns those that stay, and why
 * @throws `role.not-found`, `file.*`, `vault.*`: then no role has gone
 */
export async function removeRoles({ store, release }: RoleRemovalParts, names: readonly string[]): Promise<KeptRole[]> {
  const roles = new Map(names.map((name) => findRole(store, name)).map((role) => [role.id, role]))
  const dependants = new Map([...roles.keys()].map((id) => [id, store.roles.bySource(id)]))
  const waitsFor = new Map([...dependants].map(([id, { length }]) => [id, length]))
  // Grows while it is walked: a role can go once all that are assumed from it do.
  const going = new Map([...roles].filter(([id]) => waitsFor.get(id) === 0))
  for (const { source } of going.values()) {
    const role = roles.get(source.id)
    if (!role) continue
    const left = (waitsFor.get(role.id) ?? 0) - 1
    waitsFor.set(role.id, left)
    if (left === 0) going.set(role.id, role)
  }
  const kept = [...roles.values()].flatMap((role): KeptRole | [] => {
    const staying = dependants.get(role.id)?.find(({ id }) => !going.has(id))
    return going.has(role.id) || !staying ? [] : { name: role.name, error: inUse(role, staying).toReport() }
  })
  await release([...going.keys()].map((id) => targetKey('role', id)))
  store.transaction(() => {
    for (const id of going.keys()) store.roles.remove(id)
  })
  return kept
}

/** Why a role that another is assumed from can't be removed. */
export function inUse(role: Role, dependant: Role): HallpassError {
  return new HallpassError('record.in-use', `${dependant.name} is assumed from ${role.name}.`, {
    hint: `Remove ${dependant.name} first, or assume it from elsewhere.`,
  })
}
