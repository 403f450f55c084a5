/** A row's state: an icon and words, always. */

import type { ReactNode } from 'react'
import { formatRemaining } from '#shared/duration.ts'
import type { RoleRow } from '#shared/role-list.ts'
import { Icon } from '../components/icon.tsx'
import { Ring } from '../components/marks.tsx'
import { useRoleDetail } from '../hooks/use-data.ts'
import type { SessionView } from '../lib/session-view.ts'
import { ringPercent } from '../lib/time.ts'
import { strings } from '../strings.ts'

export function StateCell({ role, view, now }: { role: RoleRow; view: SessionView; now: number }) {
  const live = view.state === 'active' || view.state === 'low'
  const ring = live && <RowRing role={role} expiresAt={view.expiresAt} low={view.state === 'low'} now={now} />
  return <StateWords view={view} ring={ring} />
}

/** @param props.ring of a live session; @param props.title when exactly it ends or ended */
export function StateWords({ view, ring, title }: { view: SessionView; ring: ReactNode; title?: string }) {
  switch (view.state) {
    case 'active':
    case 'low':
      return (
        <span className={view.state === 'low' ? 'state state--low' : 'state state--on'} title={title}>
          {ring}
          {formatRemaining(view.secondsLeft)}
          <span className="sr"> {strings.state.left}</span>
        </span>
      )
    case 'starting':
    case 'ending':
      return (
        <span className="state">
          <i className="spin" />
          {strings.state[view.state]}
        </span>
      )
    case 'expired':
      return (
        <span className="state state--end" title={title}>
          <Icon name="clock" />
          {strings.state.expired}
        </span>
      )
    case 'failed':
      return (
        <span className="state state--bad">
          <Icon name="alert" />
          {strings.state.failed}
        </span>
      )
    case 'needs-mfa':
      return (
        <span className="state state--mfa">
          <Icon name="phone" />
          {strings.state.needsMfa}
        </span>
      )
    case 'inactive':
      return (
        <span className="state">
          <i className="state__dot" />
          {strings.state.inactive}
        </span>
      )
  }
}

/** The list does not carry when a session began, so the few active rows ask for their detail. */
function RowRing(props: { role: RoleRow; expiresAt: string; low: boolean; now: number }) {
  const detail = useRoleDetail(props.role.name)
  const percent = ringPercent(detail.data?.session?.obtainedAt, props.expiresAt, props.now)
  return <Ring percent={percent} low={props.low} />
}
