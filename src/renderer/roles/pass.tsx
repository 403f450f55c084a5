import { IconButton } from '../components/button.tsx'
import { Icon } from '../components/icon.tsx'
import { AccountId, PassBar, Ring } from '../components/marks.tsx'
import { ActionMenu, type MenuEntries } from '../components/menu.tsx'
import { sessionLength, useRoleActions } from '../hooks/role-actions.tsx'
import { useGivesPermissionSets } from '../hooks/use-identity-kinds.ts'
import { environmentLabel, environmentTone } from '../lib/environment.ts'
import { viewSession } from '../lib/session-view.ts'
import { formatAgo, formatClock, formatCountdown, ringPercent, speakRemaining } from '../lib/time.ts'
import { strings } from '../strings.ts'
import { PassButtons } from './pass-buttons.tsx'
import type { PassProps, PassStateProps } from './pass-props.ts'

export function Pass(props: PassProps) {
  const { detail, now } = props
  const { summary } = detail
  const actions = useRoleActions()
  const activity = actions.activityOf(summary.name)
  const view = viewSession(summary, actions.progressOf(summary.name), now)
  const isPermissionSet = useGivesPermissionSets()(summary.from)
  const more: MenuEntries = [
    { id: 'edit', label: strings.pass.edit, icon: 'edit', onAction: props.onEdit },
    ...(isPermissionSet
      ? []
      : [
          {
            id: 'duplicate',
            label: strings.pane.duplicate,
            icon: 'copy',
            onAction: () => props.onDialog('duplicate'),
          } as const,
        ]),
    { id: 'name-account', label: strings.pane.account, icon: 'org', onAction: () => props.onDialog('account') },
    'line',
    {
      id: 'console',
      label: strings.pass.consoleWith,
      icon: 'open',
      onAction: () => actions.chooseConsole(summary),
    },
    'line',
    {
      id: 'account',
      label: strings.pass.copyAccount,
      icon: 'copy',
      onAction: () => actions.copyField(summary, 'account-id', strings.confirm.account),
    },
    {
      id: 'profile',
      label: strings.pass.copyProfile,
      icon: 'copy',
      onAction: () => actions.copyField(summary, 'profile', strings.profile.title),
    },
    'line',
    { id: 'end-all', label: strings.pane.endAll, icon: 'stop', onAction: () => props.onDialog('end-all') },
    { id: 'remove', label: strings.pass.remove, icon: 'bin', danger: true, onAction: props.onRemove },
  ]
  return (
    <div className="pass">
      <div className="pass__top">
        <PassBar environment={summary.environment} />
        <div className={`pass__kick env-${environmentTone(summary.environment)}`}>
          {environmentLabel(summary.environment)}
          <IconButton
            quiet
            label={summary.pinned ? strings.pane.unpin : strings.pane.pin}
            icon="pin"
            pressed={summary.pinned}
            onClick={() => props.pane.pin(!summary.pinned)}
          />
          <ActionMenu label={strings.pass.more} entries={more} className="btn btn--icon btn--quiet" small>
            <Icon name="more" />
          </ActionMenu>
        </div>
        <h2 className="pass__name cut sel" title={summary.name}>
          {summary.name}
        </h2>
        <p className="pass__acct sel">
          <span className="cut">
            {summary.accountName ?? (summary.roleName === summary.name ? '' : summary.roleName)}
          </span>
          <span className="t3">
            <AccountId id={summary.accountId} />
          </span>
        </p>
        <div className="pass__state">
          <PassState {...props} view={view} activity={activity} />
        </div>
      </div>
      <div className="tear" />
      <div className="pass__stub">
        <PassButtons {...props} view={view} activity={activity} />
      </div>
    </div>
  )
}

function PassState({ detail, view, now, mfaSource }: PassStateProps) {
  const { role, session, summary } = detail
  const isPermissionSet = useGivesPermissionSets()(summary.from)
  if (view.state === 'active' || view.state === 'low') {
    return (
      <>
        <Ring large low={view.state === 'low'} percent={ringPercent(session?.obtainedAt, view.expiresAt, now)} />
        <div>
          <p
            className="count"
            role="timer"
            aria-label={strings.state.leftSpoken(speakRemaining(view.secondsLeft))}
            aria-live="off"
          >
            {formatCountdown(view.secondsLeft)}
            <small>{strings.state.left}</small>
          </p>
          <p className="t2">{strings.state.activeUntil(formatClock(view.expiresAt, now))}</p>
        </div>
      </>
    )
  }
  const words = {
    inactive: strings.state.notActive,
    'needs-mfa': strings.state.notActive,
    starting: strings.state.starting,
    ending: strings.state.ending,
    expired: strings.state.expired,
    failed: strings.state.couldNotStart,
  }[view.state]
  const sendsCode = role.settings.mfa || detail.chain.some((hop) => hop.mfa)
  const mfa = sendsCode ? strings.state.mfaFrom[mfaSource ?? 'prompt'] : strings.state.noMfa
  const length = isPermissionSet
    ? strings.state.setThere
    : strings.state.forHowLong(sessionLength(role.settings.durationSeconds), mfa)
  const ended = view.state === 'expired' ? (session?.expiresAt ?? summary.expiresAt) : null
  return (
    <>
      {view.state === 'starting' ? <i className="spin spin--lg" /> : <Ring large percent={0} />}
      <div>
        <p className={view.state === 'failed' ? 'count count--off danger' : 'count count--off'}>{words}</p>
        <p className="t2">{ended === null ? length : formatAgo(ended, now)}</p>
      </div>
    </>
  )
}
