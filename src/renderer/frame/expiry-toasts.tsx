/** Says that a session ends soon which is not renewed by itself, with a way to renew it. */
import { useEffect, useRef } from 'react'
import type { RoleRow } from '#shared/role-list.ts'
import { showToast } from '../components/toast.tsx'
import { useRoleActions } from '../hooks/role-actions.tsx'
import { strings } from '../strings.ts'

export function ExpiryToasts({ roles }: { roles: readonly RoleRow[] }) {
  const actions = useRoleActions()
  // The latest of both, without listening anew for each change of a list.
  const latest = useRef({ roles, actions })
  latest.current = { roles, actions }
  useEffect(
    () =>
      window.hallpass.on('session.expiring', ({ name, minutesLeft, because }) => {
        const role = latest.current.roles.find((one) => one.name === name)
        const renew = role && { label: strings.pass.renew, run: () => latest.current.actions.start(role) }
        showToast(strings.state.endsSoon(name, minutesLeft, because), renew)
      }),
    [],
  )
  return null
}
