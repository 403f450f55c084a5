/** Lets a person choose a role on the terminal, by typing parts of what they know of it. */
import { HallpassError } from '#shared/errors.ts'
import type { RoleRow } from '#shared/role-list.ts'
import type { CliContext } from '../context.ts'
import { stateCell } from '../output/describe.ts'
import { renderTable } from '../output/table.ts'
import { findRoles } from './find-roles.ts'
import { openTerminal } from './terminal.ts'

/** More than anyone reads: who has more types on. */
const MOST = 200
/** What the prompt puts before each line. */
const MARGIN = 2

/**
 * Asks which role; its name.
 * @throws `input.required` where there is no terminal or no role, `cancelled`
 */
export async function pickRole(context: CliContext): Promise<string> {
  const rows = inOrder((await context.hallpass()).roles.rows())
  if (rows.length === 0)
    throw new HallpassError('input.required', 'There are no roles yet to choose from.', {
      hint: 'Find what is on this computer: hallpass import aws-files --dry-run. Or name an identity: hallpass identity list.',
    })
  const terminal = openTerminal(context.host)
  if (!terminal)
    throw new HallpassError('input.required', 'Nobody can be asked here which role.', {
      hint: 'Write its name. hallpass role list shows the names.',
    })
  const width = (context.host.stderr.columns ?? 80) - MARGIN
  try {
    return await terminal.choose('Role:', (typed) => {
      const found = findRoles(rows, [typed])
      return { choices: toChoices(found.slice(0, MOST), width), more: Math.max(0, found.length - MOST) }
    })
  } finally {
    terminal.close()
  }
}

/** What is live first, then what was used last, then by name: most choose again what they chose before. */
function inOrder(rows: readonly RoleRow[]): RoleRow[] {
  const ranked = rows.map((row) => ({
    row,
    rank: `${row.state === 'active' ? 1 : 0}${row.lastUsedAt ?? ''}`,
    name: row.name.toLowerCase(),
  }))
  return ranked.sort((a, b) => compare(b.rank, a.rank) || compare(a.name, b.name)).map(({ row }) => row)
}

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b))

function toChoices(rows: readonly RoleRow[], width: number): { value: string; text: string }[] {
  const now = Date.now()
  const cells = rows.map((row) => [
    row.name,
    row.accountName ?? row.accountId,
    row.environment ?? '–',
    row.roleName,
    stateCell(row.state, row.expiresAt, now).text,
  ])
  const columns = ['name', 'account', 'for', 'role', 'session'].map((title) => ({ title, shrinks: true }))
  // Colours of its own would end the one of the chosen line.
  const table = renderTable(columns, cells, { width, style: (_format, text) => text })
  const lines = table.split('\n').slice(1)
  return rows.map(({ name }, index) => ({ value: name, text: lines[index]?.trimEnd() ?? name }))
}
