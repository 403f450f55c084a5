/** Which URLs the app hands to the system's browser: AWS consoles, sign-in pages and Identity Center, nothing else. */
import { PARTITIONS } from '#shared/partitions.ts'

/** Hosts that may be opened themselves or as the parent of any subdomain. */
const ALLOWED_HOSTS: readonly string[] = [
  ...PARTITIONS.flatMap(({ consoleHost, signInHost }) => (consoleHost ? [consoleHost, bareHost(signInHost)] : [])),
  // Identity Center: start pages, the device page and the authorization pages.
  'awsapps.com',
  'awsapps.cn',
  'app.aws',
]
const IDENTITY_CENTER_HOST =
  /^(device\.sso|oidc)\.[a-z]{2,5}-[a-z0-9-]+-\d\.(amazonaws\.com|amazonaws\.com\.cn|amazonaws\.eu|api\.aws)$/

/**
 * True when `url` may leave the app. `practiceOrigin` is the origin of a configured endpoint override and counts
 * only on the loopback interface.
 */
export function isAllowedExternalUrl(url: string, practiceOrigin: string | null = null): boolean {
  let parsed: URL
  try {
    parsed = new URL(url)
  } catch {
    return false
  }
  if (parsed.username || parsed.password) return false
  if (practiceOrigin && parsed.origin === practiceOrigin)
    return ['127.0.0.1', 'localhost', '[::1]'].includes(parsed.hostname)
  if (parsed.protocol !== 'https:' || parsed.port !== '') return false
  const host = parsed.hostname
  return (
    ALLOWED_HOSTS.some((allowed) => host === allowed || host.endsWith(`.${allowed}`)) || IDENTITY_CENTER_HOST.test(host)
  )
}

/** Sign-in hosts appear with and without a region in front. */
function bareHost(signInHost: string): string {
  return signInHost.slice(signInHost.indexOf('signin.'))
}
