/** The parts of a grid that is drawn with divs, because the rows of a virtual list are placed one by one. */
import type { MouseEvent, ReactNode } from 'react'

export function GridRow(props: {
  className: string
  /** Counted from 1 over all rows, shown or not. */
  index: number
  id?: string
  selected?: boolean
  /** Of a grid with groups: 1 for their heads, 2 for the rows below them. */
  level?: number | undefined
  /** Whether what belongs to it is shown. */
  expanded?: boolean
  onClick?: (event: MouseEvent) => void
  /** Told when the pointer comes and goes. */
  onHover?: (hovered: boolean) => void
  children: ReactNode
}) {
  const { onHover } = props
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the grid answers the keys for its active descendant
    // biome-ignore lint/a11y/useSemanticElements: a table row cannot be placed freely
    <div
      id={props.id}
      className={props.className}
      role="row"
      tabIndex={-1}
      aria-rowindex={props.index}
      aria-selected={props.selected}
      aria-level={props.level}
      aria-expanded={props.expanded}
      onClick={props.onClick}
      onPointerEnter={onHover && (() => onHover(true))}
      onPointerLeave={onHover && (() => onHover(false))}
    >
      {props.children}
    </div>
  )
}

/** @param props.title all of its text, for one that may be too narrow for it */
export function GridCell(props: { className?: string; title?: string | undefined; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cell needs a table around it
    // biome-ignore lint/a11y/useFocusableInteractive: focus stays on the grid, which names its active row
    <div className={props.className} role="gridcell" title={props.title}>
      {props.children}
    </div>
  )
}
