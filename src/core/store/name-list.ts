/** The names of what is in the store, for the completion of shells: read in one look, changing nothing. */
import { formatRemaining } from '#shared/duration.ts'
import { openToPeek } from './peek.ts'

/** `targets`: roles and identities; `profiles`: those Hallpass owns; `sessions`: what has a live session. */
export const NAME_KINDS = ['roles', 'identities', 'targets', 'profiles', 'sessions'] as const
export type NameKind = (typeof NAME_KINDS)[number]

export interface ListedName {
  readonly name: string
  /** Account, environment and state, in a few words. */
  readonly about: string
}

const ROLES = `SELECT record.name, role.account_id, json_extract(role.settings, '$.environment'), session.expires_at
  FROM roles role JOIN records record ON record.id = role.id
  LEFT JOIN sessions session ON session.key = 'role:' || role.id`
const IDENTITIES = `SELECT record.name, coalesce(own.account_id, 'account unknown'), 'identity', session.expires_at
  FROM identities own JOIN records record ON record.id = own.id
  LEFT JOIN sessions session ON session.key = 'identity:' || own.id`
const TARGETS = `${ROLES} UNION ALL ${IDENTITIES}`

/** Each gives the name, two words about it, and the expiry of its session in milliseconds; all but the first may be null. */
const SELECTS: Readonly<Record<NameKind, string>> = {
  roles: ROLES,
  identities: IDENTITIES,
  targets: TARGETS,
  profiles: `SELECT DISTINCT own.profile, record.name, own.mode, session.expires_at
    FROM profiles own JOIN records record ON record.id = substr(own.target, instr(own.target, ':') + 1)
    LEFT JOIN sessions session ON session.key = own.target`,
  sessions: TARGETS,
}

/**
 * @param now milliseconds since the epoch
 * @returns sorted by name; empty when there is no store, or one of another version
 * @throws whatever SQLite throws on a file it can't read
 */
export function listNames(file: string, kind: NameKind, now: number): ListedName[] {
  const db = openToPeek(file)
  if (!db) return []
  try {
    const statement = db.prepare(`${SELECTS[kind]} ORDER BY 1`)
    statement.setReturnArrays(true)
    const rows = statement.all() as unknown as (string | number | null)[][]
    return rows.flatMap(([name, first, second, expires]): ListedName[] => {
      const seconds = (Number(expires ?? 0) - now) / 1000
      if (kind === 'sessions' && seconds <= 0) return []
      const left = seconds > 0 ? `${formatRemaining(seconds)} left` : null
      return [{ name: String(name), about: [first, second, left].filter((part) => part !== null).join(', ') }]
    })
  } finally {
    db.close()
  }
}
