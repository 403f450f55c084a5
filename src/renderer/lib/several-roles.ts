/** Several roles at once: in which order they go, and how they are named in a sentence. */
import type { RoleRow } from '#shared/models.ts'
import { strings } from '../strings.ts'

/** Roles in an order in which they can be removed: each before what it starts from. */
export function removalOrder(roles: readonly RoleRow[]): RoleRow[] {
  const byName = new Map(roles.map((role) => [role.name, role]))
  const depths = new Map<string, number>()
  const depthOf = (role: RoleRow, seen: ReadonlySet<string>): number => {
    const known = depths.get(role.name)
    if (known !== undefined) return known
    const source = byName.get(role.from)
    const depth =
      source === undefined || seen.has(source.name) ? 0 : depthOf(source, new Set([...seen, source.name])) + 1
    depths.set(role.name, depth)
    return depth
  }
  return [...roles].sort((one, other) => depthOf(other, new Set([other.name])) - depthOf(one, new Set([one.name])))
}

/** The first names, and how many more there are. */
export function namesOf(roles: readonly { readonly name: string }[], most = 5): string {
  const names = roles.slice(0, most).map(({ name }) => name)
  if (roles.length > most) names.push(strings.bulkStart.more(roles.length - most))
  return names.join(', ')
}
