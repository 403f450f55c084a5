/** Which session is to be spoken about: at five minutes and at one minute before its end, once each. */
import type { RoleRow } from '#shared/role-list.ts'
import { secondsUntil } from './time.ts'

/** Seconds before the end, the closest first. */
const MARKS = [60, 300]

export interface Announcement {
  /** Remember it: the same session and mark are never due again. */
  readonly key: string
  readonly name: string
  readonly secondsLeft: number
}

/** The first announcement that is due and not in `said`. A mark already far behind is skipped, not said late. */
export function dueAnnouncement(
  roles: readonly RoleRow[],
  said: ReadonlySet<string>,
  now: number,
): Announcement | undefined {
  for (const role of roles) {
    if (role.state !== 'active' || role.expiresAt === null) continue
    const secondsLeft = secondsUntil(role.expiresAt, now)
    const mark = MARKS.find((one) => secondsLeft <= one && secondsLeft > one - 30)
    const key = `${role.name} ${role.expiresAt} ${mark}`
    if (mark !== undefined && secondsLeft > 0 && !said.has(key)) return { key, name: role.name, secondsLeft }
  }
  return undefined
}
