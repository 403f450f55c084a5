/** Which environment a role belongs to, by what its account is called. */
import type { Environment } from '#shared/fields.ts'

/** The first rule that fits decides. */
export interface EnvironmentRule {
  /**
   * `*` stands for any text, `?` for one character, capitals make no difference. Compared with the account's name; with
   * a `/` in it, with `account/role`.
   */
  readonly pattern: string
  readonly environment: Environment
}

/** @returns null when no rule fits */
export function environmentByRules(
  { accountName, roleName }: { readonly accountName: string; readonly roleName: string },
  given: readonly EnvironmentRule[],
): Environment | null {
  const fits = ({ pattern }: EnvironmentRule) =>
    matchesGlob(pattern, pattern.includes('/') ? `${accountName}/${roleName}` : accountName)
  return given.find(fits)?.environment ?? null
}

/**
 * Whether the whole of `text` is as `pattern` says. It takes at most the product of both lengths: nobody's pattern can
 * hold up the program, as one turned into a regular expression could.
 */
export function matchesGlob(pattern: string, text: string): boolean {
  const [want, have] = [[...pattern.toLowerCase()], [...text.toLowerCase()]]
  let [at, star, resume] = [0, -1, 0]
  for (let index = 0; index < have.length; ) {
    if (want[at] === '*') {
      star = at++
      resume = index
    } else if (at < want.length && (want[at] === '?' || want[at] === have[index])) {
      at++
      index++
    } else if (star >= 0) {
      at = star + 1
      index = ++resume
    } else return false
  }
  return want.slice(at).every((character) => character === '*')
}
