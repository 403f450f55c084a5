/** One session in the list. The buttons under the pointer are for the mouse; keys do the same on the selected row. */
import { formatRemaining } from '#shared/duration.ts'
import { AccountName } from '../accounts/account-name.tsx'
import { Button, IconButton } from '../components/button.tsx'
import { GridCell, GridRow } from '../components/grid.tsx'
import { Icon } from '../components/icon.tsx'
import { AccountId, EnvironmentBar, Ring } from '../components/marks.tsx'
import { type Shell, useRoleActions } from '../hooks/role-actions.tsx'
import type { SessionItem } from '../lib/session-list.ts'
import { type SessionView, viewSession } from '../lib/session-view.ts'
import { formatAgo, formatClock, ringPercent } from '../lib/time.ts'
import { StateWords } from '../roles/state-cell.tsx'
import { strings } from '../strings.ts'

const words = strings.sessions

export function SessionListRow(props: {
  item: SessionItem
  id: string
  /** Counted from 1. */
  index: number
  selected: boolean
  shell: Shell
  now: number
  onSelect: () => void
}) {
  const { item, selected, shell, now } = props
  const { session, row, live } = item
  const actions = useRoleActions()
  const view = viewSession(row, actions.progressOf(row.name), now)
  // AWS's answer takes a moment: to the minute, as it was asked for.
  const lasts = Math.round((Date.parse(session.expiresAt) - Date.parse(session.obtainedAt)) / 60_000) * 60
  const isRole = session.kind === 'role'
  return (
    <GridRow
      id={props.id}
      className={live ? 'row' : 'row row--past'}
      index={props.index}
      selected={selected}
      onClick={props.onSelect}
    >
      <GridCell>{isRole ? <EnvironmentBar environment={row.environment} /> : <Icon name="key" size={14} />}</GridCell>
      <GridCell className="cut">
        <div className="row__1">
          <span className="row__name cut" title={row.name}>
            {row.name}
          </span>
        </div>
        <div className="row__2">
          {!isRole && <span className="nowrap">{words.identity}</span>}
          {row.accountName !== null && <AccountName id={row.accountId} name={row.accountName} />}
          <span className="nowrap">
            <AccountId id={row.accountId} />
          </span>
        </div>
      </GridCell>
      <GridCell className="cut sess__obtained">
        <div className="row__1" data-volatile>
          <span className="cut t2" title={formatClock(session.obtainedAt, now)}>
            {formatAgo(session.obtainedAt, now)}
          </span>
        </div>
        <div className="row__2">
          <span className="cut">{words.lasts(formatRemaining(lasts))}</span>
        </div>
      </GridCell>
      <GridCell className="cut sess__wide sess__covered">
        {row.profileMode === null ? (
          <span className="t3">
            <span aria-hidden="true">–</span>
            <span className="sr">{strings.roles.noProfile}</span>
          </span>
        ) : (
          <span className="mono cut t2" title={row.profile}>
            {row.profile}
          </span>
        )}
      </GridCell>
      <GridCell>
        <SessionState item={item} view={view} now={now} />
      </GridCell>
      <GridCell className="row__acts">
        <Button icon={live ? 'renew' : 'play'} tabIndex={-1} onClick={() => actions.start(row)}>
          {live ? strings.pass.renew : strings.pass.startShort}
        </Button>
        {isRole && live && (
          <>
            <IconButton
              label={strings.pass.openConsole}
              icon="open"
              tabIndex={-1}
              onClick={() => actions.openConsole(row, null)}
            />
            <IconButton
              label={strings.pass.copyEnv}
              icon="copy"
              tabIndex={-1}
              onClick={() => actions.copyEnv(row, shell)}
            />
          </>
        )}
        <IconButton
          label={live ? strings.pass.end : words.forget}
          icon={live ? 'stop' : 'x'}
          tabIndex={-1}
          onClick={() => actions.end(live ? row : { ...row, expiresAt: null })}
        />
      </GridCell>
    </GridRow>
  )
}

/** What has no live session here had one: it is expired, and says since when. */
function SessionState({ item, view, now }: { item: SessionItem; view: SessionView; now: number }) {
  const { obtainedAt, expiresAt } = item.session
  const ended = formatClock(expiresAt, now)
  if (view.state === 'inactive' || view.state === 'needs-mfa')
    return <StateWords view={{ state: 'expired' }} ring={null} title={ended} />
  const live = view.state === 'active' || view.state === 'low'
  const ring = live && <Ring percent={ringPercent(obtainedAt, expiresAt, now)} low={view.state === 'low'} />
  return <StateWords view={view} ring={ring} title={live ? strings.state.activeUntil(ended) : ended} />
}
