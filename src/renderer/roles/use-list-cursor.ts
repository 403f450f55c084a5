/**
 * Where the list's cursor is and which roles are selected with it. The cursor is on a role, or on the head of a group;
 * several roles are selected with Shift, Ctrl and Ctrl+A, and are of no account while there are fewer than two.
 */
import { useRef, useState } from 'react'
import type { RoleRow } from '#shared/role-list.ts'
import { isGroup, type ListItem, moveSelection, type RoleGroup } from '../lib/role-list.ts'

export interface ListCursor {
  /** -1 when nothing is shown. */
  readonly index: number
  readonly role: RoleRow | null
  readonly group: RoleGroup | null
  /** Empty unless there are several. */
  readonly selection: ReadonlySet<string>
  goTo(item: ListItem): void
  move(step: number | 'first' | 'last'): boolean
  /** Moves on and selects all from where it began. */
  extend(step: number): void
  /** Selects all from where it began. */
  extendTo(index: number): void
  toggle(role: RoleRow): void
  selectAll(): void
  /** @returns whether there was something */
  clear(): boolean
}

const NONE: ReadonlySet<string> = new Set()

/** @param wanted name of the role that is selected in the window */
export function useListCursor(
  items: readonly ListItem[],
  wanted: string | null,
  onSelect: (name: string) => void,
): ListCursor {
  const [head, setHead] = useState<string | null>(null)
  const [marked, setMarked] = useState(NONE)
  const anchor = useRef<string | null>(null)

  const atHead = head === null ? -1 : items.findIndex((item) => isGroup(item) && item.key === head)
  const atRole = atHead >= 0 ? -1 : placeOfRole(items, wanted)
  // A role that the filters hide gives way to the first they show.
  const first = moveSelection(items, 0, 'first')
  const index = atHead >= 0 ? atHead : atRole >= 0 ? atRole : first === undefined ? -1 : items.indexOf(first)
  const current = items[index]
  const role = current === undefined || isGroup(current) ? null : current

  const goTo = (item: ListItem): void => {
    setHead(isGroup(item) ? item.key : null)
    if (!isGroup(item)) onSelect(item.name)
  }
  const extendTo = (end: number): void => {
    anchor.current ??= role?.name ?? null
    const start = placeOfRole(items, anchor.current)
    const [from, to] = start < 0 ? [end, end] : [Math.min(start, end), Math.max(start, end)]
    setMarked(new Set(items.slice(from, to + 1).flatMap((item) => (isGroup(item) ? [] : [item.name]))))
    const item = items[end]
    if (item !== undefined) goTo(item)
  }
  const clear = (): boolean => {
    anchor.current = null
    if (marked.size === 0) return false
    setMarked(NONE)
    return true
  }

  return {
    index,
    role,
    group: current !== undefined && isGroup(current) ? current : null,
    selection: marked.size > 1 ? marked : NONE,
    goTo(item) {
      clear()
      goTo(item)
    },
    move(step) {
      const item = moveSelection(items, index, step)
      if (item === undefined) return false
      clear()
      goTo(item)
      return true
    },
    extend(step) {
      const item = moveSelection(items, index, step)
      if (item !== undefined) extendTo(items.indexOf(item))
    },
    extendTo,
    toggle(target) {
      const next = new Set(marked.size > 0 || role === null ? marked : [role.name])
      if (!next.delete(target.name)) next.add(target.name)
      anchor.current = target.name
      setMarked(next)
      goTo(target)
    },
    selectAll: () => setMarked(new Set(items.flatMap((item) => (isGroup(item) ? [] : [item.name])))),
    clear,
  }
}

function placeOfRole(items: readonly ListItem[], name: string | null): number {
  return name === null ? -1 : items.findIndex((item) => !isGroup(item) && item.name === name)
}
