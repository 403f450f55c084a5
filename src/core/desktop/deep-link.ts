/**
 * Links from outside: `hallpass://role/NAME` and `hallpass://console/NAME?via=switch-role|sign-in`. Any web page can
 * send one, so they are read strictly, name things only, and what is wrong with one is said without repeating it.
 */
import { HallpassError } from '#shared/errors.ts'
import { nameField } from '#shared/fields.ts'
import type { DeepLink } from '#shared/ipc.ts'

export const LINK_SCHEME = 'hallpass'

/** A name of 64 characters, each percent-encoded, fits well. */
const LONGEST = 320
const SHAPES = [
  /^hallpass:\/\/(?<kind>role)\/(?<name>[^/?#]+)$/,
  /^hallpass:\/\/(?<kind>console)\/(?<name>[^/?#]+)(?:\?via=(?<via>switch-role|sign-in))?$/,
] as const

/** @throws `link.invalid` */
export function parseDeepLink(text: string): DeepLink {
  if (text.length > LONGEST) throw refusal('it is too long')
  if (!/^[\x21-\x7e]*$/.test(text)) throw refusal('it has characters that no link has')
  const parts = SHAPES.map((shape) => shape.exec(text)?.groups).find((groups) => groups !== undefined)
  if (!parts) throw refusal('it is none that Hallpass knows')
  const name = decodeName(parts.name ?? '')
  if (parts.kind === 'role') return { kind: 'role', name }
  return { kind: 'console', name, via: parts.via === 'sign-in' ? 'sign-in' : 'switch-role' }
}

function decodeName(encoded: string): string {
  let name: string
  try {
    name = decodeURIComponent(encoded)
  } catch {
    throw refusal('the name in it is not readable')
  }
  if (!nameField.safeParse(name).success) throw refusal('what it names can’t be the name of a role')
  return name
}

/**
 * The link among the arguments a process was started with; `undefined` when there is none.
 * @throws `link.invalid` when there are several: then it is not clear which one the person meant
 */
export function linkInArguments(argv: readonly string[]): string | undefined {
  const [link, ...more] = argv.slice(1).filter((argument) => /^hallpass:/i.test(argument))
  if (more.length > 0) throw refusal('there are several at once')
  return link
}

function refusal(why: string): HallpassError {
  return new HallpassError('link.invalid', `Hallpass can’t follow this link: ${why}.`, {
    hint: 'Nothing was done. Look for the role in the list instead.',
  })
}
