/** Several processes at one Identity Center: they read the same roles at once, some are killed, and one signs out meanwhile. */
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { RoleSummary } from '#shared/role-list.ts'
import { builtCli } from './cli-support/built.ts'
import { makeOpener } from './cli-support/opener.ts'
import { type Scenario, startScenario } from './cli-support/scenario.ts'

const DISCOVER = ['sso', 'discover', 'corp', '--profiles', '--json']

const cli = builtCli()
let scenario: Scenario

beforeEach(async () => {
  scenario = await startScenario(cli.entry)
  const { startUrl } = scenario.account.identityCenter
  await scenario.json(['sso', 'add', 'corp', '--start-url', startUrl, '--region', 'eu-west-1', '--json'])
  scenario.account.control.apply({ identityCenter: { answer: 'allow' } })
  await scenario.json(['sso', 'login', 'corp', '--json'], { env: makeOpener(join(scenario.folder, 'bin'), 'follows') })
})
afterEach(() => scenario?.end())

const roles = async () => (await scenario.json(['role', 'list', '--json'])) as RoleSummary[]
const profiles = async () => (await scenario.json(['profile', 'list', '--json'])) as { profile: string }[]
const arnsOf = (list: readonly RoleSummary[]) => list.map(({ arn }) => arn).sort()

describe('several processes that read the roles of one Identity Center', () => {
  it('let one of them do it, and find all, each once, with one profile each', { timeout: 60_000 }, async () => {
    const runs = await Promise.all(Array.from({ length: 4 }, () => scenario.run(DISCOVER)))
    expect(runs.some(({ exitCode }) => exitCode === 0)).toBe(true)
    for (const { exitCode, stderr } of runs) if (exitCode !== 0) expect(stderr).toContain('"code":"session.busy"')
    const found = await roles()
    expect(new Set(arnsOf(found)).size).toBe(found.length)
    expect(found.length).toBeGreaterThan(3)
    expect((await profiles()).map(({ profile }) => profile).sort()).toEqual(found.map(({ profile }) => profile).sort())
    // One more finds nothing new.
    expect(await scenario.json(DISCOVER)).toMatchObject({ added: [] })
  })

  it('are killed at any moment: the next one finds the rest', { timeout: 60_000 }, async () => {
    for (const ms of [350, 450, 550, 650]) {
      await scenario.run(DISCOVER, { onStart: (child) => void setTimeout(() => child.kill('SIGKILL'), ms) })
    }
    await scenario.json(DISCOVER)
    const found = await roles()
    expect(new Set(arnsOf(found)).size).toBe(found.length)
    expect((await profiles()).map(({ profile }) => profile).sort()).toEqual(found.map(({ profile }) => profile).sort())
    expect(await scenario.json(DISCOVER)).toMatchObject({ added: [] })
  })

  it.each([0, 150, 300, 450])('leave nothing of it when it is removed %i ms later', { timeout: 60_000 }, async (ms) => {
    const remove = ['identity', 'remove', 'corp', '--with-roles', '--yes', '--json']
    const running = scenario.run(DISCOVER)
    await pause(ms)
    const removal = await scenario.run(remove)
    await running
    // While roles still come in, that is refused; asked again, it is done.
    if (removal.exitCode !== 0) {
      expect(removal.stderr).toContain('"code":"record.in-use"')
      await scenario.json(remove)
    }
    const left = await roles()
    const names = ((await scenario.json(['identity', 'list', '--json'])) as { name: string }[]).map(({ name }) => name)
    expect(names).toEqual([])
    expect(left).toEqual([])
    expect(await profiles()).toEqual([])
  })
})
