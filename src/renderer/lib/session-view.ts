/** What a role's session looks like right now: AWS's answer, the clock and what is under way, in one word. */
import type { RoleRow } from '#shared/role-list.ts'
import { secondsUntil } from './time.ts'

export { isLive } from '#shared/live.ts'

/** Under this many seconds an active session shows as running out. */
export const LOW_SECONDS = 600

export type SessionView =
  | { readonly state: 'inactive' | 'needs-mfa' | 'starting' | 'ending' | 'failed' | 'expired' }
  | { readonly state: 'active' | 'low'; readonly expiresAt: string; readonly secondsLeft: number }

export interface RoleProgress {
  readonly busy: 'start' | 'renew' | 'end' | 'console' | 'copy' | 'profile' | null
  /** True when the last attempt to start failed. */
  readonly startFailed: boolean
}

/** A session that AWS still honours shows as such, even if renewing it failed. */
export function viewSession(role: RoleRow, progress: RoleProgress, now: number): SessionView {
  if (progress.busy === 'start') return { state: 'starting' }
  if (progress.busy === 'end') return { state: 'ending' }
  if (role.state === 'active' && role.expiresAt !== null) {
    const secondsLeft = secondsUntil(role.expiresAt, now)
    if (secondsLeft > 0) {
      return { state: secondsLeft < LOW_SECONDS ? 'low' : 'active', expiresAt: role.expiresAt, secondsLeft }
    }
  }
  if (progress.startFailed) return { state: 'failed' }
  if (role.state === 'active') return { state: 'expired' }
  return { state: role.state }
}
