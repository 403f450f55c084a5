/** The words of a query. Digits with gaps are one number: account ids are read in fours. */
export function termsOf(query: string): string[] {
  const text = query.trim()
  if (text === '') return []
  return /^[\d\s]+$/.test(text) ? [text.replaceAll(/\s/g, '')] : text.split(/\s+/)
}

/** Whether whatever has all of `after` has all of `before` as well. */
export function narrows(before: readonly string[], after: readonly string[]): boolean {
  return before.length <= after.length && before.every((term, at) => after[at]?.startsWith(term))
}
