/** The agent and its clients as the processes they are: the built command, the ring's keychain, the practice account. */
import { chmod, readFile, rename, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { endpointFile, readEndpoint } from '#core/agent/endpoint.ts'
import { statusSchema } from '#core/agent/messages.ts'
import { scanFolders } from '../support/secret-scan.ts'
import { type RunningAgent, startAgent } from './cli-support/agent.ts'
import { builtCli } from './cli-support/built.ts'
import {
  DANA,
  PROD_ADMIN,
  PROD_READ_ONLY,
  SANDBOX_ADMIN,
  type Scenario,
  startScenario,
} from './cli-support/scenario.ts'

const documentSchema = z.strictObject({
  Version: z.literal(1),
  AccessKeyId: z.string().startsWith('ASIA'),
  SecretAccessKey: z.string().min(1),
  SessionToken: z.string().min(1),
  Expiration: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
  AccountId: z.string().regex(/^\d{12}$/),
})

const cli = builtCli()
let scenario: Scenario
let home: string
const agents: RunningAgent[] = []

const assumed = () => scenario.account.calls().filter(({ action }) => action === 'AssumeRole').length
const credentials = async (name: string, env: Record<string, string> = {}) => {
  const run = await scenario.run(['credential-process', name], { env })
  expect(run).toMatchObject({ exitCode: 0, stderr: '' })
  return documentSchema.parse(JSON.parse(run.stdout))
}
const serve = async (words: readonly string[] = []) => {
  const agent = await startAgent(cli.entry, scenario.env, words)
  agents.push(agent)
  return agent
}
const status = async () => statusSchema.parse(await scenario.json(['agent', '--status', '--json']))

beforeAll(async () => {
  scenario = await startScenario(cli.entry)
  home = scenario.env.HALLPASS_HOME ?? ''
  await scenario.addWork()
  const add = (name: string, arn: string, ...more: string[]) =>
    scenario.json(['role', 'add', name, '--arn', arn, '--from', 'work', ...more, '--json'])
  await add('sandbox', SANDBOX_ADMIN)
  await add('reader', PROD_READ_ONLY)
  await add('prod', PROD_ADMIN, '--mfa')
})
beforeEach(() => scenario.account.control.apply({ clearCalls: true, forgetUsedCodes: true }))
afterEach(async () => {
  await Promise.all(agents.splice(0).map((agent) => agent.kill('SIGKILL')))
  await scenario.run(['session', 'end', '--all'])
})
afterAll(async () => {
  await scenario?.end()
})

describe('a crowd', () => {
  it.each([
    ['all of them live', 0],
    ['ten of them killed at random moments', 10],
  ])('of a hundred cold processes causes one AssumeRole, %s', { timeout: 120_000 }, async (_what, kills) => {
    await serve()
    const victims = new Set<number>()
    while (victims.size < kills) victims.add(Math.floor(Math.random() * 100))
    // AWS answers later than the last of them dies.
    scenario.account.control.apply({ latencyMs: 2000 })
    const dieBy = Date.now() + 1500
    const runs = await Promise.all(
      Array.from({ length: 100 }, (_, index) =>
        scenario.run(['credential-process', 'sandbox'], {
          onStart: (child) => {
            if (victims.has(index))
              setTimeout(() => child.kill('SIGKILL'), Math.random() * Math.max(0, dieBy - Date.now()))
          },
        }),
      ),
    )
    const good = runs.filter(({ exitCode }) => exitCode === 0)
    scenario.account.control.apply({ latencyMs: 0 })
    expect(good).toHaveLength(100 - kills)
    const documents = good.map(({ stdout }) => documentSchema.parse(JSON.parse(stdout)))
    expect(new Set(documents.map(({ AccessKeyId }) => AccessKeyId)).size).toBe(1)
    expect(assumed()).toBe(1)
  })
})

describe('sessions of an agent', () => {
  it('are in its memory only, are listed and ended by every process, and rest sealed after it', async () => {
    const agent = await serve()
    const { AccessKeyId, SecretAccessKey, SessionToken } = await credentials('sandbox')
    const secrets = { SecretAccessKey, SessionToken, longTerm: scenario.account.user(DANA).secretAccessKey }
    const folders = [scenario.folder, process.env.XDG_RUNTIME_DIR ?? scenario.folder]
    expect(scanFolders(folders, secrets).hits).toEqual([])
    expect(await scenario.json(['session', 'list', '--json'])).toMatchObject([
      { name: 'sandbox', accessKeyId: AccessKeyId, state: 'active' },
    ])
    expect(await status()).toMatchObject({ kind: 'standalone', pid: agent.pid, sessions: 1 })

    expect(await agent.kill('SIGTERM')).toBe(0)
    expect((await credentials('sandbox')).AccessKeyId).toBe(AccessKeyId)
    await serve()
    expect((await credentials('sandbox')).AccessKeyId).toBe(AccessKeyId)
    expect(assumed()).toBe(1)
    expect(scanFolders(folders, secrets).hits).toEqual([])

    await scenario.json(['session', 'end', 'sandbox', '--json'])
    expect((await credentials('sandbox')).AccessKeyId).not.toBe(AccessKeyId)
    expect(assumed()).toBe(2)
  })

  it('go with an agent that is killed, and are then listed nowhere', async () => {
    const agent = await serve()
    await credentials('sandbox')
    await agent.kill('SIGKILL')
    expect(await scenario.json(['session', 'list', '--json'])).toEqual([])
    await credentials('sandbox')
    expect(assumed()).toBe(2)
  })

  it('serve assume and exec too', async () => {
    await serve()
    const { AccessKeyId } = await credentials('sandbox')
    expect(await scenario.json(['assume', 'sandbox', '--json'])).toMatchObject({ AccessKeyId })
    const run = await scenario.run(['exec', 'sandbox', '--', 'printenv', 'AWS_ACCESS_KEY_ID'])
    expect(run.stdout.trim()).toBe(AccessKeyId)
    expect(await status()).toMatchObject({ sessions: 1 })
    expect(assumed()).toBe(1)
  })
})

describe('a process works alone', () => {
  it('when HALLPASS_NO_AGENT says so', async () => {
    await serve()
    await credentials('sandbox', { HALLPASS_NO_AGENT: '1' })
    expect(await status()).toMatchObject({ sessions: 0 })
  })

  const withField = async (field: string, work: () => Promise<unknown>) => {
    const file = endpointFile(home)
    const text = await readFile(file, 'utf8')
    const endpoint = z.record(z.string(), z.unknown()).parse(JSON.parse(text))
    await writeFile(file, JSON.stringify({ ...endpoint, [field]: 'A'.repeat(43) }), { mode: 0o600 })
    await work()
    await writeFile(file, text, { mode: 0o600 })
  }

  it('when its token is wrong, and the agent does nothing for it', async () => {
    await serve()
    await withField('token', () => credentials('sandbox'))
    expect(await status()).toMatchObject({ sessions: 0 })
  })

  it('when the agent does not know its token, and takes nothing from it', async () => {
    await serve()
    const { AccessKeyId } = await credentials('sandbox')
    await withField('token', async () => expect((await credentials('sandbox')).AccessKeyId).not.toBe(AccessKeyId))
  })

  it.each([
    ['there is no endpoint file', () => rename(endpointFile(home), `${endpointFile(home)}.away`)],
    ['the endpoint file is half written', () => writeFile(endpointFile(home), '{"protocol":1,"to')],
    ['others can read the endpoint file', () => chmod(endpointFile(home), 0o644)],
    ['others can enter the folder', () => chmod(join(home, 'agent'), 0o755)],
  ])('when %s', async (_what, spoil) => {
    const agent = await serve()
    await spoil()
    expect(readEndpoint(home)).toBeUndefined()
    await credentials('sandbox')
    expect(assumed()).toBe(1)
    await agent.kill('SIGKILL')
    // The next agent makes the folder its own again.
    await serve()
    expect((await stat(join(home, 'agent'))).mode & 0o777).toBe(0o700)
    expect((await stat(endpointFile(home))).mode & 0o777).toBe(0o600)
    expect(await status()).toMatchObject({ kind: 'standalone' })
  })

  it('when the endpoint of the agent is another than its own', async () => {
    await serve()
    const run = await scenario.run(['credential-process', 'sandbox'], {
      env: { AWS_ENDPOINT_URL_STS: 'http://127.0.0.1:1' },
    })
    expect(run).toMatchObject({ exitCode: 6, stdout: '' })
    expect(run.stderr).toMatch(/^hallpass: .+\n$/)
    expect(await status()).toMatchObject({ sessions: 0 })
  })

  it('when the agent dies in the middle of its request', async () => {
    const agent = await serve()
    scenario.account.control.apply({ latencyMs: 1500 })
    const running = scenario.run(['credential-process', 'sandbox'])
    await waitUntil(async () => (await status()).clients > 1)
    await agent.kill('SIGKILL')
    scenario.account.control.apply({ latencyMs: 0 })
    const run = await running
    expect(run).toMatchObject({ exitCode: 0, stderr: '' })
    documentSchema.parse(JSON.parse(run.stdout))
  })
})

describe('one seat', () => {
  it('is taken by one of two agents started at once; the other says so', async () => {
    const starts = await Promise.allSettled([serve(), serve()])
    expect(starts.map(({ status: result }) => result).toSorted()).toEqual(['fulfilled', 'rejected'])
    const third = await scenario.run(['agent', '--json'])
    expect(third).toMatchObject({ exitCode: 8, stdout: '' })
    expect(JSON.parse(third.stderr)).toMatchObject({ error: { code: 'agent.running' } })
    await credentials('sandbox')
    expect(await status()).toMatchObject({ sessions: 1 })
  })

  it('a socket an agent left behind is in nobody’s way', async () => {
    const first = await serve()
    await first.kill('SIGKILL')
    const { socket } = readEndpoint(home) ?? { socket: '' }
    expect((await stat(socket)).isSocket()).toBe(true)
    await credentials('sandbox')
    await serve()
    await credentials('sandbox')
    expect(await status()).toMatchObject({ sessions: 1 })
  })

  it('--stop ends the agent, and its sessions stay', async () => {
    const agent = await serve()
    const { AccessKeyId } = await credentials('sandbox')
    expect(await scenario.json(['agent', '--stop', '--json'])).toEqual({ stopped: true })
    expect(await agent.ended()).toBe(0)
    expect((await credentials('sandbox')).AccessKeyId).toBe(AccessKeyId)
    for (const word of ['--stop', '--status']) {
      const run = await scenario.run(['agent', word, '--json'])
      expect(run.exitCode).toBe(3)
      expect(JSON.parse(run.stderr)).toMatchObject({ error: { code: 'agent.not-running' } })
    }
  })

  it('an idle agent without a live session leaves', async () => {
    const agent = await serve(['--idle', '1s'])
    expect(await agent.ended()).toBe(0)
    expect(readEndpoint(home)).toBeUndefined()
  })

  it('an agent whose state folder is taken away still ends when told', async () => {
    const agent = await serve()
    await credentials('sandbox')
    const away = `${home}/hallpass.db`
    await rename(away, `${away}.away`)
    const code = await agent.kill('SIGTERM')
    await rename(`${away}.away`, away)
    expect(code).toBe(0)
  })
})

describe('versions', () => {
  const withVersion = async (version: string) => {
    const file = endpointFile(home)
    const endpoint = z.record(z.string(), z.unknown()).parse(JSON.parse(await readFile(file, 'utf8')))
    await writeFile(file, JSON.stringify({ ...endpoint, version }), { mode: 0o600 })
  }

  it('an agent of an earlier one steps down for a client, and no session is lost', async () => {
    const agent = await serve()
    const { AccessKeyId } = await credentials('sandbox')
    await withVersion('0.0.9')
    expect((await credentials('sandbox')).AccessKeyId).toBe(AccessKeyId)
    expect(await agent.ended()).toBe(0)
    expect(assumed()).toBe(1)
  })

  it('an agent of an earlier one steps down for a new agent', async () => {
    const agent = await serve()
    const { AccessKeyId } = await credentials('sandbox')
    await withVersion('0.0.9')
    await serve()
    expect(await agent.ended()).toBe(0)
    expect((await credentials('sandbox')).AccessKeyId).toBe(AccessKeyId)
    expect(await status()).toMatchObject({ sessions: 1 })
  })

  it('an agent of a later one is left alone', async () => {
    await serve()
    await withVersion('99.0.0')
    await credentials('sandbox')
    expect(await status()).toMatchObject({ sessions: 0 })
  })
})

describe('an MFA code', () => {
  const code = () => scenario.account.totpCode(DANA)

  it('is asked for once, of the first client with a terminal, for all that wait', async () => {
    await serve()
    const asked = () =>
      scenario.type(['credential-process', 'prod'], [{ wait: 'MFA code of', send: `${code()}\r` }], ['stdout'])
    const runs = await Promise.all([asked(), asked(), asked()])
    expect(runs.filter(({ screen }) => screen.includes('MFA code of'))).toHaveLength(1)
    const keys = runs.map(({ stdout }) => documentSchema.parse(JSON.parse(stdout)).AccessKeyId)
    expect(new Set(keys).size).toBe(1)
    expect(assumed()).toBe(1)
  })

  it('that nobody can be asked for is one line and exit 7', async () => {
    await serve()
    const run = await scenario.run(['credential-process', 'prod'], { stdin: { open: true } })
    expect(run).toMatchObject({ exitCode: 7, stdout: '' })
    expect(run.stderr).toMatch(/^hallpass: .+hallpass assume prod.+\n$/)
  })

  it('given up front is passed on', async () => {
    await serve()
    await scenario.json(['assume', 'prod', '--mfa-code', code(), '--json'])
    expect(await status()).toMatchObject({ sessions: 1 })
    await credentials('prod')
    expect(assumed()).toBe(1)
  })
})

/** Looks again and again until it holds; the test's own time limit ends it otherwise. */
async function waitUntil(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setImmediate(resolve))
}
