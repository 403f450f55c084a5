/**
 * What can be done with a role, the same from a key, a button or a menu. One thing at a time for each role, in the
 * order asked for; the same thing asked for twice is done once. What is under way and what went wrong stay with the
 * role until the next attempt. Production asks before it starts, unless the settings say not to.
 */

import { createContext, type ReactNode, useContext, useRef, useState } from 'react'
import { isPermissionSetPattern } from '#shared/arn.ts'
import { formatRemaining } from '#shared/duration.ts'
import type { HallpassError } from '#shared/errors.ts'
import type { ProfileMode } from '#shared/fields.ts'
import type { IpcRequest } from '#shared/ipc.ts'
import type { RoleRow } from '#shared/role-list.ts'
import { call, toHallpassError } from '../bridge.ts'
import { showToast } from '../components/toast.tsx'
import type { Outcome } from '../lib/bulk-run.ts'
import { isLive, type RoleProgress } from '../lib/session-view.ts'
import { formatClock } from '../lib/time.ts'
import { strings } from '../strings.ts'
import { useAppInfo, useRefresh } from './use-data.ts'

export type Shell = IpcRequest<'sessions.copy-env'>['shell']
/** A door, or null for the proposed one. */
export type ConsoleVia = IpcRequest<'console.open'>['via']
/** Where the console opens, in which browser and for how long; what is left out is as it is remembered. */
export type ConsoleWish = Omit<IpcRequest<'console.open'>, 'name' | 'via'>
type CopyableField = IpcRequest<'roles.copy-field'>['field']
type Action = NonNullable<RoleProgress['busy']>

/** What to do once the session is there. */
export type Next = { kind: 'console'; via: ConsoleVia; wish?: ConsoleWish } | { kind: 'copy'; shell: Shell } | null

export interface RoleActivity {
  readonly busy: Action | null
  readonly failure: { readonly action: Action; readonly error: HallpassError } | null
}
/** What became of it; `under-way` where the same was asked for before. */
type Done = 'done' | 'under-way' | HallpassError

const IDLE: RoleActivity = { busy: null, failure: null }

export interface RoleActions {
  activityOf(name: string): RoleActivity
  progressOf(name: string): RoleProgress
  /** Starts, after asking in production; an active session is renewed without asking. */
  start(role: RoleRow): void
  /** The same where the person has just been asked, about this role or several. */
  startConfirmed(role: RoleRow, next?: Next): void
  /** The same for several, each on its own. Renews none; one that is under way already has no outcome of its own. */
  startEach(roles: readonly RoleRow[]): Promise<Outcome[]>
  end(role: RoleRow): void
  /** These two start an inactive role first. */
  openConsole(role: RoleRow, via: ConsoleVia, wish?: ConsoleWish): void
  copyEnv(role: RoleRow, shell: Shell): void
  /** The link without a secret: to the switch-role page, or to the access portal for a role of Identity Center. */
  copyLink(role: RoleRow): void
  /** The role whose door is being chosen, if any; `chooseConsole` opens the question and `closeConsole` leaves it. */
  readonly choosing: RoleRow | null
  chooseConsole(role: RoleRow): void
  closeConsole(): void
  copyField(role: RoleRow, field: CopyableField, label: string): void
  writeProfile(role: RoleRow, mode: ProfileMode): void
  removeProfile(role: RoleRow): void
  /** Shows what went wrong where it was tried outside the window. */
  noteFailure(name: string, failure: NonNullable<RoleActivity['failure']>): void
  /** The profile of somebody else's that a write has met, if that is open; `closeClash` leaves it. */
  readonly clash: { readonly role: RoleRow; readonly mode: ProfileMode } | null
  closeClash(): void
  /** Shows that a profile has been written, with a way back. */
  profileWritten(role: RoleRow, profile: string): void
  /** The question that is open, if any. */
  readonly question: { readonly role: RoleRow; readonly next: Next } | null
  answer(start: boolean, restToday: boolean): void
}

const RoleActionsContext = createContext<RoleActions | null>(null)

export function useRoleActions(): RoleActions {
  const actions = useContext(RoleActionsContext)
  if (actions === null) throw new Error('RoleActionsProvider is missing')
  return actions
}

export function RoleActionsProvider({ children }: { children: ReactNode }) {
  const [activities, setActivities] = useState<Record<string, RoleActivity>>({})
  const [clash, setClash] = useState<RoleActions['clash']>(null)
  const [choosing, setChoosing] = useState<RoleActions['choosing']>(null)
  const [question, setQuestion] = useState<RoleActions['question']>(null)
  /** Everything that is under way or waits for its turn, as role, action and what sets it apart. */
  const pending = useRef(new Set<string>())
  /** The last thing asked for, by role: the next one waits for it. */
  const lanes = useRef(new Map<string, Promise<unknown>>())
  /** Roles that shall not ask again, with the day that holds for. */
  const resting = useRef(new Map<string, string>())
  const refresh = useRefresh()
  const confirms = useAppInfo().data?.settings.confirmProduction ?? true

  const perform = async (name: string, action: Action, work: () => Promise<void>): Promise<Done> => {
    const note = (activity: RoleActivity): void => setActivities((all) => ({ ...all, [name]: activity }))
    note({ busy: action, failure: null })
    try {
      await work()
      await refresh()
      note(IDLE)
      return 'done'
    } catch (caught) {
      const error = toHallpassError(caught)
      await refresh()
      note({ busy: null, failure: error.code === 'cancelled' ? null : { action, error } })
      return error
    }
  }

  const keyOf = (name: string, action: Action, detail = ''): string => [name, action, detail].join(' ')

  const run = async (name: string, action: Action, work: () => Promise<void>, detail = ''): Promise<Done> => {
    const key = keyOf(name, action, detail)
    if (pending.current.has(key)) return 'under-way'
    pending.current.add(key)
    const before = lanes.current.get(name) ?? Promise.resolve()
    const mine = before.then(() => perform(name, action, work)).finally(() => pending.current.delete(key))
    // A browser may take its time to come for the link, and changes nothing here.
    if (action !== 'console') lanes.current.set(name, mine)
    return mine
  }

  const open = (role: RoleRow, via: ConsoleVia, wish: ConsoleWish = {}): Promise<Done> => {
    const work = async (): Promise<void> => {
      const { durationLeftOut } = await call('console.open', { name: role.name, via, ...wish })
      if (durationLeftOut !== null) showToast(strings.doors.durationLeftOut[durationLeftOut])
    }
    return run(role.name, 'console', work, [via, JSON.stringify(wish)].join(' '))
  }

  const copy = (role: RoleRow, shell: Shell): Promise<Done> => {
    const work = async (): Promise<void> => {
      const { clearsInSeconds } = await call('sessions.copy-env', { name: role.name, shell })
      showToast(strings.pass.copiedEnv(clearsInSeconds))
    }
    return run(role.name, 'copy', work, shell)
  }

  const startOne = ({ name }: RoleRow, renew: boolean): Promise<Done> =>
    run(name, renew ? 'renew' : 'start', async () => {
      await call('sessions.start', { name, renew })
    })

  const startEach = async (roles: readonly RoleRow[]): Promise<Outcome[]> => {
    const all = await Promise.all(roles.map(async (role) => ({ name: role.name, done: await startOne(role, false) })))
    return all.flatMap(({ name, done }) =>
      done === 'under-way' ? [] : [{ name, error: done === 'done' ? null : done }],
    )
  }

  const startNow = async (role: RoleRow, next: Next): Promise<void> => {
    const started = await startOne(role, isLive(role, Date.now()))
    if (started !== 'done' || next === null) return
    if (next.kind === 'console') await open(role, next.via, next.wish)
    else await copy(role, next.shell)
  }

  const startAsking = (role: RoleRow, next: Next): void => {
    const rests = resting.current.get(role.name) === new Date().toDateString()
    const asks = confirms && role.environment === 'prod' && !isLive(role, Date.now()) && !rests
    if (asks && !pending.current.has(keyOf(role.name, 'start'))) setQuestion({ role, next })
    else void startNow(role, next)
  }

  const write = async (role: RoleRow, mode: ProfileMode): Promise<void> => {
    let isTaken = false
    const work = async (): Promise<void> => {
      try {
        const owned = await call('profiles.write', { name: role.name, mode })
        profileWritten(role, owned.profile)
      } catch (error) {
        if (toHallpassError(error).code !== 'profile.not-owned') throw error
        isTaken = true
      }
    }
    await run(role.name, 'profile', work, mode)
    // Only now: asked again from the dialog's place, the same write must not count as still under way.
    if (isTaken) setClash({ role, mode })
  }

  const removeProfile = async (profile: string): Promise<void> => {
    await call('profiles.remove', { profile })
  }

  const profileWritten = (role: RoleRow, profile: string): void => {
    const { profileMode } = role
    const takeBack = (): void => {
      if (profileMode === null) void run(role.name, 'profile', () => removeProfile(profile), 'undo')
      else void write(role, profileMode)
    }
    showToast(strings.profile.wrote(profile), { label: strings.undo, run: takeBack })
  }

  const actions: RoleActions = {
    activityOf: (name) => activities[name] ?? IDLE,
    progressOf: (name) => {
      const activity = activities[name] ?? IDLE
      return { busy: activity.busy, startFailed: activity.failure?.action === 'start' }
    },
    start: (role) => startAsking(role, null),
    startConfirmed: (role, next = null) => void startNow(role, next),
    startEach,
    noteFailure: (name, failure) => setActivities((all) => ({ ...all, [name]: { busy: null, failure } })),
    end: (role) =>
      void run(role.name, 'end', async () => {
        await call('sessions.end', { name: role.name })
        const until = role.expiresAt
        showToast(until === null ? strings.pass.ended : strings.pass.endedUntil(formatClock(until, Date.now())))
      }),
    openConsole: (role, via, wish = {}) => {
      if (isLive(role, Date.now())) void open(role, via, wish)
      else startAsking(role, { kind: 'console', via, wish })
    },
    choosing,
    chooseConsole: setChoosing,
    closeConsole: () => setChoosing(null),
    copyEnv: (role, shell) => {
      if (isLive(role, Date.now())) void copy(role, shell)
      else startAsking(role, { kind: 'copy', shell })
    },
    copyLink: (role) => {
      const work = async (): Promise<void> => {
        const ofPortal = isPermissionSetPattern(role.arn)
        await call('console.copy-link', { name: role.name, door: ofPortal ? 'identity-center' : 'switch-role' })
        showToast(strings.copied(ofPortal ? strings.pass.portalLink : strings.pass.switchLinkName))
      }
      void run(role.name, 'console', work, 'link')
    },
    copyField: (role, field, label) => {
      const work = async (): Promise<void> => {
        await call('roles.copy-field', { name: role.name, field })
        showToast(strings.copied(label))
      }
      void run(role.name, 'copy', work, field)
    },
    writeProfile: (role, mode) => void write(role, mode),
    removeProfile: (role) =>
      void run(role.name, 'profile', async () => {
        await removeProfile(role.profile)
        const { profileMode } = role
        const undo =
          profileMode === null ? undefined : { label: strings.undo, run: () => void write(role, profileMode) }
        showToast(strings.profile.stopped(role.profile), undo)
      }),
    clash,
    closeClash: () => setClash(null),
    profileWritten,
    question,
    answer: (start, restToday) => {
      setQuestion(null)
      if (!start || question === null) return
      if (restToday) resting.current.set(question.role.name, new Date().toDateString())
      void startNow(question.role, question.next)
    },
  }
  return <RoleActionsContext value={actions}>{children}</RoleActionsContext>
}

/** The length of a session in the product's words; AWS gives an hour when a role asks for nothing. */
export function sessionLength(durationSeconds: number | undefined): string {
  return formatRemaining(durationSeconds ?? 3600)
}
