/**
 * Rings for tests that break the keychain: a script runs in a home of its own, on a bus of its own, with an unlocked
 * gnome-keyring, without one, or without a bus, and can do no harm to the ring the tests themselves run in.
 */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface RingOptions {
  /** `no-service`: a bus on which nothing is and nothing can be started. `no-bus`: no bus at all. */
  readonly kind: 'unlocked' | 'no-service' | 'no-bus'
  readonly env?: Readonly<Record<string, string>>
  /** Milliseconds after which the run is killed. */
  readonly timeoutMs?: number
}

export interface RingRun {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Whether this machine has what a ring needs. */
export const ringsWork = process.platform === 'linux'

const BARE_BUS = `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:tmpdir=/tmp</listen>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>
`

/** Runs a TypeScript file with this Node in a fresh ring and gathers what it printed. */
export async function runScriptInRing(script: string, args: readonly string[], options: RingOptions): Promise<RingRun> {
  const folder = mkdtempSync(join(tmpdir(), 'ring-'))
  const home = join(folder, 'home')
  for (const each of ['run', 'home/.local/share/keyrings', 'home/.config', 'home/.cache'])
    mkdirSync(join(folder, each), { recursive: true, mode: 0o700 })
  const { DBUS_SESSION_BUS_ADDRESS: _bus, DISPLAY: _x, WAYLAND_DISPLAY: _w, ...rest } = process.env
  const env = {
    ...rest,
    HOME: home,
    XDG_RUNTIME_DIR: join(folder, 'run'),
    XDG_DATA_HOME: join(home, '.local/share'),
    XDG_CONFIG_HOME: join(home, '.config'),
    XDG_CACHE_HOME: join(home, '.cache'),
    ...options.env,
  }
  const words = [process.execPath, script, ...args]
  const bareBus = join(folder, 'bus.conf')
  writeFileSync(bareBus, BARE_BUS)
  const unlock = 'printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>&1 && exec "$@"'
  const [program = '', ...rest2] = {
    unlocked: ['dbus-run-session', '--', 'sh', '-c', unlock, 'sh', ...words],
    'no-service': ['dbus-run-session', '--config-file', bareBus, '--', ...words],
    'no-bus': words,
  }[options.kind]
  try {
    const child = spawn(program, rest2, { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true })
    const timer = setTimeout(() => killGroup(child.pid), options.timeoutMs ?? 20_000)
    const output = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const)
      child[name].setEncoding('utf8').on('data', (text: string) => {
        output[name] += text
      })
    const code = await new Promise<number | null>((resolve, reject) => {
      child.on('error', reject)
      // `exit`, not `close`: what the bus started may hold the pipes a little longer.
      child.on('exit', (exitCode) => setImmediate(resolve, exitCode))
    })
    clearTimeout(timer)
    killGroup(child.pid)
    return { code, ...output }
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

function killGroup(pid: number | undefined): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL')
  } catch {
    // The whole group has ended.
  }
}
