/** Templates for the names of roles that a discovery finds, such as `{account}-{role}`. */
import { HallpassError } from './errors.ts'

/** What a template may have in braces. */
export const TEMPLATE_FIELDS = ['account', 'accountId', 'role', 'email'] as const
export type TemplateField = (typeof TEMPLATE_FIELDS)[number]

export const DEFAULT_TEMPLATE = '{account}-{role}'

export type TemplatePiece = { readonly text: string } | { readonly field: TemplateField }

const LONGEST = 64
/** A part that is cut keeps so many characters, or it tells nothing. */
const SHORTEST_PART = 8

/** @throws `input.invalid` for a template with other fields, or without any */
export function parseTemplate(template: string): TemplatePiece[] {
  const pieces = template.split(/(\{[^{}]*\})/).filter((part) => part !== '')
  const parsed = pieces.map((part): TemplatePiece => {
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

/** @param values what each field stands for; those of `email` and `account` are cut when the whole is too long for a name */
export function renderTemplate(
  pieces: readonly TemplatePiece[],
  values: Readonly<Record<TemplateField, string>>,
): string {
  const fitted = { ...values }
  const join = () => pieces.map((piece) => ('text' in piece ? piece.text : fitted[piece.field])).join('')
  // The role's own name says more at its end than an account's does: the latter is cut.
  for (const field of ['email', 'account'] as const) {
    const count = pieces.filter((piece) => 'field' in piece && piece.field === field).length
    const excess = join().length - LONGEST
    if (excess <= 0 || count === 0) continue
    fitted[field] = fitted[field].slice(0, Math.max(SHORTEST_PART, fitted[field].length - Math.ceil(excess / count)))
  }
  return join()
}

function invalid(message: string): HallpassError {
  return new HallpassError('input.invalid', message, {
    hint: `Use text with ${TEMPLATE_FIELDS.map((field) => `{${field}}`).join(', ')}, such as ${DEFAULT_TEMPLATE}.`,
  })
}
