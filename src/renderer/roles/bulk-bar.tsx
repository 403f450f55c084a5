/** At the foot of the list while several roles are selected. */
import type { RoleRow } from '#shared/models.ts'
import { Button } from '../components/button.tsx'
import { strings } from '../strings.ts'

export function BulkBar({
  selection,
  onClear,
}: {
  selection: ReadonlySet<string>
  roles: readonly RoleRow[]
  onClear: () => void
}) {
  return (
    <div className="footbar">
      <span>{strings.roles.selected(selection.size)}</span>
      <span className="grow" />
      <Button tone="quiet" shortcut="Esc" onClick={onClear}>
        {strings.roles.clearSelection}
      </Button>
    </div>
  )
}
