/** One clock for the whole window: it ticks once a second, rests while the window is hidden, and catches up after. */
import { useSyncExternalStore } from 'react'

let now = Date.now()
let timer: number | undefined
const listeners = new Set<() => void>()

function tick(): void {
  now = Date.now()
  for (const listener of listeners) listener()
}

function arrange(): void {
  const wanted = listeners.size > 0 && document.visibilityState === 'visible'
  if (wanted && timer === undefined) {
    tick()
    timer = window.setInterval(tick, 1000)
  } else if (!wanted && timer !== undefined) {
    window.clearInterval(timer)
    timer = undefined
  }
}

function subscribe(listener: () => void): () => void {
  if (listeners.size === 0) document.addEventListener('visibilitychange', arrange)
  listeners.add(listener)
  arrange()
  return () => {
    listeners.delete(listener)
    if (listeners.size === 0) document.removeEventListener('visibilitychange', arrange)
    arrange()
  }
}

/** The present in milliseconds; the component renders again each second. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now)
}
