/** Questions to the Linux session bus, put through `gdbus` (part of GLib's tools). Each is over within seconds. */

const TIMEOUT_SECONDS = 3

/** There is no `gdbus` to ask through. */
export class GdbusMissing extends Error {}

/** Whoever was asked did not answer in time. */
export class BusTimeout extends Error {}

/**
 * Calls a method.
 * @returns what `gdbus` prints of the answer
 * @throws GdbusMissing, BusTimeout, or an Error with what the bus said
 */
export async function askBus(destination: string, path: string, method: string, ...args: string[]): Promise<string> {
  // Loaded when there is something to ask: the module brings the whole of Node's networking, and a healthy keyring
  // answers without.
  const { execFile } = await import('node:child_process')
  const words = ['call', '--session', '--timeout', String(TIMEOUT_SECONDS), '--dest', destination]
  return new Promise((resolve, reject) => {
    execFile(
      'gdbus',
      [...words, '--object-path', path, '--method', method, ...args],
      { timeout: TIMEOUT_SECONDS * 1000 + 500, killSignal: 'SIGKILL', env: { ...process.env, LC_ALL: 'C' } },
      (error, stdout, stderr) => {
        if (!error) resolve(stdout)
        else if (error.code === 'ENOENT') reject(new GdbusMissing())
        else if (error.killed || /timeout was reached/i.test(stderr)) reject(new BusTimeout())
        else reject(new Error(stderr.trim() || error.message))
      },
    )
  })
}
