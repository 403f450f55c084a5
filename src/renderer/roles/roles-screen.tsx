/** The home screen: search and filters, the list, and the pass of the selected role. Every action has its key. */

import { useDeferredValue, useEffect, useRef, useState } from 'react'
import type { AppInfo } from '#shared/ipc.ts'
import type { IdentityDetail, RoleRow } from '#shared/models.ts'
import { toHallpassError } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import { Empty, ErrorNotice, FailedScreen } from '../components/notice.tsx'
import { type Shell, useRoleActions } from '../hooks/role-actions.tsx'
import { useCommands } from '../hooks/use-commands.ts'
import { useRefresh, useRoleDetail, useRoles } from '../hooks/use-data.ts'
import { useDelayed } from '../hooks/use-delayed.ts'
import { useNow } from '../hooks/use-now.ts'
import type { Command } from '../lib/keys.ts'
import { countFilters, filterRoles, groupRoles, moveSelection, type RoleFilter } from '../lib/role-list.ts'
import { isLive } from '../lib/session-view.ts'
import { strings } from '../strings.ts'
import { ConfirmStart } from './confirm-start.tsx'
import { ListFoot, NothingShown } from './list-foot.tsx'
import { ProfileClash } from './profile-clash.tsx'
import { RemoveRole } from './remove-role.tsx'
import { RoleDialog } from './role-dialog.tsx'
import { RoleList, RoleListSkeleton } from './role-list.tsx'
import { RolePane } from './role-pane.tsx'
import { RolesToolbar } from './roles-toolbar.tsx'

export function RolesScreen(props: {
  info: AppInfo | undefined
  identities: readonly IdentityDetail[]
  selected: string | null
  onSelect: (name: string) => void
  onAdd: () => void
  onIdentities: () => void
  onShowActivity: (name: string) => void
}) {
  const { info, identities, onSelect } = props
  const now = useNow()
  const actions = useRoleActions()
  const refresh = useRefresh()
  const rolesQuery = useRoles()
  const roles = rolesQuery.data ?? []
  const waiting = useDelayed(rolesQuery.isPending)

  const [query, setQuery] = useState('')
  const [filter, setFilter] = useState<RoleFilter>('all')
  const [dialog, setDialog] = useState<'edit' | 'remove' | null>(null)
  const [shell, setShell] = useState<Shell>()
  const searchRef = useRef<HTMLInputElement>(null)
  const gridRef = useRef<HTMLDivElement>(null)
  const usedShell = shell ?? info?.settings.shell ?? (info?.platform === 'win32' ? 'powershell' : 'env')

  const items = groupRoles(filterRoles(roles, useDeferredValue(query), filter, now))
  const shown = items.flatMap((item) => (item.kind === 'role' ? [item.role] : []))
  // A selection that the filters hide gives way to the first role they show.
  const role = shown.find((one) => one.name === props.selected) ?? shown[0] ?? null
  const detail = useRoleDetail(role?.name ?? null)

  useEffect(() => {
    if (document.activeElement === document.body) gridRef.current?.focus({ preventScroll: true })
  }, [])

  const clear = (): void => {
    setQuery('')
    setFilter('all')
  }

  const move = (step: number | 'first' | 'last'): boolean => {
    const next = moveSelection(items, role?.name ?? null, step)
    if (next !== null) onSelect(next)
    return next !== null
  }

  useCommands(info?.platform === 'darwin', (command) => {
    switch (command) {
      case 'up':
        return move(-1)
      case 'down':
        return move(1)
      case 'first':
      case 'last':
        return move(command)
      case 'search':
        searchRef.current?.focus()
        searchRef.current?.select()
        return true
      case 'escape':
        clear()
        return true
      default:
        return role !== null && runOnRole(command, role)
    }
  })

  const runOnRole = (command: Command, target: RoleRow): boolean => {
    switch (command) {
      case 'start':
        actions.start(target)
        return true
      case 'end':
        if (isLive(target, Date.now())) actions.end(target)
        return true
      case 'console':
        actions.openConsole(target, 'switch-role')
        return true
      case 'console-sign-in':
        actions.openConsole(target, 'sign-in')
        return true
      case 'copy-link':
        actions.copySwitchLink(target)
        return true
      case 'copy-env':
        actions.copyEnv(target, usedShell)
        return true
      case 'role-activity':
        props.onShowActivity(target.name)
        return true
      case 'profile':
        if (target.profileMode === null) actions.writeProfile(target, 'process')
        else actions.removeProfile(target)
        return true
      default:
        return false
    }
  }

  if (rolesQuery.isError && rolesQuery.data === undefined) {
    return <FailedScreen error={toHallpassError(rolesQuery.error)} onRetry={() => void refresh()} />
  }

  const live = role !== null && isLive(role, now)

  if (roles.length === 0 && !rolesQuery.isPending) {
    return (
      <>
        <header className="topbar">
          <h1>{strings.nav.roles}</h1>
        </header>
        <div className="page page--empty">
          <Empty
            icon="roles"
            title={strings.roles.emptyTitle}
            actions={
              <Button tone="primary" icon="plus" shortcut="add" onClick={props.onAdd}>
                {strings.roles.add}
              </Button>
            }
          >
            {strings.roles.emptyText}
          </Empty>
        </div>
      </>
    )
  }

  return (
    <>
      <RolesToolbar
        counts={countFilters(roles, now)}
        query={query}
        onQuery={setQuery}
        filter={filter}
        onFilter={setFilter}
        searchRef={searchRef}
        onLeave={() => gridRef.current?.focus()}
        onAdd={props.onAdd}
      />
      <div className="split">
        <section className="list" aria-label={strings.nav.roles}>
          <div className="cols" aria-hidden="true">
            <span />
            <span>{strings.roles.columns.role}</span>
            <span>{strings.roles.columns.source}</span>
            <span className="c-profile">{strings.roles.columns.profile}</span>
            <span>{strings.roles.columns.state}</span>
          </div>
          {waiting && <RoleListSkeleton />}
          {rolesQuery.isPending && !waiting && <div />}
          {!rolesQuery.isPending &&
            (shown.length === 0 ? (
              <NothingShown query={query} filter={filter} onClear={clear} />
            ) : (
              <RoleList
                items={items}
                roles={roles}
                selected={role?.name ?? null}
                onSelect={onSelect}
                shell={usedShell}
                now={now}
                gridRef={gridRef}
              />
            ))}
          {!rolesQuery.isPending && (
            <ListFoot roles={roles.length} accounts={new Set(roles.map((one) => one.accountId)).size} live={live} />
          )}
        </section>
        {detail.data !== undefined && role !== null ? (
          <RolePane
            key={role.name}
            // The list is asked more often than the detail: its state is the newer one.
            detail={{ ...detail.data, summary: role }}
            info={info}
            identities={identities}
            shell={usedShell}
            onShell={setShell}
            now={now}
            onEdit={() => setDialog('edit')}
            onRemove={() => setDialog('remove')}
            onSelect={onSelect}
            onIdentities={props.onIdentities}
          />
        ) : (
          <aside className="pane" aria-label={strings.nav.roles}>
            {detail.isError && <ErrorNotice error={toHallpassError(detail.error)} />}
            {role === null && !rolesQuery.isPending && <Empty icon="roles" title={strings.roles.pick} />}
          </aside>
        )}
      </div>
      {actions.clash !== null && <ProfileClash key={actions.clash.role.name} {...actions.clash} />}
      {actions.question !== null && <ConfirmStart roles={roles} now={now} />}
      {dialog === 'edit' && detail.data !== undefined && (
        <RoleDialog
          role={detail.data.role}
          roles={roles}
          identities={identities}
          onClose={() => setDialog(null)}
          onSaved={onSelect}
        />
      )}
      {dialog === 'remove' && role !== null && <RemoveRole role={role} onClose={() => setDialog(null)} />}
    </>
  )
}
