/** What a person should know before a session starts: where it leads, from where, and for how long. */
import type { ReactNode } from 'react'
import type { RoleRow } from '#shared/role-list.ts'
import { Icon } from '../components/icon.tsx'
import { AccountId } from '../components/marks.tsx'
import { sessionLength } from '../hooks/role-actions.tsx'
import { useRoleDetail } from '../hooks/use-data.ts'
import { useGivesPermissionSets } from '../hooks/use-identity-kinds.ts'
import { originOf } from '../lib/role-list.ts'
import { isLive } from '../lib/session-view.ts'
import { formatClock } from '../lib/time.ts'
import { strings } from '../strings.ts'

/** @param children further facts, as `dt` and `dd` */
export function StartFacts(props: { role: RoleRow; roles: readonly RoleRow[]; now: number; children?: ReactNode }) {
  const { role, roles, now } = props
  const seconds = useRoleDetail(role.name).data?.role.settings.durationSeconds ?? 3600
  const givesPermissionSets = useGivesPermissionSets()
  const origin = originOf(role, roles)
  return (
    <dl className="facts">
      <dt>{strings.confirm.account}</dt>
      <dd className="cut">
        {role.accountName} <AccountId id={role.accountId} />
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
      {!isLive(role, now) && !givesPermissionSets(role.from) && (
        <>
          <dt>{strings.confirm.for}</dt>
          <dd>{strings.confirm.until(sessionLength(seconds), formatClock(now + seconds * 1000, now))}</dd>
        </>
      )}
      {props.children}
    </dl>
  )
}
