/**
 * Static keys leave the credentials file with their session: at its end, at its expiry, and when the app, which watches
 * over them, quits. Should that process die, the next Hallpass process of any kind takes them out.
 *
 * A watcher holds a lock that the kernel drops when it dies, and leaves a note in the store that it clears on its way
 * out: a note without a lock means that it died.
 */
import { setTimeout as pause } from 'node:timers/promises'
import type { Clock, Log } from './capabilities.ts'
import { processLocks } from './process-lock.ts'
import type { ProfileService } from './profile-service.ts'
import type { Store } from './store/types.ts'

/** How often expiry is looked for, in milliseconds: a timer set for the moment would sleep through a suspended night. */
const LOOK_MS = 5_000
const NOTE = 'static-keys.watched'
const LOCK = 'static-keys'
/** Others hold the lock only for as long as it takes to find out whether somebody does. */
const LOCK_ATTEMPTS = 40
const LOCK_PAUSE_MS = 25

export interface StaticKeyParts {
  readonly store: Store
  readonly profiles: Pick<ProfileService, 'clearStaticKeys'>
  /** Forgets the session of a target key. */
  readonly endSession: (targetKey: string) => Promise<void>
  /** The state folder. */
  readonly home: string
  /** AWS's. */
  readonly clock: Clock
  readonly log: Log
  readonly lookMs?: number
}

/** Takes out what has expired, and everything when a watcher has died. @throws `file.*` */
export async function clearLeftKeys({ store, profiles, endSession, home, log }: StaticKeyParts): Promise<void> {
  const lock = store.setting(NOTE) === '1' ? processLocks(home)(LOCK) : undefined
  try {
    await profiles.clearStaticKeys({ expiredOnly: lock === undefined })
    if (!lock) return
    await endStaticSessions(store, endSession)
    store.setSetting(NOTE, '0')
    log.warn('static keys that a crash left behind were removed')
  } finally {
    lock?.release()
  }
}

/**
 * Takes static keys out as their sessions expire. What is live stays when this process ends.
 * @returns stops, once a look under way has ended
 */
export function watchExpiredKeys({
  store,
  profiles,
  clock,
  log,
  lookMs = LOOK_MS,
}: StaticKeyParts): () => Promise<void> {
  const cleared = new Set<string>()

  async function look(): Promise<void> {
    const due = expired(store, clock()).filter((each) => !cleared.has(each))
    if (due.length === 0) return
    await profiles.clearStaticKeys({ expiredOnly: true })
    for (const each of due) cleared.add(each)
  }

  let looking = Promise.resolve()
  const timer = setInterval(() => {
    looking = looking
      .then(look)
      .catch((error: unknown) => log.warn('expired static keys could not be removed', { error }))
  }, lookMs).unref()

  return () => {
    clearInterval(timer)
    return looking
  }
}

/**
 * Watches over static keys for as long as this process lives.
 * @returns takes all of them out and stops watching; when that fails, the next process tries again
 */
export async function watchStaticKeys(parts: StaticKeyParts): Promise<() => Promise<void>> {
  const { store, profiles, endSession, home } = parts
  const lock = await holdLock(home)
  store.setSetting(NOTE, '1')
  const stop = watchExpiredKeys(parts)

  return async () => {
    await stop()
    try {
      await profiles.clearStaticKeys()
      await endStaticSessions(store, endSession)
      // A second watcher, which has no lock, must not take the note away from the first.
      if (lock) store.setSetting(NOTE, '0')
    } finally {
      lock?.release()
    }
  }
}

async function holdLock(home: string) {
  for (let attempt = 0; attempt < LOCK_ATTEMPTS; attempt++) {
    const lock = processLocks(home)(LOCK)
    if (lock) return lock
    await pause(LOCK_PAUSE_MS)
  }
  return undefined
}

/** A session whose tools read it from the file is over with its keys: it must not show as active without them. */
async function endStaticSessions(store: Store, endSession: StaticKeyParts['endSession']): Promise<void> {
  for (const { target, mode } of store.profiles.list()) if (mode === 'static') await endSession(target)
}

/** Static profiles whose session has expired, each with that moment. */
function expired(store: Store, now: number): string[] {
  return store.profiles.list().flatMap(({ profile, target, mode }) => {
    const expiresAt = mode === 'static' ? store.sessions.get(target)?.expiresAt : undefined
    return expiresAt !== undefined && expiresAt <= now ? [`${profile} ${expiresAt}`] : []
  })
}
