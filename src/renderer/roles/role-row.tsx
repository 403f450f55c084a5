/** One role in the list. The buttons under the pointer are for the mouse; keys do the same on the selected row. */
import { type MouseEvent, memo, useState } from 'react'
import type { IdentityKind } from '#shared/identities.ts'
import type { RoleRow } from '#shared/role-list.ts'
import { Button, IconButton } from '../components/button.tsx'
import { GridCell, GridRow } from '../components/grid.tsx'
import { Icon } from '../components/icon.tsx'
import { AccountId, EnvironmentBar } from '../components/marks.tsx'
import { type Shell, useRoleActions } from '../hooks/role-actions.tsx'
import { environmentLabel, environmentTone } from '../lib/environment.ts'
import type { RoleGroup } from '../lib/role-list.ts'
import { type SessionView, viewSession } from '../lib/session-view.ts'
import { formatAgo } from '../lib/time.ts'
import { strings } from '../strings.ts'
import type { ColumnLayout, RoleColumn } from './columns.ts'
import { StateCell } from './state-cell.tsx'

interface RowProps {
  readonly id: string
  /** Counted from 0 over rows and group heads. */
  readonly index: number
  /** The cursor is on it. */
  readonly current: boolean
  readonly onPress: (index: number, event: MouseEvent) => void
}

interface RoleListRowProps extends RowProps {
  readonly role: RoleRow
  /** The identity it starts from, and on the next line the role in between; empty when there is none. */
  readonly origin: string
  /** Of the identity, when there is no role in between. */
  readonly originKind: IdentityKind
  /** Under a group head. */
  readonly level: number | undefined
  readonly selected: boolean
  readonly layout: ColumnLayout
  readonly shell: Shell
  /** To the second for an active role, else to the minute. */
  readonly now: number
}

export const RoleListRow = memo(function RoleListRow(props: RoleListRowProps) {
  const { role, id, index, current, selected, level, layout, now } = props
  const actions = useRoleActions()
  // Most rows never have the pointer over them: their buttons would be half of what a list is made of.
  const [hovered, setHovered] = useState<string | null>(null)
  const view = viewSession(role, actions.progressOf(role.name), now)
  return (
    <GridRow
      id={id}
      className={current ? 'row row--current' : 'row'}
      index={index + 1}
      level={level}
      selected={selected}
      onClick={(event) => props.onPress(index, event)}
      onHover={(isOver) => setHovered(isOver ? role.name : null)}
    >
      <GridCell>
        <EnvironmentBar environment={role.environment} />
      </GridCell>
      <GridCell className="cut row__role">
        <div className="row__1">
          <span className="row__name cut" title={role.name}>
            {role.name}
          </span>
        </div>
        <div className="row__2">
          {role.accountName !== null ? (
            <span className="cut" title={role.accountName}>
              {role.accountName}
            </span>
          ) : (
            role.roleName !== role.name && (
              <span className="cut row__more" title={role.roleName}>
                {role.roleName}
              </span>
            )
          )}
          <span className={role.accountName === null ? 'nowrap' : 'nowrap row__more'}>
            <AccountId id={role.accountId} />
          </span>
        </div>
      </GridCell>
      {layout.columns.map((column) => (
        <GridCell key={column} className={layout.classOf(column)}>
          <ColumnCell {...props} column={column} view={view} />
        </GridCell>
      ))}
      {hovered === role.name && (
        <GridCell className={layout.columns.includes('state') ? 'row__acts' : 'row__acts row__acts--end'}>
          <RowActions role={role} view={view} shell={props.shell} />
        </GridCell>
      )}
    </GridRow>
  )
})

function ColumnCell(props: RoleListRowProps & { column: RoleColumn; view: SessionView }) {
  const { column, role, origin, view, now } = props
  switch (column) {
    case 'source': {
      const [identity, via] = origin.split('\n')
      return (
        <>
          <div className="row__1">
            <span className="cut t2" title={identity}>
              {identity}
            </span>
          </div>
          <div className="row__2">
            {via === '' ? (
              strings.roles.origins[props.originKind]
            ) : (
              <span className="hop">
                <Icon name="arrow" size={12} />
                <span className="cut" title={via}>
                  {via}
                </span>
              </span>
            )}
          </div>
        </>
      )
    }
    case 'profile':
      return role.profileMode === null ? (
        <Nothing words={strings.roles.noProfile} />
      ) : (
        <span className="mono t2" title={role.profile}>
          {role.profile}
        </span>
      )
    case 'region':
      return role.region === null ? (
        <Nothing words={strings.roles.noRegion} />
      ) : (
        <span className="mono t2">{role.region}</span>
      )
    case 'used':
      return role.lastUsedAt === null ? (
        <Nothing words={strings.roles.neverUsed} />
      ) : (
        <span className="row__used">{formatAgo(role.lastUsedAt, now)}</span>
      )
    case 'state':
      return <StateCell role={role} view={view} now={now} />
  }
}

/** A dash, in words for who does not see it. */
function Nothing({ words }: { words: string }) {
  return (
    <span className="t3">
      <span aria-hidden="true">–</span>
      <span className="sr">{words}</span>
    </span>
  )
}

function RowActions({ role, view, shell }: { role: RoleRow; view: SessionView; shell: Shell }) {
  const actions = useRoleActions()
  const live = view.state === 'active' || view.state === 'low'
  return (
    <>
      {!live && view.state !== 'starting' && (
        <Button icon="play" tabIndex={-1} onClick={() => actions.start(role)}>
          {strings.pass.startShort}
        </Button>
      )}
      {live && (
        <Button icon="renew" tabIndex={-1} onClick={() => actions.start(role)}>
          {strings.pass.renew}
        </Button>
      )}
      <IconButton
        label={strings.pass.openConsole}
        icon="open"
        tabIndex={-1}
        onClick={() => actions.openConsole(role, null)}
      />
      <IconButton label={strings.pass.copyEnv} icon="copy" tabIndex={-1} onClick={() => actions.copyEnv(role, shell)} />
    </>
  )
}

interface GroupHeadProps extends RowProps {
  readonly group: RoleGroup
}

/** The head of a group's roles, with the word for its environment. A press folds it. */
export const GroupHead = memo(function GroupHead({ group, id, index, current, onPress }: GroupHeadProps) {
  return (
    <GridRow
      id={id}
      className={current ? 'group row--current' : 'group'}
      index={index + 1}
      level={1}
      expanded={!group.folded}
      onClick={(event) => onPress(index, event)}
    >
      <GridCell className="group__t">
        {group.by === 'pinned' && <Icon name="pin" size={14} />}
        <strong className="cut">
          <GroupName group={group} />
        </strong>
        {group.by === 'account' &&
          (group.environments.length === 0 ? (
            <span>{environmentLabel(null)}</span>
          ) : (
            group.environments.map((environment) => (
              <span key={environment} className={`env-${environmentTone(environment)}`}>
                {environmentLabel(environment)}
              </span>
            ))
          ))}
        <span className="group__fold">
          <Icon name={group.folded ? 'right' : 'down'} size={12} />
        </span>
      </GridCell>
      <GridCell className="group__n">{group.count.toLocaleString()}</GridCell>
    </GridRow>
  )
})

function GroupName({ group }: { group: RoleGroup }) {
  switch (group.by) {
    case 'pinned':
    case 'others':
      return strings.roles.groups[group.by]
    case 'account':
      return group.name ?? <AccountId id={group.value} />
    case 'environment': {
      const [environment = null] = group.environments
      return <span className={`env-${environmentTone(environment)}`}>{environmentLabel(environment)}</span>
    }
    case 'source':
      return group.value
  }
}
