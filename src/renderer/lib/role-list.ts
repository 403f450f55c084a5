/** The role list as data: search, filters, groups by account, and where each role starts. */
import type { Environment } from '#shared/fields.ts'
import type { Identity, RoleRow } from '#shared/models.ts'
import { ENVIRONMENTS } from './environment.ts'
import { isLive } from './session-view.ts'

export type RoleFilter = 'all' | 'active' | 'needs-mfa'

export interface RoleGroup {
  readonly kind: 'group'
  readonly accountId: string
  /** The environments its roles name, the one closest to customers first. */
  readonly environments: readonly Environment[]
  readonly count: number
}
export interface RoleItem {
  readonly kind: 'role'
  readonly role: RoleRow
}
export type ListItem = RoleGroup | RoleItem

/** Roles that match every word of `query` and the filter. Digits match account ids written with or without gaps. */
export function filterRoles(roles: readonly RoleRow[], query: string, filter: RoleFilter, now: number): RoleRow[] {
  const text = query.trim().toLowerCase()
  const words = /^[\d ]+$/.test(text) ? [text.replaceAll(' ', '')] : text.split(/\s+/)
  return roles.filter((role) => {
    if (filter === 'active' && !isLive(role, now)) return false
    if (filter === 'needs-mfa' && role.state !== 'needs-mfa') return false
    const haystack = [role.name, role.roleName, role.accountId, role.from, role.profile].join('\n').toLowerCase()
    return words.every((word) => haystack.includes(word))
  })
}

/** How many roles each filter would show. */
export function countFilters(roles: readonly RoleRow[], now: number): Record<RoleFilter, number> {
  return {
    all: roles.length,
    active: roles.filter((role) => isLive(role, now)).length,
    'needs-mfa': roles.filter((role) => role.state === 'needs-mfa').length,
  }
}

/** One flat list for the virtual grid: each account's head, then its roles by name. */
export function groupRoles(roles: readonly RoleRow[]): ListItem[] {
  const byAccount = Map.groupBy(roles, (role) => role.accountId)
  const accounts = [...byAccount.keys()].sort()
  return accounts.flatMap((accountId): ListItem[] => {
    const members = [...(byAccount.get(accountId) ?? [])].sort((a, b) => a.name.localeCompare(b.name, 'en'))
    const environments = ENVIRONMENTS.filter((one) => members.some((role) => role.environment === one))
    return [
      { kind: 'group', accountId, environments, count: members.length },
      ...members.map((role): RoleItem => ({ kind: 'role', role })),
    ]
  })
}

export interface RoleOrigin {
  /** The identity the chain starts from; the last name that could be followed when a hop is missing. */
  readonly identity: string
  /** Roles between the identity and this one, in the order they are started. */
  readonly via: readonly string[]
}

/** Follows `from` back to the identity. Stops at a name that is no role, and at a cycle. */
export function originOf(role: RoleRow, roles: readonly RoleRow[]): RoleOrigin {
  const byName = new Map(roles.map((one) => [one.name, one]))
  const via: string[] = []
  let name = role.from
  for (let next = byName.get(name); next !== undefined && !via.includes(name); next = byName.get(name)) {
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

/** The role `step` places from the selected one in list order, or the nearest end. */
export function moveSelection(
  items: readonly ListItem[],
  selected: string | null,
  step: number | 'first' | 'last',
): string | null {
  const names = items.flatMap((item) => (item.kind === 'role' ? [item.role.name] : []))
  if (names.length === 0) return null
  if (step === 'first') return names[0] ?? null
  if (step === 'last') return names.at(-1) ?? null
  const at = selected === null ? -1 : names.indexOf(selected)
  if (at < 0) return names[0] ?? null
  return names[Math.min(names.length - 1, Math.max(0, at + step))] ?? null
}
