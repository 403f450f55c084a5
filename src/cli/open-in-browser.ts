/** Hands a link to the system's opener, without a shell. */
import { isBrowserOutside, openSecretly } from '#core/browsers/open-secretly.ts'
import { runOpener } from '#core/browsers/run-opener.ts'
import type { CliHost } from './host.ts'

export interface OpenOptions {
  /** Whoever has the link is let in: it is handed over, and the call ends once the browser has it. */
  readonly isSecret?: boolean
}

/** @throws `browser.unavailable` when there is no opener, it reports a failure, or no browser fetches a secret link */
export function openInBrowser(
  url: string,
  { platform, env }: Pick<CliHost, 'platform' | 'env'>,
  { isSecret = false }: OpenOptions = {},
): Promise<void> {
  const hint = `Add ${isSecret ? '--via sign-in --print' : '--print'}, and open the link yourself.`
  const open = (address: string, enough?: Promise<unknown>) =>
    runOpener([...openerFor(platform), address], env, { hint, ...(enough && { enough }) })
  return isSecret && !isBrowserOutside(env) ? openSecretly(url, open, { browser: 'The browser', hint }) : open(url)
}

function openerFor(platform: NodeJS.Platform): readonly [string, ...string[]] {
  if (platform === 'darwin') return ['open']
  // `start` belongs to cmd.exe, which would take the & of a link for its own.
  if (platform === 'win32') return ['rundll32.exe', 'url.dll,FileProtocolHandler']
  return ['xdg-open']
}
