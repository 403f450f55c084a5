/**
 * Hands a link to the system's opener, without a shell. The opener takes links as arguments only, so a sign-in link
 * shows in the process list of this user for the moment it runs.
 */
import { spawn } from 'node:child_process'
import { HallpassError } from '#shared/errors.ts'
import type { CliHost } from './host.ts'

/** An opener that is still running by then has become the browser, or is waiting for it. */
const SETTLED_MS = 3000

/** @throws `browser.unavailable` when there is no opener or it reports a failure */
export function openInBrowser(url: string, { platform, env }: Pick<CliHost, 'platform' | 'env'>): Promise<void> {
  const [program, ...words] = openerFor(platform)
  return new Promise((resolve, reject) => {
    const unavailable = (cause: unknown) =>
      new HallpassError('browser.unavailable', 'No browser could be opened here.', {
        hint: 'Add --print, and open the link yourself.',
        cause,
      })
    const opener = spawn(program, [...words, url], { stdio: 'ignore', detached: true, env: browserEnvironment(env) })
    const timer = setTimeout(resolve, SETTLED_MS)
    opener.once('error', (error) => {
      clearTimeout(timer)
      reject(unavailable(error))
    })
    opener.once('exit', (code, signal) => {
      clearTimeout(timer)
      if (code === 0) resolve()
      else reject(unavailable(new Error(`${program} ended with ${code ?? signal}`)))
    })
    opener.unref()
  })
}

/** A browser lives for days and has no use for credentials that `hallpass exec` may have put here. */
function browserEnvironment(env: CliHost['env']): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !/^(?:AWS_|HALLPASS_PASSPHRASE$)/i.test(name))
  return Object.fromEntries(kept)
}

function openerFor(platform: NodeJS.Platform): readonly [string, ...string[]] {
  if (platform === 'darwin') return ['open']
  // `start` belongs to cmd.exe, which would take the & of a link for its own.
  if (platform === 'win32') return ['rundll32.exe', 'url.dll,FileProtocolHandler']
  return ['xdg-open']
}
