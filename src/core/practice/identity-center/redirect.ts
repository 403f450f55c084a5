/** Redirect URIs of native apps: on the loopback interface, registered without the port they come back to (aws-facts E.3). */

const LOOPBACK = ['127.0.0.1', 'localhost', '[::1]']

/** `http` to this machine, with neither user nor fragment. */
export function isLoopbackUrl(text: string): boolean {
  if (!URL.canParse(text)) return false
  const { protocol, hostname, username, password, hash } = new URL(text)
  return protocol === 'http:' && LOOPBACK.includes(hostname) && username + password + hash === ''
}

/** Whether a loopback URI is the registered one, whatever its port. */
export function sameRedirect(registered: string, given: string): boolean {
  return isLoopbackUrl(registered) && isLoopbackUrl(given) && withoutPort(registered) === withoutPort(given)
}

/** `undefined` ones are left out. */
export type RedirectParameters = Readonly<Record<string, string | undefined>>

/** The URI with parameters added. */
export function redirectTo(uri: string, parameters: RedirectParameters): string {
  const url = new URL(uri)
  for (const [name, value] of Object.entries(parameters)) if (value !== undefined) url.searchParams.set(name, value)
  return url.href
}

function withoutPort(text: string): string {
  const url = new URL(text)
  url.port = ''
  return url.href
}
