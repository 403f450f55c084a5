/** Whatever goes wrong: a code, an exit code, nothing on standard output, and nothing changed. */
import { execFileSync } from 'node:child_process'
import { chmodSync, mkdirSync, statSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { builtCli } from './cli-support/built.ts'
import { type CliRun, runProgram } from './cli-support/run.ts'
import {
  DANA,
  PROD_ADMIN,
  SANDBOX_ADMIN,
  type Scenario,
  type ScenarioRunOptions,
  startScenario,
} from './cli-support/scenario.ts'

const NEW_KEY = ['--access-key-id', 'AKIAIOSFODNN7EXAMPLE']
const SECRET = { stdin: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n' }

const cli = builtCli()
let scenario: Scenario
/** Takes ten seconds, so it runs beside the others. */
let silentPipe: Promise<CliRun>

beforeAll(async () => {
  scenario = await startScenario(cli.entry)
  silentPipe = scenario.run(['identity', 'add', 'x', ...NEW_KEY, '--json'], { stdin: { open: true } })
  await scenario.addWork()
  await scenario.json(['role', 'add', 'sandbox', '--arn', SANDBOX_ADMIN, '--from', 'work', '--json'])
  await scenario.json(['role', 'add', 'prod', '--arn', PROD_ADMIN, '--from', 'work', '--mfa', '--json'])
  await scenario.json([
    ...['role', 'add', 'support', '--arn', 'arn:aws:iam::123456789012:role/SupportUserRole'],
    ...['--from', 'work', '--json'],
  ])
})
afterAll(async () => {
  await scenario?.end()
})

interface Failure {
  readonly words: readonly string[]
  readonly code: string
  readonly exit: number
  readonly options?: ScenarioRunOptions
  /** Part of the hint. */
  readonly hint?: string
}

describe('a failure changes nothing', () => {
  const cases: Failure[] = [
    { words: ['role', 'show', 'sandbx'], code: 'role.not-found', exit: 3, hint: 'sandbox' },
    { words: ['assume', 'sandbx'], code: 'role.not-found', exit: 3, hint: 'sandbox' },
    { words: ['identity', 'show', 'wrk'], code: 'identity.not-found', exit: 3, hint: 'work' },
    { words: ['profile', 'write', 'nothing'], code: 'role.not-found', exit: 3 },
    { words: ['profile', 'remove', 'nothing'], code: 'profile.not-found', exit: 3 },
    { words: ['session', 'end', 'sandbox'], code: 'session.not-found', exit: 3 },
    { words: ['role', 'add', 'x', '--arn', 'arn:aws:iam::1:role/X', '--from', 'work'], code: 'input.invalid', exit: 2 },
    { words: ['role', 'add', 'x', '--arn', SANDBOX_ADMIN, '--from', 'nobody'], code: 'role.not-found', exit: 3 },
    { words: ['role', 'add', 'WORK', '--arn', SANDBOX_ADMIN, '--from', 'work'], code: 'name.taken', exit: 8 },
    {
      words: ['role', 'add', 'x', '--arn', SANDBOX_ADMIN, '--from', 'work', '--duration', '13h'],
      code: 'input.invalid',
      exit: 2,
    },
    { words: ['role', 'edit', 'sandbox', '--from', 'sandbox'], code: 'chain.cycle', exit: 2 },
    { words: ['role', 'edit', 'sandbox', '--color', 'red'], code: 'input.invalid', exit: 2 },
    { words: ['identity', 'remove', 'work'], code: 'record.in-use', exit: 8 },
    { words: ['identity', 'add', 'work', ...NEW_KEY], options: SECRET, code: 'name.taken', exit: 8 },
    { words: ['identity', 'add', 'x', '--access-key-id', 'short'], options: SECRET, code: 'input.invalid', exit: 2 },
    { words: ['identity', 'add', ' ', ...NEW_KEY], options: SECRET, code: 'input.invalid', exit: 2 },
    {
      words: ['identity', 'add', 'x', ...NEW_KEY],
      options: { stdin: 'no secret at all' },
      code: 'input.invalid',
      exit: 2,
    },
    { words: ['identity', 'add', 'x', ...NEW_KEY], options: SECRET, code: 'sts.key-unknown', exit: 4 },
    { words: ['identity', 'add', 'x', ...NEW_KEY], options: { stdin: '' }, code: 'input.required', exit: 7 },
    { words: ['identity', 'add', 'x', ...NEW_KEY], code: 'input.required', exit: 7 },
    { words: ['identity', 'import-csv', '/nonexistent.csv'], code: 'file.not-found', exit: 3 },
    { words: ['assume', 'support'], code: 'sts.access-denied', exit: 4 },
    { words: ['exec', 'support', '--', 'echo', 'no'], code: 'sts.access-denied', exit: 4 },
    { words: ['credential-process', 'support'], code: 'sts.access-denied', exit: 4 },
    { words: ['assume', 'prod', '--mfa-code', '12345'], code: 'input.invalid', exit: 2 },
    { words: ['assume', 'prod', '--mfa-code', '000000'], code: 'sts.mfa-invalid', exit: 4 },
    { words: ['assume', 'prod'], code: 'mfa.required', exit: 7, hint: '--mfa-code' },
    { words: ['assume', 'prod'], options: { stdin: { open: true } }, code: 'mfa.required', exit: 7 },
    { words: ['exec', 'prod', '--', 'echo', 'no'], options: { stdin: { open: true } }, code: 'mfa.required', exit: 7 },
    {
      words: ['credential-process', 'prod'],
      options: { stdin: { open: true } },
      code: 'mfa.required',
      exit: 7,
      hint: 'hallpass assume prod',
    },
    { words: ['profile', 'write', 'sandbox', '--profile', 'other'], code: 'profile.not-owned', exit: 8 },
    { words: ['profile', 'write', 'sandbox', '--profile', 'a b'], code: 'profile.unsafe-name', exit: 2 },
    {
      words: ['assume', 'sandbox'],
      options: { env: { AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:1' } },
      code: 'network.unreachable',
      exit: 6,
    },
  ]
  it.each(cases)('$code: $words', async ({ words, code, exit, options, hint }) => {
    const before = await scenario.snapshot()
    const dashes = words.indexOf('--')
    const at = dashes < 0 ? words.length : dashes
    // Two commands print for programs alone and take no --json.
    const json = !['exec', 'credential-process'].includes(words[0] ?? '')
    const run = await scenario.run([...words.slice(0, at), ...(json ? ['--json'] : []), ...words.slice(at)], options)
    expect(run).toMatchObject({ exitCode: exit, stdout: '' })
    if (json) {
      expect(run.stderr.trimEnd().split('\n')).toHaveLength(1)
      expect(JSON.parse(run.stderr)).toMatchObject({
        error: { code, message: expect.any(String), ...(hint ? { hint: expect.stringContaining(hint) } : {}) },
      })
    } else {
      // AWS tools put what credential-process says into a message of their own: one line.
      expect(run.stderr).toMatch(words[0] === 'exec' ? /^hallpass: .+\n {2}try: .+\n$/ : /^hallpass: .+\n$/)
      expect(run.stderr).toContain(hint ?? '')
    }
    expect(await scenario.snapshot()).toEqual(before)
  })

  it('a pipe instead of a file is refused at once', async () => {
    const pipe = join(scenario.folder, 'pipe.csv')
    execFileSync('mkfifo', [pipe])
    const run = await scenario.run(['identity', 'import-csv', pipe, '--json'])
    expect(run).toMatchObject({ exitCode: 1, stdout: '' })
    expect(JSON.parse(run.stderr)).toMatchObject({ error: { code: 'file.not-a-file' } })
  })

  it('a state folder that is shared by everybody is left as it is', async () => {
    const shared = join(scenario.folder, 'shared')
    mkdirSync(shared)
    chmodSync(shared, 0o1777)
    const run = await scenario.run(['role', 'list', '--json'], { env: { HALLPASS_HOME: shared } })
    expect(run).toMatchObject({ exitCode: 1, stdout: '' })
    expect(JSON.parse(run.stderr)).toMatchObject({ error: { code: 'file.permission' } })
    expect(statSync(shared).mode & 0o7777).toBe(0o1777)
  })

  it.skipIf(process.platform !== 'linux')(
    'an output that is full is a failure, one that is closed is none',
    async () => {
      const shell = async (script: string) => {
        const words = ['-c', script, 'sh', process.execPath, cli.entry]
        return runProgram('sh', words, { env: scenario.env })
      }
      const full = await shell('"$@" role list --json >/dev/full')
      expect(full.exitCode).toBe(1)
      expect(JSON.parse(full.stderr)).toMatchObject({ error: { code: 'file.disk-full' } })
      expect((await shell('"$@" role show nothing >&-')).exitCode).toBe(3)
      expect((await shell('"$@" role show nothing 2>&-')).exitCode).toBe(3)
      expect((await shell('("$@" role list; echo $? >&2) | true')).stderr).toBe('0\n')
    },
  )

  it('a damaged store is set aside, and said so until a person has read it on a terminal', async () => {
    const home = join(scenario.folder, 'damaged')
    mkdirSync(home, { mode: 0o700 })
    await writeFile(join(home, 'hallpass.db'), 'no database')
    const env = { HALLPASS_HOME: home }
    const list = await scenario.run(['role', 'list'], { env })
    expect(list.exitCode).toBe(0)
    expect(list.stderr).toContain('The records of Hallpass were damaged.')
    expect(list.stderr).toContain(join(home, 'hallpass.db.damaged-'))
    expect((await scenario.run(['role', 'list', '--json'], { env })).stderr).toBe('')
    expect((await scenario.run(['identity', 'list'], { env })).stderr).toContain('were damaged')
  })

  it('a wrong secret for a real key', async () => {
    const before = await scenario.snapshot()
    const { accessKeyId } = scenario.account.user('deploy-bot')
    const run = await scenario.run(['identity', 'add', 'x', '--access-key-id', accessKeyId, '--json'], SECRET)
    expect(run).toMatchObject({ exitCode: 4, stdout: '' })
    expect(JSON.parse(run.stderr)).toMatchObject({ error: { code: 'sts.secret-wrong' } })
    expect(run.stderr).not.toContain(SECRET.stdin.trim())
    expect(await scenario.snapshot()).toEqual(before)
  })

  it('a file with two keys', async () => {
    const file = join(scenario.folder, 'two.csv')
    const { accessKeyId, secretAccessKey } = scenario.account.user(DANA)
    const rows = ['alice', 'bob'].map((user) => `${user},${accessKeyId},${secretAccessKey}`)
    await writeFile(file, ['User name,Access key ID,Secret access key', ...rows].join('\n'))
    const run = await scenario.run(['identity', 'import-csv', file, '--json'])
    expect(run).toMatchObject({ exitCode: 2, stdout: '' })
    expect(run.stderr).toContain('alice, bob')
    expect(run.stderr).not.toContain(secretAccessKey)
  })

  it('a silent pipe instead of a secret is given up after a while', async () => {
    const run = await silentPipe
    expect(run).toMatchObject({ exitCode: 7, stdout: '' })
    expect(JSON.parse(run.stderr)).toMatchObject({ error: { code: 'input.required' } })
  })

  it('an unreadable state folder', async () => {
    const file = join(scenario.folder, 'a-file')
    await writeFile(file, '')
    const run = await scenario.run(['role', 'list', '--json'], { env: { HALLPASS_HOME: file } })
    expect(run).toMatchObject({ exitCode: 1, stdout: '' })
    expect(JSON.parse(run.stderr)).toMatchObject({ error: { code: 'file.not-a-file' } })
  })

  it('a keychain that is not there', async () => {
    const run = await scenario.run(['assume', 'sandbox', '--json'], {
      env: { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nonexistent' },
    })
    expect(run).toMatchObject({ exitCode: 5, stdout: '' })
  })
})
