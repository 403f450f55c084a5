/** The main job through the built command: a key in the real keychain, roles, sessions, profiles and links. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { delimiter, dirname, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { stateFolder } from '#core/state-folder.ts'
import { accessKeyIdentitySchema, mfaSourceSchema } from '#shared/identities.ts'
import { ownedProfileSchema } from '#shared/profiles.ts'
import { roleSummarySchema } from '#shared/role-list.ts'
import { roleSchema } from '#shared/roles.ts'
import { sessionSummarySchema } from '#shared/sessions.ts'
import { builtCli } from './cli-support/built.ts'
import { runCli } from './cli-support/run.ts'
import { DANA, PROD_READ_ONLY, SANDBOX_ADMIN, type Scenario, startScenario } from './cli-support/scenario.ts'

const cli = builtCli()
let scenario: Scenario

beforeAll(async () => {
  scenario = await startScenario(cli.entry)
  await scenario.addWork()
  await scenario.json([
    'role',
    'add',
    'sandbox',
    '--arn',
    SANDBOX_ADMIN,
    '--from',
    'work',
    '--region',
    'eu-west-1',
    '--json',
  ])
  await scenario.json(['role', 'add', 'reader', '--arn', PROD_READ_ONLY, '--from', 'work', '--json'])
})
afterAll(async () => {
  await scenario?.end()
})

/** A key as it is listed. */
const keyDetailSchema = accessKeyIdentitySchema.extend({
  mfaSource: mfaSourceSchema,
  mfaCommand: z.string().nullable(),
})

const strict = <S extends z.ZodObject>(schema: S) => z.strictObject(schema.shape)

describe('identities', () => {
  it('are listed and shown as JSON, verified, and never with the secret', async () => {
    const list = z.array(strict(keyDetailSchema)).parse(await scenario.json(['identity', 'list', '--json']))
    const user = scenario.account.user(DANA)
    expect(list).toMatchObject([
      { name: 'work', accessKeyId: user.accessKeyId, accountId: user.accountId, userArn: user.arn, verified: true },
    ])
    expect(await scenario.json(['identity', 'show', 'WORK', '--json'])).toEqual(list[0])
    expect(await scenario.json(['identity', 'test', 'work', '--json'])).toMatchObject({ name: 'work', verified: true })
  })

  it('are edited and removed', async () => {
    const bot = scenario.account.user('deploy-bot')
    await scenario.json(['identity', 'add', 'bot', '--access-key-id', bot.accessKeyId, '--json'], {
      stdin: bot.secretAccessKey,
    })
    expect(
      await scenario.json(['identity', 'edit', 'bot', '--name', 'robot', '--region', 'eu-west-1', '--json']),
    ).toMatchObject({ name: 'robot', region: 'eu-west-1' })
    expect(await scenario.json(['identity', 'edit', 'robot', '--no-region', '--json'])).toMatchObject({ region: null })
    expect(await scenario.json(['identity', 'remove', 'robot', '--json'])).toEqual({ removed: 'robot' })
    expect((await scenario.run(['identity', 'show', 'robot'])).exitCode).toBe(3)
  })

  it('come from the file of the console, with its secret as the second line of a pipe, or from neither', async () => {
    const bot = scenario.account.user('deploy-bot')
    const file = join(scenario.folder, 'deploy-bot_accessKeys.csv')
    await writeFile(file, `\ufeffAccess key ID,Secret access key\r\n${bot.accessKeyId},${bot.secretAccessKey}\r\n`)
    const imported = await scenario.run(['identity', 'import-csv', file])
    expect(imported.exitCode).toBe(0)
    expect(imported.stderr).toContain(`Delete ${file} now`)
    expect(imported.stdout).toContain('deploy-bot')
    await scenario.json(['identity', 'remove', 'deploy-bot', '--json'])
    const dry = await scenario.run(['import', 'csv', file, '--delete-file', '--dry-run'])
    expect(dry.exitCode).toBe(0)
    expect(existsSync(file)).toBe(true)
    const gone = await scenario.run(['identity', 'import-csv', file, '--delete-file'])
    expect(gone).toMatchObject({ exitCode: 0, stderr: expect.stringContaining(`Deleted ${file}`) })
    expect(existsSync(file)).toBe(false)
    await scenario.json(['identity', 'remove', 'deploy-bot', '--json'])

    const piped = { stdin: `${bot.accessKeyId}\n${bot.secretAccessKey}\n` }
    expect(await scenario.json(['identity', 'add', 'bot', '--json'], piped)).toMatchObject({
      accessKeyId: bot.accessKeyId,
    })
    await scenario.json(['identity', 'remove', 'bot', '--json'])
  })

  it('are stored unverified when AWS can’t be reached, and with --no-verify', async () => {
    const bot = scenario.account.user('deploy-bot')
    const words = ['identity', 'add', 'bot', '--access-key-id', bot.accessKeyId]
    const nowhere = { AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:1' }
    const offline = await scenario.run([...words, '--json'], { stdin: bot.secretAccessKey, env: nowhere })
    expect(offline.exitCode).toBe(0)
    expect(JSON.parse(offline.stdout)).toMatchObject({ verified: false })
    expect(offline.stderr).toContain('unverified')
    await scenario.json(['identity', 'remove', 'bot', '--json'])

    const calls = scenario.account.calls().length
    const unasked = await scenario.json([...words, '--no-verify', '--json'], { stdin: bot.secretAccessKey })
    expect(unasked).toMatchObject({ verified: false })
    expect(scenario.account.calls()).toHaveLength(calls)
    await scenario.json(['identity', 'remove', 'bot', '--json'])
  })
})

describe('roles', () => {
  it('are listed as the contract says, keys in that order', async () => {
    const list = await scenario.json(['role', 'list', '--json'])
    const [first] = z.array(strict(roleSummarySchema)).parse(list)
    expect(Object.keys((list as object[])[0] ?? {})).toEqual(Object.keys(roleSummarySchema.shape))
    expect(first).toBeDefined()
  })

  it('are added, shown, edited and removed', async () => {
    const words = ['role', 'add', 'data', '--arn', 'arn:aws:iam::456789012345:role/DataEngineer', '--from', 'work']
    const options = ['--external-id', 'acme-ops-2291', '--duration', '2h', '--environment', 'dev', '--tag', 'team=ops']
    const added = strict(roleSchema).parse(await scenario.json([...words, ...options, '--json']))
    expect(added.settings).toMatchObject({
      externalId: 'acme-ops-2291',
      durationSeconds: 7200,
      environment: 'dev',
      tags: [{ key: 'team', value: 'ops' }],
    })
    expect(await scenario.json(['role', 'show', 'data', '--json'])).toMatchObject({
      name: 'data',
      roleName: 'DataEngineer',
      from: 'work',
      state: 'inactive',
      chain: expect.any(Array),
      session: null,
    })
    const edited = ['role', 'edit', 'data', '--name', 'lake', '--no-duration', '--region', 'eu-west-1', '--json']
    const { settings } = roleSchema.parse(await scenario.json(edited))
    expect(settings).toMatchObject({ region: 'eu-west-1', externalId: 'acme-ops-2291' })
    expect(settings.durationSeconds).toBeUndefined()
    expect(await scenario.json(['role', 'remove', 'lake', '--json'])).toEqual({ removed: 'lake' })
  })

  it('read well for people', async () => {
    const { stdout, stderr } = await scenario.run(['role', 'list'])
    const [header = '', ...rows] = stdout.trimEnd().split('\n')
    expect(stderr).toBe('')
    expect(header).toMatch(/^NAME +ACCOUNT +ROLE +FROM +PROFILE +REGION +SESSION$/)
    for (const row of rows) expect(row.slice(header.indexOf('ACCOUNT'))).toMatch(/^\d{12} /)
  })
})

describe('sessions', () => {
  beforeEach(() => scenario.run(['session', 'end', '--all']))

  it('print as JSON through a pipe, and in every format', async () => {
    const credentials = await scenario.json(['assume', 'sandbox'])
    expect(credentials).toMatchObject({
      Version: 1,
      AccessKeyId: expect.stringMatching(/^ASIA/),
      Expiration: expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      RoleArn: SANDBOX_ADMIN,
      AssumedRoleArn: expect.stringContaining('assumed-role/PlatformAdmin/'),
    })
    const { AccessKeyId } = credentials as { AccessKeyId: string }
    for (const format of ['env', 'fish', 'powershell', 'dotenv']) {
      const { stdout } = await scenario.run(['assume', 'sandbox', '--format', format])
      expect(stdout, format).toContain(AccessKeyId)
    }
    const process = await scenario.json(['credential-process', 'sandbox'])
    expect(process).toMatchObject({ Version: 1, AccessKeyId })
    expect(process).not.toHaveProperty('RoleArn')
  })

  it('can be evaluated by a shell', async () => {
    const { stdout } = await scenario.run(['assume', 'sandbox', '--format', 'env'])
    const shell = spawn('sh', ['-c', `${stdout}\nprintf %s "$AWS_ACCESS_KEY_ID $AWS_REGION"`])
    let printed = ''
    for await (const chunk of shell.stdout) printed += chunk
    expect(printed).toMatch(/^ASIA\w+ eu-west-1$/)
  })

  it('are renewed when asked, and otherwise used again', async () => {
    const id = async (...words: string[]) =>
      ((await scenario.json(['assume', 'sandbox', ...words])) as { AccessKeyId: string }).AccessKeyId
    const first = await id()
    expect(await id()).toBe(first)
    expect(await id('--renew')).not.toBe(first)
  })

  it('are listed and ended', async () => {
    await scenario.json(['assume', 'sandbox'])
    const list = z.array(strict(sessionSummarySchema)).parse(await scenario.json(['session', 'list', '--json']))
    expect(list).toMatchObject([{ name: 'sandbox', kind: 'role', state: 'active' }])
    expect(await scenario.json(['session', 'end', 'sandbox', '--json'])).toEqual({ ended: 1 })
    expect((await scenario.run(['session', 'end', 'sandbox'])).exitCode).toBe(3)
    await scenario.json(['assume', 'sandbox'])
    expect(await scenario.json(['session', 'end', '--all', '--json'])).toEqual({ ended: 1 })
    expect(await scenario.json(['session', 'list', '--json'])).toEqual([])
  })
})

describe('exec', () => {
  const node = process.execPath

  it('gives the child the credentials and nothing that shadows them', async () => {
    const print = 'console.log(JSON.stringify([process.env.AWS_ACCESS_KEY_ID, process.env.AWS_PROFILE ?? null]))'
    const { stdout } = await scenario.run(['exec', 'sandbox', '--', node, '-e', print], { env: { AWS_PROFILE: 'x' } })
    expect(JSON.parse(stdout)).toEqual([expect.stringMatching(/^ASIA/), null])
  })

  it('passes words on as they are', async () => {
    const words = ['--json', '--', '$HOME "a b"', '']
    const print = 'console.log(JSON.stringify(process.argv.slice(1)))'
    const { stdout } = await scenario.run(['exec', 'sandbox', '--', node, '-e', print, '--', ...words])
    expect(JSON.parse(stdout)).toEqual(words)
  })

  it('hands back the exit code, or 128 + the signal', async () => {
    expect((await scenario.run(['exec', 'sandbox', '--', 'sh', '-c', 'exit 42'])).exitCode).toBe(42)
    expect((await scenario.run(['exec', 'sandbox', '--', 'sh', '-c', 'kill -TERM $$'])).exitCode).toBe(143)
  })

  it('passes signals on and lets the child end in its own way', async () => {
    const script = 'trap "echo got it; exit 7" TERM; echo ready; while :; do sleep 0.05; done'
    const run = await scenario.run(['exec', 'sandbox', '--', 'sh', '-c', script], {
      onStart: (child) => child.stdout?.once('data', () => child.kill('SIGTERM')),
    })
    expect(run).toMatchObject({ exitCode: 7, stdout: 'ready\ngot it\n' })
  })

  it('says when there is no such command', async () => {
    const run = await scenario.run(['exec', 'sandbox', '--', 'no-such-command-here'])
    expect(run).toMatchObject({ exitCode: 3, stdout: '' })
    expect(run.stderr).toContain('There is no command no-such-command-here.')
  })
})

describe('profiles', () => {
  it('are planned without a change, written, listed and removed', async () => {
    const before = await scenario.snapshot()
    const plan = await scenario.run(['profile', 'write', 'sandbox', '--dry-run'])
    expect(plan.exitCode).toBe(0)
    expect(plan.stdout).toMatch(/^\+\[profile sandbox\]$/m)
    expect(await scenario.snapshot()).toEqual(before)

    const written = await scenario.json(['profile', 'write', 'sandbox', '--json'])
    expect(strict(ownedProfileSchema).parse(written)).toMatchObject({
      profile: 'sandbox',
      name: 'sandbox',
      mode: 'process',
    })
    expect(await scenario.json(['profile', 'list', '--json'])).toEqual([written])
    const config = await readFile(scenario.configFile, 'utf8')
    expect(config).toMatch(/^# mine\n\[profile other\]\nregion = us-west-2\n/)
    expect(config).toContain('credential_process')
    expect(await scenario.json(['assume', 'sandbox'])).toMatchObject({ Profile: 'sandbox' })

    expect(await scenario.json(['profile', 'remove', 'sandbox', '--json'])).toEqual({ removed: 'sandbox' })
    expect(await scenario.snapshot()).toMatchObject({
      lists: [expect.anything(), expect.anything(), [], expect.anything()],
    })
  })
})

describe('console links', () => {
  it('are printed', async () => {
    const link = await scenario.run(['switch-link', 'sandbox'])
    expect(link.stdout).toMatch(/^https:\/\/signin\.aws\.amazon\.com\/switchrole\?.*account=345678901234/)
    expect(await scenario.json(['switch-link', 'sandbox', '--json'])).toEqual({ url: link.stdout.trim() })
    expect((await scenario.run(['console', 'sandbox', '--print'])).stdout).toBe(link.stdout)
    const signIn = await scenario.run(['console', 'sandbox', '--via', 'sign-in', '--print'])
    expect(signIn.stdout).toContain('SigninToken=')
  })

  it('say so when there is no browser', async () => {
    const run = await scenario.run(['console', 'sandbox'], { env: { PATH: '' } })
    expect(run).toMatchObject({ exitCode: 1, stdout: '' })
    expect(run.stderr).toContain('--print')
  })
})

describe('practice', () => {
  it('on a terminal says what there is, and what to type elsewhere', async () => {
    const { screen } = await scenario.type(['practice'], [{ wait: 'Ctrl-C', send: '\u0003' }])
    expect(screen).toContain(scenario.account.user(DANA).name)
    expect(screen).toMatch(/export AWS_ENDPOINT_URL=http:\/\/127\.0\.0\.1:\d+/)
    expect(screen).not.toContain('controlToken')
  })

  it('describes itself, serves, and ends when interrupted', async () => {
    let answer: Promise<number> | undefined
    const run = await scenario.run(['practice'], {
      onStart: (child) =>
        child.stdout?.once('data', (chunk: Buffer) => {
          const { endpoint } = JSON.parse(chunk.toString()) as { endpoint: string }
          answer = fetch(endpoint).then((response) => response.status)
          answer.finally(() => child.kill('SIGINT'))
        }),
    })
    expect(run.exitCode).toBe(0)
    expect(await answer).toBeTypeOf('number')
    const { port } = new URL((JSON.parse(run.stdout) as { endpoint: string }).endpoint)
    const taken = await scenario.run(['practice', '--port', new URL(scenario.account.endpoint).port, '--json'])
    expect(port).toMatch(/^\d+$/)
    expect(taken).toMatchObject({ exitCode: 8, stdout: '' })
  })
})

describe('the process', () => {
  it('keeps its compile cache in the state folder, for this user only', async () => {
    await runCli(cli.entry, ['role', 'list'], { env: { ...scenario.env, NODE_COMPILE_CACHE: undefined } })
    const cache = join(stateFolder(scenario.env), 'cache')
    expect(await readdir(cache)).not.toEqual([])
    expect((await stat(cache)).mode & 0o777).toBe(0o700)
  })

  it('is built to stay small: in ASCII, and with nothing of Node taken by import()', async () => {
    const folder = dirname(cli.entry)
    const files = (await readdir(folder, { recursive: true })).filter((name) => name.endsWith('.cjs'))
    expect(files.length).toBeGreaterThan(10)
    for (const name of files) {
      const bytes = await readFile(join(folder, name))
      expect(
        bytes.find((byte) => byte > 0x7f),
        name,
      ).toBeUndefined()
      expect(bytes.toString(), name).not.toMatch(/\bimport\(/)
    }
  })

  it('answers --version from any folder, before it loads anything', async () => {
    const env = { ...scenario.env, HALLPASS_HOME: '/proc/nowhere' }
    expect(await runCli(cli.entry, ['--version'], { env, cwd: '/' })).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
    })
  })

  it('moves to the pinned Node when an older one starts it', async (test) => {
    const old = await findOldNode()
    if (old === undefined) return test.skip('there is no Node older than 24 on PATH')
    const list = await scenario.run(['role', 'list', '--json'], { node: old })
    expect(list).toMatchObject({ exitCode: 0, stderr: '' })
    expect((await scenario.run(['exec', 'sandbox', '--', 'sh', '-c', 'exit 3'], { node: old })).exitCode).toBe(3)
  })
})

async function findOldNode(): Promise<string | undefined> {
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const node = join(folder, 'node')
    if (!existsSync(node)) continue
    const asked = spawn(node, ['--version'])
    let version = ''
    for await (const chunk of asked.stdout) version += chunk
    if (Number.parseInt(version.slice(1), 10) < 24) return node
  }
  return undefined
}
