/** `hallpass role list`. */
import type { Handler } from '../descriptor.ts'
import { findRoles } from '../input/find-roles.ts'
import { stateCell } from '../output/describe.ts'
import { howToBegin } from '../output/how-to-begin.ts'
import type { Cell } from '../output/table.ts'

export const roleList: Handler = async (context, invocation) => {
  const hallpass = await context.hallpass()
  const words = invocation.words('words')
  const found = words.length === 0 ? null : new Set(findRoles(hallpass.roles.rows(), words).map(({ name }) => name))
  const roles = hallpass.roles.list().filter(({ name }) => found === null || found.has(name))
  if (context.json) context.jsonData(roles)
  else if (roles.length === 0 && found !== null) context.note(`No role has all of: ${words.join(' ')}`)
  else if (roles.length === 0) context.note(emptyText(hallpass.identities.list().length > 0))
  else {
    const now = Date.now()
    const names = new Map(hallpass.accounts.list().map(({ accountId, name }) => [accountId, name]))
    const hasEnvironments = roles.some(({ environment }) => environment !== null)
    context.table(
      [
        { title: 'name' },
        { title: 'account' },
        ...(hasEnvironments ? [{ title: 'for' }] : []),
        { title: 'role', shrinks: true },
        { title: 'from', shrinks: true },
        { title: 'profile', shrinks: true },
        { title: 'region' },
        { title: 'session' },
      ],
      roles.map((role) => [
        { text: role.name, format: 'bold' },
        names.get(role.accountId) ?? role.accountId,
        ...(hasEnvironments ? [environmentText(role.environment)] : []),
        role.roleName,
        role.from,
        role.profileMode ? role.profile : '–',
        role.region ?? '–',
        stateCell(role.state, role.expiresAt, now),
      ]),
    )
  }
  return 0
}

function environmentText(environment: string | null): Cell {
  return environment === 'prod' ? { text: environment, format: 'red' } : { text: environment ?? '–' }
}

function emptyText(hasIdentity: boolean): string {
  return hasIdentity
    ? 'There are no roles yet. Add one with: hallpass role add NAME --arn ARN --from IDENTITY'
    : howToBegin('There are no roles yet.')
}
