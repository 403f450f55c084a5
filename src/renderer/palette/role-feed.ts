/** The one index of the window, kept up with the roles while nothing else is to be done. */
import type { RoleRow } from '#shared/role-list.ts'
import { RoleIndex } from './role-index.ts'

/** While somebody waits for results, a slice leaves room for a frame. Milliseconds. */
const SLICE_MS = 8

export const roleIndex = new RoleIndex()

const listeners = new Set<() => void>()
let waiting = false

/** Takes the roles as they are and indexes what is new, in slices: at once while the palette is open, else at idle. */
export function feedRoles(rows: readonly RoleRow[]): void {
  roleIndex.update(rows)
  goOn()
}

/** Calls back whenever searches may answer otherwise. @returns a function that stops it */
export function onRolesIndexed(listener: () => void): () => void {
  listeners.add(listener)
  // Somebody waits now: not only what idle time there is.
  if (roleIndex.isBehind) setTimeout(() => slice(deadlineIn(SLICE_MS)))
  return () => listeners.delete(listener)
}

function goOn(): void {
  if (waiting || !roleIndex.isBehind) return
  waiting = true
  if (listeners.size > 0) setTimeout(() => slice(deadlineIn(SLICE_MS)))
  else requestIdleCallback((deadline) => slice(() => deadline.timeRemaining() < 1))
}

function deadlineIn(milliseconds: number): () => boolean {
  const end = performance.now() + milliseconds
  return () => performance.now() > end
}

function slice(isEnough: () => boolean): void {
  waiting = false
  const before = roleIndex.version
  roleIndex.work(isEnough)
  if (roleIndex.version !== before) for (const listener of listeners) listener()
  goOn()
}
