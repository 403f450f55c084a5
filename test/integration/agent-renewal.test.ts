/**
 * The agent renews on its own, and what a renewal comes to reaches its clients. Apart from the other tests of agents:
 * those read the store's files in this process, after which it must not write to the store.
 */
import { readFile } from 'node:fs/promises'
import { uptime } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { statusSchema } from '#core/agent/messages.ts'
import { CLOCK_SETTING } from '#core/clock-setting.ts'
import { openStore } from '#core/store/open-store.ts'
import { type RunningAgent, startAgent } from './cli-support/agent.ts'
import { builtCli } from './cli-support/built.ts'
import { PROD_READ_ONLY, SANDBOX_ADMIN, type Scenario, startScenario } from './cli-support/scenario.ts'

const MINUTE = 60_000

const cli = builtCli()
let scenario: Scenario
let agent: RunningAgent | undefined

beforeEach(async () => {
  scenario = await startScenario(cli.entry)
  await scenario.addWork()
  const add = (name: string, arn: string) =>
    scenario.json(['role', 'add', name, '--arn', arn, '--from', 'work', '--json'])
  await add('sandbox', SANDBOX_ADMIN)
  await add('reader', PROD_READ_ONLY)
  scenario.account.control.apply({ clearCalls: true })
  agent = await startAgent(cli.entry, scenario.env)
})
afterEach(async () => {
  await agent?.kill('SIGKILL')
  await scenario.end()
})

const assumed = () => scenario.account.calls().filter(({ action }) => action === 'AssumeRole').length
const keyOf = async (name: string) => {
  const run = await scenario.run(['credential-process', name])
  expect(run).toMatchObject({ exitCode: 0, stderr: '' })
  return (JSON.parse(run.stdout) as { AccessKeyId: string }).AccessKeyId
}

it('renewal is the agent’s own doing, ahead of expiry', { timeout: 60_000 }, async () => {
  const first = await keyOf('sandbox')
  // Ten minutes are left as far as anybody knows; the next answer of AWS tells better.
  await noteClock(50 * MINUTE)
  while (assumed() < 2) await new Promise((resolve) => setImmediate(resolve))
  expect(await keyOf('sandbox')).not.toBe(first)
  expect(assumed()).toBe(2)
})

it('a renewal that fails keeps the session, and every client is told', async () => {
  const first = await keyOf('sandbox')
  scenario.account.control.apply({ clockSkewSeconds: 50 * 60 })
  await noteClock(50 * MINUTE)
  const told =
    /^hallpass: sandbox could not be renewed and is good until (?:[\d-]+ )?\d\d:\d\d: This computer is 50 minutes .+\n$/
  for (const words of [['credential-process'], ['assume', '--format', 'json']]) {
    const run = await scenario.run([...words.slice(0, 1), 'sandbox', ...words.slice(1)])
    expect(run).toMatchObject({ exitCode: 0, stderr: expect.stringMatching(told) })
    expect(JSON.parse(run.stdout)).toMatchObject({ AccessKeyId: first })
  }
})

it('a role that is set to lapse is for a person to start, also where an agent serves', async () => {
  await scenario.json(['role', 'edit', 'reader', '--no-renew', '--json'])
  const run = await scenario.run(['credential-process', 'reader'])
  expect(run).toMatchObject({ exitCode: 7, stdout: '' })
  expect(run.stderr).toMatch(/^hallpass: reader has no session.+hallpass assume reader.+\n$/)
  await scenario.json(['assume', 'reader', '--json'])
  await keyOf('reader')
  const status = statusSchema.parse(await scenario.json(['agent', '--status', '--json']))
  expect(status.sessions).toBe(1)
})

/** Leaves a measurement of AWS's clock, as any process that has asked AWS does. */
async function noteClock(offset: number): Promise<void> {
  const bootId = (await readFile('/proc/sys/kernel/random/boot_id', 'utf8')).trim()
  // Newer than any before it: uptime is told in whole seconds.
  const anchor = { offset, local: Date.now() + 1000, uptime: uptime() * 1000 + 1000, bootId }
  const store = openStore({ file: join(scenario.env.HALLPASS_HOME ?? '', 'hallpass.db') })
  store.setSetting(CLOCK_SETTING, JSON.stringify(anchor))
  store.close()
}
