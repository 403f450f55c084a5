/**
 * The roles as a virtual grid: fixed heights, one tab stop, the selected row as its active descendant, and the head of
 * the account on top staying in view.
 */
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual'
import { type RefObject, useEffect, useRef } from 'react'
import type { RoleRow } from '#shared/models.ts'
import type { Shell } from '../hooks/role-actions.tsx'
import { type ListItem, originOf } from '../lib/role-list.ts'
import { strings } from '../strings.ts'
import { GroupHead, RoleListRow } from './role-row.tsx'

const ROW_HEIGHT = 44
const GROUP_HEIGHT = 28

export function RoleList(props: {
  items: readonly ListItem[]
  /** All roles, to follow chains that leave the filtered list. */
  roles: readonly RoleRow[]
  selected: string | null
  onSelect: (name: string) => void
  shell: Shell
  now: number
  gridRef: RefObject<HTMLDivElement | null>
}) {
  const { items, roles, selected, gridRef } = props
  const topHead = useRef(0)
  const heads = items.flatMap((item, index) => (item.kind === 'group' ? [index] : []))
  const selectedIndex = items.findIndex((item) => item.kind === 'role' && item.role.name === selected)

  const virtualizer = useVirtualizer({
    count: items.length,
    getScrollElement: () => gridRef.current,
    estimateSize: (index) => (items[index]?.kind === 'group' ? GROUP_HEIGHT : ROW_HEIGHT),
    getItemKey: (index) => keyOf(items[index]),
    overscan: 10,
    scrollPaddingStart: GROUP_HEIGHT,
    rangeExtractor: (range) => {
      topHead.current = heads.findLast((index) => index <= range.startIndex) ?? 0
      return [...new Set([topHead.current, ...defaultRangeExtractor(range)])].sort((a, b) => a - b)
    },
  })

  useEffect(() => {
    if (selectedIndex >= 0) virtualizer.scrollToIndex(selectedIndex <= 1 ? 0 : selectedIndex)
  }, [selectedIndex, virtualizer])

  return (
    // biome-ignore lint/a11y/useSemanticElements: a virtual list cannot be a table
    <div
      ref={gridRef}
      className="rows"
      role="grid"
      tabIndex={0}
      aria-label={strings.roles.grid}
      aria-rowcount={items.length}
      aria-activedescendant={selectedIndex < 0 ? undefined : rowId(selectedIndex)}
      data-region="list"
    >
      <div className="rows__all" role="presentation" style={{ height: virtualizer.getTotalSize() }}>
        {virtualizer.getVirtualItems().map((place) => {
          const item = items[place.index]
          if (item === undefined) return null
          const onTop = place.index === topHead.current
          return (
            <div
              key={place.key}
              className={onTop ? 'rows__at rows__at--top' : 'rows__at'}
              role="presentation"
              style={onTop ? undefined : { transform: `translateY(${place.start}px)` }}
            >
              {item.kind === 'group' ? (
                <GroupHead group={item} index={place.index + 1} />
              ) : (
                <RoleListRow
                  role={item.role}
                  origin={originOf(item.role, roles)}
                  place={{ id: rowId(place.index), index: place.index + 1 }}
                  selected={place.index === selectedIndex}
                  shell={props.shell}
                  now={props.now}
                  onSelect={() => {
                    props.onSelect(item.role.name)
                    gridRef.current?.focus({ preventScroll: true })
                  }}
                />
              )}
            </div>
          )
        })}
      </div>
    </div>
  )
}

/** Placeholder rows of the same height, for an answer that takes long. */
export function RoleListSkeleton() {
  return (
    <div className="rows" aria-hidden="true">
      {['a', 'b', 'c', 'd', 'e', 'f'].map((row) => (
        <div key={row} className="row">
          <span />
          <div>
            <span className="skel skel--a" />
          </div>
          <div>
            <span className="skel skel--b" />
          </div>
          <div className="c-profile">
            <span className="skel skel--c" />
          </div>
          <span className="skel skel--d" />
        </div>
      ))}
    </div>
  )
}

function rowId(index: number): string {
  return `role-row-${index}`
}

function keyOf(item: ListItem | undefined): string {
  if (item === undefined) return ''
  return item.kind === 'group' ? `group ${item.accountId}` : `role ${item.role.name}`
}
