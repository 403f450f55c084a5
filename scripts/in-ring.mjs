// Runs a command with the pinned Node and, on Linux, inside a private home with a private D-Bus and an unlocked
// gnome-keyring, so that tests meet a real keychain service and never the person's own.
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'

const root = resolve(import.meta.dirname, '..')
const PARTS = ['gnome-keyring-daemon', 'dbus-run-session', 'gdbus']

// The bus's own remarks, such as on a limit it may not raise, go nowhere; the command's go where they should.
// gnome-keyring may crash, and the one that D-Bus starts in its place is locked: what fails then is not the command's.
const IN_RING = `exec 2>&3 3>&-
printf test | gnome-keyring-daemon --foreground --unlock --components=secrets >/dev/null 2>"$HALLPASS_TEST_RING/said" &
keyring=$!
gdbus wait --session --timeout 20 org.freedesktop.secrets || exit
"$@"
code=$?
kill -0 $keyring 2>/dev/null && exit $code
wait $keyring
echo "note: the ring’s gnome-keyring ended (exit code $?) while this ran: $(tail -n 3 "$HALLPASS_TEST_RING/said")" >&2
exit $code`

/**
 * Runs `words` (a program in node_modules/.bin or on PATH, and its arguments) in a ring of its own.
 * `keepDisplay` lets it open windows; tests must not, or a keyring prompt could.
 * @returns {number} its exit code
 */
export function runInRing(words, { env = {}, keepDisplay = false } = {}) {
  const path = `${join(root, 'node_modules/.bin')}${delimiter}${process.env.PATH}`
  const hasRing = process.platform === 'linux' && PARTS.every(onPath)
  const base = { ...process.env, ...env, PATH: path }
  if (!hasRing) {
    if (process.platform === 'linux')
      console.error(`note: one of ${PARTS.join(', ')} is missing: keychain tests will fail`)
    return spawnSync(words[0], words.slice(1), { cwd: root, env: base, stdio: 'inherit' }).status ?? 1
  }
  const ring = mkdtempSync(join(tmpdir(), 'ring-'))
  try {
    for (const folder of ['run', 'home', 'home/.local/share/keyrings', 'home/.config', 'home/.cache'])
      mkdirSync(join(ring, folder), { recursive: true, mode: 0o700 })
    const home = join(ring, 'home')
    const ringEnv = {
      ...base,
      HOME: home,
      XDG_RUNTIME_DIR: join(ring, 'run'),
      XDG_DATA_HOME: join(home, '.local/share'),
      XDG_CONFIG_HOME: join(home, '.config'),
      XDG_CACHE_HOME: join(home, '.cache'),
      HALLPASS_TEST_RING: ring,
      // Most tests start the command in an empty state folder, where it would compile what it loads anew each time.
      NODE_COMPILE_CACHE: join(ring, 'compiled'),
    }
    const display = keepDisplay ? [] : ['DISPLAY', 'WAYLAND_DISPLAY']
    for (const name of ['DBUS_SESSION_BUS_ADDRESS', 'GNOME_KEYRING_CONTROL', ...display]) delete ringEnv[name]
    const run = spawnSync('dbus-run-session', ['--', 'sh', '-c', IN_RING, 'sh', ...words], {
      cwd: root,
      env: ringEnv,
      stdio: [0, 1, 'ignore', 2],
    })
    return run.status ?? 1
  } finally {
    rmSync(ring, { recursive: true, force: true, maxRetries: 5 })
  }
}

function onPath(program) {
  return process.env.PATH.split(delimiter).some((folder) => existsSync(join(folder, program)))
}

if (process.argv[1] === import.meta.filename) process.exit(runInRing(process.argv.slice(2)))
