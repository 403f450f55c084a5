/**
 * Chromium itself knows no `app:` scheme: `app://bundle/x` is loaded as `https://bundle.app.standin/x`, and answered by
 * the app's protocol handler before any network is asked. Main sees the first form, the page and Playwright the second.
 */

const SUFFIX = '.standin'

/** `app://bundle/x` → `https://bundle.app.standin/x`; other URLs stay. */
export function toPageUrl(url: string, schemes: ReadonlySet<string>): string {
  const [, scheme, host, rest] = /^([\w-]+):\/\/([^/?#]*)(.*)$/s.exec(url) ?? []
  return scheme && schemes.has(scheme) ? `https://${host}.${scheme}${SUFFIX}${rest}` : url
}

/** `https://bundle.app.standin/x` → `app://bundle/x`; other URLs stay. */
export function fromPageUrl(url: string): string {
  return url.replace(/^https:\/\/([^/?#]*)\.([\w-]+)\.standin(?=[/?#]|$)/, '$2://$1')
}

/** As a request for it shows up: `app://bundle#top` → `app://bundle/`. */
export function toRequestedUrl(url: string, schemes: ReadonlySet<string>): string {
  return withoutFragment(fromPageUrl(new URL(toPageUrl(url, schemes)).href))
}

export function withoutFragment(url: string): string {
  return url.replace(/#.*$/s, '')
}
