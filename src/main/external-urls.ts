/** Which URLs the app hands to the system's browser: AWS consoles, sign-in pages and Identity Center, nothing else. */
import { isLoopbackHost } from '#shared/loopback.ts'
import { PARTITIONS } from '#shared/partitions.ts'
import { regionOfPortal } from '#shared/portal-hosts.ts'

/** Hosts of consoles and sign-in pages, which may be opened themselves or as the parent of any subdomain. */
const CONSOLE_HOSTS: readonly string[] = PARTITIONS.flatMap(({ consoleHost, signInHost }) =>
  consoleHost ? [consoleHost, bareHost(signInHost)] : [],
)

const REGION = '[a-z]{2,5}-[a-z0-9-]+-\\d'
const SUFFIX = '(?:amazonaws\\.com|amazonaws\\.com\\.cn|amazonaws\\.eu|api\\.aws)'
/** Identity Center's pages for people, each on its hosts alone (facts E.3): signing in, and confirming a device's code. */
const CENTER_PAGES: readonly { readonly host: RegExp; readonly path: RegExp }[] = [
  { host: new RegExp(`^oidc\\.${REGION}\\.${SUFFIX}$`), path: /^\/authorize$/ },
  { host: new RegExp(`^device\\.sso\\.${REGION}\\.${SUFFIX}$`), path: /^\/$/ },
  { host: /^[a-z0-9-]+\.awsapps\.(?:com|cn)$/, path: /^\/start(?:\/|$)/ },
  // Of GovCloud and China.
  { host: /^start\.(?:[a-z0-9-]+\.)?[a-z-]*home\.awsapps\.(?:com|cn)$/, path: /^\/directory\/[\w-]+(?:\/|$)/ },
]

/**
 * True when `url` may leave the app. `practiceOrigins` are the origins of configured endpoint overrides and count only on
 * the loopback interface.
 */
export function isAllowedExternalUrl(url: string, practiceOrigins: readonly string[] = []): boolean {
  let parsed: URL
  try {
    parsed = new URL(url)
  } catch {
    return false
  }
  if (parsed.username || parsed.password) return false
  if (practiceOrigins.includes(parsed.origin)) return isLoopbackHost(parsed.hostname)
  if (parsed.protocol !== 'https:' || parsed.port !== '') return false
  const { hostname, pathname } = parsed
  return (
    CONSOLE_HOSTS.some((allowed) => hostname === allowed || hostname.endsWith(`.${allowed}`)) ||
    CENTER_PAGES.some(({ host, path }) => host.test(hostname) && path.test(pathname)) ||
    (regionOfPortal(hostname) !== undefined && /^\/(?:start(?:\/|$)|$)/.test(pathname))
  )
}

/** Sign-in hosts appear with and without a region in front. */
function bareHost(signInHost: string): string {
  return signInHost.slice(signInHost.indexOf('signin.'))
}
