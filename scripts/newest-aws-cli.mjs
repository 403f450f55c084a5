// Fetches an AWS CLI that is newer than the one of this Debian: apt, with a configuration of its own, resolves and checks the
// packages of another suite; they are unpacked into a cache folder and run from there, by their own loader and libraries.
// Nothing of the machine changes, and nobody needs to be root.
import { spawnSync } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { runInRing } from './in-ring.mjs'
import { onPath, root, setUp } from './setup.mjs'

/** Of the suites of Debian, trixie has 2.23 for good, and sid what is newest today (decision 33). */
const NEWEST = 'sid'
/** What is tried with it. */
const TESTS = ['aws-cli-newest', 'aws-cli-login', 'cli-sso-share', 'practice-identity-center-botocore']

const KEYRING = '/usr/share/keyrings/debian-archive-keyring.gpg'
/** Milliseconds for one of apt's two runs: a mirror that is that slow is none. */
const LIMIT_MS = 90_000

/**
 * Fetches it, unless it lies there already.
 * @param {string} suite a Debian suite
 * @param {{renew?: boolean}} [options] `renew`: also when one lies there, which stays if there is none to be had
 * @returns {{program?: string, why?: string}} the program; why there is none, or none that is newer
 */
export function fetchAwsCli(suite, { renew = false } = {}) {
  const folder = join(root, 'node_modules/.cache/aws-cli', suite)
  const program = join(folder, 'aws')
  if (existsSync(program) && !renew) return { program }
  const fresh = `${folder}.${process.pid}`
  try {
    const mirror = debianMirror()
    mkdirSync(join(fresh, 'tree'), { recursive: true })
    download(join(fresh, 'apt'), mirror, suite)
    unpack(fresh)
    rmSync(folder, { recursive: true, force: true })
    renameSync(fresh, folder)
    return { program }
  } catch (error) {
    return { why: error.message, ...(existsSync(program) ? { program } : {}) }
  } finally {
    rmSync(fresh, { recursive: true, force: true })
  }
}

/** Where this machine's own Debian comes from. */
function debianMirror() {
  const release = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : ''
  const field = (name) => new RegExp(`^${name}="?([^"\\n]*)`, 'm').exec(release)?.[1]
  if (field('ID') !== 'debian' || !onPath('apt-get') || !existsSync(KEYRING)) throw new Error('this is no Debian')
  const format = '$(REPO_URI) $(RELEASE) $(COMPONENT)'
  const targets = spawnSync('apt-get', ['indextargets', '--format', format, 'Created-By: Packages'], {
    encoding: 'utf8',
  })
  const own = (targets.stdout ?? '').split('\n').map((line) => line.split(' '))
  const [uri] = own.find(([, name, component]) => name === field('VERSION_CODENAME') && component === 'main') ?? []
  if (!uri) throw new Error('apt knows no mirror of this Debian')
  return uri
}

/** The packages and all they need, as on a machine that has none. Apt checks the archive’s signature. */
function download(apt, mirror, suite) {
  for (const each of ['etc/sources.list.d', 'etc/preferences.d', 'state/lists/partial', 'cache/archives/partial'])
    mkdirSync(join(apt, each), { recursive: true })
  writeFileSync(join(apt, 'status'), '')
  const source = { Types: 'deb', URIs: mirror, Suites: suite, Components: 'main', 'Signed-By': KEYRING }
  const lines = Object.entries(source).map(([name, value]) => `${name}: ${value}\n`)
  writeFileSync(join(apt, 'etc/sources.list.d/debian.sources'), lines.join(''))
  const settings = {
    'Dir::Etc': join(apt, 'etc'),
    'Dir::State': join(apt, 'state'),
    'Dir::State::status': join(apt, 'status'),
    'Dir::Cache': join(apt, 'cache'),
    'APT::Sandbox::User': 'root',
    'Debug::NoLocking': 'true',
    'Acquire::Languages': 'none',
    'Acquire::Retries': '1',
    'Acquire::http::Timeout': '10',
  }
  const options = Object.entries(settings).flatMap(([name, value]) => ['-o', `${name}=${value}`])
  must('apt-get', [...options, '-qq', 'update', '--error-on=any'])
  must('apt-get', [...options, '-qq', '-y', '--no-install-recommends', '--download-only', 'install', 'awscli'])
}

/** Unpacks them and puts a program in front that finds everything beside itself. */
function unpack(folder) {
  const archives = join(folder, 'apt/cache/archives')
  for (const name of readdirSync(archives).filter((each) => each.endsWith('.deb')))
    must('dpkg-deb', ['-x', join(archives, name), join(folder, 'tree')])
  rmSync(join(folder, 'apt'), { recursive: true })
  const libraries = find(folder, 'tree/usr/lib', /^[^.]+-linux-[^.]+$/)
  const loader = ['tree/usr/lib64', 'tree/usr/lib', libraries]
    .filter((each) => existsSync(join(folder, each)))
    .flatMap((each) => readdirSync(join(folder, each)).map((name) => join(each, name)))
    .find((path) => /\/ld-linux[^/]*\.so\.\d$/.test(path))
  if (!loader) throw new Error('the packages have no loader')
  const python = find(folder, 'tree/usr/bin', /^python3\.\d+$/)
  // The name of Python is where it looks for its modules; a variable would reach what the CLI starts as well.
  const script = `#!/bin/sh
here=\${0%/*}
exec "$here/${loader}" --argv0 "$here/${python}" --library-path "$here/${libraries}" \\
  "$here/${python}" -I "$here/tree/usr/bin/aws" "$@"
`
  const program = join(folder, 'aws')
  writeFileSync(program, script)
  chmodSync(program, 0o755)
  must(program, ['--version'])
}

function find(folder, below, pattern) {
  const name = readdirSync(join(folder, below)).find((each) => pattern.test(each))
  if (!name) throw new Error(`the packages have no ${pattern} in ${below}`)
  return join(below, name)
}

function must(command, args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', LC_ALL: 'C' }
  const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8', env, timeout: LIMIT_MS })
  if (status === 0) return
  const said = (stderr ?? '').trim().split('\n').at(-1)
  throw new Error(`${command.split('/').at(-1)} failed: ${error?.message || said || `exit ${status}`}`)
}

/** Runs what is tried with the newest. @returns {number} an exit code */
function test() {
  setUp({ tests: true })
  const { program, why } = fetchAwsCli(NEWEST, { renew: true })
  if (why) console.error(`the AWS CLI of ${NEWEST} can't be had: ${why}`)
  if (!program) return 1
  const files = TESTS.map((name) => `test/integration/${name}.test.ts`)
  return runInRing(['vitest', 'run', ...files], { env: { HALLPASS_TEST_AWS_CLI: program } })
}

/** Prints where it is, or why it is not. @returns {number} an exit code */
function print(suite) {
  const { program, why } = fetchAwsCli(suite)
  if (program) console.log(program)
  else console.error(why)
  return program ? 0 : 1
}

if (process.argv[1] === import.meta.filename) {
  const [suite] = process.argv.slice(2)
  process.exitCode = suite === undefined ? test() : print(suite)
}
