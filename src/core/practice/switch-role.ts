/** The switch-role page: shows what the link filled in, and what the console would say to it (aws-facts D.1). */
import type { Directory } from './directory.ts'
import { replyPage } from './pages.ts'
import type { QueryParameters } from './query.ts'
import type { Reply } from './reply.ts'

/** The console can't switch to a role whose path and name are longer together. */
const MAX_ROLE_LENGTH = 64

export function answerSwitchRole(parameters: QueryParameters, directory: Directory): Reply {
  const account = parameters.get('account') ?? ''
  const roleName = parameters.get('roleName') ?? ''
  const known = directory
    .roles()
    .find((role) => role.account.id === account && sameName(role.path, role.name, roleName))
  const facts = ['account', 'roleName', 'displayName', 'color', 'redirect_uri'].map(
    (name) => [name, parameters.get(name) ?? ''] as const,
  )
  const text =
    roleName.length > MAX_ROLE_LENGTH
      ? `The console refuses this role: path and name are longer than ${MAX_ROLE_LENGTH} characters together.`
      : known
        ? `The form is filled in for ${known.name} in ${known.account.name}.`
        : 'The form is filled in, but the practice account has no such role.'
  return replyPage(200, 'Switch role', text, facts)
}

function sameName(path: string, name: string, given: string): boolean {
  return `${path}${name}`.slice(1) === given
}
