/** Words quoted for shells, whatever they hold: each shell reads back exactly what was given. */

/** For POSIX shells, bash and zsh. */
export function quoteForShell(word: string): string {
  return `'${word.replaceAll("'", `'\\''`)}'`
}

export function quoteForFish(word: string): string {
  return `'${word.replaceAll(/[\\']/g, '\\$&')}'`
}

/** PowerShell takes typographic quotes for plain ones; each is escaped by doubling. */
export function quoteForPowershell(word: string): string {
  return `'${word.replaceAll(/['‘’‚‛]/g, '$&$&')}'`
}
