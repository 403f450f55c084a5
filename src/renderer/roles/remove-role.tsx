/** Asks before a role is removed. */
import type { RoleRow } from '#shared/role-list.ts'
import { call } from '../bridge.ts'
import { RemovalDialog } from '../components/removal-dialog.tsx'
import { strings } from '../strings.ts'

export function RemoveRole({ role, onClose }: { role: RoleRow; onClose: () => void }) {
  const words = strings.removeRole
  return (
    <RemovalDialog
      title={words.title(role.name)}
      lead={words.lead}
      action={words.action}
      environment={role.environment}
      remove={() => call('roles.remove', { name: role.name })}
      onClose={onClose}
    />
  )
}
