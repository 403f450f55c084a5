/** A hundred tools that start at once: one call of AWS and one prompt for all of them, whoever of them dies. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { builtCli } from './cli-support/built.ts'
import { type CliRun, runCli } from './cli-support/run.ts'
import { DANA, PROD_ADMIN, PROD_READ_ONLY, type Scenario, startScenario } from './cli-support/scenario.ts'

const COUNT = 100
const cli = builtCli()
let scenario: Scenario

beforeEach(async () => {
  scenario = await startScenario(cli.entry)
  await scenario.addWork()
})
afterEach(() => scenario.end())

const assumed = () => scenario.account.calls().filter(({ action }) => action === 'AssumeRole')

function hundred(name: string, kill: ReadonlySet<number> = new Set(), count = COUNT): Promise<CliRun[]> {
  return Promise.all(
    Array.from({ length: count }, (_, index) =>
      runCli(cli.entry, ['credential-process', name], {
        env: scenario.env,
        limitMs: 60_000,
        onStart: (child) => {
          if (kill.has(index)) setTimeout(() => child.kill('SIGKILL'), Math.random() * 3000)
        },
      }),
    ),
  )
}

/** The one key that all of them got. */
function onlyKey(runs: readonly CliRun[]): string {
  const keys = new Set<string>()
  for (const { exitCode, stdout, stderr } of runs) {
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    const document = JSON.parse(stdout) as Record<string, unknown>
    expect(document).toMatchObject({ Version: 1, Expiration: expect.stringMatching(/^[\dT:-]+Z$/) })
    keys.add(String(document.AccessKeyId))
  }
  expect(keys.size).toBe(1)
  return [...keys].join()
}

describe('a hundred cold credential processes at once', { timeout: 90_000 }, () => {
  it('get the same answer from one AssumeRole', async () => {
    await scenario.json(['role', 'add', 'ro', '--arn', PROD_READ_ONLY, '--from', 'work', '--json'])
    const key = onlyKey(await hundred('ro'))
    expect(key).toMatch(/^ASIA/)
    expect(assumed()).toHaveLength(1)
  })

  it('get it too when ten of them are killed', async () => {
    await scenario.json(['role', 'add', 'ro', '--arn', PROD_READ_ONLY, '--from', 'work', '--json'])
    // The answer takes its time, so that there is something to be killed at.
    scenario.account.control.apply({ latencyMs: 400 })
    const kill = new Set<number>()
    while (kill.size < 10) kill.add(Math.floor(Math.random() * COUNT))
    const runs = await hundred('ro', kill)
    const survivors = runs.filter(({ exitCode }) => exitCode !== null)
    expect(survivors.length).toBeGreaterThanOrEqual(COUNT - 10)
    const keys = new Set(survivors.map(({ stdout }) => (JSON.parse(stdout) as { AccessKeyId: string }).AccessKeyId))
    expect(keys.size).toBe(1)
    // One that was killed between AWS's answer and keeping it has cost a call that nobody can take back.
    expect(assumed().length).toBeLessThanOrEqual(2)
  })

  it('fail together, thirty of them, after one call, when AWS refuses', async () => {
    await scenario.json(['role', 'add', 'admin', '--arn', PROD_ADMIN, '--from', 'work', '--json'])
    // One that starts after the refusal asks again, as it should. So they are no more than start within one call,
    // which may not take longer than 15 seconds.
    scenario.account.control.apply({ latencyMs: 10_000 })
    const runs = await hundred('admin', new Set(), 30)
    for (const { exitCode, stdout } of runs) expect({ exitCode, stdout }).toEqual({ exitCode: 4, stdout: '' })
    expect(assumed()).toHaveLength(1)
  })
})

describe('a person at one of many terminals', () => {
  it('is asked once for all processes of an MFA role', async () => {
    await scenario.json(['role', 'add', 'admin', '--arn', PROD_ADMIN, '--from', 'work', '--mfa', '--json'])
    const code = scenario.account.totpCode(DANA)
    const steps = [{ wait: 'MFA code', send: `${code}\r` }]
    const runs = await Promise.all(
      Array.from({ length: 12 }, () => scenario.type(['credential-process', 'admin'], steps, ['stdout'])),
    )
    onlyKey(runs.map(({ exitCode, stdout }) => ({ exitCode, stdout, stderr: '' })))
    expect(runs.filter(({ screen }) => screen.includes('MFA code'))).toHaveLength(1)
    expect(assumed()).toHaveLength(1)
  })
})
