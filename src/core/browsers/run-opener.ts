/** Starts a browser, or the system's opener, without a shell. */
import { spawn } from 'node:child_process'
import { HallpassError } from '#shared/errors.ts'

type Env = Readonly<Record<string, string | undefined>>

/** An opener that is still running by then has become the browser, or is waiting for it. */
const SETTLED_MS = 3000

export interface OpenerOptions {
  /** What to do when it does not work. */
  readonly hint: string
  /** It is waited for no longer once this is settled. */
  readonly enough?: Promise<unknown>
}

/** @throws `browser.unavailable` when it can't be started or reports a failure */
export function runOpener(
  [program, ...words]: readonly [string, ...string[]],
  env: Env,
  { hint, enough }: OpenerOptions,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const unavailable = (cause: unknown) =>
      new HallpassError('browser.unavailable', 'No browser could be opened here.', { hint, cause })
    const opener = spawn(program, words, { stdio: 'ignore', detached: true, env: browserEnvironment(env) })
    const timer = setTimeout(resolve, SETTLED_MS)
    void enough?.then(() => {
      clearTimeout(timer)
      resolve()
    })
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
function browserEnvironment(env: Env): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !/^(?:AWS_|HALLPASS_PASSPHRASE$)/i.test(name))
  return Object.fromEntries(kept)
}
