/** Removes an identity together with every role that starts from it. */
import { HallpassError } from '#shared/errors.ts'
import type { RoleSummary } from '#shared/role-list.ts'
import type { Hallpass } from './hallpass.ts'

/** What fails on the way leaves what is not yet removed, so that it can be asked again. */
export async function removeWithRoles(
  { identities, roles }: Pick<Hallpass, 'identities' | 'roles'>,
  name: string,
): Promise<void> {
  const { name: origin } = identities.show(name)
  const going = rolesFrom(origin, roles.list())
  const [kept] = going.length > 0 ? await roles.removeMany(going.map((role) => role.name)) : []
  if (kept) throw HallpassError.fromReport(kept.error)
  await identities.remove(origin)
}

/** Roles that start from `origin`, directly or through others, each before what it starts from. */
export function rolesFrom<R extends Pick<RoleSummary, 'name' | 'from'>>(origin: string, all: readonly R[]): R[] {
  const bySource = Map.groupBy(all, ({ from }) => from)
  const found: R[] = []
  // A role has one source: none is met twice, unless sources lead back, and such a circle starts from nobody.
  for (
    let level = bySource.get(origin) ?? [];
    level.length > 0;
    level = level.flatMap(({ name }) => bySource.get(name) ?? [])
  )
    found.unshift(...level)
  return found
}
