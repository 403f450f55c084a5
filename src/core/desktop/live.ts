/** How much is live right now: what the tray's image, the badge and the first line of the menu tell. */
import { isLive } from '#shared/live.ts'
import type { RoleRow } from '#shared/role-list.ts'

export interface LiveCount {
  readonly all: number
  readonly production: number
}

export function countLive(rows: readonly RoleRow[], now: number): LiveCount {
  const live = rows.filter((row) => isLive(row, now))
  return { all: live.length, production: live.filter(({ environment }) => environment === 'prod').length }
}
