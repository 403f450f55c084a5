/** Does what was chosen in the palette. Actions on a role show it, so that what comes of them is in view. */
import { flushSync } from 'react-dom'
import type { AppInfo } from '#shared/ipc.ts'
import type { RoleRow } from '#shared/role-list.ts'
import { call } from '../bridge.ts'
import { useRoleActions } from '../hooks/role-actions.tsx'
import { useRefresh } from '../hooks/use-data.ts'
import type { CenterStart, NewIdentityKind } from '../lib/identity-dialogs.ts'
import type { Command } from '../lib/keys.ts'
import { isLive } from '../lib/session-view.ts'
import type { Deed } from './items.ts'
import type { LeavingDeed } from './palette.tsx'

export interface DeedPlaces {
  readonly info: AppInfo | undefined
  readonly roles: readonly RoleRow[]
  readonly close: () => void
  /** Goes to the list with the role selected and in view. */
  readonly revealRole: (name: string) => void
  readonly runCommand: (command: Command) => boolean
  readonly addIdentity: (kind: NewIdentityKind) => void
  readonly openCenter: (start: CenterStart) => void
  /** From elsewhere. */
  readonly moveIn: () => void
  /** Asks first. */
  readonly endAll: () => void
  /** Goes to the log of a role. */
  readonly showActivity: (name: string) => void
}

export function useDeeds(places: DeedPlaces): (deed: LeavingDeed, choice: string | null) => void {
  const onRole = useRoleDeeds(places)
  const refresh = useRefresh()

  return (deed, choice) => {
    // First the palette goes and gives the focus back: a dialog that opens next must return it there, too.
    flushSync(places.close)
    if (choice !== null) void call('habits.note', { id: choice }).catch(() => {})
    switch (deed.kind) {
      case 'role':
        onRole(deed)
        return
      case 'frame':
        places.runCommand(deed.command)
        return
      case 'theme':
        void call('settings.change', { theme: deed.theme }).then(refresh)
        return
      case 'identities':
        places.runCommand('identities')
        return
      case 'add-identity':
        places.addIdentity(deed.what)
        return
      case 'center':
        places.openCenter(deed.start)
        return
      case 'import':
        places.moveIn()
        return
      case 'end-all':
        places.endAll()
        return
    }
  }
}

function useRoleDeeds({ info, roles, revealRole, showActivity }: DeedPlaces) {
  const actions = useRoleActions()
  const refresh = useRefresh()
  return ({ command, role: chosen }: Deed & { kind: 'role' }): void => {
    // What was listed a moment ago may have changed since.
    const role = roles.find((one) => one.name === chosen.name)
    if (role === undefined) return
    flushSync(() => revealRole(role.name))
    switch (command) {
      case 'start':
        actions.start(role)
        return
      case 'console':
        actions.openConsole(role, null)
        return
      case 'console-sign-in':
        actions.openConsole(role, 'sign-in')
        return
      case 'console-choose':
        actions.chooseConsole(role)
        return
      case 'copy-link':
        actions.copyLink(role)
        return
      case 'copy-env':
        actions.copyEnv(role, info?.settings.shell ?? (info?.platform === 'win32' ? 'powershell' : 'env'))
        return
      case 'profile':
        if (role.profileMode === null) actions.writeProfile(role, 'process')
        else actions.removeProfile(role)
        return
      case 'end':
        if (isLive(role, Date.now())) actions.end(role)
        return
      case 'pin':
        void call('roles.pin', { name: role.name, pinned: !role.pinned }).then(refresh)
        return
      case 'role-activity':
        showActivity(role.name)
        return
      case 'show':
        return
    }
  }
}
