/** Asks before a sign-in to Identity Center is removed, and with it the roles that start from it. */
import type { Identity } from '#shared/identities.ts'
import { call } from '../bridge.ts'
import { RemovalDialog } from '../components/removal-dialog.tsx'
import { centerStrings } from '../strings/centers.ts'

const words = centerStrings.remove

export function RemoveCenter({
  identity,
  roleCount,
  onClose,
}: {
  identity: Identity
  roleCount: number
  onClose: () => void
}) {
  return (
    <RemovalDialog
      title={words.title(identity.name, roleCount)}
      lead={words.lead(roleCount)}
      action={words.action(roleCount)}
      remove={() => call('centers.remove', { name: identity.name })}
      onClose={onClose}
    />
  )
}
