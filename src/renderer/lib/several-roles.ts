/** Several roles at once: how they are named in a sentence. */
import { strings } from '../strings.ts'

/** The first names, and how many more there are. */
export function namesOf(roles: readonly { readonly name: string }[], most = 5): string {
  const names = roles.slice(0, most).map(({ name }) => name)
  if (roles.length > most) names.push(strings.bulkStart.more(roles.length - most))
  return names.join(', ')
}
