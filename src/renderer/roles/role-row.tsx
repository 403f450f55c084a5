/** One role in the list. The buttons under the pointer are for the mouse; keys do the same on the selected row. */
import type { RoleRow } from '#shared/models.ts'
import { Button, IconButton } from '../components/button.tsx'
import { GridCell, GridRow } from '../components/grid.tsx'
import { Icon } from '../components/icon.tsx'
import { AccountId, EnvironmentBar } from '../components/marks.tsx'
import type { Shell } from '../hooks/role-actions.tsx'
import { useRoleActions } from '../hooks/role-actions.tsx'
import { environmentLabel, environmentTone } from '../lib/environment.ts'
import type { RoleGroup, RoleOrigin } from '../lib/role-list.ts'
import { viewSession } from '../lib/session-view.ts'
import { strings } from '../strings.ts'
import { StateCell } from './state-cell.tsx'

export interface RowPlace {
  readonly id: string
  /** Counted from 1 over rows and group heads. */
  readonly index: number
}

export function RoleListRow(props: {
  role: RoleRow
  origin: RoleOrigin
  place: RowPlace
  selected: boolean
  shell: Shell
  now: number
  onSelect: () => void
}) {
  const { role, origin, place, selected, now } = props
  const actions = useRoleActions()
  const view = viewSession(role, actions.progressOf(role.name), now)
  const live = view.state === 'active' || view.state === 'low'
  return (
    <GridRow id={place.id} className="row" index={place.index} selected={selected} onClick={props.onSelect}>
      <GridCell>
        <EnvironmentBar environment={role.environment} />
      </GridCell>
      <GridCell className="cut">
        <div className="row__1">
          <span className="row__name cut">{role.name}</span>
        </div>
        <div className="row__2">
          {role.roleName !== role.name && <span className="cut">{role.roleName}</span>}
          <span className="nowrap">
            <AccountId id={role.accountId} />
          </span>
        </div>
      </GridCell>
      <GridCell className="cut c-source">
        <div className="row__1">
          <span className="cut t2">{origin.identity}</span>
        </div>
        <div className="row__2">
          {origin.via.length === 0 ? (
            strings.roles.iamUser
          ) : (
            <span className="hop">
              <Icon name="arrow" size={12} />
              <span className="cut">{origin.via.at(-1)}</span>
            </span>
          )}
        </div>
      </GridCell>
      <GridCell className="cut c-profile row__hide">
        {role.profileMode === null ? (
          <span className="t3">
            <span aria-hidden="true">–</span>
            <span className="sr">{strings.roles.noProfile}</span>
          </span>
        ) : (
          <span className="mono cut t2">{role.profile}</span>
        )}
      </GridCell>
      <GridCell>
        <StateCell role={role} view={view} now={now} />
      </GridCell>
      <GridCell className="row__acts">
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
          onClick={() => actions.openConsole(role, 'switch-role')}
        />
        <IconButton
          label={strings.pass.copyEnv}
          icon="copy"
          tabIndex={-1}
          onClick={() => actions.copyEnv(role, props.shell)}
        />
      </GridCell>
    </GridRow>
  )
}

/** The head of an account's roles, with the word for its environment. */
export function GroupHead({ group, index }: { group: RoleGroup; index: number }) {
  return (
    <GridRow className="group" index={index}>
      <GridCell className="group__t">
        <strong>
          <AccountId id={group.accountId} />
        </strong>
        {group.environments.map((environment) => (
          <span key={environment} className={`env-${environmentTone(environment)}`}>
            {environmentLabel(environment)}
          </span>
        ))}
        {group.environments.length === 0 && <span>{environmentLabel(null)}</span>}
      </GridCell>
      <GridCell className="group__n">{group.count}</GridCell>
    </GridRow>
  )
}
