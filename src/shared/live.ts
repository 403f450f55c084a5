/** Whether a role's session is live, the same for the window and the tray. */
import type { RoleRow } from './role-list.ts'

/** True while AWS honours it, for a second at least. @param now milliseconds since the epoch */
export function isLive({ state, expiresAt }: Pick<RoleRow, 'state' | 'expiresAt'>, now: number): boolean {
  return state === 'active' && expiresAt !== null && Date.parse(expiresAt) - now >= 1000
}
