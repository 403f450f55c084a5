// Makes a fresh machine ready: npm packages when the lock file changed and, on Debian or Ubuntu as root, the system
// packages that are missing. Elsewhere it says exactly what is missing. Runs on any Node from 18 up, without packages.
import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { delimiter, join, resolve } from 'node:path'

export const root = resolve(import.meta.dirname ?? new URL('.', import.meta.url).pathname, '..')
const stampFile = join(root, 'node_modules/.setup-stamp')

// What Linux needs, by purpose: Debian's package, and how to see that it is there.
const SYSTEM_PACKAGES = {
  keychain: [
    ['libsecret-1-0', () => hasLibrary('libsecret-1.so.0')],
    ['gnome-keyring', () => onPath('gnome-keyring-daemon')],
    ['dbus', () => onPath('dbus-run-session')],
    ['libglib2.0-bin', () => onPath('gdbus')],
  ],
  tests: [
    ['chromium', () => onPath('chromium') || onPath('google-chrome')],
    ['zsh', () => onPath('zsh')],
    ['libsecret-tools', () => onPath('secret-tool')],
    ['fish', () => onPath('fish')],
    ['awscli', () => onPath('aws') && (!isDebian() || existsSync('/usr/bin/aws'))],
  ],
}

/**
 * @param {{tests?: boolean}} [options] `tests`: also what only the tests need
 * @returns {string[]} what is missing and could not be installed
 */
export function setUp({ tests = false } = {}) {
  installNpmPackages()
  return process.platform === 'linux' ? installSystemPackages(tests) : []
}

/** PATH with the pinned Node and the project's tools in front. */
export function toolPath() {
  return `${join(root, 'node_modules/.bin')}${delimiter}${process.env.PATH}`
}

/** Runs a tool of the project and returns its exit code. */
export function run(command, args, options = {}) {
  const env = { ...process.env, PATH: toolPath(), ...options.env }
  const result = spawnSync(command, args, {
    cwd: root,
    stdio: 'inherit',
    ...options,
    env,
    shell: process.platform === 'win32',
  })
  if (result.error) console.error(`${command}: ${result.error.message}`)
  return result.status ?? 1
}

function installNpmPackages() {
  const lock = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex')
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === lock) return
  if (isInstalled()) return writeFileSync(stampFile, lock)
  console.error('setup: installing npm packages')
  if (run('npm', ['ci', '--loglevel=error']) !== 0) throw new Error('npm ci failed')
  writeFileSync(stampFile, lock)
}

/** Whether npm, run by hand, has installed what the lock file names. What is for other systems may be missing. */
function isInstalled() {
  const file = join(root, 'node_modules/.package-lock.json')
  if (!existsSync(file)) return false
  const { packages: there } = JSON.parse(readFileSync(file, 'utf8'))
  const { packages: wanted } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))
  return Object.entries(wanted).every(
    ([path, { version, optional }]) => path === '' || (there[path] ? there[path].version === version : optional),
  )
}

function installSystemPackages(tests) {
  const wanted = [...SYSTEM_PACKAGES.keychain, ...(tests ? SYSTEM_PACKAGES.tests : [])]
  const missing = () => wanted.filter(([, isThere]) => !isThere()).map(([name]) => name)
  let names = missing()
  if (names.length === 0) return []
  if (isDebian() && process.getuid?.() === 0) {
    console.error(`setup: installing ${names.join(', ')}`)
    const env = { DEBIAN_FRONTEND: 'noninteractive' }
    const quiet = { env, stdio: ['ignore', 'ignore', 'inherit'] }
    run('apt-get', ['update', '-qq'], quiet)
    run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...names], quiet)
    names = missing()
  }
  for (const name of names)
    console.error(`setup: ${name} is missing: install it with your package manager (the name is Debian's)`)
  return names
}

function isDebian() {
  return existsSync('/etc/debian_version') && onPath('apt-get')
}

export function onPath(program) {
  return (process.env.PATH ?? '').split(delimiter).some((folder) => existsSync(join(folder, program)))
}

function hasLibrary(name) {
  const found = spawnSync('ldconfig', ['-p'], {
    encoding: 'utf8',
    env: { ...process.env, PATH: `${process.env.PATH}:/sbin:/usr/sbin` },
  })
  return (found.stdout ?? '').includes(name)
}

if (process.argv[1] && resolve(process.argv[1]) === join(root, 'scripts/setup.mjs')) {
  process.exitCode = setUp({ tests: process.argv.includes('--tests') }).length > 0 ? 1 : 0
}
