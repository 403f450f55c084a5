/** Profiles whose own process asks Hallpass for what it is to give, by hand or through one another: with an agent and without. */
import { writeFileSync } from 'node:fs'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { type RunningAgent, startAgent } from './cli-support/agent.ts'
import { builtCli } from './cli-support/built.ts'
import { DANA, PROD_READ_ONLY, SANDBOX_ADMIN, type Scenario, startScenario } from './cli-support/scenario.ts'

const cli = builtCli()
let scenario: Scenario
let agent: RunningAgent | undefined

beforeAll(async () => {
  scenario = await startScenario(cli.entry)
  const profiles = { own: 'own-role', there: 'back-role', back: 'there-role', sound: 'plain' }
  const write = (linesOf: (asked: string) => string) =>
    writeFileSync(
      scenario.configFile,
      Object.entries(profiles)
        .map(([profile, asked]) => `[profile ${profile}]\n${linesOf(asked)}\n`)
        .join(''),
    )
  const { accessKeyId, secretAccessKey } = scenario.account.user(DANA)
  // What gives nothing is not taken in: they turn into circles later.
  write(() => `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}`)
  await scenario.json(['identity', 'add', 'plain', '--access-key-id', accessKeyId, '--json'], {
    stdin: secretAccessKey,
  })
  for (const profile of Object.keys(profiles)) {
    await scenario.json(['identity', 'add-profile', profile, '--profile', profile, '--json'])
    const arn = profile === 'back' ? PROD_READ_ONLY : SANDBOX_ADMIN
    await scenario.json(['role', 'add', `${profile}-role`, '--arn', arn, '--from', profile, '--json'])
  }
  write((asked) => `credential_process = "${process.execPath}" "${cli.entry}" credential-process ${asked}`)
})
afterEach(async () => {
  await agent?.kill('SIGKILL')
  agent = undefined
})
afterAll(() => scenario?.end())

describe.each(['without an agent', 'with an agent'])('%s', (how) => {
  const begin = async () => {
    if (how === 'with an agent') agent = await startAgent(cli.entry, scenario.env, [])
  }

  it.each([
    ['own-role', 'own'],
    ['there-role', 'there'],
  ])('%s, which asks for itself, is refused at once and says why', { timeout: 30_000 }, async (name, profile) => {
    await begin()
    const run = await scenario.run(['credential-process', name])
    expect(run.exitCode).not.toBe(0)
    expect(run.stderr).toContain(`asks Hallpass for the same profile`)
    expect(run.stderr).toContain(profile)
  })

  it('one that asks for another identity is served', { timeout: 30_000 }, async () => {
    await begin()
    const run = await scenario.run(['credential-process', 'sound-role'])
    expect(run).toMatchObject({ exitCode: 0, stderr: '' })
    expect(JSON.parse(run.stdout)).toMatchObject({ Version: 1 })
  })
})
