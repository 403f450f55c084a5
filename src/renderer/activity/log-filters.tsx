/** Above the entries: search, the groups with how many entries each has, and the filters that came from elsewhere. */
import type { RefObject } from 'react'
import { ACTIVITY_GROUPS, type ActivityGroup, type ActivityOverview } from '#shared/activity-view.ts'
import { Icon, type IconName } from '../components/icon.tsx'
import { Kbd } from '../components/kbd.tsx'
import { activityStrings, chipCount } from '../strings/activity.ts'

const words = activityStrings

export const GROUP_ICONS: Readonly<Record<ActivityGroup, IconName>> = {
  sessions: 'roles',
  console: 'open',
  profiles: 'term',
  keys: 'key',
  roles: 'org',
  breakglass: 'glass',
  vault: 'unlock',
}

/** A filter that was set by choosing a day or a role. */
export interface SetFilter {
  readonly id: string
  readonly label: string
  readonly onDrop: () => void
}

export function LogFilters(props: {
  search: string
  onSearch: (search: string) => void
  group: ActivityGroup | null
  onGroup: (group: ActivityGroup | null) => void
  set: readonly SetFilter[]
  counts: ActivityOverview['groups'] | undefined
  searchRef: RefObject<HTMLInputElement | null>
  /** Leaves the search for the list. */
  onLeave: () => void
}) {
  const { search, onSearch, group, onGroup, counts } = props
  // Nothing is recorded of break-glass credentials by most people: it takes no room until then.
  const groups = ACTIVITY_GROUPS.filter((one) => one !== 'breakglass' || one === group || (counts?.[one] ?? 0) > 0)
  const all = counts && Object.values(counts).reduce((sum, count) => sum + count, 0)
  return (
    <div className="filters">
      <search className="field filters__s">
        <Icon name="search" />
        <input
          ref={props.searchRef}
          type="text"
          aria-label={words.search}
          placeholder={words.searchPlaceholder}
          spellCheck={false}
          autoComplete="off"
          maxLength={200}
          value={search}
          onChange={(event) => onSearch(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && search !== '') onSearch('')
            else if (['Escape', 'Enter', 'ArrowDown'].includes(event.key)) props.onLeave()
            else return
            event.preventDefault()
          }}
        />
        <Kbd>/</Kbd>
      </search>
      {props.set.map(({ id, label, onDrop }) => (
        <button key={id} type="button" className="chip chip--set" aria-label={words.drop(label)} onClick={onDrop}>
          <span className="cut">{label}</span>
          <Icon name="x" size={12} />
        </button>
      ))}
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset would draw itself */}
      <div className="chips" role="group" aria-label={words.filters}>
        <Chip label={words.all} count={all} pressed={group === null} onPress={() => onGroup(null)} />
        {groups.map((one) => (
          <Chip
            key={one}
            label={words.groups[one]}
            icon={GROUP_ICONS[one]}
            count={counts?.[one]}
            pressed={group === one}
            onPress={() => onGroup(group === one ? null : one)}
          />
        ))}
      </div>
    </div>
  )
}

function Chip(props: {
  label: string
  icon?: IconName
  count: number | undefined
  pressed: boolean
  onPress: () => void
}) {
  return (
    <button type="button" className="chip" aria-pressed={props.pressed} onClick={props.onPress}>
      {props.icon !== undefined && <Icon name={props.icon} size={14} />}
      {props.label}
      {props.count !== undefined && <i>{chipCount(props.count)}</i>}
    </button>
  )
}
