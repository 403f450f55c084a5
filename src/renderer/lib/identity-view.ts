/** What the identities screen works out: how old a key is at least, and how many roles start from it. */
import type { Identity } from '#shared/identities.ts'
import type { RoleRow } from '#shared/role-list.ts'
import type { Role } from '#shared/roles.ts'

const DAY_MS = 86_400_000
/** A key is due for replacement from this many days on, and overdue after those. */
export const DUE_DAYS = 60
export const OVERDUE_DAYS = 90
/** The age at which the bar is full. */
const FULL_DAYS = 120

export interface KeyAge {
  /** Whole days since it was added here. AWS made the key then, or earlier. */
  readonly days: number
  /** `known` says nothing about the key being fresh: it may have been old when it was added. */
  readonly state: 'known' | 'due' | 'overdue'
  /** Of the bar, 0 to 100. */
  readonly percent: number
}

/** @param now milliseconds since the epoch */
export function keyAge(addedAt: string, now: number): KeyAge {
  const days = Math.max(0, Math.floor((now - Date.parse(addedAt)) / DAY_MS))
  const state = days >= OVERDUE_DAYS ? 'overdue' : days >= DUE_DAYS ? 'due' : 'known'
  return { days, state, percent: Math.min(100, Math.round((days / FULL_DAYS) * 1000) / 10) }
}

/** Whether the role is a permission set of that identity, which is where its chain starts, and no role that is assumed. */
export function isPermissionSetOf({ source }: Pick<Role, 'source'>, origin: Identity | undefined): boolean {
  return origin?.kind === 'identity-center' && source.kind === 'identity' && source.id === origin.id
}

/** Where on the bar the two gaps are, 0 to 100. */
export const AGE_TICKS = [DUE_DAYS, OVERDUE_DAYS].map((days) => (days / FULL_DAYS) * 100)

/** How many roles start from each identity, through other roles or directly. One pass, however many roles there are. */
export function rolesPerIdentity(roles: readonly RoleRow[]): ReadonlyMap<string, number> {
  const sources = new Map(roles.map((role) => [role.name, role.from]))
  const origins = new Map<string, string>()
  const counts = new Map<string, number>()
  for (const { name } of roles) {
    const way: string[] = []
    let at = name
    while (sources.has(at) && !origins.has(at) && !way.includes(at)) {
      way.push(at)
      at = sources.get(at) ?? at
    }
    const origin = origins.get(at) ?? at
    for (const one of way) origins.set(one, origin)
    counts.set(origin, (counts.get(origin) ?? 0) + 1)
  }
  return counts
}
