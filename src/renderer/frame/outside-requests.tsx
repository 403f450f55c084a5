/** What the tray, notifications and links ask of the window. Mount once, after everything else that listens to main. */
import { useEffect, useEffectEvent } from 'react'
import type { RoleRequest } from '#shared/ipc.ts'
import type { RoleRow } from '#shared/role-list.ts'
import { call, errorFromReport } from '../bridge.ts'
import { useRoleActions } from '../hooks/role-actions.tsx'
import { useRoles } from '../hooks/use-data.ts'
import { focusWhenThere } from '../lib/focus-when-there.ts'
import { DeepLinkDialog } from './deep-link-dialog.tsx'

export function OutsideRequests(props: {
  roles: readonly RoleRow[]
  /** Goes to the roles and selects one. */
  onShowRole: (name: string) => void
}) {
  const { roles, onShowRole } = props
  const actions = useRoleActions()

  const answer = useEffectEvent((request: RoleRequest) => {
    onShowRole(request.name)
    const role = roles.find(({ name }) => name === request.name)
    if (request.act === 'show') {
      const { name, failure } = request
      if (failure) actions.noteFailure(name, { action: failure.action, error: errorFromReport(failure.error) })
      focusWhenThere(() => mainButtonOf(name))
    } else if (role !== undefined) {
      if (request.act === 'start') actions.start(role)
      else if (request.act === 'console') actions.openConsole(role, request.via)
      else actions.copyEnv(role, request.shell)
    }
  })

  useEffect(() => window.hallpass.on('role.requested', answer), [])
  usePageReady(useRoles().data !== undefined)
  return <DeepLinkDialog roles={roles} onShowRole={onShowRole} />
}

/** Tells main that the page listens, once it knows the roles that are talked about. */
function usePageReady(ready: boolean): void {
  useEffect(() => {
    // A call that fails leaves nothing to be done: what was asked for stays unasked.
    if (ready) void call('app.page-ready', undefined).catch(() => {})
  }, [ready])
}

/** Start or Renew on the pass of that role, once it is drawn. */
function mainButtonOf(name: string): HTMLElement | null {
  const pass = document.querySelector('.pass')
  if (pass?.querySelector('.pass__name')?.textContent !== name) return null
  return pass.querySelector<HTMLElement>('[aria-keyshortcuts="Enter"]')
}
