/**
 * Hands a link to the system's opener, without a shell. The opener takes links as arguments only, so a sign-in link
 * shows in the process list of this user for the moment it runs.
 */
import { runOpener } from '#core/browsers/run-opener.ts'
import type { CliHost } from './host.ts'

/** @throws `browser.unavailable` when there is no opener or it reports a failure */
export function openInBrowser(url: string, { platform, env }: Pick<CliHost, 'platform' | 'env'>): Promise<void> {
  return runOpener([...openerFor(platform), url], env, { hint: 'Add --print, and open the link yourself.' })
}

function openerFor(platform: NodeJS.Platform): readonly [string, ...string[]] {
  if (platform === 'darwin') return ['open']
  // `start` belongs to cmd.exe, which would take the & of a link for its own.
  if (platform === 'win32') return ['rundll32.exe', 'url.dll,FileProtocolHandler']
  return ['xdg-open']
}
