/** At the foot of the list while several roles are selected: what can be done with all of them. */
import { useState } from 'react'
import type { RoleRow } from '#shared/models.ts'
import { call } from '../bridge.ts'
import { Button, IconButton } from '../components/button.tsx'
import { ErrorNotice } from '../components/notice.tsx'
import { showToast } from '../components/toast.tsx'
import { useRoleActions } from '../hooks/role-actions.tsx'
import { useBusy } from '../hooks/use-busy.ts'
import { useAppInfo, useRefresh } from '../hooks/use-data.ts'
import { useNow } from '../hooks/use-now.ts'
import { BulkEdit, BulkRemove, BulkStart } from '../lazy.tsx'
import { isLive } from '../lib/session-view.ts'
import { strings } from '../strings.ts'

const words = strings.bulk

/**
 * Shows itself while two or more roles are selected.
 * @param props.selection names of roles; those the list no longer has are passed over
 * @param props.roles all roles, or at least the selected ones
 */
export function BulkBar(props: { selection: ReadonlySet<string>; roles: readonly RoleRow[]; onClear: () => void }) {
  const { selection, roles, onClear } = props
  const selected = selection.size < 2 ? [] : roles.filter(({ name }) => selection.has(name))
  return selected.length < 2 ? null : <Bar selected={selected} onClear={onClear} />
}

function Bar({ selected, onClear }: { selected: readonly RoleRow[]; onClear: () => void }) {
  const now = useNow()
  const actions = useRoleActions()
  const refresh = useRefresh()
  const asks = useAppInfo().data?.settings.confirmProduction ?? true
  const { busy, failure, run } = useBusy()
  const [dialog, setDialog] = useState<'start' | 'edit' | 'remove' | null>(null)
  const live = selected.filter((role) => isLive(role, now))
  const idle = selected.filter((role) => !isLive(role, now))
  const pin = selected.some(({ pinned }) => !pinned)

  const startAll = (): void => {
    for (const role of idle) actions.startConfirmed(role)
  }
  const end = (): void =>
    void run(async () => {
      for (const { name } of live) await call('sessions.end', { name })
      await refresh()
      showToast(strings.endAll.ended(live.length))
    })
  const setPins = (): void =>
    void run(async () => {
      for (const { name } of selected) await call('roles.pin', { name, pinned: pin })
      await refresh()
      showToast(pin ? words.pinned(selected.length) : words.unpinned(selected.length))
    })

  return (
    <div>
      {failure !== null && (
        <div className="list__note">
          <ErrorNotice error={failure} title={words.failed} />
        </div>
      )}
      <div className="bulkbar" role="toolbar" aria-label={words.label} data-region="bulk">
        <strong className="nowrap" role="status">
          {words.selected(selected.length)}
        </strong>
        <IconButton quiet label={words.clear} icon="x" onClick={onClear} />
        <span className="grow" />
        {idle.length > 0 && (
          <Button
            icon="play"
            onClick={() =>
              asks && idle.some(({ environment }) => environment === 'prod') ? setDialog('start') : startAll()
            }
          >
            {words.start(idle.length)}
          </Button>
        )}
        {live.length > 0 && (
          <Button icon="stop" busy={busy ? strings.state.ending : undefined} onClick={end}>
            {words.end(live.length)}
          </Button>
        )}
        <Button icon="edit" onClick={() => setDialog('edit')}>
          {words.edit}
        </Button>
        <Button icon="pin" onClick={setPins}>
          {pin ? words.pin : words.unpin}
        </Button>
        <Button tone="danger" icon="bin" onClick={() => setDialog('remove')}>
          {words.remove}
        </Button>
      </div>
      {dialog === 'start' && <BulkStart roles={idle} onStart={startAll} onClose={() => setDialog(null)} />}
      {dialog === 'edit' && <BulkEdit roles={selected} onClose={() => setDialog(null)} />}
      {dialog === 'remove' && <BulkRemove roles={selected} onRemoved={onClear} onClose={() => setDialog(null)} />}
    </div>
  )
}
