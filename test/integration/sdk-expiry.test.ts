/**
 * Fifty calls with each AWS tool across the expiry of every session it can have, through a profile and through the
 * endpoint of `exec --serve`. The practice account issues short sessions, and half-way each tool waits that long.
 */
import { execFileSync } from 'node:child_process'
import { resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { awsClis } from '../support/aws-clis.ts'
import { builtCli } from './cli-support/built.ts'
import { runProgram } from './cli-support/run.ts'
import { SANDBOX_ADMIN, type Scenario, startScenario } from './cli-support/scenario.ts'

const CALLS = 50
/** Of a CLI through the endpoint: each call is a process of its own, and asks anew as the one before did. */
const FEWER_CALLS = 10
/** Long enough that a tool of a busy machine uses what it was given before it ends: the last quarter is not given out. */
const LIFETIME_SECONDS = 48
const LIMIT_MS = 400_000

const script = (name: string) => resolve(import.meta.dirname, '../support/sdk-calls', name)

function pythonHas(module: string): boolean {
  try {
    execFileSync('python3', ['-c', `import ${module}`], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** What runs each tool; the tools of a machine without Python or an AWS CLI are fewer. */
const TOOLS = new Map<string, readonly string[]>([
  ['JS SDK', [process.execPath, script('calls.mjs')]],
  ...awsClis().map(({ program, version }) => [version, ['sh', script('calls.sh'), program]] as const),
  ...(pythonHas('boto3') ? [['boto3', ['python3', script('calls.py')]] as const] : []),
])

const cli = builtCli()
let scenario: Scenario

beforeAll(async () => {
  scenario = await startScenario(cli.entry)
  await scenario.addWork()
  const options = ['--arn', SANDBOX_ADMIN, '--from', 'work', '--region', 'eu-west-1']
  await scenario.json(['role', 'add', 'sandbox', ...options, '--json'])
  await scenario.json(['profile', 'write', 'sandbox', '--json'])
  scenario.account.control.apply({ shortenTo: LIFETIME_SECONDS, clearCalls: true })
})
afterAll(async () => {
  await scenario.end()
})

/** What the environment of the tests may say of AWS is not to be told the tools. */
function environment(calls: number): Record<string, string | undefined> {
  const inherited = Object.keys(scenario.env).filter((name) => name.startsWith('AWS_'))
  const { AWS_CONFIG_FILE, AWS_SHARED_CREDENTIALS_FILE } = scenario.env
  return {
    ...scenario.env,
    ...Object.fromEntries(inherited.map((name) => [name, undefined])),
    ...scenario.account.describe().environment,
    AWS_CONFIG_FILE,
    AWS_SHARED_CREDENTIALS_FILE,
    AWS_EC2_METADATA_DISABLED: 'true',
    CALLS: String(calls),
    CALLS_PAUSE: String(LIFETIME_SECONDS),
  }
}

const WAYS = {
  'a profile': (words: readonly string[], calls: number) =>
    runProgram(words[0] ?? '', words.slice(1), {
      env: { ...environment(calls), AWS_PROFILE: 'sandbox' },
      limitMs: LIMIT_MS,
    }),
  'exec --serve': (words: readonly string[], calls: number) =>
    runProgram(process.execPath, [cli.entry, 'exec', 'sandbox', '--serve', '--', ...words], {
      env: environment(calls),
      limitMs: LIMIT_MS,
    }),
}

/** On a busy machine the JS SDK remarks, with the word error in it, that a request took its second: no call failed. */
const SLOW_REQUEST = /^@smithy\/node-http-handler - \[WARN\] a request has exceeded .*\n/gm

/** Calls that were to reach AWS so far. */
let expected = 0

test('the tools', (context) => {
  const missing = [awsClis().length === 0 ? 'an AWS CLI' : [], pythonHas('boto3') ? [] : 'boto3'].flat()
  if (missing.length > 0) context.skip(`not installed here: ${missing.join(', ')}`)
  expect(TOOLS.size).toBeGreaterThanOrEqual(3)
})

describe.concurrent.each(Object.entries(WAYS))('through %s', (way, run) => {
  test.each([...TOOLS])(
    '%s',
    async (name, words) => {
      const calls = way === 'exec --serve' && name.startsWith('aws-cli') ? FEWER_CALLS : CALLS
      expected += calls
      const { exitCode, stdout, stderr } = await run(words, calls)
      const said = stderr.replace(SLOW_REQUEST, '')
      expect({ exitCode, said }).toEqual({ exitCode: 0, said: expect.not.stringMatching(/error|hallpass/i) })
      const arns = stdout.trim().split('\n')
      expect(arns).toHaveLength(calls)
      expect(new Set(arns)).toEqual(
        new Set(['arn:aws:sts::345678901234:assumed-role/PlatformAdmin/hallpass-dana.whitfield']),
      )
    },
    LIMIT_MS,
  )
})

// After all of the above.
test('AWS refused nothing, and what expired was renewed', () => {
  const calls = scenario.account.calls()
  expect(calls.filter(({ errorCode }) => errorCode !== null)).toEqual([])
  const used = calls.filter(({ action }) => action === 'GetCallerIdentity')
  expect(used).toHaveLength(expected)
  expect(new Set(used.map(({ accessKeyId }) => accessKeyId)).size).toBeGreaterThanOrEqual(2)
})
