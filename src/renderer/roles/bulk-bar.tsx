/** At the foot of the list while several roles are selected: what can be done with all of them. */
import { useState } from 'react'
import type { RoleRow } from '#shared/role-list.ts'
import { Button, IconButton } from '../components/button.tsx'
import { useAppInfo } from '../hooks/use-data.ts'
import { useNow } from '../hooks/use-now.ts'
import { BulkEdit, BulkRemove, BulkStart } from '../lazy.tsx'
import { isLive } from '../lib/session-view.ts'
import { strings } from '../strings.ts'
import type { Bulk } from './use-bulk.ts'

const words = strings.bulk

/**
 * Shows itself while two or more roles are selected.
 * @param props.selection names of roles; those the list no longer has are passed over
 * @param props.roles all roles, or at least the selected ones
 */
export function BulkBar(props: {
  selection: ReadonlySet<string>
  roles: readonly RoleRow[]
  bulk: Bulk
  onClear: () => void
}) {
  const { selection, roles, bulk, onClear } = props
  const selected = selection.size < 2 ? [] : roles.filter(({ name }) => selection.has(name))
  return selected.length < 2 ? null : <Bar selected={selected} bulk={bulk} onClear={onClear} />
}

function Bar({ selected, bulk, onClear }: { selected: readonly RoleRow[]; bulk: Bulk; onClear: () => void }) {
  const now = useNow()
  const asks = useAppInfo().data?.settings.confirmProduction ?? true
  const [dialog, setDialog] = useState<'start' | 'edit' | 'remove' | null>(null)
  const live = selected.filter((role) => isLive(role, now))
  const idle = selected.filter((role) => !isLive(role, now))
  const pin = selected.some(({ pinned }) => !pinned)
  const startAll = (): void => void bulk.run('start', idle)

  return (
    <div>
      <div className="bulkbar" role="toolbar" aria-label={words.label} data-region="bulk">
        <strong className="nowrap" role="status">
          {words.selected(selected.length)}
        </strong>
        <IconButton quiet label={words.clear} icon="x" onClick={onClear} />
        <span className="grow" />
        {idle.length > 0 && (
          <Button
            icon="play"
            busy={bulk.busy === 'start' ? strings.state.starting : undefined}
            onClick={() =>
              asks && idle.some(({ environment }) => environment === 'prod') ? setDialog('start') : startAll()
            }
          >
            {words.start(idle.length)}
          </Button>
        )}
        {live.length > 0 && (
          <Button
            icon="stop"
            busy={bulk.busy === 'end' ? strings.state.ending : undefined}
            onClick={() => void bulk.run('end', live)}
          >
            {words.end(live.length)}
          </Button>
        )}
        <Button icon="edit" onClick={() => setDialog('edit')}>
          {words.edit}
        </Button>
        <Button icon="pin" onClick={() => void bulk.run(pin ? 'pin' : 'unpin', selected)}>
          {pin ? words.pin : words.unpin}
        </Button>
        <Button tone="danger" icon="bin" onClick={() => setDialog('remove')}>
          {words.remove}
        </Button>
      </div>
      {dialog === 'start' && <BulkStart roles={idle} onStart={startAll} onClose={() => setDialog(null)} />}
      {dialog === 'edit' && <BulkEdit roles={selected} onClose={() => setDialog(null)} />}
      {dialog === 'remove' && (
        <BulkRemove roles={selected} bulk={bulk} onRemoved={onClear} onClose={() => setDialog(null)} />
      )}
    </div>
  )
}
