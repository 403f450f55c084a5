/** Asks before several roles are removed. */
import type { RoleRow } from '#shared/models.ts'
import { call } from '../bridge.ts'
import { RemovalDialog } from '../components/removal-dialog.tsx'
import { namesOf, removalOrder } from '../lib/several-roles.ts'
import { strings } from '../strings.ts'

const words = strings.bulkRemove

export function BulkRemove(props: { roles: readonly RoleRow[]; onRemoved: () => void; onClose: () => void }) {
  const { roles } = props
  // The dialog names those it was opened for, while the list loses them one by one.
  return (
    <RemovalDialog
      title={words.title(roles.length)}
      lead={`${namesOf(roles)}. ${words.lead}`}
      action={words.action(roles.length)}
      environment={roles.some(({ environment }) => environment === 'prod') ? 'prod' : null}
      remove={async () => {
        for (const { name } of removalOrder(roles)) await call('roles.remove', { name })
        props.onRemoved()
      }}
      onClose={props.onClose}
    />
  )
}
