/** Asks before a role is removed, and says why when it can't be. */
import type { HallpassError } from '#shared/errors.ts'
import type { RoleSummary } from '#shared/models.ts'
import { call, toHallpassError } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import { Dialog, useBusy } from '../components/dialog.tsx'
import { ErrorNotice } from '../components/notice.tsx'
import { useRefresh } from '../hooks/use-data.ts'
import { strings } from '../strings.ts'

export function RemoveRole({ role, onClose }: { role: RoleSummary; onClose: () => void }) {
  const { busy, failure, run } = useBusy<HallpassError>()
  const refresh = useRefresh()
  const remove = (): void =>
    void run(async () => {
      await call('roles.remove', { name: role.name })
      await refresh()
      onClose()
    }, toHallpassError)
  return (
    <Dialog
      title={strings.removeRole.title(role.name)}
      lead={strings.removeRole.lead}
      environment={role.environment}
      size="sm"
      alert
      onClose={onClose}
      footer={
        <>
          <span className="grow" />
          <Button initialFocus onClick={onClose}>
            {strings.cancel}
          </Button>
          <Button tone="danger-solid" busy={busy ? strings.removeRole.action : undefined} onClick={remove}>
            {strings.removeRole.action}
          </Button>
        </>
      }
    >
      {failure !== null && <ErrorNotice error={failure} />}
    </Dialog>
  )
}
