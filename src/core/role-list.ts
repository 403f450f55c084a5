/**
 * The role list in parts, for a reader that keeps a copy: the first of it at once, the rest page by page, and later
 * only what has changed since. Nothing is remembered here: the store notes what changes (store/list-changes.ts), in
 * this process or another, and the copy says how far it has come.
 */
import type { RoleListChanges, RoleListStart, RoleListVersion, RolePage, RoleRow } from '#shared/role-list.ts'
import type { Clock } from './capabilities.ts'
import { targetKey } from './names.ts'
import { roleRow, roleSummary } from './role-rows.ts'
import type { SessionEngine } from './sessions/index.ts'
import type { ListedRole, RoleOrder } from './store/role-pages.ts'
import type { OwnedProfileRecord, Store } from './store/types.ts'

const SIZES = {
  /** More than fit into any window. */
  first: 150,
  /** Checking and copying a page must not hold up a frame. */
  page: 1000,
  /** Past this many changed rows a reader does better to read all again, in pages. */
  changes: 2000,
}

export interface RoleListParts {
  readonly store: Store
  /** AWS's. */
  readonly clock: Clock
  readonly sessions: Pick<SessionEngine, 'statesOf'>
  /** The profile written for each target. */
  readonly written: () => ReadonlyMap<string, OwnedProfileRecord>
  /** How many rows make a part; what suits the app when absent. */
  readonly sizes?: typeof SIZES
}

export interface RoleList {
  /** The first of the list in that order, and every role with a live session. */
  start(order: RoleOrder): RoleListStart
  /** The roles after that name, by name ignoring case; from the first with null. */
  page(after: string | null): RolePage
  /** What has changed since a copy of that version was read. */
  changes(since: RoleListVersion): RoleListChanges
}

export function createRoleList({ store, clock, sessions, written, sizes = SIZES }: RoleListParts): RoleList {
  const { rolePages, listChanges } = store

  function rowsOf(listed: readonly ListedRole[]): RoleRow[] {
    const states = sessions.statesOf(listed.map(({ role }) => role))
    const profiles = written()
    return listed.map(({ role, account, use }) => {
      const key = targetKey('role', role.id)
      return roleRow(roleSummary(role, profiles.get(key), states.get(key), account), account, use)
    })
  }

  /** Read before the rows are: what changes in between is told once more, never missed. */
  function version(): RoleListVersion {
    return { file: store.fileVersion(), change: listChanges.latest(), at: clock() }
  }

  return {
    start(order) {
      const now = version()
      const first = rolePages.first(order, sizes.first, now.at)
      const known = new Set(first.map(({ role }) => role.id))
      const live = rolePages.idsLive(now.at, sizes.changes).filter((id) => !known.has(id))
      return { version: now, totals: rolePages.totals(), rows: rowsOf([...first, ...rolePages.byIds(live)]) }
    },

    page(after) {
      const rows = rowsOf(rolePages.after(after, sizes.page))
      return { rows, next: rows.length < sizes.page ? null : (rows.at(-1)?.name ?? null) }
    },

    changes(since) {
      const now = version()
      const lost = since.file !== now.file || since.change > now.change
      const affected = lost ? EVERYTHING : affectedBy(store, since, now, sizes.changes)
      const rows = rowsOf(rolePages.byIds([...affected.ids]))
      const removed = affected.names.filter((name) => store.roles.byName(name) === undefined)
      return { version: now, totals: rolePages.totals(), rows, removed, reload: affected.reload }
    },
  }
}

interface Affected {
  readonly ids: ReadonlySet<string>
  /** Given up by whoever had them. */
  readonly names: readonly string[]
  readonly reload: boolean
}
const EVERYTHING: Affected = { ids: new Set(), names: [], reload: true }

/** The roles that look different since then, each at most once. Those changed themselves come before all others. */
function affectedBy(
  { rolePages, listChanges }: Store,
  since: RoleListVersion,
  now: RoleListVersion,
  most: number,
): Affected {
  const changes = listChanges.since(since.change)
  if (changes.some(({ kind }) => kind === 'all')) return EVERYTHING
  const ids = new Set<string>()
  const names: string[] = []
  /** Looked up after all that is certain: there may be too many. */
  const further: ((limit: number) => string[])[] = []
  const session = (key: string): void => {
    const [kind, id = ''] = splitKey(key)
    if (kind === 'role') ids.add(id)
    // The credentials of a role start others without a code, whoever on the way asked for it.
    further.push((limit) => rolePages.idsFrom(id, limit, kind === 'identity'))
  }
  for (const { kind, id } of changes) {
    switch (kind) {
      case 'role':
        ids.add(id)
        further.push((limit) => rolePages.idsFrom(id, limit, false))
        break
      case 'identity':
        further.push((limit) => rolePages.idsFrom(id, limit, false))
        break
      case 'mfa':
        further.push((limit) => rolePages.idsFrom(id, limit, true))
        break
      case 'account':
        further.push((limit) => rolePages.idsOfAccount(id, limit))
        break
      case 'use':
        ids.add(id)
        break
      case 'profile':
        ids.add(splitKey(id)[1] ?? '')
        break
      case 'session':
        session(id)
        break
      case 'gone':
        names.push(id)
        break
    }
  }
  for (const key of rolePages.keysExpired(since.at, now.at)) session(key)

  if (ids.size > most) return EVERYTHING
  for (const look of further) {
    const found = look(most + 1)
    if (ids.size + found.length > most) return { ids, names, reload: true }
    for (const id of found) ids.add(id)
  }
  return { ids, names, reload: false }
}

function splitKey(key: string): string[] {
  return key.split(':')
}
