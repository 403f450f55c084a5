/** Asks before something is removed, and says why when it can't be. The safe choice has the focus. */
import type { Environment } from '#shared/fields.ts'
import { useBusy } from '../hooks/use-busy.ts'
import { useRefresh } from '../hooks/use-data.ts'
import { strings } from '../strings.ts'
import { Button } from './button.tsx'
import { Dialog } from './dialog.tsx'
import { ErrorNotice } from './notice.tsx'

export function RemovalDialog(props: {
  title: string
  /** What goes, and what stays. */
  lead: string
  action: string
  environment?: Environment | null
  remove: () => Promise<void>
  onClose: () => void
}) {
  const { onClose } = props
  const { busy, failure, run } = useBusy()
  const refresh = useRefresh()
  const remove = (): void =>
    void run(async () => {
      await props.remove()
      await refresh()
      onClose()
    })
  return (
    <Dialog
      title={props.title}
      lead={props.lead}
      environment={props.environment}
      size="sm"
      alert
      onClose={onClose}
      footer={
        <>
          <span className="grow" />
          <Button initialFocus onClick={onClose}>
            {strings.cancel}
          </Button>
          <Button tone="danger-solid" busy={busy ? props.action : undefined} onClick={remove}>
            {props.action}
          </Button>
        </>
      }
    >
      {failure !== null && <ErrorNotice error={failure} />}
    </Dialog>
  )
}
