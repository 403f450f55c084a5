/** Aligned columns for people. On a narrow terminal the columns that may shrink lose their middle. */
import { type Style, withoutControls } from './style.ts'

export interface Column {
  readonly title: string
  /** May be cut in the middle when the terminal is too narrow: for ARNs, whose ends tell them apart. */
  readonly shrinks?: boolean
}

export interface Cell {
  readonly text: string
  /** Plain when absent. */
  readonly format?: Parameters<Style>[0]
}

export interface TableOptions {
  /** Columns of the terminal; `undefined` when the output is not one, and then nothing is cut. */
  readonly width: number | undefined
  readonly style: Style
}

const GAP = '  '
/** A cut column keeps at least this much. */
const NARROWEST = 12

/** @returns lines without a trailing line feed; the last column is not padded */
export function renderTable(
  columns: readonly Column[],
  rows: readonly (readonly (string | Cell)[])[],
  { width, style }: TableOptions,
): string {
  const cells = rows.map((row) => row.map(toCell))
  const widths = columns.map((column, index) =>
    Math.max(column.title.length, ...cells.map((row) => length(row[index]?.text ?? ''))),
  )
  if (width !== undefined) shrink(columns, widths, width)
  const title = columns.map((column) => ({ text: column.title.toUpperCase(), format: 'dim' }) as const)
  return [title, ...cells].map((row) => renderRow(row, widths, style)).join('\n')
}

/** Field names and values below each other, for one record. Rows without a value are left out. */
export function renderFields(fields: readonly (readonly [string, string | Cell | null])[], style: Style): string {
  const shown = fields.filter(([, value]) => value !== null)
  const width = Math.max(0, ...shown.map(([name]) => name.length))
  return shown
    .map(([name, value]) => {
      const cell = toCell(value ?? '')
      return `${style('dim', name.padEnd(width))}${GAP}${dress(cell, cell.text, style)}`
    })
    .join('\n')
}

/** Cuts the middle out of `text` so that it has `width` characters. */
export function cutMiddle(text: string, width: number): string {
  const characters = [...text]
  if (characters.length <= width) return text
  const head = Math.floor((width - 1) / 2)
  return `${characters.slice(0, head).join('')}…${characters.slice(characters.length - (width - 1 - head)).join('')}`
}

function toCell(cell: string | Cell): Cell {
  return typeof cell === 'string' ? { text: withoutControls(cell) } : { ...cell, text: withoutControls(cell.text) }
}

function dress(cell: Cell, text: string, style: Style): string {
  return cell.format === undefined ? text : style(cell.format, text)
}

function renderRow(row: readonly Cell[], widths: readonly number[], style: Style): string {
  return row
    .map((cell, index) => {
      const width = widths[index] ?? 0
      const text = cutMiddle(cell.text, width)
      const padding = index === row.length - 1 ? '' : ' '.repeat(Math.max(0, width - length(text)))
      return dress(cell, text, style) + padding
    })
    .join(GAP)
}

function shrink(columns: readonly Column[], widths: number[], width: number): void {
  const total = () => widths.reduce((sum, each) => sum + each, 0) + GAP.length * (widths.length - 1)
  while (total() > width) {
    let widest = -1
    columns.forEach((column, index) => {
      const size = widths[index] ?? 0
      if (column.shrinks && size > NARROWEST && size > (widths[widest] ?? 0)) widest = index
    })
    if (widest < 0) return
    widths[widest] = (widths[widest] ?? 0) - 1
  }
}

function length(text: string): number {
  return [...text].length
}
