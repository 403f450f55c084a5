/** Prompts on a real pseudo-terminal: hidden secrets, MFA codes with the output piped away, Ctrl-C. */
import { spawnSync } from 'node:child_process'
import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { builtCli } from './cli-support/built.ts'
import { DANA, PROD_ADMIN, SANDBOX_ADMIN, type Scenario, startScenario } from './cli-support/scenario.ts'

const hasPython = spawnSync('python3', ['-c', 'import pty']).status === 0
if (!hasPython) process.stderr.write('skipped: prompts on a terminal, because python3 with pty is not installed\n')

describe.skipIf(!hasPython)('on a terminal', () => {
  const cli = builtCli()
  let scenario: Scenario
  const code = () => {
    scenario.account.control.apply({ forgetUsedCodes: true })
    return scenario.account.totpCode(DANA)
  }

  beforeAll(async () => {
    scenario = await startScenario(cli.entry)
    await scenario.addWork()
    await scenario.json(['role', 'add', 'prod', '--arn', PROD_ADMIN, '--from', 'work', '--mfa', '--json'])
    await scenario.json(['role', 'add', 'sandbox', '--arn', SANDBOX_ADMIN, '--from', 'work', '--json'])
  })
  afterAll(async () => {
    await scenario?.end()
  })

  it('the secret is asked for and not shown', async () => {
    const { accessKeyId, secretAccessKey } = scenario.account.user('deploy-bot')
    const words = ['identity', 'add', 'bot', '--access-key-id', accessKeyId]
    const run = await scenario.type(words, [{ wait: 'Secret access key', send: `${secretAccessKey}\r` }])
    expect(run.screen).toContain('Stored bot')
    expect(run.screen).not.toContain(secretAccessKey)
    expect(run.exitCode).toBe(0)
    await scenario.json(['identity', 'remove', 'bot', '--json'])
  })

  describe('a role that is not named', () => {
    it('is chosen by words of what is known of it, and nothing of the list stays', async () => {
      const steps = [
        { wait: '❯', send: '01234 platf' },
        { wait: '❯ sandbox', send: '\r' },
      ]
      const run = await scenario.type(['assume'], steps)
      expect(run.exitCode).toBe(0)
      expect(run.screen.slice(run.screen.lastIndexOf('\u001b[?25h'))).toMatch(/Active.*sandbox/)
    })

    it('is never the one that was first before the last letters', async () => {
      // All at once, as a paste or a fast hand: Return comes before the list has followed.
      const steps = [
        { wait: '❯ sandbox', send: 'prod\r' },
        { wait: '❯ prod', send: '\u0003' },
      ]
      const run = await scenario.type(['assume'], steps)
      expect(run).toMatchObject({ exitCode: 9, screen: expect.stringContaining('Cancelled.') })
      expect(run.screen).not.toContain('Active')
    })

    it('is completed by Tab, and the link alone goes into a pipe', async () => {
      const steps = [
        { wait: '❯ sandbox', send: 'prod' },
        { wait: '❯ prod', send: '\t' },
        { wait: '❯ prod', send: '\r' },
      ]
      const run = await scenario.type(['console', '--print'], steps, ['stdout'])
      expect(run).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^https:\S+account=123456789012\S+\n$/) })
    })

    it('gives its credentials alone into a pipe', async () => {
      const steps = [{ wait: '❯ sandbox', send: '\r' }]
      const run = await scenario.type(['assume', '--format', 'env'], steps, ['stdout'])
      expect(run).toMatchObject({ exitCode: 0, stdout: expect.stringMatching(/^(?:export \w+=.*\n|unset \w+.*\n)+$/) })
      expect(run.stdout).toContain('export AWS_ACCESS_KEY_ID=')
    })

    it('is needed where nobody can be asked', async () => {
      for (const command of ['assume', 'console']) {
        const { exitCode, stdout, stderr } = await scenario.run([command])
        expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
        expect(stderr).toContain(`Missing required argument name.\n  try: Write hallpass ${command} NAME.`)
      }
    })
  })

  it('the file of a key is offered to be deleted, and stays unless that is wanted', async () => {
    const { accessKeyId, secretAccessKey } = scenario.account.user('deploy-bot')
    const file = join(scenario.folder, 'deploy-bot_accessKeys.csv')
    const row = `${accessKeyId},${secretAccessKey}\r\n`
    writeFileSync(file, `Access key ID,Secret access key\r\n${row}`)
    for (const [send, stays] of [
      ['\r', true],
      ['\u0003', true],
      ['y\r', false],
    ] as const) {
      const run = await scenario.type(['identity', 'import-csv', file], [{ wait: '[y/N]', send }])
      expect(run).toMatchObject({ exitCode: 0, screen: expect.stringContaining('Stored deploy-bot') })
      expect(existsSync(file)).toBe(stays)
      await scenario.json(['identity', 'remove', 'deploy-bot', '--json'])
    }
    // Another key in it was not taken in.
    const others = `User name,Access key ID,Secret access key\r\ndeploy-bot,${row}eve,AKIAIOSFODNN7EXAMPLE,${'s'.repeat(40)}\r\n`
    writeFileSync(file, others)
    const run = await scenario.type(['identity', 'import-csv', file, '--user', 'deploy-bot'], [])
    expect(run).toMatchObject({ exitCode: 0, screen: expect.stringContaining('holds other secrets too') })
    expect(run.screen).not.toContain('[y/N]')
    expect(existsSync(file)).toBe(true)
    await scenario.json(['identity', 'remove', 'deploy-bot', '--json'])
  })

  it.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
  ])('%s at a prompt ends with 9 and stores nothing', async (_key, send) => {
    const before = await scenario.snapshot()
    const words = ['identity', 'add', 'bot', '--access-key-id', 'AKIAIOSFODNN7EXAMPLE']
    expect(await scenario.type(words, [{ wait: 'Secret access key', send }])).toMatchObject({ exitCode: 9 })
    expect(await scenario.type(['assume', 'prod'], [{ wait: 'MFA code of', send }])).toMatchObject({ exitCode: 9 })
    expect(await scenario.snapshot()).toEqual(before)
  })

  it('an MFA code is asked for although the output is piped', async () => {
    const words = ['assume', 'prod', '--format', 'env']
    const run = await scenario.type(words, [{ wait: 'MFA code of', send: `${code()}\r` }], ['stdout'])
    expect(run.exitCode).toBe(0)
    expect(run.stdout).toContain('export AWS_ACCESS_KEY_ID=')
    expect(run.stdout).not.toContain('MFA')
    expect(run.screen).not.toContain('AWS_ACCESS_KEY_ID')
    await scenario.run(['session', 'end', '--all'])
  })

  it('a wrong code is explained', async () => {
    const run = await scenario.type(
      ['assume', 'prod'],
      [
        { wait: 'MFA code of', send: '000000\r' },
        { wait: 'MFA code of', send: `${code()}\r` },
      ],
    )
    expect(run.exitCode).toBe(0)
    expect(run.screen).toMatch(/did not accept that MFA code.*MFA code of /s)
    await scenario.run(['session', 'end', '--all'])
  })

  it('credential-process asks as botocore runs it, and not as the JavaScript SDK does', async () => {
    const steps = [{ wait: 'MFA code of', send: `${code()}\r` }]
    const botocore = await scenario.type(['credential-process', 'prod'], steps, ['stdout', 'stderr'])
    expect(botocore.exitCode).toBe(0)
    expect(JSON.parse(botocore.stdout)).toMatchObject({ Version: 1 })
    await scenario.run(['session', 'end', '--all'])
    const javascript = await scenario.type(['credential-process', 'prod'], [], ['stdin', 'stdout', 'stderr'])
    expect(javascript).toMatchObject({ exitCode: 7, stdout: '' })
  })

  it('assume says what is active, in colour, and prints no secret', async () => {
    const run = await scenario.type(['assume', 'sandbox'], [])
    expect(run.screen).toContain('\u001b[')
    expect(run.screen).toMatch(/h left|min left/)
    expect(run.screen).toContain('hallpass exec sandbox')
    expect(run.screen).not.toMatch(/ASIA/)
  })
})
