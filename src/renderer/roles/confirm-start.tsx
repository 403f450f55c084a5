/** Production asks. Y starts and Enter cancels: pressing Enter twice must not become a habit. */
import { useCallback, useState } from 'react'
import type { RoleRow } from '#shared/role-list.ts'
import { Button } from '../components/button.tsx'
import { Check } from '../components/choice.tsx'
import { Dialog } from '../components/dialog.tsx'
import { useRoleActions } from '../hooks/role-actions.tsx'
import { strings } from '../strings.ts'
import { StartFacts } from './start-facts.tsx'

export function ConfirmStart({ roles, now }: { roles: readonly RoleRow[]; now: number }) {
  const { question, answer } = useRoleActions()
  const [rest, setRest] = useState(false)
  const role = question?.role
  const onKey = useCallback(
    (key: string) => {
      if (key === 'y') answer(true, rest)
      return key === 'y'
    },
    [answer, rest],
  )
  if (role === undefined) return null
  return (
    <Dialog
      title={strings.confirm.title(role.name)}
      lead={strings.confirm.lead}
      environment="prod"
      size="sm"
      alert
      onClose={() => answer(false, false)}
      onKey={onKey}
      footer={
        <>
          <span className="grow">{strings.confirm.foot}</span>
          <Button shortcut="⏎" initialFocus onClick={() => answer(false, false)}>
            {strings.cancel}
          </Button>
          <Button tone="prod" shortcut="Y" onClick={() => answer(true, rest)}>
            {strings.confirm.start}
          </Button>
        </>
      }
    >
      <StartFacts role={role} roles={roles} now={now} />
      <Check label={strings.confirm.rest} checked={rest} onChange={setRest} />
    </Dialog>
  )
}
