/** Asks once for all production roles that are about to start. Y starts and Enter cancels, as for one. */
import type { RoleRow } from '#shared/role-list.ts'
import { Button } from '../components/button.tsx'
import { Dialog } from '../components/dialog.tsx'
import { namesOf } from '../lib/several-roles.ts'
import { strings } from '../strings.ts'

const words = strings.bulkStart

export function BulkStart(props: { roles: readonly RoleRow[]; onStart: () => void; onClose: () => void }) {
  const { roles, onStart, onClose } = props
  const production = roles.filter(({ environment }) => environment === 'prod')
  const start = (): void => {
    onClose()
    onStart()
  }
  return (
    <Dialog
      title={words.title(production.length)}
      lead={words.lead(roles.length - production.length)}
      environment="prod"
      size="sm"
      alert
      onClose={onClose}
      onKey={(key) => {
        if (key === 'y') start()
        return key === 'y'
      }}
      footer={
        <>
          <span className="grow">{strings.confirm.foot}</span>
          <Button shortcut="⏎" initialFocus onClick={onClose}>
            {strings.cancel}
          </Button>
          <Button tone="prod" shortcut="Y" onClick={start}>
            {strings.confirm.start}
          </Button>
        </>
      }
    >
      <p className="t2 sel">{namesOf(production, 8)}</p>
    </Dialog>
  )
}
