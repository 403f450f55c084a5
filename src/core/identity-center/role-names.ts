/** Names for the roles that a discovery finds, by a template such as `{account}-{role}`. */
import { HallpassError } from '#shared/errors.ts'
import { type NameChoice, NameSpace } from '../import/names.ts'
import type { PortalAccount } from './portal.ts'

export const DEFAULT_TEMPLATE = '{account}-{role}'

/** What a template may have in braces. */
export const TEMPLATE_FIELDS = ['account', 'accountId', 'role', 'email'] as const
type TemplateField = (typeof TEMPLATE_FIELDS)[number]

const LONGEST = 64
/** A part that is cut keeps so many characters, or it tells nothing. */
const SHORTEST_PART = 8

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
  return { nameFor: (account, roleName) => names.take(render(pieces, account, roleName)) }
}

type Piece = { readonly text: string } | { readonly field: TemplateField }

function parseTemplate(template: string): Piece[] {
  const pieces = template.split(/(\{[^{}]*\})/).filter((part) => part !== '')
  const parsed = pieces.map((part): Piece => {
    const name = /^\{(.*)\}$/s.exec(part)?.[1]
    if (name === undefined) {
      if (/[{}]/.test(part)) throw invalid(`The name template ${template} has a brace without its other.`)
      return { text: part }
    }
    const field = TEMPLATE_FIELDS.find((known) => known === name.trim())
    if (!field) throw invalid(`A name template has no field {${name}}.`)
    return { field }
  })
  if (!parsed.some((piece) => 'field' in piece))
    throw invalid('A name template without a field names every role alike.')
  return parsed
}

function render(pieces: readonly Piece[], account: PortalAccount, roleName: string): string {
  const values: Record<TemplateField, string> = {
    account: plain(account.accountName) || account.accountId,
    accountId: account.accountId,
    role: roleName,
    email: plain(account.emailAddress) || account.accountId,
  }
  const join = () => pieces.map((piece) => ('text' in piece ? piece.text : values[piece.field])).join('')
  // The role's own name says more at its end than an account's does: the latter is cut.
  for (const field of ['email', 'account'] as const) {
    const count = pieces.filter((piece) => 'field' in piece && piece.field === field).length
    const excess = join().length - LONGEST
    if (excess <= 0 || count === 0) continue
    values[field] = values[field].slice(0, Math.max(SHORTEST_PART, values[field].length - Math.ceil(excess / count)))
  }
  return join()
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

function invalid(message: string): HallpassError {
  return new HallpassError('input.invalid', message, {
    hint: `Use text with ${TEMPLATE_FIELDS.map((field) => `{${field}}`).join(', ')}, such as ${DEFAULT_TEMPLATE}.`,
  })
}
