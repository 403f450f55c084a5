/** Names for the roles that a discovery finds, by a template such as `{account}-{role}`. */
import { parseTemplate, renderTemplate } from '#shared/role-name-template.ts'
import { type NameChoice, NameSpace } from '../import/names.ts'
import type { PortalAccount } from './portal.ts'

/** Gives names that Hallpass takes, each once: asked twice about the same role, it gives two. */
export interface RoleNamer {
  nameFor(account: PortalAccount, roleName: string): NameChoice
}

/**
 * @param taken names in use, of identities and roles
 * @throws `input.invalid` for a template with other fields, or without any
 */
export function createRoleNamer(template: string, taken: Iterable<string>): RoleNamer {
  const pieces = parseTemplate(template)
  const names = new NameSpace(taken)
  return { nameFor: (account, roleName) => names.take(renderTemplate(pieces, valuesOf(account, roleName))) }
}

function valuesOf(account: PortalAccount, role: string) {
  const { accountId } = account
  return {
    account: plain(account.accountName) || accountId,
    accountId,
    role,
    email: plain(account.emailAddress) || accountId,
  }
}

/** In letters that a name may have, as far as they have such a form; empty when nothing is left that tells names apart. */
function plain(text: string): string {
  const ascii = text
    .normalize('NFKD')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\x20-\x7e]/g, '')
    .trim()
  return /[A-Za-z0-9]/.test(ascii) ? ascii : ''
}
