/** What is live and until when, and what has expired lately. Every action of a row has its key. */
import { useEffect, useRef, useState } from 'react'
import { toHallpassError } from '../bridge.ts'
import { Button } from '../components/button.tsx'
import { Segmented } from '../components/choice.tsx'
import { Icon } from '../components/icon.tsx'
import { Kbd } from '../components/kbd.tsx'
import { ChoiceMenu } from '../components/menu.tsx'
import { Empty, ErrorNotice, FailedScreen } from '../components/notice.tsx'
import { OpenConsole } from '../console/open-console.tsx'
import type { ScreenProps } from '../frame/section-screen.tsx'
import { type Shell, useRoleActions } from '../hooks/role-actions.tsx'
import { useCommands } from '../hooks/use-commands.ts'
import { useRefresh } from '../hooks/use-data.ts'
import { useDelayed } from '../hooks/use-delayed.ts'
import { useNow } from '../hooks/use-now.ts'
import { useSessions } from '../hooks/use-sessions.ts'
import type { Command } from '../lib/keys.ts'
import { filterSessions, moveSession, type SessionFilter, type SessionItem, sessionItems } from '../lib/session-list.ts'
import { ConfirmStart } from '../roles/confirm-start.tsx'
import { strings } from '../strings.ts'
import { EndAll } from './end-all.tsx'
import { NothingShown, SessionsFoot, SessionsSkeleton } from './session-foot.tsx'
import { SessionListRow } from './session-row.tsx'

const words = strings.sessions

export function SessionsScreen({ info, roles, identities, onSection, onShowRole }: ScreenProps) {
  const now = useNow()
  const actions = useRoleActions()
  const refresh = useRefresh()
  const sessions = useSessions()
  const waiting = useDelayed(sessions.isPending)
  const [query, setQuery] = useState('')
  const [filter, setFilter] = useState<SessionFilter>('all')
  const [selected, setSelected] = useState<string | null>(null)
  const [ending, setEnding] = useState(false)
  const searchRef = useRef<HTMLInputElement>(null)
  const gridRef = useRef<HTMLDivElement>(null)
  const shell: Shell = info?.settings.shell ?? (info?.platform === 'win32' ? 'powershell' : 'env')

  const all = sessionItems(sessions.data ?? [], roles, identities, now)
  const items = filterSessions(all, query, filter)
  const current = items.find(({ session }) => session.name === selected) ?? items[0] ?? null
  const active = all.filter(({ live }) => live).length
  const { failure } = current === null ? { failure: null } : actions.activityOf(current.row.name)

  useEffect(() => {
    if (document.activeElement === document.body) gridRef.current?.focus({ preventScroll: true })
  }, [])
  const currentName = current?.session.name
  useEffect(() => {
    if (currentName === undefined) return
    gridRef.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest' })
  }, [currentName])

  const clear = (): void => {
    setQuery('')
    setFilter('all')
  }
  const runOn = (command: Command, { row, session, live }: SessionItem): boolean => {
    const isRole = session.kind === 'role'
    switch (command) {
      case 'start':
        actions.start(row)
        return true
      case 'end':
        // Of an expired one, which is only forgotten, AWS accepts nothing any more.
        actions.end(live ? row : { ...row, expiresAt: null })
        return true
      case 'console':
      case 'console-sign-in':
        if (isRole) actions.openConsole(row, command === 'console' ? null : 'sign-in')
        return isRole
      case 'console-choose':
        if (isRole) actions.chooseConsole(row)
        return isRole
      case 'copy-link':
        if (isRole) actions.copyLink(row)
        return isRole
      case 'copy-env':
        if (live) actions.copyEnv(row, shell)
        return live
      default:
        return false
    }
  }
  useCommands(info?.platform === 'darwin', (command) => {
    switch (command) {
      case 'up':
      case 'down':
      case 'first':
      case 'last': {
        const step = command === 'up' ? -1 : command === 'down' ? 1 : command
        const next = moveSession(items, current?.session.name ?? null, step)
        if (next !== null) setSelected(next)
        return next !== null
      }
      case 'search':
        searchRef.current?.focus()
        searchRef.current?.select()
        return true
      case 'escape':
        clear()
        return true
      default:
        return current !== null && runOn(command, current)
    }
  })

  if (sessions.isError && sessions.data === undefined) {
    return <FailedScreen error={toHallpassError(sessions.error)} onRetry={() => void refresh()} />
  }
  if (all.length === 0 && !sessions.isPending) {
    return (
      <>
        <header className="topbar">
          <h1>{strings.nav.sessions}</h1>
        </header>
        <div className="page page--empty">
          <Empty
            icon="sessions"
            title={words.emptyTitle}
            actions={
              <Button tone="primary" shortcut="roles" onClick={() => onSection('roles')}>
                {words.toRoles}
              </Button>
            }
          >
            {words.emptyText}
          </Empty>
        </div>
      </>
    )
  }

  const filters = [
    { value: 'all', label: words.all },
    { value: 'active', label: words.active, count: active },
    { value: 'expired', label: words.expired, count: all.length - active },
  ] as const
  const shownFilter = filters.find(({ value }) => value === filter)?.label
  return (
    <>
      <header className="topbar">
        <search className="field grow search">
          <Icon name="search" />
          <input
            ref={searchRef}
            type="text"
            aria-label={words.search}
            placeholder={words.search}
            spellCheck={false}
            autoComplete="off"
            value={query}
            onChange={(event) => setQuery(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Escape' && query !== '') setQuery('')
              else if (['Escape', 'Enter', 'ArrowDown'].includes(event.key)) gridRef.current?.focus()
              else return
              event.preventDefault()
            }}
          />
          <Kbd>/</Kbd>
        </search>
        <Segmented className="seg--filter" label={words.show} segments={filters} value={filter} onChange={setFilter} />
        <ChoiceMenu
          className="btn btn--lg only-narrow"
          label={`${words.show}: ${shownFilter}`}
          options={filters}
          value={filter}
          onChange={setFilter}
        >
          <Icon name="filter" />
          {shownFilter}
        </ChoiceMenu>
        <Button large icon="stop" onClick={() => setEnding(true)}>
          {words.endAll}
        </Button>
      </header>
      <section
        className={failure === null ? 'list list--sessions' : 'list list--sessions list--failed'}
        aria-label={strings.nav.sessions}
      >
        <div className="cols" aria-hidden="true">
          <span />
          <span>{words.columns.session}</span>
          <span className="sess__obtained">{words.columns.obtained}</span>
          <span className="sess__wide">{words.columns.profile}</span>
          <span>{words.columns.state}</span>
        </div>
        {sessions.isPending ? (
          waiting ? (
            <SessionsSkeleton />
          ) : (
            <div />
          )
        ) : items.length === 0 ? (
          <NothingShown query={query.trim()} filter={filter} onClear={clear} />
        ) : (
          // biome-ignore lint/a11y/useSemanticElements: rows are the same as in the list of roles, which is no table
          <div
            ref={gridRef}
            className="rows"
            role="grid"
            tabIndex={0}
            aria-label={words.grid}
            aria-rowcount={items.length}
            aria-activedescendant={current === null ? undefined : rowId(items.indexOf(current))}
            data-region="list"
          >
            {items.map((item, index) => (
              <SessionListRow
                key={`${item.session.kind} ${item.session.name}`}
                item={item}
                id={rowId(index)}
                index={index + 1}
                selected={item === current}
                shell={shell}
                now={now}
                onSelect={() => {
                  setSelected(item.session.name)
                  gridRef.current?.focus({ preventScroll: true })
                }}
              />
            ))}
          </div>
        )}
        {failure !== null && current !== null && (
          <div className="list__note">
            <ErrorNotice
              error={failure.error}
              title={strings.pass.failed[failure.action]}
              next={{
                retry: failure.action === 'end' ? () => actions.end(current.row) : () => actions.start(current.row),
                showIdentities: () => onSection('identities'),
                ...(current.session.kind === 'role' ? { editRole: () => onShowRole(current.row.name) } : {}),
              }}
            />
          </div>
        )}
        <SessionsFoot
          active={active}
          expired={all.length - active}
          current={current}
          onShowRole={() => current !== null && onShowRole(current.row.name)}
        />
      </section>
      {actions.choosing !== null && <OpenConsole key={actions.choosing.name} role={actions.choosing} />}
      {actions.question !== null && <ConfirmStart roles={roles} now={now} />}
      {ending && <EndAll onClose={() => setEnding(false)} />}
    </>
  )
}

function rowId(index: number): string {
  return `session-row-${index}`
}
