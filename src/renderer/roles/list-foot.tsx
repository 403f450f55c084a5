/** Below the list: how much there is, and the keys for the selected role. In its place: why nothing is shown. */
import { Button } from '../components/button.tsx'
import { Kbd } from '../components/kbd.tsx'
import { Empty } from '../components/notice.tsx'
import { useShortcut } from '../hooks/key-ways.ts'
import type { Command } from '../lib/keys.ts'
import type { RoleFilter } from '../lib/role-list.ts'
import { strings } from '../strings.ts'

export function ListFoot(props: { roles: number; accounts: number; live: boolean; loading: boolean }) {
  const { roles, accounts, live } = props
  return (
    <div className="footbar">
      <span>{strings.roles.summary(roles, accounts)}</span>
      {props.loading && (
        <span>
          <i className="spin" />
          {strings.roles.loadingRest}
        </span>
      )}
      <span className="grow" />
      <KeyHint shortcut="start" does={live ? strings.pass.renew : strings.pass.startShort} />
      <KeyHint shortcut="console" does={strings.keys.foot.console} />
      <KeyHint shortcut="copy-env" does={strings.keys.foot.copy} />
      {live && <KeyHint shortcut="end" does={strings.pass.end} wide />}
      <KeyHint shortcut="keys" does={strings.keys.foot.all} wide />
    </div>
  )
}

/** @param props.wide shown only where there is room */
function KeyHint(props: { shortcut: Command; does: string; wide?: boolean }) {
  const label = useShortcut(props.shortcut)
  if (label === undefined) return null
  return (
    <span className={props.wide ? 'opt' : undefined}>
      <Kbd>{label}</Kbd>
      {props.does}
    </span>
  )
}

/** A search or filter without a result keeps what was asked. */
export function NothingShown(props: { query: string; filter: RoleFilter; onClear: () => void }) {
  const query = props.query.trim()
  if (query !== '') {
    return (
      <Empty
        icon="search"
        title={strings.roles.nothingTitle(query)}
        actions={
          <Button shortcut="Esc" onClick={props.onClear}>
            {strings.roles.clearSearch}
          </Button>
        }
      >
        {strings.roles.nothingText}
      </Empty>
    )
  }
  const active = props.filter === 'active'
  return (
    <Empty
      icon={active ? 'clock' : 'phone'}
      title={active ? strings.roles.noneActive : strings.roles.noneNeedMfa}
      actions={
        <Button shortcut="Esc" onClick={props.onClear}>
          {strings.roles.showAll}
        </Button>
      }
    />
  )
}
