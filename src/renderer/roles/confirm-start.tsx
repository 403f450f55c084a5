/** Production asks. Y starts and Enter cancels: pressing Enter twice must not become a habit. */
import { useCallback, useState } from 'react'
import type { RoleRow } from '#shared/models.ts'
import { Button } from '../components/button.tsx'
import { Check } from '../components/choice.tsx'
import { Dialog } from '../components/dialog.tsx'
import { Icon } from '../components/icon.tsx'
import { AccountId } from '../components/marks.tsx'
import { sessionLength, useRoleActions } from '../hooks/role-actions.tsx'
import { useRoleDetail } from '../hooks/use-data.ts'
import { originOf } from '../lib/role-list.ts'
import { formatClock } from '../lib/time.ts'
import { strings } from '../strings.ts'

export function ConfirmStart({ roles, now }: { roles: readonly RoleRow[]; now: number }) {
  const { question, answer } = useRoleActions()
  const [rest, setRest] = useState(false)
  const role = question?.role
  const detail = useRoleDetail(role?.name ?? null)
  const onKey = useCallback(
    (key: string) => {
      if (key === 'y') answer(true, rest)
      return key === 'y'
    },
    [answer, rest],
  )
  if (role === undefined) return null
  const seconds = detail.data?.role.settings.durationSeconds ?? 3600
  const origin = originOf(role, roles)
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
      <dl className="facts">
        <dt>{strings.confirm.account}</dt>
        <dd>
          <AccountId id={role.accountId} />
        </dd>
        <dt>{strings.confirm.from}</dt>
        <dd className="cut">
          {[origin.identity, ...origin.via].map((name, index) => (
            <span key={name} className="hop">
              {index > 0 && <Icon name="arrow" size={12} />}
              {name}
            </span>
          ))}
        </dd>
        <dt>{strings.confirm.for}</dt>
        <dd>{strings.confirm.until(sessionLength(seconds), formatClock(now + seconds * 1000, now))}</dd>
      </dl>
      <Check label={strings.confirm.rest} checked={rest} onChange={setRest} />
    </Dialog>
  )
}
