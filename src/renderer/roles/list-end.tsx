/** The end of the list: what became of several roles, and below it what can be done with the selected ones, or the foot. */
import type { RoleRow, RoleTotals } from '#shared/role-list.ts'
import { BulkBar } from './bulk-bar.tsx'
import { BulkOutcome } from './bulk-outcome.tsx'
import { ListFoot } from './list-foot.tsx'
import { useBulk } from './use-bulk.ts'

export function ListEnd(props: {
  selection: ReadonlySet<string>
  onClear: () => void
  roles: readonly RoleRow[]
  totals: RoleTotals
  /** Whether the one role that is selected has a session. */
  live: boolean
  loading: boolean
}) {
  const { selection, roles, totals } = props
  const bulk = useBulk(roles)
  return (
    <div className="list__end">
      <BulkOutcome bulk={bulk} />
      {selection.size > 1 ? (
        <BulkBar selection={selection} roles={roles} bulk={bulk} onClear={props.onClear} />
      ) : (
        <ListFoot roles={totals.roles} accounts={totals.accounts} live={props.live} loading={props.loading} />
      )}
    </div>
  )
}
