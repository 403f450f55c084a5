/** Asks before every session is ended, and says how many there are and until when AWS accepts their keys. */
import { call } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { ErrorNotice } from '../components/notice.tsx'
import { showToast } from '../components/toast.tsx'
import { useBusy } from '../hooks/use-busy.ts'
import { useIdentities, useRefresh, useRoles } from '../hooks/use-data.ts'
import { useNow } from '../hooks/use-now.ts'
import { useSessions } from '../hooks/use-sessions.ts'
import { lastExpiry, sessionItems } from '../lib/session-list.ts'
import { formatClock } from '../lib/time.ts'
import { strings } from '../strings.ts'

const words = strings.endAll

export function EndAll({ onClose }: { onClose: () => void }) {
  const sessions = useSessions().data
  const roles = useRoles().data ?? []
  const identities = useIdentities().data ?? []
  const now = useNow()
  const { busy, failure, run } = useBusy()
  const refresh = useRefresh()
  if (sessions === undefined) return null
  const items = sessionItems(sessions, roles, identities, now)
  const until = lastExpiry(items)
  const production = items.filter(({ row, live }) => live && row.environment === 'prod').map(({ row }) => row.name)
  const endAll = (): void =>
    void run(async () => {
      const { ended } = await call('sessions.end-all', undefined)
      await refresh()
      showToast(words.ended(ended))
      onClose()
    })
  return (
    <Dialog
      title={words.title(items.length)}
      lead={until === null ? words.leadNone : words.lead(formatClock(until, now))}
      environment={production.length === 0 ? null : 'prod'}
      size="sm"
      alert
      onClose={onClose}
      footer={
        <>
          <span className="grow" />
          <Button initialFocus onClick={onClose}>
            {strings.cancel}
          </Button>
          <Button tone="primary" busy={busy ? words.ending : undefined} disabled={items.length === 0} onClick={endAll}>
            {words.action(items.length)}
          </Button>
        </>
      }
    >
      {production.length > 0 && <p className="t2">{words.production(production.join(', '))}</p>}
      {failure !== null && <ErrorNotice error={failure} next={{ retry: endAll }} />}
    </Dialog>
  )
}
