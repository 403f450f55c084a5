/**
 * What can be done with a role outside the window: from the tray and from a notification. The same handlers as the
 * window's; what has to be asked, and what went wrong, is for the window to show.
 */

import type { Log } from '#core/capabilities.ts'
import type { TrayAction } from '#core/desktop/tray-menu.ts'
import type { Hallpass } from '#core/hallpass.ts'
import { isHallpassError } from '#shared/errors.ts'
import type { RoleRequest } from '#shared/ipc.ts'
import { isLive } from '#shared/live.ts'
import { type IpcHandlers, toKnownError } from './ipc.ts'
import type { WindowRequests } from './window-requests.ts'

export type RoleAct = Extract<TrayAction, { name: string }>
type FailedAction = NonNullable<Extract<RoleRequest, { act: 'show' }>['failure']>['action']

export interface RoleActs {
  run(act: RoleAct): Promise<void>
  /** Whether the person themselves has just asked for this role or identity: they wait for the question about it. */
  isAskedFor(name: string): boolean
}

export interface RoleActsParts {
  readonly hallpass: Pick<Hallpass, 'roles' | 'settings'>
  readonly handlers: IpcHandlers
  readonly requests: WindowRequests
  readonly log: Log
}

export function createRoleActs({ hallpass, handlers, requests, log }: RoleActsParts): RoleActs {
  const askedFor = new Map<string, number>()

  const request = (what: RoleRequest): void => requests.ask('role.requested', what)

  async function attempt(name: string, action: FailedAction, work: () => Promise<unknown> | unknown): Promise<boolean> {
    askedFor.set(name, (askedFor.get(name) ?? 0) + 1)
    try {
      await work()
      return true
    } catch (error) {
      if (!isHallpassError(error, 'cancelled')) {
        const report = toKnownError(error, action, log).toReport()
        request({ act: 'show', name, failure: { action, error: report } })
      }
      return false
    } finally {
      const left = (askedFor.get(name) ?? 1) - 1
      if (left === 0) askedFor.delete(name)
      else askedFor.set(name, left)
    }
  }

  const start = (name: string, renew: boolean) =>
    attempt(name, renew ? 'renew' : 'start', () => handlers['sessions.start']({ name, renew }))

  /** Starts it first where that needs no question; where it does, the window asks and goes on from there. */
  async function withSession(name: string, inWindow: RoleRequest, then: () => Promise<unknown>): Promise<void> {
    const { environment, state, expiresAt } = hallpass.roles.show(name).summary
    if (isLive({ state, expiresAt }, Date.now())) await then()
    else if (environment === 'prod' && hallpass.settings.get().confirmProduction) request(inWindow)
    else if (await start(name, false)) await then()
  }

  async function perform(act: RoleAct): Promise<void> {
    const { name } = act
    switch (act.do) {
      case 'show':
        request({ act: 'show', name, failure: null })
        break
      case 'start':
        await withSession(name, { act: 'start', name }, async () => {})
        break
      case 'renew':
        await start(name, true)
        break
      case 'end':
        await attempt(name, 'end', () => handlers['sessions.end']({ name }))
        break
      case 'console': {
        const { via } = act
        const open = () => attempt(name, 'console', () => handlers['console.open']({ name, via }))
        await withSession(name, { act: 'console', name, via }, open)
        break
      }
      case 'copy-env': {
        const { shell } = act
        const copy = () => attempt(name, 'copy', () => handlers['sessions.copy-env']({ name, shell }))
        await withSession(name, { act: 'copy-env', name, shell }, copy)
        break
      }
      case 'write-profile':
        await attempt(name, 'profile', () => handlers['profiles.write']({ name, mode: 'process' }))
        break
      case 'remove-profile':
        await attempt(name, 'profile', () => handlers['profiles.remove']({ profile: act.profile }))
    }
  }

  return {
    async run(act) {
      try {
        await perform(act)
      } catch (error) {
        // Such as a role that was removed while the menu was open: the window shows what there is.
        toKnownError(error, act.do, log)
        request({ act: 'show', name: act.name, failure: null })
      }
    },
    isAskedFor: (name) => askedFor.has(name),
  }
}
