/** The home screen: search and filters, the list, and the pass of the selected role. Every action has its key. */

import { type CSSProperties, useDeferredValue, useMemo, useRef, useState } from 'react'
import type { IdentityDetail } from '#shared/identities.ts'
import type { AppInfo } from '#shared/ipc.ts'
import type { RoleRow } from '#shared/role-list.ts'
import type { Settings, SettingsChange } from '#shared/settings.ts'
import { call, toHallpassError } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import { Empty, ErrorNotice, FailedScreen } from '../components/notice.tsx'
import { showToast } from '../components/toast.tsx'
import { type Shell, useRoleActions } from '../hooks/role-actions.tsx'
import { useCommands } from '../hooks/use-commands.ts'
import { useRefresh, useRoleDetail, useRoles, useRoleTotals, useSettings } from '../hooks/use-data.ts'
import { useDelayed } from '../hooks/use-delayed.ts'
import { useNow } from '../hooks/use-now.ts'
import { OpenConsole, ProfileClash, RemoveRole, RoleDialog } from '../lazy.tsx'
import type { Command } from '../lib/keys.ts'
import { arrangeRoles, countFilters, filterRoles, type ListItem, type RoleFilter } from '../lib/role-list.ts'
import { isLive } from '../lib/session-view.ts'
import { strings } from '../strings.ts'
import { layOut } from './columns.ts'
import { ConfirmStart } from './confirm-start.tsx'
import { ListEnd } from './list-end.tsx'
import { NothingShown } from './list-foot.tsx'
import { RoleList, RoleListSkeleton } from './role-list.tsx'
import { RolePane } from './role-pane.tsx'
import { RolesToolbar } from './roles-toolbar.tsx'
import { useFolded } from './use-folded.ts'
import { useListCursor } from './use-list-cursor.ts'

const NO_ROLES: readonly RoleRow[] = []
const NOTHING_FOLDED: ReadonlySet<string> = new Set()

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
  const roles = rolesQuery.data ?? NO_ROLES
  const totals = useRoleTotals()
  const settings = useSettings(info)
  const isPending = rolesQuery.isPending || settings === undefined
  const waiting = useDelayed(isPending)
  const loading = useDelayed(!isPending && !totals.complete)

  const [query, setQuery] = useState('')
  const [filter, setFilter] = useState<RoleFilter>('all')
  const [folded, fold] = useFolded()
  const [dialog, setDialog] = useState<'edit' | 'remove' | null>(null)
  const [shell, setShell] = useState<Shell>()
  const searchRef = useRef<HTMLInputElement>(null)
  const gridRef = useRef<HTMLDivElement>(null)
  const usedShell = shell ?? info?.settings.shell ?? (info?.platform === 'win32' ? 'powershell' : 'env')
  const mac = info?.platform === 'darwin'

  const items = useListItems(roles, { query: useDeferredValue(query), filter, folded, now, settings })
  const layout = useMemo(() => layOut(settings?.roleColumns ?? []), [settings?.roleColumns])
  const cursor = useListCursor(items, props.selected, onSelect)
  const { role } = cursor
  const detail = useRoleDetail(role?.name ?? null)

  const clear = (): void => {
    setQuery('')
    setFilter('all')
  }
  const change = async (changed: SettingsChange): Promise<void> => {
    await call('settings.change', changed)
    await refresh()
  }

  useCommands(mac, (command) => {
    switch (command) {
      case 'up':
        return cursor.move(-1)
      case 'down':
        return cursor.move(1)
      case 'first':
      case 'last':
        return cursor.move(command)
      case 'search':
        searchRef.current?.focus()
        searchRef.current?.select()
        return true
      case 'escape':
        if (!cursor.clear()) clear()
        return true
      default:
        return role !== null && runOnRole(command, role)
    }
  })

  const pin = async ({ name, pinned }: RoleRow): Promise<void> => {
    await call('roles.pin', { name, pinned: !pinned })
    await refresh()
    showToast(pinned ? strings.roles.unpinned(name) : strings.roles.pinned(name))
  }

  const runOnRole = (command: Command, target: RoleRow): boolean => {
    switch (command) {
      case 'start':
        actions.start(target)
        return true
      case 'end':
        if (isLive(target, Date.now())) actions.end(target)
        return true
      case 'console':
        actions.openConsole(target, null)
        return true
      case 'console-sign-in':
        actions.openConsole(target, 'sign-in')
        return true
      case 'console-choose':
        actions.chooseConsole(target)
        return true
      case 'copy-link':
        actions.copyLink(target)
        return true
      case 'copy-env':
        actions.copyEnv(target, usedShell)
        return true
      case 'role-activity':
        props.onShowActivity(target.name)
        return true
      case 'pin':
        void pin(target)
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

  if (settings !== undefined && !rolesQuery.isPending && totals.roles === 0) {
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
        totals={totals}
        settings={settings}
        onSettings={(changed) => void change(changed)}
        query={query}
        onQuery={setQuery}
        filter={filter}
        onFilter={setFilter}
        searchRef={searchRef}
        onLeave={() => gridRef.current?.focus()}
        onAdd={props.onAdd}
      />
      <div className="split">
        <section
          className={settings?.density === 'compact' ? 'list list--compact' : 'list'}
          aria-label={strings.nav.roles}
          style={{ '--row-columns': layout.wide, '--row-columns-narrow': layout.narrow } as CSSProperties}
        >
          <div className="cols" aria-hidden="true">
            <span />
            <span>{strings.roles.role}</span>
            {layout.columns.map((column) => (
              <span key={column} className={layout.classOf(column)}>
                {strings.roles.columns[column]}
              </span>
            ))}
          </div>
          {settings === undefined || isPending ? (
            <div>{waiting && <RoleListSkeleton layout={layout} />}</div>
          ) : items.length > 0 ? (
            <RoleList
              items={items}
              roles={roles}
              expected={totals.complete || query !== '' || filter !== 'all' ? 0 : totals.roles}
              cursor={cursor}
              onFold={(group, isFolded) => fold(group.key, isFolded)}
              settings={settings}
              layout={layout}
              shell={usedShell}
              mac={mac}
              now={now}
              gridRef={gridRef}
            />
          ) : totals.complete ? (
            <NothingShown query={query} filter={filter} onClear={clear} />
          ) : (
            <RoleListSkeleton layout={layout} />
          )}
          {!isPending && (
            <ListEnd
              selection={cursor.selection}
              onClear={() => cursor.clear()}
              roles={roles}
              totals={totals}
              live={live}
              loading={loading}
            />
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
            {role === null && !isPending && <Empty icon="roles" title={strings.roles.pick} />}
          </aside>
        )}
      </div>
      {actions.clash !== null && <ProfileClash key={actions.clash.role.name} {...actions.clash} />}
      {actions.choosing !== null && <OpenConsole key={actions.choosing.name} role={actions.choosing} />}
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

/** What the list shows, derived again only when something it depends on has changed. */
function useListItems(
  roles: readonly RoleRow[],
  view: {
    query: string
    filter: RoleFilter
    folded: ReadonlySet<string>
    now: number
    settings: Settings | undefined
  },
): readonly ListItem[] {
  const { query, filter, settings } = view
  // Only what is active now changes with the clock.
  const now = filter === 'active' ? view.now : 0
  const filtered = useMemo(
    () => (query === '' && filter === 'all' ? roles : filterRoles(roles, query, filter, now)),
    [roles, query, filter, now],
  )
  // What is searched for is not hidden in a folded group.
  const folded = query === '' ? view.folded : NOTHING_FOLDED
  const groupRolesBy = settings?.groupRolesBy
  const sortRolesBy = settings?.sortRolesBy
  return useMemo(
    () =>
      groupRolesBy === undefined || sortRolesBy === undefined
        ? []
        : arrangeRoles(filtered, roles, { groupRolesBy, sortRolesBy, folded }),
    [filtered, roles, groupRolesBy, sortRolesBy, folded],
  )
}
