/** The sessions screen as data: each session with what is known of its role or identity, live ones first. */
import type { IdentityDetail } from '#shared/identities.ts'
import type { RoleRow } from '#shared/role-list.ts'
import type { SessionSummary } from '#shared/sessions.ts'
import { secondsUntil } from './time.ts'

export type SessionFilter = 'all' | 'active' | 'expired'

export interface SessionItem {
  readonly session: SessionSummary
  /** The role's row; for an identity's own session a row of the same shape, so that the same actions take it. */
  readonly row: RoleRow
  readonly live: boolean
}

/** Live sessions first, the one that ends next on top; then expired ones, the latest on top. */
export function sessionItems(
  sessions: readonly SessionSummary[],
  roles: readonly RoleRow[],
  identities: readonly IdentityDetail[],
  now: number,
): SessionItem[] {
  const wanted = new Set(sessions.map(({ name }) => name))
  const rows = new Map(roles.filter(({ name }) => wanted.has(name)).map((role) => [role.name, role]))
  return sessions
    .map((session): SessionItem => {
      const identity = identities.find(({ name }) => name === session.name)
      const row = session.kind === 'role' ? rows.get(session.name) : undefined
      return {
        session,
        row: { ...(row ?? identityRow(session, identity)), state: session.state, expiresAt: session.expiresAt },
        live: session.state === 'active' && secondsUntil(session.expiresAt, now) > 0,
      }
    })
    .sort((one, other) => {
      if (one.live !== other.live) return one.live ? -1 : 1
      const order = Date.parse(one.session.expiresAt) - Date.parse(other.session.expiresAt)
      return (one.live ? order : -order) || one.session.name.localeCompare(other.session.name, 'en')
    })
}

function identityRow(session: SessionSummary, identity: IdentityDetail | undefined): RoleRow {
  return {
    name: session.name,
    arn: identity?.userArn ?? session.assumedRoleArn ?? '',
    accountId: session.accountId ?? '',
    roleName: '',
    from: '',
    profile: '',
    profileMode: null,
    region: identity?.region ?? null,
    environment: null,
    state: session.state,
    expiresAt: session.expiresAt,
    accountName: null,
    pinned: false,
    lastUsedAt: null,
  }
}

/** Those of the filter that match every word of `query`. */
export function filterSessions(items: readonly SessionItem[], query: string, filter: SessionFilter): SessionItem[] {
  const text = query.trim().toLowerCase()
  const words = /^[\d ]+$/.test(text) ? [text.replaceAll(' ', '')] : text.split(/\s+/)
  return items.filter(({ row, live }) => {
    if (filter !== 'all' && live !== (filter === 'active')) return false
    const haystack = [row.name, row.roleName, row.accountId, row.accountName, row.from, row.profile]
      .join('\n')
      .toLowerCase()
    return words.every((word) => haystack.includes(word))
  })
}

/** The latest moment at which AWS still takes keys of a live session; null when none is live. */
export function lastExpiry(items: readonly SessionItem[]): string | null {
  const ends = items.filter(({ live }) => live).map(({ session }) => session.expiresAt)
  return ends.sort((one, other) => Date.parse(one) - Date.parse(other)).at(-1) ?? null
}

/** The item `step` places from the selected one, or the nearest end. */
export function moveSession(
  items: readonly SessionItem[],
  selected: string | null,
  step: number | 'first' | 'last',
): string | null {
  const last = items.length - 1
  const at = items.findIndex(({ session }) => session.name === selected)
  const next = step === 'first' ? 0 : step === 'last' ? last : at < 0 ? 0 : Math.min(last, Math.max(0, at + step))
  return items[next]?.session.name ?? null
}
