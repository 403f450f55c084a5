/**
 * Open seals. An opening lives in the process that made it, for a set time and never beyond a lock; what it shows is
 * recorded first, and what can't be recorded is not shown.
 */
import { randomUUID } from 'node:crypto'
import {
  type CopyPart,
  type Opening,
  openSealSchema,
  type RevealPart,
  type SealedPage,
  type SealedPart,
  type SealedTask,
} from '#shared/breakglass.ts'
import { HallpassError } from '#shared/errors.ts'
import type { StsCalls } from '../aws/index.ts'
import type { Clock, Log } from '../capabilities.ts'
import { parseInput } from '../input.ts'
import type { Gate } from '../lock/gate.ts'
import { lockedError, passing } from '../lock/gate.ts'
import { codeWindow, totpCode } from '../mfa/totp-code.ts'
import { parseTotpSeed } from '../mfa/totp-seed.ts'
import {
  expectTyped,
  findSealed,
  findSealedRole,
  type SealedParts,
  sealedAgain,
  sealedDetail,
  sealedEntry,
} from './records.ts'
import type { BreakGlassService } from './service.ts'

export interface OpeningsParts extends SealedParts {
  /** Of the practice of recording: `record` has the entry on the disk when it resolves. */
  readonly record: BreakGlassRecorder
  readonly sts: Pick<StsCalls, 'assumeRole' | 'getSessionToken'>
  /** AWS's, which codes go by. */
  readonly awsClock: Clock
  /** Seconds that a seal stays open. */
  readonly openSeconds: () => number
  readonly gate?: (Gate & { onChange(listener: () => void): () => void }) | undefined
  readonly log: Log
}

/** How what is done gets into the activity log. */
export interface BreakGlassRecorder {
  /** @throws what writing the log throws */
  opened(id: string, detail: { readonly reason: string }): Promise<void>
  revealed(id: string, part: CopyPart, how: 'shown' | 'copied'): Promise<void>
  followed(id: string, page: SealedPage, role: string | null): Promise<void>
  assumed(id: string, role: string, reasonAs: string | null): Promise<void>
  /** Never fails. */
  closed(id: string, how: 'by-hand' | 'by-itself' | 'by-lock'): Promise<void>
}

const SECRET_OF: Readonly<Record<RevealPart, SealedPart>> = {
  password: 'password',
  code: 'totp-seed',
  'secret-access-key': 'secret-access-key',
}

/** What has to be changed once somebody has seen it. A code is worth nothing a minute later. */
const TASK_OF: Readonly<Partial<Record<RevealPart, SealedTask>>> = {
  password: 'rotate-password',
  'secret-access-key': 'rotate-key',
}

interface Open {
  readonly sealedId: string
  readonly reason: string
  readonly untilMs: number
  readonly timer: NodeJS.Timeout
}

type Openings = Pick<
  BreakGlassService,
  'open' | 'reveal' | 'assume' | 'close' | 'leave' | 'openings' | 'closeAll' | 'seal' | 'onOpenings'
> & {
  /** Stops the clocks; nothing is recorded any more. */
  dispose(): void
}

export function createOpenings(parts: OpeningsParts): Openings {
  const { store, vault, clock, awsClock, record, openSeconds, gate, log } = parts
  const open = new Map<string, Open>()
  const listeners = new Set<() => void>()
  const tell = () => {
    for (const listener of listeners) listener()
  }
  const through = <T>(work: () => Promise<T>) => (gate ? passing(gate, work) : work())
  const stopWatching = gate?.onChange(() => {
    if (gate.isClosed) for (const id of [...open.keys()]) void shut(id, 'by-lock')
  })

  /** Nothing can be shown any more when this returns; recording it takes a moment longer. */
  function shut(id: string, how: 'by-hand' | 'by-itself' | 'by-lock'): Promise<void> {
    const opening = open.get(id)
    if (!opening) return Promise.resolve()
    open.delete(id)
    clearTimeout(opening.timer)
    try {
      store.openings.remove(id)
    } catch (error) {
      // It says so by itself once its time is over.
      log.warn('A seal that was closed is still marked as open.', { error })
    }
    tell()
    return record.closed(opening.sealedId, how)
  }

  function change(
    id: string,
    make: (now: { tasks: SealedTask[] }) => Partial<{ lastOpenedAt: string; tasks: SealedTask[] }>,
  ): void {
    store.transaction(() => {
      const current = store.sealed.byId(id)
      if (current) store.sealed.update({ ...current, ...make(current) })
    })
  }

  const withTask = (tasks: readonly SealedTask[], ...more: SealedTask[]) => [...new Set([...tasks, ...more])]

  function describeOpening(id: string, { sealedId, untilMs, reason }: Open): Opening | undefined {
    const current = store.sealed.byId(sealedId)
    return (
      current && {
        id,
        credential: sealedDetail(store, current, clock()),
        until: new Date(untilMs).toISOString(),
        reason,
      }
    )
  }

  /** Closes it when its time is over, or when it was closed in another process. @returns whether it is still open */
  function lasts(id: string, { untilMs }: Open): boolean {
    // By the clock, because a computer that slept is late with its timers.
    if (untilMs <= clock()) void shut(id, 'by-itself')
    else if (!store.openings.has(id)) void shut(id, 'by-hand')
    return open.has(id)
  }

  /** @throws `breakglass.sealed` */
  function find(id: string): Open {
    const opening = open.get(id)
    if (opening && lasts(id, opening)) return opening
    throw sealedAgain()
  }

  /** Ends every opening of it: those of other processes are over once they are not in the store. */
  async function sealAll(sealedId: string): Promise<void> {
    const mine = [...open].filter(([, opening]) => opening.sealedId === sealedId)
    // First of all, whatever becomes of the store.
    const shutting = mine.map(([id]) => shut(id, 'by-hand'))
    const others = store.openings.removeOf(sealedId)
    await Promise.all(shutting)
    if (mine.length === 0 && others > 0) await record.closed(sealedId, 'by-hand')
  }

  return {
    open: (name, request) =>
      through(async () => {
        const { reason, confirm } = parseInput(openSealSchema, request)
        const found = findSealed(store, name)
        expectTyped(sealedDetail(store, found, clock()), [confirm])
        // Before its record, so that whoever looks for what happened since finds that first.
        const openedAt = new Date(clock()).toISOString()
        await record.opened(found.id, { reason })
        // Locked while that was written: there would be nobody left to close it.
        if (gate?.isClosed) throw lockedError()
        const id = randomUUID()
        const untilMs = clock() + openSeconds() * 1000
        const until = new Date(untilMs).toISOString()
        store.transaction(() => {
          change(found.id, ({ tasks }) => ({ lastOpenedAt: openedAt, tasks: withTask(tasks, 'note') }))
          if (store.sealed.byId(found.id)) store.openings.add(id, found.id, until)
        })
        const timer = setTimeout(() => void shut(id, 'by-itself'), openSeconds() * 1000).unref()
        const opening: Open = { sealedId: found.id, untilMs, reason, timer }
        open.set(id, opening)
        tell()
        const described = describeOpening(id, opening)
        if (described) return described
        throw new HallpassError('breakglass.not-found', `${name} was removed meanwhile.`)
      }),

    reveal: (id, part, how) =>
      through(async () => {
        const { sealedId } = find(id)
        const current = store.sealed.byId(sealedId)
        if (part === 'user-name' || part === 'access-key-id') {
          const value = part === 'user-name' ? current?.userName : current?.accessKeyId
          if (!value) throw new HallpassError('breakglass.nothing-inside', 'There is no such thing in this credential.')
          await record.revealed(sealedId, part, how)
          return { value, secondsLeft: null }
        }
        if (!current?.holds.includes(SECRET_OF[part]))
          throw new HallpassError('breakglass.nothing-inside', 'There is no such secret in this credential.')
        const secret = await vault.get(sealedEntry(sealedId, SECRET_OF[part]))
        const task = TASK_OF[part]
        if (task) change(sealedId, ({ tasks }) => ({ tasks: withTask(tasks, task) }))
        await record.revealed(sealedId, part, how)
        // Sealed meanwhile: by its time, by a person, by the lock.
        find(id)
        if (part !== 'code') return { value: secret, secondsLeft: null }
        const seed = parseTotpSeed(secret)
        const now = awsClock()
        return { value: totpCode(seed, now), secondsLeft: Math.ceil((codeWindow(seed.period, now).end - now) / 1000) }
      }),

    assume: (id, role) =>
      through(async () => {
        const { sealedId, reason } = find(id)
        const current = store.sealed.byId(sealedId)
        if (!current) throw new HallpassError('breakglass.not-found', 'It was removed meanwhile.')
        const { assumeInEmergency } = await import('./assume.ts')
        const session = await assumeInEmergency({ vault, sts: parts.sts, awsClock }, current, role, reason)
        await record.assumed(sealedId, findSealedRole(current, role).name, session.reasonAs)
        find(id)
        return session
      }),

    async close(id) {
      const opening = open.get(id)
      if (opening) await sealAll(opening.sealedId)
    },
    leave: (id) => shut(id, 'by-hand'),
    closeAll: async () => void (await Promise.all([...open.keys()].map((id) => shut(id, 'by-hand')))),
    openings() {
      const lasting = [...open].filter(([id, opening]) => lasts(id, opening))
      return lasting.flatMap(([id, opening]) => describeOpening(id, opening) ?? [])
    },

    async seal(name) {
      await sealAll(findSealed(store, name).id)
      return sealedDetail(store, findSealed(store, name), clock())
    },

    onOpenings(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },

    dispose() {
      stopWatching?.()
      for (const { timer } of open.values()) clearTimeout(timer)
      open.clear()
    },
  }
}
