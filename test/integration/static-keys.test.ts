/** Static keys leave the file with their session, whoever is there to take them out: end, expiry, quit, crash. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createHallpass } from '#core/create-hallpass.ts'
import type { Hallpass } from '#core/hallpass.ts'
import { createLog } from '#core/log.ts'
import { watchStaticKeys } from '#core/static-keys.ts'
import { openStore } from '#core/store/open-store.ts'
import { eventually } from '../support/eventually.ts'
import { type RunningAgent, startAgent } from './cli-support/agent.ts'
import { builtCli } from './cli-support/built.ts'
import { SANDBOX_ADMIN, type Scenario, startScenario } from './cli-support/scenario.ts'

const cli = builtCli()
let scenario: Scenario
let opened: Hallpass[]
const agents: RunningAgent[] = []

beforeEach(async () => {
  opened = []
  scenario = await startScenario(cli.entry)
  await scenario.addWork()
  await scenario.json(['role', 'add', 'sandbox', '--arn', SANDBOX_ADMIN, '--from', 'work', '--json'])
})
afterEach(async () => {
  for (const each of opened) each.close()
  await Promise.all(agents.splice(0).map((agent) => agent.kill('SIGKILL')))
  await scenario?.end()
})

/** What the app has, at a time of the test's choosing. */
async function open(clock = Date.now): Promise<Hallpass> {
  const log = createLog(() => {})
  const mfaPrompt = () => Promise.reject(new Error('nobody to ask'))
  const hallpass = await createHallpass({ env: scenario.env, command: ['node', cli.entry], log, mfaPrompt, clock })
  opened.push(hallpass)
  return hallpass
}

async function hasKeys(): Promise<boolean> {
  const file = scenario.env.AWS_SHARED_CREDENTIALS_FILE ?? ''
  return existsSync(file) && (await readFile(file, 'utf8')).includes('aws_session_token')
}

async function writeKeys(): Promise<void> {
  await scenario.json(['profile', 'write', 'sandbox', '--mode', 'static', '--json'])
  expect(await hasKeys()).toBe(true)
}

const DAY = 24 * 60 * 60_000

/** A day passes at AWS, and its next answer tells. */
async function passDayAtAws(): Promise<void> {
  scenario.account.control.apply({ clockSkewSeconds: DAY / 1000 })
  expect(await scenario.run(['identity', 'test', 'work'])).toMatchObject({ exitCode: 4 })
}

describe('static keys go', () => {
  it('at the end of their session', async () => {
    await writeKeys()
    await scenario.json(['session', 'end', 'sandbox', '--json'])
    expect(await hasKeys()).toBe(false)
  })

  it('at its expiry, while the app is open', async () => {
    await writeKeys()
    let now = Date.now()
    const hallpass = await open()
    const store = openStore({ file: `${hallpass.home}/hallpass.db` })
    const { profiles, home } = hallpass
    const endSession = async (key: string) => void store.sessions.remove(key)
    const parts = { store, profiles, endSession, home, log: createLog(() => {}), lookMs: 5 }
    const clear = vi.spyOn(hallpass.profiles, 'clearStaticKeys')
    const stop = await watchStaticKeys({ ...parts, clock: () => now })
    expect(await hasKeys()).toBe(true)
    await passDayAtAws()
    now += DAY
    await eventually(async () => expect(await hasKeys()).toBe(false))
    // Once for each expiry: the files are not read over and over.
    const calls = clear.mock.calls.length
    let looks = 0
    vi.spyOn(store.profiles, 'list').mockImplementation(() => {
      looks++
      return []
    })
    await eventually(() => expect(looks).toBeGreaterThan(2))
    expect([calls, clear.mock.calls.length]).toEqual([1, 1])
    await stop()
    store.close()
  })

  it('at its expiry when only the command runs, whatever it is run for', async () => {
    await writeKeys()
    await passDayAtAws()
    expect(await hasKeys()).toBe(true)
    await open()
    expect(await hasKeys()).toBe(false)
  })

  it('not by a computer’s clock that is ahead of AWS’s', async () => {
    await writeKeys()
    const hallpass = await open(() => Date.now() + DAY)
    expect(await hallpass.profiles.clearStaticKeys({ expiredOnly: true })).toBe(0)
    expect(await hasKeys()).toBe(true)
  })

  it('at its expiry, while hallpass agent runs, which leaves the others when it ends', async () => {
    await writeKeys()
    const first = await startAgent(cli.entry, scenario.env)
    agents.push(first)
    expect(await first.kill('SIGTERM')).toBe(0)
    expect(await hasKeys()).toBe(true)
    agents.push(await startAgent(cli.entry, scenario.env))
    await passDayAtAws()
    await eventually(async () => expect(await hasKeys()).toBe(false))
  })

  it('when the app quits, and stay while it runs beside the command', async () => {
    const stop = await (await open()).watchStaticKeys()
    await writeKeys()
    await scenario.json(['role', 'list', '--json'])
    expect(await hasKeys()).toBe(true)
    await stop()
    expect(await hasKeys()).toBe(false)
    await writeKeys()
    await scenario.json(['role', 'list', '--json'])
    expect(await hasKeys()).toBe(true)
  })

  it.each([
    ['the app', async () => void (await open())],
    ['the command', () => scenario.json(['role', 'list', '--json'])],
  ])('after a crash of the app, at the next start of %s', async (_, start) => {
    const script = `
      import { createHallpass } from '#core/create-hallpass.ts'
      const log = { debug() {}, info() {}, warn() {}, error() {} }
      const mfaPrompt = () => Promise.reject(new Error('nobody'))
      const hallpass = await createHallpass({ env: process.env, command: ['node', '/x'], log, mfaPrompt })
      await hallpass.watchStaticKeys()
      console.log('watching')
      setInterval(() => {}, 1000)`
    const app = spawn(process.execPath, ['--input-type=module', '-e', script], {
      env: scenario.env,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    await once(app.stdout, 'data')
    await writeKeys()
    app.kill('SIGKILL')
    await once(app, 'exit')
    expect(await hasKeys()).toBe(true)
    await start()
    expect(await hasKeys()).toBe(false)
    // The crash is dealt with: what is written from now on stays.
    await writeKeys()
    await start()
    expect(await hasKeys()).toBe(true)
  })
})
