/** A gnome-keyring of its own on a bus of its own, unlocked, that a test may lock without harm to any other. */
import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'

export interface PrivateKeyring {
  /** What programs need to meet this keyring and no other. */
  readonly env: Readonly<Record<string, string>>
  lock(): void
  stop(): Promise<void>
}

/** Starts one whose files live below `folder`. */
export async function startPrivateKeyring(folder: string): Promise<PrivateKeyring> {
  for (const each of ['run', 'data/keyrings', 'config', 'cache'])
    mkdirSync(join(folder, each), { recursive: true, mode: 0o700 })
  const bus = spawn('dbus-daemon', ['--session', '--nofork', '--print-address'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [address] = (await once(createInterface({ input: bus.stdout }), 'line')) as [string]
  const env = {
    DBUS_SESSION_BUS_ADDRESS: address,
    XDG_RUNTIME_DIR: join(folder, 'run'),
    XDG_DATA_HOME: join(folder, 'data'),
    XDG_CONFIG_HOME: join(folder, 'config'),
    XDG_CACHE_HOME: join(folder, 'cache'),
  }
  const daemon = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  daemon.stdin.end('test')
  await promisify(execFile)('gdbus', ['wait', '--session', '--timeout', '20', 'org.freedesktop.secrets'], {
    env: { ...process.env, ...env },
  })
  return {
    env,
    lock: () => lockKeyring(env),
    stop: async () => {
      for (const child of [daemon, bus]) await end(child)
    },
  }
}

/** Locks the default collection of the keyring that `env`, or else this process, is connected to. */
export function lockKeyring(env: Readonly<Record<string, string>> = {}): void {
  const service = 'org.freedesktop.Secret.Service'
  const path = '/org/freedesktop/secrets'
  const call = (method: string, argument: string) =>
    execFileSync(
      'gdbus',
      ['call', '--session', '--dest', 'org.freedesktop.secrets', '--object-path', path, '--method', method, argument],
      { encoding: 'utf8', env: { ...process.env, ...env } },
    )
  const collection = /'([^']+)'/.exec(call(`${service}.ReadAlias`, 'default'))?.[1]
  call(`${service}.Lock`, `['${collection}']`)
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  child.kill()
  await once(child, 'exit')
}
