/** The columns of the list beside the role itself: which are shown, how wide, and which stay in a narrow window. */
import type { Settings } from '#shared/settings.ts'

export type RoleColumn = Settings['roleColumns'][number]

/** In the order they are shown, whatever the order they were chosen in. */
export const ROLE_COLUMNS: readonly RoleColumn[] = ['source', 'profile', 'region', 'used', 'state']

const WIDTHS: Record<RoleColumn, string> = {
  source: 'minmax(0, 1fr)',
  profile: 'minmax(0, 1fr)',
  region: '96px',
  used: '84px',
  state: '92px',
}

export interface ColumnLayout {
  readonly columns: readonly RoleColumn[]
  /** Of the wide list and of the narrow one, as `grid-template-columns`. */
  readonly wide: string
  readonly narrow: string
  /** Class names of a column's cells. */
  readonly classOf: (column: RoleColumn) => string
}

/** State is kept in a narrow list, and the first of the others. The buttons of a row cover what is left of the state. */
export function layOut(chosen: readonly RoleColumn[]): ColumnLayout {
  const columns = ROLE_COLUMNS.filter((column) => chosen.includes(column))
  const others = columns.filter((column) => column !== 'state')
  const [first] = others
  const state = columns.includes('state')
  const covered: readonly RoleColumn[] = others.length > 1 ? others.slice(1) : others
  return {
    columns,
    wide: ['4px minmax(200px, 1.54fr)', ...columns.map((column) => WIDTHS[column])].join(' '),
    narrow: ['4px minmax(0, 1.3fr)', ...(first ? ['minmax(0, 1fr)'] : []), ...(state ? ['84px'] : [])].join(' '),
    classOf: (column) =>
      [
        column === 'state' ? '' : 'cut',
        column === first || column === 'state' ? '' : 'c-wide',
        covered.includes(column) ? 'row__hide' : '',
        column === first ? 'row__hide-narrow' : '',
      ]
        .filter(Boolean)
        .join(' '),
  }
}
