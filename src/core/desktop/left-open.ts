/** Tells of seals that were broken and not closed by half their time. */
import type { Opening } from '#shared/breakglass.ts'
import type { BreakGlassService } from '../breakglass/service.ts'

export interface LeftOpen {
  /** Whether it is an opening that is watched. */
  has(id: string): boolean
}

/** Watches until each is closed; a timer of it keeps no process alive. */
export function watchLeftOpen(
  breakglass: Pick<BreakGlassService, 'openings' | 'onOpenings'>,
  { onLeftOpen, onClosed }: { onLeftOpen: (opening: Opening) => void; onClosed: (id: string) => void },
): LeftOpen {
  const timers = new Map<string, NodeJS.Timeout>()
  breakglass.onOpenings(() => {
    const open = breakglass.openings()
    for (const opening of open) {
      if (timers.has(opening.id)) continue
      const half = (Date.parse(opening.until) - Date.now()) / 2
      timers.set(opening.id, setTimeout(() => onLeftOpen(opening), Math.max(0, half)).unref())
    }
    for (const [id, timer] of timers) {
      if (open.some((opening) => opening.id === id)) continue
      clearTimeout(timer)
      timers.delete(id)
      onClosed(id)
    }
  })
  return { has: (id) => timers.has(id) }
}
