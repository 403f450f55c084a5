/** Asks before several roles are removed. What can't be is told at the end of the list. */
import type { RoleRow } from '#shared/role-list.ts'
import { RemovalDialog } from '../components/removal-dialog.tsx'
import { namesOf } from '../lib/several-roles.ts'
import { strings } from '../strings.ts'
import type { Bulk } from './use-bulk.ts'

const words = strings.bulkRemove

export function BulkRemove(props: {
  roles: readonly RoleRow[]
  bulk: Bulk
  onRemoved: () => void
  onClose: () => void
}) {
  const { roles } = props
  // The dialog names those it was opened for, while the list loses them one by one.
  return (
    <RemovalDialog
      title={words.title(roles.length)}
      lead={`${namesOf(roles)}. ${words.lead}`}
      action={words.action(roles.length)}
      environment={roles.some(({ environment }) => environment === 'prod') ? 'prod' : null}
      remove={async () => {
        await props.bulk.run('remove', roles)
        props.onRemoved()
      }}
      onClose={props.onClose}
    />
  )
}
