/** The role list as data: search, filters, groups, order, folding, and where each role starts. */
import type { Environment } from '#shared/fields.ts'
import type { Identity } from '#shared/identities.ts'
import type { RoleRow } from '#shared/role-list.ts'
import type { Settings } from '#shared/settings.ts'
import { ENVIRONMENTS } from './environment.ts'
import { findByName, keyOf } from './role-copy.ts'
import { isLive } from './session-view.ts'

export type RoleFilter = 'all' | 'active' | 'needs-mfa'

export interface RoleGroup {
  /** What its roles share; `others` are those that are not pinned, where nothing else groups them. */
  readonly by: 'pinned' | 'account' | 'environment' | 'source' | 'others'
  /** An account id, an environment or `none`, the name of an identity; empty where that says nothing. */
  readonly value: string
  /** Tells it from every other group, and folded groups from session to session. */
  readonly key: string
  /** What the person calls the account. */
  readonly name: string | null
  /** The environments its roles name, the one closest to customers first. */
  readonly environments: readonly Environment[]
  readonly count: number
  /** Its roles are not shown. */
  readonly folded: boolean
}
export type ListItem = RoleGroup | RoleRow

export function isGroup(item: ListItem): item is RoleGroup {
  return 'by' in item
}

/** How the list is arranged, and the keys of the groups that are folded. */
export interface Arrangement extends Pick<Settings, 'groupRolesBy' | 'sortRolesBy'> {
  readonly folded: ReadonlySet<string>
}

/** Roles that match every word of `query` and the filter. Digits match account ids written with or without gaps. */
export function filterRoles(roles: readonly RoleRow[], query: string, filter: RoleFilter, now: number): RoleRow[] {
  const kept =
    filter === 'active'
      ? liveRoles(roles, now)
      : filter === 'needs-mfa'
        ? roles.filter((role) => role.state === 'needs-mfa')
        : roles
  const text = query.trim()
  if (text === '') return [...kept]
  const words = /^[\d ]+$/.test(text) ? [text.replaceAll(' ', '')] : text.split(/\s+/)
  // An expression that ignores case needs no copy of the text in small letters, of which there would be 250,000.
  const tests = words.map((word) => new RegExp(word.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'), 'i'))
  return kept.filter((role) => tests.every((test) => matches(role, test)))
}

function matches(role: RoleRow, test: RegExp): boolean {
  return (
    test.test(role.name) ||
    test.test(role.roleName) ||
    test.test(role.accountId) ||
    test.test(role.from) ||
    test.test(role.profile) ||
    (role.accountName !== null && test.test(role.accountName))
  )
}

/** How many roles each filter would show. */
export function countFilters(roles: readonly RoleRow[], now: number): Record<RoleFilter, number> {
  return { all: roles.length, active: liveRoles(roles, now).length, 'needs-mfa': needingMfa(roles) }
}

/** Kept with the array, which stands for one state of the list. */
function keep<T>(derive: (roles: readonly RoleRow[]) => T): (roles: readonly RoleRow[]) => T {
  const kept = new WeakMap<readonly RoleRow[], T>()
  return (roles) => {
    const known = kept.get(roles)
    if (known !== undefined) return known
    const derived = derive(roles)
    kept.set(roles, derived)
    return derived
  }
}

const needingMfa = keep((roles) => roles.reduce((count, { state }) => count + (state === 'needs-mfa' ? 1 : 0), 0))
const withSession = keep((roles) => roles.filter(({ state }) => state === 'active'))
/** The list mostly is by name already: to see that is far quicker than to sort it, and a name is found without a map. */
const isByName = keep((roles) => roles.every((role, at) => at === 0 || byName(roles[at - 1] ?? role, role) <= 0))
const lookUp = keep((roles) => {
  if (isByName(roles)) return (name: string) => findByName(roles, name)
  const rows = new Map(roles.map((role) => [role.name, role]))
  return (name: string) => rows.get(name)
})

/** The roles whose session AWS honours now. Quick enough to ask each second, however many roles there are. */
export function liveRoles(roles: readonly RoleRow[], now: number): RoleRow[] {
  return withSession(roles).filter((role) => isLive(role, now))
}

/**
 * One flat list for the virtual grid: each group's head, then its roles. Pinned ones come first, and only there.
 * @param all also those the filters hide, to follow chains through them
 */
export function arrangeRoles(roles: readonly RoleRow[], all: readonly RoleRow[], arrangement: Arrangement): ListItem[] {
  const { groupRolesBy, sortRolesBy, folded } = arrangement
  const sorted = sortRoles(roles, sortRolesBy)
  const pinned = sorted.filter((role) => role.pinned)
  const rest = pinned.length === 0 ? sorted : sorted.filter((role) => !role.pinned)
  const items: ListItem[] = []
  const add = (by: RoleGroup['by'], value: string, members: readonly RoleRow[]): void => {
    const key = `${by} ${value}`
    items.push({
      by,
      value,
      key,
      name: by === 'account' ? (members[0]?.accountName ?? null) : null,
      environments: ENVIRONMENTS.filter((one) => members.some((role) => role.environment === one)),
      count: members.length,
      folded: folded.has(key),
    })
    if (!folded.has(key)) for (const role of members) items.push(role)
  }
  if (pinned.length > 0) add('pinned', '', pinned)
  if (groupRolesBy === 'none') {
    if (pinned.length === 0) return [...sorted]
    if (rest.length > 0) add('others', '', rest)
    return items
  }
  const groups = Map.groupBy(rest, groupOf(groupRolesBy, all))
  for (const value of sortGroups(groups, groupRolesBy)) add(groupRolesBy, value, groups.get(value) ?? [])
  return items
}

function groupOf(by: 'account' | 'environment' | 'source', all: readonly RoleRow[]): (role: RoleRow) => string {
  switch (by) {
    case 'account':
      return (role) => role.accountId
    case 'environment':
      return (role) => role.environment ?? 'none'
    case 'source':
      return (role) => originOf(role, all).identity
  }
}

function sortGroups(
  groups: ReadonlyMap<string, readonly RoleRow[]>,
  by: 'account' | 'environment' | 'source',
): string[] {
  const values = [...groups.keys()]
  if (by === 'environment') return [...ENVIRONMENTS, 'none'].filter((one) => groups.has(one))
  if (by === 'source') return values.sort((a, b) => compare(keyOf(a), keyOf(b)) || compare(a, b))
  const labels = new Map(values.map((id) => [id, keyOf(groups.get(id)?.[0]?.accountName ?? id)]))
  return values.sort((a, b) => compare(labels.get(a) ?? '', labels.get(b) ?? '') || compare(a, b))
}

/** As the first rows come from the store, so that none of them moves when the others follow. */
function sortRoles(roles: readonly RoleRow[], by: Settings['sortRolesBy']): readonly RoleRow[] {
  if (by === 'name') return isByName(roles) ? roles : [...roles].sort(byName)
  const rank = {
    account: (a: RoleRow, b: RoleRow) => compare(accountLabel(a), accountLabel(b)) || compare(a.accountId, b.accountId),
    state: (a: RoleRow, b: RoleRow) => STATES.indexOf(a.state) - STATES.indexOf(b.state),
    recent: (a: RoleRow, b: RoleRow) => compare(b.lastUsedAt ?? '', a.lastUsedAt ?? ''),
  }[by]
  return [...roles].sort((a, b) => rank(a, b) || byName(a, b))
}

const STATES: readonly RoleRow['state'][] = ['active', 'expired', 'needs-mfa', 'inactive']

function accountLabel(role: RoleRow): string {
  return keyOf(role.accountName ?? role.accountId)
}

function byName(a: RoleRow, b: RoleRow): number {
  return compare(keyOf(a.name), keyOf(b.name))
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}

export interface RoleOrigin {
  /** The identity the chain starts from; the last name that could be followed when a hop is missing. */
  readonly identity: string
  /** Roles between the identity and this one, in the order they are started. */
  readonly via: readonly string[]
}

/** Follows `from` back to the identity. Stops at a name that is no role, and at a cycle. */
export function originOf(role: RoleRow, roles: readonly RoleRow[]): RoleOrigin {
  const find = lookUp(roles)
  const via: string[] = []
  let name = role.from
  for (let next = find(name); next !== undefined && !via.includes(name); next = find(name)) {
    via.unshift(name)
    name = next.from
  }
  return { identity: name, via }
}

/** The identity a role's chain starts from, as a record; undefined when it is not listed. */
export function originIdentity(
  from: string,
  roles: readonly RoleRow[],
  identities: readonly Identity[],
): Identity | undefined {
  const role = roles.find((one) => one.name === from)
  const name = role === undefined ? from : originOf(role, roles).identity
  return identities.find((identity) => identity.name === name)
}

/** What is `step` places from `from` in list order, or at the nearest end. Heads of open groups are passed over. */
export function moveSelection(
  items: readonly ListItem[],
  from: number,
  step: number | 'first' | 'last',
): ListItem | undefined {
  if (step === 'first') return nextPlace(items, 0, 1)
  if (step === 'last') return nextPlace(items, items.length - 1, -1)
  if (from < 0) return nextPlace(items, 0, 1)
  const direction = step < 0 ? -1 : 1
  const wanted = Math.min(items.length - 1, Math.max(0, from + step))
  return nextPlace(items, wanted, direction) ?? nextPlace(items, wanted, step < 0 ? 1 : -1)
}

function nextPlace(items: readonly ListItem[], from: number, direction: 1 | -1): ListItem | undefined {
  for (let at = from; at >= 0 && at < items.length; at += direction) {
    const item = items[at]
    if (item !== undefined && (!isGroup(item) || item.folded)) return item
  }
  return undefined
}
