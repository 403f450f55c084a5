/** Removes an identity together with every role that starts from it. */
import type { RoleSummary } from '#shared/models.ts'
import type { Hallpass } from './hallpass.ts'

/** The AWS files are edited once for so many roles; the limit is that of `editMany`. */
const AT_ONCE = 5000

/** Their profiles go first, all in few edits. What fails on the way leaves what is not yet removed, so that it can be asked again. */
export async function removeWithRoles(
  { identities, roles }: Pick<Hallpass, 'identities' | 'roles'>,
  name: string,
): Promise<void> {
  const { name: origin } = identities.show(name)
  const going = rolesFrom(origin, roles.list())
  const written = going.filter(({ profileMode }) => profileMode !== null)
  for (let at = 0; at < written.length; at += AT_ONCE) {
    await roles.editMany(written.slice(at, at + AT_ONCE).map((role) => ({ name: role.name, edit: {}, written: null })))
  }
  for (const role of going) await roles.remove(role.name)
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
