/** The parts of a grid that is drawn with divs, because the rows of a virtual list are placed one by one. */
import type { ReactNode } from 'react'

export function GridRow(props: {
  className: string
  /** Counted from 1 over all rows, shown or not. */
  index: number
  id?: string
  selected?: boolean
  /** In a tree grid: whether what belongs to it is shown. */
  expanded?: boolean
  onClick?: () => void
  children: ReactNode
}) {
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
      aria-expanded={props.expanded}
      onClick={props.onClick}
    >
      {props.children}
    </div>
  )
}

export function GridCell({ className, children }: { className?: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a table cell needs a table around it
    // biome-ignore lint/a11y/useFocusableInteractive: focus stays on the grid, which names its active row
    <div className={className} role="gridcell">
      {children}
    </div>
  )
}
