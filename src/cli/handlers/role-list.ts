/** `hallpass role list`. */
import type { Handler } from '../descriptor.ts'
import { stateCell } from '../output/describe.ts'

export const roleList: Handler = async (context) => {
  const hallpass = await context.hallpass()
  const roles = hallpass.roles.list()
  if (context.json) context.jsonData(roles)
  else if (roles.length === 0) context.note(emptyText(hallpass.identities.list().length > 0))
  else {
    const now = Date.now()
    context.table(
      [
        { title: 'name' },
        { title: 'account' },
        { title: 'role', shrinks: true },
        { title: 'from', shrinks: true },
        { title: 'profile', shrinks: true },
        { title: 'region' },
        { title: 'session' },
      ],
      roles.map((role) => [
        { text: role.name, format: 'bold' },
        role.accountId,
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

function emptyText(hasIdentity: boolean): string {
  return hasIdentity
    ? 'There are no roles yet. Add one with: hallpass role add NAME --arn ARN --from IDENTITY'
    : 'There are no roles yet. Store a key first, with: hallpass identity add NAME --access-key-id ID'
}
