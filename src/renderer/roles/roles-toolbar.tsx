/** Above the list: search, filters (a menu in narrow windows) and the way to add a role. */
import type { RefObject } from 'react'
import type { RoleTotals } from '#shared/role-list.ts'
import type { Settings, SettingsChange } from '#shared/settings.ts'
import { Button } from '../components/button.tsx'
import { Segmented } from '../components/choice.tsx'
import { Icon } from '../components/icon.tsx'
import { ChoiceMenu } from '../components/menu.tsx'
import type { RoleFilter } from '../lib/role-list.ts'
import { PaletteHint } from '../palette/palette-hint.tsx'
import { strings } from '../strings.ts'
import { ViewMenu } from './view-menu.tsx'

export function RolesToolbar(props: {
  /** Of the roles that are here yet. */
  counts: Record<RoleFilter, number>
  totals: RoleTotals & { readonly complete: boolean }
  settings: Settings | undefined
  onSettings: (change: SettingsChange) => void
  query: string
  onQuery: (query: string) => void
  filter: RoleFilter
  onFilter: (filter: RoleFilter) => void
  searchRef: RefObject<HTMLInputElement | null>
  /** Leaves the search for the list. */
  onLeave: () => void
  onAdd: () => void
}) {
  const { counts, totals, query, filter, onQuery, onFilter } = props
  // Those with a session come first, so that their number is right at once.
  const needsMfa = totals.complete ? { count: counts['needs-mfa'] } : {}
  const filters = [
    { value: 'all', label: strings.roles.all },
    { value: 'active', label: strings.roles.active, count: counts.active },
    { value: 'needs-mfa', label: strings.roles.needsMfa, ...needsMfa },
  ] as const
  const current = filters.find((one) => one.value === filter)?.label
  return (
    <header className="topbar">
      <search className="field grow search">
        <Icon name="search" />
        <input
          ref={props.searchRef}
          type="text"
          aria-label={strings.roles.search}
          placeholder={totals.roles > 0 ? strings.roles.searchCount(totals.roles) : strings.roles.search}
          spellCheck={false}
          autoComplete="off"
          value={query}
          onChange={(event) => onQuery(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && query !== '') onQuery('')
            else if (['Escape', 'Enter', 'ArrowDown'].includes(event.key)) props.onLeave()
            else return
            event.preventDefault()
          }}
        />
        <PaletteHint />
      </search>
      <Segmented
        className="seg--filter"
        label={strings.roles.show}
        segments={filters}
        value={filter}
        onChange={onFilter}
      />
      <ChoiceMenu
        className="btn btn--lg only-narrow"
        label={`${strings.roles.show}: ${current}`}
        options={filters}
        value={filter}
        onChange={onFilter}
      >
        <Icon name="filter" />
        {current}
      </ChoiceMenu>
      {props.settings !== undefined && <ViewMenu settings={props.settings} onChange={props.onSettings} />}
      <Button tone="primary" large icon="plus" onClick={props.onAdd}>
        {strings.roles.add}
      </Button>
    </header>
  )
}
