/** Finds roles by words, as a person narrows down a list. */
import type { RoleRow } from '#shared/role-list.ts'

/** The roles in which every word stands somewhere, in the order given. Capitals make no difference. */
export function findRoles<Row extends RoleRow>(rows: readonly Row[], words: readonly string[]): Row[] {
  const wanted = words.flatMap((word) => word.toLowerCase().split(/\s+/)).filter((word) => word !== '')
  if (wanted.length === 0) return [...rows]
  return rows.filter((row) => {
    const text = textOf(row)
    return wanted.every((word) => text.includes(word))
  })
}

/** With a line feed between its parts, so that no word is found across two of them. */
function textOf(row: RoleRow): string {
  const parts = [row.name, row.accountId, row.accountName, row.environment, row.roleName, row.from, row.profile]
  return parts
    .filter((part) => part !== null)
    .join('\n')
    .toLowerCase()
}
