/**
 * Keeps live sessions fresh in a process that stays: the app and the agent. It renews ahead of expiry, warns before a
 * session ends, and says what became of each.
 *
 * - Nothing is planned further than the next tick: each looks at AWS's clock and at the store, so that sleep, a clock
 *   that was set and sessions of other processes are met as they are.
 * - Nobody is disturbed: what would ask a person for a code is warned about, not started.
 */
import { type ErrorReport, HallpassError, isHallpassError } from '#shared/errors.ts'
import type { HandedOutCredentials } from '#shared/sessions.ts'
import type { Clock, Log } from '../capabilities.ts'
import { type Target, targetByKey, targetName } from '../names.ts'
import type { SealedSession, Store } from '../store/types.ts'
import { isWiped, renewalTime } from './cache.ts'
import type { SessionEngine } from './engine.ts'

export type KeeperEventKind = 'expiring' | 'renewed' | 'renewal-failed' | 'expired'

export interface KeeperEvent {
  readonly kind: KeeperEventKind
  /** `role:<id>` or `identity:<id>`. */
  readonly key: string
  readonly name: string
  /** Of the session at hand, ISO 8601, by AWS's clock. */
  readonly expiresAt: string
  /** With `expiring`: minutes left, rounded down, and why it is not renewed by itself. */
  readonly minutesLeft?: number
  readonly because?: 'needs-mfa' | 'set-to-lapse' | 'renewal-failed'
  /** With `renewal-failed`. */
  readonly error?: ErrorReport
}

export interface KeeperParts {
  readonly store: Store
  readonly engine: Pick<SessionEngine, 'credentials' | 'sweep' | 'wantsCode'>
  /** AWS's clock. */
  readonly clock: Clock
  readonly log: Log
  /** How long before its end the person wants to know of a session that will not be renewed; 15 when left out. */
  readonly warningMinutes?: () => number
}

export interface SessionKeeper {
  /** Ticks from now on, until stopped. Keeps no process alive. */
  start(): void
  stop(): void
  /** Looks now, as after sleep. Looks that overlap are one. */
  check(): Promise<void>
  /** @returns a function that stops the calls */
  onEvent(listener: (event: KeeperEvent) => void): () => void
}

/** Sleep and clock changes are noticed within one of these. Milliseconds. */
const TICK = 10_000
/** When a session that will not be renewed is warned about, beside the person's own wish. Minutes before expiry. */
const WARNINGS = [5, 1] as const
const MINUTE = 60_000

/** What the keeper remembers of a session it has seen live. */
interface Watched {
  readonly accessKeyId: string
  readonly expiresAt: number
  /** The shortest warning given, in minutes. */
  warned: number
  /** Code of the failure told last: while AWS is not asked again, it stays the same one. */
  failed?: string
}

export function createSessionKeeper(parts: KeeperParts): SessionKeeper {
  const { store, engine, clock, log, warningMinutes = () => 15 } = parts
  const listeners = new Set<(event: KeeperEvent) => void>()
  const watched = new Map<string, Watched>()
  let timer: NodeJS.Timeout | undefined
  let checking: Promise<void> | undefined

  function emit(kind: KeeperEventKind, target: Target, expiresAt: number, more: Partial<KeeperEvent> = {}): void {
    const event: KeeperEvent = {
      kind,
      key: target.key,
      name: targetName(target),
      expiresAt: new Date(expiresAt).toISOString(),
      ...more,
    }
    for (const listener of listeners) listener(event)
  }

  async function look(): Promise<void> {
    const rows = store.sessions.list()
    const live = rows.filter((row) => !isWiped(row) && row.expiresAt > clock())
    tellOfExpired(new Set(live.map(({ key }) => key)), rows)
    // One after the other: a waking laptop must not turn a dozen sessions into a dozen calls at once.
    for (const row of live) await keep(row)
    engine.sweep()
  }

  /** Of those seen live before. One that was ended is nobody's surprise. */
  function tellOfExpired(live: ReadonlySet<string>, rows: readonly SealedSession[]): void {
    for (const [key, { expiresAt }] of watched) {
      if (live.has(key)) continue
      watched.delete(key)
      const target = targetByKey(store, key)
      if (target && rows.some((row) => row.key === key)) emit('expired', target, expiresAt)
    }
  }

  async function keep(row: SealedSession): Promise<void> {
    const target = targetByKey(store, row.key)
    if (!target) return
    const { accessKeyId, expiresAt } = row
    const known = watched.get(row.key)
    const memory =
      known?.accessKeyId === accessKeyId ? known : { accessKeyId, expiresAt, warned: Number.POSITIVE_INFINITY }
    watched.set(row.key, memory)
    const isDue = clock() >= renewalTime(row)
    if (!isDue && clock() < firstWarning(row)) return
    const obstacle = obstacleTo(target)
    if (obstacle) warn(target, memory, obstacle)
    else if (isDue && !(await renew(target, memory))) warn(target, memory, 'renewal-failed')
  }

  /** Not in the first half of a session: one that is short would begin with its warning. */
  function firstWarning({ obtainedAt, expiresAt }: SealedSession): number {
    return Math.max((obtainedAt + expiresAt) / 2, expiresAt - warningMinutes() * MINUTE)
  }

  function obstacleTo(target: Target): 'needs-mfa' | 'set-to-lapse' | undefined {
    if (target.kind === 'role' && target.role.settings.autoRenew === false) return 'set-to-lapse'
    return engine.wantsCode(target) ? 'needs-mfa' : undefined
  }

  /** @returns whether it is fresh now */
  async function renew(target: Target, memory: Watched): Promise<boolean> {
    const outcome = await attempt(target)
    const error = outcome instanceof HallpassError ? outcome.toReport() : outcome.kept
    if (error && error.code !== memory.failed) {
      memory.failed = error.code
      emit('renewal-failed', target, memory.expiresAt, { error })
    }
    if (outcome instanceof HallpassError || outcome.accessKeyId === memory.accessKeyId) return false
    const { accessKeyId, expiration } = outcome
    watched.set(target.key, { accessKeyId, expiresAt: expiration.getTime(), warned: Number.POSITIVE_INFINITY })
    emit('renewed', target, expiration.getTime())
    return true
  }

  async function attempt(target: Target): Promise<HandedOutCredentials | HallpassError> {
    try {
      return await engine.credentials(targetName(target), { byProgram: true })
    } catch (error) {
      if (isHallpassError(error)) return error
      throw error
    }
  }

  function warn(target: Target, memory: Watched, because: NonNullable<KeeperEvent['because']>): void {
    const minutesLeft = (memory.expiresAt - clock()) / MINUTE
    const first = warningMinutes()
    const due = [first, ...WARNINGS.filter((minutes) => minutes < first)].findLast((minutes) => minutesLeft <= minutes)
    if (due === undefined || due >= memory.warned) return
    memory.warned = due
    emit('expiring', target, memory.expiresAt, { minutesLeft: Math.floor(minutesLeft), because })
  }

  function check(): Promise<void> {
    checking ??= look()
      .catch((error: unknown) => {
        log.warn('Sessions could not be looked after.', { code: isHallpassError(error) ? error.code : 'internal' })
      })
      .finally(() => {
        checking = undefined
      })
    return checking
  }

  return {
    start() {
      timer ??= setInterval(() => void check(), TICK).unref()
      void check()
    },
    stop() {
      clearInterval(timer)
      timer = undefined
    },
    check,
    onEvent(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
