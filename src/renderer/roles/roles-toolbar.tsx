/** Above the list: search, filters (a menu in narrow windows) and the way to add a role. */
import type { RefObject } from 'react'
import { Button } from '../components/button.tsx'
import { Segmented } from '../components/choice.tsx'
import { Icon } from '../components/icon.tsx'
import { ChoiceMenu } from '../components/menu.tsx'
import type { RoleFilter } from '../lib/role-list.ts'
import { PaletteHint } from '../palette/palette-hint.tsx'
import { strings } from '../strings.ts'

export function RolesToolbar(props: {
  counts: Record<RoleFilter, number>
  query: string
  onQuery: (query: string) => void
  filter: RoleFilter
  onFilter: (filter: RoleFilter) => void
  searchRef: RefObject<HTMLInputElement | null>
  /** Leaves the search for the list. */
  onLeave: () => void
  onAdd: () => void
}) {
  const { counts, query, filter, onQuery, onFilter } = props
  const filters = [
    { value: 'all', label: strings.roles.all },
    { value: 'active', label: strings.roles.active, count: counts.active },
    { value: 'needs-mfa', label: strings.roles.needsMfa, count: counts['needs-mfa'] },
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
          placeholder={counts.all === 0 ? strings.roles.search : strings.roles.searchCount(counts.all)}
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
      <Button tone="primary" large icon="plus" onClick={props.onAdd}>
        {strings.roles.add}
      </Button>
    </header>
  )
}
