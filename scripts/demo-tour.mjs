// The tour itself: every step is a command a person could type, shown before it runs.
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { root } from './setup.mjs'

const command = join(root, 'out/cli/hallpass.cjs')
const home = mkdtempSync(join(tmpdir(), 'hallpass-demo-'))
const env = {
  ...process.env,
  HALLPASS_HOME: join(home, 'state'),
  AWS_CONFIG_FILE: join(home, 'aws', 'config'),
  AWS_SHARED_CREDENTIALS_FILE: join(home, 'aws', 'credentials'),
}
for (const name of Object.keys(env)) if (/^AWS_(?!CONFIG_FILE|SHARED_CREDENTIALS_FILE)/.test(name)) delete env[name]

// What it says to people who start it themselves is left out; what it dies of is not.
const practice = spawn(process.execPath, [command, 'practice'], { env, stdio: ['ignore', 'pipe', 'pipe'] })
let practiceSaid = ''
practice.stderr.on('data', (chunk) => {
  practiceSaid += chunk
})
try {
  const account = await describePractice()
  env.AWS_ENDPOINT_URL = account.endpoint
  await tour(account)
  console.log('\nThat is the main job. Everything it made is gone again; npm start opens the app on your own state.')
} catch (error) {
  console.error(`demo: ${error.message}`)
  process.exitCode = 1
} finally {
  spawnSync(process.execPath, [command, 'role', 'remove', 'readonly'], { env })
  spawnSync(process.execPath, [command, 'identity', 'remove', 'dana'], { env })
  practice.kill('SIGTERM')
  rmSync(home, { recursive: true, force: true, maxRetries: 5 })
}

async function tour(account) {
  const user = account.users.find(({ name }) => name === 'dana.whitfield')
  const role = account.roles.find(({ arn }) => arn.endsWith('/ReadOnly'))
  say('A long-term key goes into the system keychain, checked with AWS first')
  hallpass(['identity', 'add', 'dana', '--access-key-id', user.accessKeyId], user.secretAccessKey)
  say('A role that can be assumed with it')
  hallpass([
    'role',
    'add',
    'readonly',
    '--arn',
    role.arn,
    '--from',
    'dana',
    '--region',
    'eu-west-1',
    '--environment',
    'prod',
  ])
  say('One command assumes it')
  hallpass(['assume', 'readonly', '--format', 'json'], undefined, redactSession)
  say('A profile: nothing secret in it, the AWS CLI asks Hallpass')
  hallpass(['profile', 'write', 'readonly', '--profile', 'acme-ro'])
  callThroughProfile()
  say('The console, two ways')
  hallpass(['switch-link', 'readonly'])
  hallpass(['console', 'readonly', '--via', 'sign-in', '--print'], undefined, (url) =>
    url.replace(/(SigninToken=).*/, '$1…'),
  )
  hallpass(['role', 'list'])
  await openApp()
}

function callThroughProfile() {
  const clis = ['aws', '/usr/bin/aws'].filter((program) => spawnSync(program, ['--version']).status === 0)
  if (clis.length === 0) {
    say('No AWS CLI here: with one, this would be next')
    console.log('  aws sts get-caller-identity --profile acme-ro')
    return
  }
  say('The AWS CLI uses the profile like any other')
  const args = ['sts', 'get-caller-identity', '--profile', 'acme-ro', '--endpoint-url', env.AWS_ENDPOINT_URL]
  show('aws', args.slice(0, 4), spawnSync(clis[0], args, { env, encoding: 'utf8' }))
}

async function openApp() {
  const hasDisplay = process.platform !== 'linux' || process.env.DISPLAY || process.env.WAYLAND_DISPLAY
  if (!hasDisplay) {
    say('No display here: with one, the app would open now')
    return
  }
  if (process.platform === 'linux' && !existsSync(join(root, 'node_modules/electron/path.txt')))
    console.log('Electron fetches its binary on the first start; that can take a minute.')
  say('The app, on the same state. Close its window to end the demo')
  const app = spawn(join(root, 'node_modules/.bin/electron'), ['.'], {
    cwd: root,
    env,
    stdio: 'inherit',
    shell: process.platform === 'win32',
  })
  await new Promise((done) => app.once('exit', done))
}

function hallpass(args, stdin, shorten = (text) => text) {
  const result = spawnSync(process.execPath, [command, ...args], { env, input: stdin ?? '', encoding: 'utf8' })
  show('hallpass', args, { ...result, stdout: shorten(result.stdout) })
}

function show(program, args, result) {
  console.log(`  $ ${program} ${args.join(' ')}`)
  for (const line of `${result.stdout}${result.stderr}`.trimEnd().split('\n')) console.log(`    ${line}`)
  if (result.status !== 0) throw new Error(`${program} ${args[0]} ended with ${result.status}`)
}

function redactSession(json) {
  return json.replace(/("(?:SecretAccessKey|SessionToken)":\s*")[^"]+/g, '$1…')
}

function say(text) {
  console.log(`\n${text}`)
}

async function describePractice() {
  let text = ''
  for await (const line of createInterface({ input: practice.stdout })) {
    text += line
    try {
      return JSON.parse(text)
    } catch {
      // the description spans several lines: go on reading
    }
  }
  throw new Error(`the practice account did not start\n${practiceSaid}`)
}
