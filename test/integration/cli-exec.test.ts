/** `hallpass exec` as a process: signals, exit codes, and the endpoint that `--serve` gives the command. */
import { readFile, rm, writeFile } from 'node:fs/promises'
import { constants } from 'node:os'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { builtCli } from './cli-support/built.ts'
import {
  DANA,
  PROD_ADMIN,
  PROD_READ_ONLY,
  SANDBOX_ADMIN,
  type Scenario,
  startScenario,
} from './cli-support/scenario.ts'

const node = process.execPath

const cli = builtCli()
let scenario: Scenario

beforeAll(async () => {
  scenario = await startScenario(cli.entry)
  await scenario.addWork()
  const add = (name: string, arn: string, ...more: string[]) =>
    scenario.json(['role', 'add', name, '--arn', arn, '--from', 'work', ...more, '--json'])
  await add('sandbox', SANDBOX_ADMIN, '--region', 'eu-west-1')
  await add('reader', PROD_READ_ONLY)
  await add('prod', PROD_ADMIN, '--mfa')
})
afterAll(async () => {
  await scenario.end()
})
beforeEach(() => {
  scenario.account.control.apply({ forgetUsedCodes: true, shortenTo: null, clearCalls: true })
})

describe('signals', () => {
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const)(
    '%s reaches the command, which may refuse it',
    async (signal) => {
      const script = `trap "echo got it; exit 7" ${signal.slice(3)}; echo ready; while :; do sleep 0.05; done`
      const run = await scenario.run(['exec', 'sandbox', '--', 'sh', '-c', script], {
        onStart: (child) => child.stdout?.once('data', () => child.kill(signal)),
      })
      expect(run).toMatchObject({ exitCode: 7, stdout: 'ready\ngot it\n' })
    },
  )

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGKILL'] as const)(
    'a command that dies of %s gives 128 and more',
    async (signal) => {
      const die = `process.kill(process.pid, '${signal}'); setInterval(() => {}, 1000)`
      const { exitCode } = await scenario.run(['exec', 'sandbox', '--', node, '-e', die])
      expect(exitCode).toBe(128 + constants.signals[signal])
    },
  )

  it('on a terminal Ctrl-C comes once, not twice', async () => {
    const script =
      'let n = 0; process.on("SIGINT", () => { n += 1; setTimeout(() => { console.log("times " + n); process.exit(9) }, 300) }); console.log("ready"); setInterval(() => {}, 1000)'
    const run = await scenario.type(['exec', 'sandbox', '--', node, '-e', script], [{ wait: 'ready', send: '\u0003' }])
    expect(run.screen).toContain('times 1')
    expect(run.exitCode).toBe(9)
  })
})

describe('core dumps', () => {
  it('have nothing of Hallpass’s memory, and of the command’s what they had', async (context) => {
    const own = await readFile('/proc/self/coredump_filter', 'utf8').catch(() => undefined)
    if (own === undefined) return context.skip('this system has no filter for core dumps')
    // Hallpass's own is back as soon as the command runs, and the command may be faster.
    const look = 'cat /proc/self/coredump_filter; until grep 00000000 /proc/$PPID/coredump_filter; do sleep 0.05; done'
    for (const served of [[], ['--serve']]) {
      const { stdout } = await scenario.run(['exec', 'sandbox', ...served, '--', 'sh', '-c', look])
      expect(stdout).toBe(`${own}00000000\n`)
    }
  })
})

describe('--serve', () => {
  /** Prints its environment and what the endpoint gives it. */
  const ask = `
    const { AWS_CONTAINER_CREDENTIALS_FULL_URI: uri, AWS_CONTAINER_AUTHORIZATION_TOKEN: authorization } = process.env
    const reply = await fetch(uri, { headers: { authorization } })
    console.log(JSON.stringify({ env: process.env, status: reply.status, body: await reply.json() }))`
  const asking = ['--', node, '--input-type=module', '-e', ask]
  const served = async (name: string, options: { env?: Record<string, string>; words?: string[] } = {}) => {
    const run = await scenario.run(['exec', name, '--serve', ...(options.words ?? []), ...asking], {
      env: options.env ?? {},
    })
    expect(run).toMatchObject({ exitCode: 0 })
    const seen = JSON.parse(run.stdout) as { env: NodeJS.ProcessEnv; status: number; body: Record<string, string> }
    return { ...seen, stderr: run.stderr }
  }

  it('gives the command an address to ask, and no keys', async () => {
    const { env, status, body, stderr } = await served('sandbox', {
      env: {
        AWS_ACCESS_KEY_ID: 'AKIASTALE',
        AWS_SECRET_ACCESS_KEY: 'stale',
        AWS_PROFILE: 'other',
        AWS_CONTAINER_CREDENTIALS_RELATIVE_URI: '/stale',
        HALLPASS_PASSPHRASE: 'planted',
      },
    })
    expect(stderr).toBe('')
    const changed = Object.keys(env).filter((name) => env[name] !== scenario.env[name])
    expect(changed.filter((name) => /AWS|HALLPASS/.test(name)).sort()).toEqual([
      'AWS_CONTAINER_AUTHORIZATION_TOKEN',
      'AWS_CONTAINER_CREDENTIALS_FULL_URI',
      'AWS_DEFAULT_REGION',
      'AWS_REGION',
      'HALLPASS_SESSION',
    ])
    expect(env.HALLPASS_SESSION).toBe(`${env.AWS_CONTAINER_CREDENTIALS_FULL_URI} 0 - sandbox`)
    expect(env.AWS_CONTAINER_CREDENTIALS_FULL_URI).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/[\w-]{32}$/)
    expect(status).toBe(200)
    expect(body).toMatchObject({ AccessKeyId: expect.stringMatching(/^ASIA/), RoleArn: SANDBOX_ADMIN })
  })

  it('hands back the exit code, passes signals on, and is gone with the command', async () => {
    // Before it prints: what is printed is the sign to send the signal.
    const script = `process.on('SIGTERM', () => process.exit(5)); ${ask}; setInterval(() => {}, 1000)`
    const run = await scenario.run(['exec', 'sandbox', '--serve', '--', node, '--input-type=module', '-e', script], {
      onStart: (child) => child.stdout?.once('data', () => child.kill('SIGTERM')),
    })
    expect(run.exitCode).toBe(5)
    const { env } = JSON.parse(run.stdout) as { env: Record<string, string> }
    await expect(fetch(env.AWS_CONTAINER_CREDENTIALS_FULL_URI ?? '')).rejects.toThrow()
  })

  it('says when there is no such command', async () => {
    const run = await scenario.run(['exec', 'sandbox', '--serve', '--', 'no-such-command-here'])
    expect(run).toMatchObject({ exitCode: 3, stdout: '' })
    expect(run.stderr).toContain('There is no command no-such-command-here.')
  })

  it('hides the AWS files where their default profile would be taken first, keeps its region, and says so', async () => {
    const before = await readFile(scenario.configFile, 'utf8')
    const credentials = scenario.env.AWS_SHARED_CREDENTIALS_FILE ?? ''
    try {
      await writeFile(scenario.configFile, `${before}\n[default]\nregion = ap-south-1\n`)
      const harmless = await served('reader')
      expect(harmless.env.AWS_CONFIG_FILE).toBe(scenario.configFile)
      expect(harmless.stderr).toBe('')
      await writeFile(credentials, '[default]\naws_access_key_id = AKIAOTHER\naws_secret_access_key = other\n')
      const shadowed = await served('reader')
      expect(shadowed.env).toMatchObject({
        AWS_CONFIG_FILE: '/dev/null',
        AWS_SHARED_CREDENTIALS_FILE: '/dev/null',
        AWS_REGION: 'ap-south-1',
        AWS_DEFAULT_REGION: 'ap-south-1',
      })
      expect(shadowed.stderr).toContain('does not see the AWS files')
    } finally {
      await writeFile(scenario.configFile, before)
      await rm(credentials, { force: true })
    }
  })

  it('limits the session to reading, asks for it once, and keeps it from everybody else', async () => {
    const { body } = await served('sandbox', { words: ['--read-only'] })
    const assumed = scenario.account.calls().filter(({ action }) => action === 'AssumeRole')
    expect(assumed).toHaveLength(1)
    const { AccessKeyId } = (await scenario.json(['assume', 'sandbox', '--format', 'json'])) as { AccessKeyId: string }
    expect(AccessKeyId).not.toBe(body.AccessKeyId)
  })

  it('asks nobody for a code behind the command’s back: it tells the command, and the person once', async () => {
    const code = scenario.account.totpCode(DANA)
    const script = `${ask}
      const { execFileSync } = await import('node:child_process')
      execFileSync(process.execPath, [process.env.CLI, 'session', 'end', '--all'])
      for (const _ of [1, 2]) {
        const reply = await fetch(uri, { headers: { authorization } })
        console.log(JSON.stringify({ status: reply.status, body: await reply.json() }))
      }`
    const words = ['exec', 'prod', '--serve', '--mfa-code', code, '--', node, '--input-type=module', '-e', script]
    const run = await scenario.run(words, { env: { CLI: cli.entry } })
    expect(run.exitCode).toBe(0)
    const [first, ...later] = run.stdout
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { status: number; body: { code: string; message: string } })
    expect(first?.status).toBe(200)
    expect(later).toHaveLength(2)
    for (const { status, body } of later) {
      expect(status).toBe(403)
      expect(body.code).toBe('mfa.required')
      expect(body.message).toContain('hallpass assume prod')
    }
    expect(run.stderr.match(/No new credentials for prod/g)).toHaveLength(1)
  })

  it('asks nobody on a terminal either, once the command has it', async () => {
    await scenario.run(['session', 'end', '--all'])
    const script = `${ask}
      const { execFileSync } = await import('node:child_process')
      execFileSync(process.execPath, [${JSON.stringify(cli.entry)}, 'session', 'end', '--all'])
      const again = await fetch(uri, { headers: { authorization } })
      console.log('second answer ' + again.status)`
    const words = ['exec', 'prod', '--serve', '--', node, '--input-type=module', '-e', script]
    const code = scenario.account.totpCode(DANA)
    const { exitCode, screen } = await scenario.type(words, [{ wait: 'MFA code of dana-phone', send: `${code}\r` }])
    expect(exitCode).toBe(0)
    expect(screen).toContain('second answer 403')
    expect(screen.match(/MFA code of dana-phone/g)).toHaveLength(1)
  })

  it('is in the activity log, each time somebody is given credentials', async () => {
    await served('sandbox')
    const entries = (await scenario.json(['activity', 'list', '--limit', '2', '--json'])) as Record<string, unknown>[]
    expect(entries).toMatchObject([
      { kind: 'credentials.issued', how: 'exec' },
      { kind: 'credentials.issued', how: 'exec' },
    ])
  })
})
