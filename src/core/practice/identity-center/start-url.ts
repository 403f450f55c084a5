/** Start URLs are the same whether they end in a slash, in `#` or in `#/`. */
export function sameStartUrl(a: string, b: string): boolean {
  return bare(a) === bare(b)
}

function bare(url: string): string {
  return url
    .trim()
    .replace(/\/?(?:#\/?)?$/, '')
    .toLowerCase()
}
