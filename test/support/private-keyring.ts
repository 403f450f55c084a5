/** A gnome-keyring of its own on a bus of its own, unlocked, that a test may lock without harm to any other. */
import { type ChildProcess, execFile, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'

export interface PrivateKeyring {
  /** What programs need to meet this keyring and no other. */
  readonly env: Readonly<Record<string, string>>
  lock(): void
  /** How it ended by itself, and what it said last; undefined while it runs. */
  failure(): string | undefined
  /** Kills it and starts another in its place, unlocked, as a crash and a desktop that mends it would. */
  restart(): Promise<void>
  stop(): Promise<void>
}

/** Starts one whose files live below `folder`. */
export async function startPrivateKeyring(folder: string): Promise<PrivateKeyring> {
  for (const each of ['run', 'data/keyrings', 'config', 'cache'])
    mkdirSync(join(folder, each), { recursive: true, mode: 0o700 })
  const folders = {
    XDG_RUNTIME_DIR: join(folder, 'run'),
    XDG_DATA_HOME: join(folder, 'data'),
    XDG_CONFIG_HOME: join(folder, 'config'),
    XDG_CACHE_HOME: join(folder, 'cache'),
  }
  const config = join(folder, 'bus.conf')
  writeFileSync(config, busConfig())
  const bus = spawn('dbus-daemon', [`--config-file=${config}`, '--nofork', '--print-address'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  const [address] = (await once(createInterface({ input: bus.stdout }), 'line')) as [string]
  const env = { DBUS_SESSION_BUS_ADDRESS: address, ...folders }
  let daemon = await startDaemon(env)
  return {
    env,
    lock: () => lockKeyring(env),
    failure: () => daemon.failure(),
    async restart() {
      daemon.child.kill('SIGKILL')
      await once(daemon.child, 'exit')
      daemon = await startDaemon(env)
    },
    stop: async () => {
      for (const child of [daemon.child, bus]) await end(child)
    },
  }
}

/**
 * A session bus that starts no service by itself: whoever asks between a keyring's end and the next one's start would get
 * one of its choice, locked, and the next one would not come to have the name.
 */
function busConfig(): string {
  return `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:tmpdir=${tmpdir()}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
`
}

async function startDaemon(env: Readonly<Record<string, string>>) {
  const child = spawn('gnome-keyring-daemon', ['--foreground', '--unlock', '--components=secrets'], {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-2000)
  })
  child.stdin.end('test')
  await promisify(execFile)('gdbus', ['wait', '--session', '--timeout', '20', 'org.freedesktop.secrets'], {
    env: { ...process.env, ...env },
  })
  return {
    child,
    failure: () =>
      hasEnded(child) ? `gnome-keyring ended by ${child.signalCode ?? `exit ${child.exitCode}`}: ${said}` : undefined,
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

const hasEnded = (child: ChildProcess): boolean => child.exitCode !== null || child.signalCode !== null

async function end(child: ChildProcess): Promise<void> {
  if (hasEnded(child)) return
  child.kill()
  await once(child, 'exit')
}
