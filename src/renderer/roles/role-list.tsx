/**
 * The roles as a virtual grid: fixed heights, one tab stop, the row of the cursor as its active descendant, and the
 * head of the group on top staying in view.
 */
import { type KeyboardEvent, type MouseEvent, type RefObject, useEffect, useMemo, useRef } from 'react'
import type { RoleRow } from '#shared/role-list.ts'
import type { Settings } from '#shared/settings.ts'
import type { Shell } from '../hooks/role-actions.tsx'
import { useIdentityKinds } from '../hooks/use-identity-kinds.ts'
import { loadTheRest } from '../later.tsx'
import { firstListShown } from '../lib/first-list.ts'
import { isGroup, type ListItem, originOf, type RoleGroup } from '../lib/role-list.ts'
import { RowPlaces } from '../lib/row-places.ts'
import { strings } from '../strings.ts'
import type { ColumnLayout } from './columns.ts'
import { GroupHead, RoleListRow } from './role-row.tsx'
import type { ListCursor } from './use-list-cursor.ts'
import { useRowsInView, useSlots } from './use-rows-in-view.ts'
import { useTypeAhead } from './use-type-ahead.ts'

const ROW_HEIGHT = { comfortable: 44, compact: 32 }
const GROUP_HEIGHT = 28
const MINUTE = 60_000

export interface RoleListProps {
  readonly items: readonly ListItem[]
  /** All roles, to follow chains that leave the filtered list. */
  readonly roles: readonly RoleRow[]
  /** How many rows there will be, when not all are here yet. */
  readonly expected: number
  readonly cursor: ListCursor
  readonly onFold: (group: RoleGroup, folded: boolean) => void
  readonly settings: Settings
  readonly layout: ColumnLayout
  readonly shell: Shell
  readonly mac: boolean
  readonly now: number
  readonly gridRef: RefObject<HTMLDivElement | null>
}

export function RoleList(props: RoleListProps) {
  const { items, roles, cursor, settings, gridRef, now } = props
  const heads = useMemo(() => items.flatMap((item, index) => (isGroup(item) ? [index] : [])), [items])
  const rowHeight = ROW_HEIGHT[settings.density]
  const places = useMemo(() => new RowPlaces(items.length, heads, rowHeight, GROUP_HEIGHT), [items, heads, rowHeight])
  const view = useRowsInView(gridRef, places, heads.length > 0 ? GROUP_HEIGHT : 0)
  const onKeyDown = useListKeys(props, places)

  const { reveal } = view
  const { index } = cursor
  const revealed = useRef(-1)
  useEffect(() => {
    if (index >= 0 && revealed.current !== index) reveal(index)
    revealed.current = index
  }, [index, reveal])
  useEffect(() => {
    // The list has the focus unless something else has it by then.
    if (document.activeElement === document.body) gridRef.current?.focus({ preventScroll: true })
    const frame = requestAnimationFrame(() => {
      firstListShown()
      void loadTheRest()
    })
    return () => cancelAnimationFrame(frame)
  }, [gridRef])

  // One function for all rows and renderings, so that rows which stay the same are not drawn again.
  const latest = useRef(props)
  latest.current = props
  const press = useMemo(
    () => (at: number, event: MouseEvent) => {
      const { items, cursor, onFold, gridRef, mac } = latest.current
      const item = items[at]
      gridRef.current?.focus({ preventScroll: true })
      if (item === undefined) return
      if (isGroup(item)) {
        onFold(item, !item.folded)
        cursor.goTo(item)
      } else if (event.shiftKey) cursor.extendTo(at)
      else if (mac ? event.metaKey : event.ctrlKey) cursor.toggle(item)
      else cursor.goTo(item)
    },
    [],
  )

  const drawn = Array.from({ length: view.last - view.first + 1 }, (_, offset) => view.first + offset)
  if (view.head >= 0 && view.head < view.first) drawn.unshift(view.head)
  const slotOf = useSlots(drawn)
  const kinds = useIdentityKinds()
  const minute = now - (now % MINUTE)
  return (
    <div
      ref={gridRef}
      className="rows"
      role="treegrid"
      tabIndex={0}
      aria-label={strings.roles.grid[settings.groupRolesBy]}
      aria-rowcount={Math.max(items.length, props.expected)}
      aria-multiselectable="true"
      aria-activedescendant={index < 0 ? undefined : rowId(index)}
      data-region="list"
      onScroll={view.onScroll}
      onKeyDown={onKeyDown}
    >
      <div className="rows__all" role="presentation" style={{ height: places.height }}>
        {drawn.map((at) => {
          const item = items[at]
          if (item === undefined) return null
          const onTop = at === view.head
          return (
            <div
              key={`${isGroup(item) ? 'head' : 'row'} ${slotOf(at)}`}
              className={onTop ? 'rows__at rows__at--top' : 'rows__at'}
              role="presentation"
              style={onTop ? undefined : { transform: `translateY(${places.top(at)}px)` }}
            >
              {isGroup(item) ? (
                <GroupHead group={item} id={rowId(at)} index={at} current={at === index} onPress={press} />
              ) : (
                <RoleListRow
                  role={item}
                  origin={originKey(item, roles)}
                  originKind={kinds.get(item.from) ?? 'access-key'}
                  id={rowId(at)}
                  index={at}
                  level={heads.length > 0 ? 2 : undefined}
                  current={at === index}
                  selected={cursor.selection.size > 0 ? cursor.selection.has(item.name) : at === index}
                  layout={props.layout}
                  shell={props.shell}
                  now={item.state === 'active' ? now : minute}
                  onPress={press}
                />
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}

/** The keys of the list itself. Those that act on a role are the screen's. */
function useListKeys(props: RoleListProps, places: RowPlaces): (event: KeyboardEvent) => void {
  const { items, cursor, settings, mac, gridRef } = props
  const typeAhead = useTypeAhead()

  const fold = (): boolean => {
    const head = cursor.group ?? items[places.headOf(cursor.index)]
    if (head === undefined || !isGroup(head) || head.folded) return false
    props.onFold(head, true)
    cursor.goTo(head)
    return true
  }
  const unfold = (): boolean => {
    if (cursor.group === null) return false
    if (cursor.group.folded) props.onFold(cursor.group, false)
    else cursor.move(1)
    return true
  }
  const page = (): number =>
    Math.max(1, Math.floor((gridRef.current?.clientHeight ?? 0) / ROW_HEIGHT[settings.density]) - 1)

  const act = (event: KeyboardEvent): boolean => {
    const control = mac ? event.metaKey : event.ctrlKey
    if (control && event.key.toLowerCase() === 'a') {
      cursor.selectAll()
      return true
    }
    if (control || event.altKey) return false
    const step = { ArrowUp: -1, ArrowDown: 1, PageUp: -page(), PageDown: page() }[event.key]
    if (step !== undefined) {
      if (event.shiftKey) cursor.extend(step)
      else cursor.move(step)
      return true
    }
    switch (event.key) {
      case 'ArrowLeft':
        return fold()
      case 'ArrowRight':
        return unfold()
      case 'Enter':
        if (cursor.group === null) return false
        props.onFold(cursor.group, !cursor.group.folded)
        return true
    }
    if (settings.singleKeys) return false
    const found = typeAhead(event, items, cursor.index)
    if (found !== undefined) cursor.goTo(found)
    return found !== undefined
  }
  return (event) => {
    if (act(event)) event.preventDefault()
  }
}

/** Where a role starts, as text: the same for as long as it says the same. The identity, and the role in between. */
function originKey(role: RoleRow, roles: readonly RoleRow[]): string {
  const { identity, via } = originOf(role, roles)
  return [identity, via.at(-1) ?? ''].join('\n')
}

/** Placeholder rows of the same height, for an answer that takes long. */
export function RoleListSkeleton({ layout }: { layout: ColumnLayout }) {
  return (
    <div className="rows" aria-hidden="true">
      {['a', 'b', 'c', 'd', 'e', 'f'].map((row) => (
        <div key={row} className="row">
          <span />
          <div>
            <span className="skel skel--a" />
          </div>
          {layout.columns.map((column) => (
            <div key={column} className={layout.classOf(column)}>
              <span
                className={column === 'state' ? 'skel skel--d' : column === 'profile' ? 'skel skel--c' : 'skel skel--b'}
              />
            </div>
          ))}
        </div>
      ))}
    </div>
  )
}

function rowId(index: number): string {
  return `role-row-${index}`
}
