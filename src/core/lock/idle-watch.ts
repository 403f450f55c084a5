/** Locks after a time without input. The system says how long that is, so it holds for the whole computer. */
import type { Clock } from '../capabilities.ts'
import type { SettingsService } from '../settings.ts'
import type { AppLock } from './app-lock.ts'

/** A computer that slept or whose settings changed is noticed within this. Seconds. */
const LONGEST_WAIT = 30

export interface IdleWatchParts {
  readonly lock: Pick<AppLock, 'isClosed' | 'lock' | 'onChange'>
  readonly settings: Pick<SettingsService, 'get' | 'onChange'>
  /** Seconds since the last input anywhere. */
  readonly idleSeconds: () => number
  readonly clock?: Clock
}

/** Looks now, whenever settings or lock change, and in between. Keeps no process alive. @returns a function that stops it */
export function watchIdle({ lock, settings, idleSeconds, clock = Date.now }: IdleWatchParts): () => void {
  let timer: NodeJS.Timeout | undefined
  /** Unlocking with a finger is no input to every system, and must not be followed by the next lock. */
  let unlockedAt = Number.NEGATIVE_INFINITY
  let wasClosed = lock.isClosed

  function look(): void {
    clearTimeout(timer)
    const { lockAfterIdleMinutes } = settings.get()
    if (lockAfterIdleMinutes === null || lock.isClosed) return
    const idle = Math.min(idleSeconds(), (clock() - unlockedAt) / 1000)
    const left = lockAfterIdleMinutes * 60 - idle
    if (left <= 0) void lock.lock('idle')
    else timer = setTimeout(look, Math.min(left, LONGEST_WAIT) * 1000).unref()
  }

  const stopListening = [
    settings.onChange(look),
    lock.onChange(() => {
      if (wasClosed && !lock.isClosed) unlockedAt = clock()
      wasClosed = lock.isClosed
      look()
    }),
  ]
  look()
  return () => {
    clearTimeout(timer)
    for (const stop of stopListening) stop()
  }
}
