/** The drill: the whole emergency path on a practice account of its own, and nothing of it anywhere else. */
import type { ChildProcess } from 'node:child_process'
import { mkdirSync, readdirSync, rmdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { type DrillOptions, runDrill } from '#core/breakglass/drill/drill.ts'
import { createRehearsal } from '#core/breakglass/drill/rehearsal.ts'
import { type DrillState, type DrillStep, STEPS } from '#core/breakglass/drill/steps.ts'
import { openDrillWorld } from '#core/breakglass/drill/world.ts'
import type { ActivityEntry } from '#shared/activity.ts'
import type { SealedCredential } from '#shared/breakglass.ts'
import {
  DRILL_STEPS,
  type DrillReport,
  type DrillStepId,
  drillReportSchema,
  failedSteps,
  missedSteps,
} from '#shared/breakglass-drill.ts'
import { HallpassError } from '#shared/errors.ts'
import { builtCli } from './cli-support/built.ts'
import { type Scenario, startScenario } from './cli-support/scenario.ts'

const cli = builtCli()
let scenario: Scenario
let temporary: string

beforeAll(async () => {
  // No keychain can be reached: whoever asks for one fails.
  vi.stubEnv('DBUS_SESSION_BUS_ADDRESS', 'unix:path=/nowhere/bus')
  vi.stubEnv('HALLPASS_VAULT', 'file')
  vi.stubEnv('HALLPASS_PASSPHRASE', 'of the person’s own file')
  scenario = await startScenario(cli.entry)
  temporary = join(scenario.folder, 'temporary')
  mkdirSync(temporary)
  const add = ['breakglass', 'add', 'acme-prod', '--user', 'EmergencyAccess', '--account', '123456789012', '--json']
  await scenario.json(add, { stdin: 'the password of a real user\n' })
})
afterAll(async () => {
  await scenario?.end()
  vi.unstubAllEnvs()
})

const environment = () => ({ TMPDIR: temporary })
const show = async () => (await scenario.json(['breakglass', 'show', 'acme-prod', '--json'])) as SealedCredential
const recorded = async () =>
  (await scenario.json(['activity', 'list', '--limit', '0', '--json'])) as Pick<
    ActivityEntry,
    'kind' | 'name' | 'detail'
  >[]

/** Once its folder is there. */
function killOnceThere(child: ChildProcess, signal: NodeJS.Signals = 'SIGKILL'): void {
  const timer = setInterval(() => {
    if (readdirSync(temporary).length > 0) child.kill(signal)
  }, 20)
  child.once('exit', () => clearInterval(timer))
}

describe('the steps', () => {
  it('are all done, in a folder that is gone afterwards, and no secret is in the report', async () => {
    const world = await openDrillWorld({ within: temporary })
    const { breakglass } = world.hallpass
    const secrets: string[] = []
    const watched: DrillState = {
      from: world.from,
      hallpass: {
        ...world.hallpass,
        breakglass: {
          ...breakglass,
          reveal: async (...given) => {
            const revealed = await breakglass.reveal(...given)
            secrets.push(revealed.value)
            return revealed
          },
          assume: async (...given) => {
            const session = await breakglass.assume(...given)
            secrets.push(session.credentials.secretAccessKey, session.credentials.sessionToken)
            return session
          },
        },
      },
    }
    let report: DrillReport
    try {
      expect(readdirSync(temporary)).toHaveLength(1)
      report = await runDrill(watched)
      expect(world.hallpass.activity.list({ kind: 'breakglass' }).length).toBeGreaterThan(8)
    } finally {
      await world.end()
    }
    expect(readdirSync(temporary)).toEqual([])
    expect(report.steps.filter(({ done }) => !done)).toEqual([])
    expect(report.steps.map(({ id }) => id)).toEqual(DRILL_STEPS)
    expect(secrets).toHaveLength(4)
    expect(secrets.filter((secret) => JSON.stringify(report).includes(secret))).toEqual([])
  })
})

describe('going through them', () => {
  let now = 0
  const fake = (id: DrillStep['id'], needs: DrillStep['needs'] = [], run: () => void = () => {}): DrillStep => ({
    id,
    needs,
    run: async () => {
      now += 2000
      run()
      return `${id} is done.`
    },
  })
  const drill = (steps: readonly DrillStep[], options: Partial<DrillOptions> = {}) => {
    now = Date.UTC(2026, 0, 1)
    return runDrill({ from: 'dana' } as DrillState, { clock: () => now, steps, ...options })
  }
  const fail = (error: Error) => () => {
    throw error
  }

  it('takes the time of each, with what it takes to read', async () => {
    const confirm = async () => {
      now += 500
      return 'do' as const
    }
    expect(await drill([fake('set-up'), fake('open', ['set-up'])], { confirm, name: 'acme' })).toEqual({
      name: 'acme',
      startedAt: '2026-01-01T00:00:00.000Z',
      seconds: 5,
      steps: [
        { id: 'set-up', seconds: 2.5, done: true, note: 'set-up is done.' },
        { id: 'open', seconds: 2.5, done: true, note: 'open is done.' },
      ],
    })
  })

  it('goes on after one that failed, without those that need it', async () => {
    const coded = fail(new HallpassError('vault.locked', 'The vault is locked.'))
    const steps = [fake('set-up', [], coded), fake('open', ['set-up']), fake('close', ['open']), fake('verify-log')]
    const asked: string[] = []
    const confirm: DrillOptions['confirm'] = async (step) => {
      asked.push(step)
      return 'do'
    }
    expect((await drill(steps, { confirm })).steps).toEqual([
      { id: 'set-up', seconds: 2, done: false, note: 'The vault is locked.' },
      { id: 'open', seconds: null, done: false, note: 'Not possible without set-up.' },
      { id: 'close', seconds: null, done: false, note: 'Not possible without open.' },
      { id: 'verify-log', seconds: 2, done: true, note: 'verify-log is done.' },
    ])
    expect(asked).toEqual(['set-up', 'verify-log'])
  })

  it('repeats no text of an error that is not known', async () => {
    const { steps } = await drill([fake('open', [], fail(new Error('planted secret')))])
    expect(steps).toMatchObject([{ done: false, note: 'Something unexpected went wrong.' }])
  })

  it('stops before the next one when it is told to', async () => {
    const stop = new AbortController()
    let ran = 0
    const first = fake('set-up', [], () => stop.abort())
    const second = fake('open', [], () => ran++)
    await expect(drill([first, second], { signal: stop.signal })).rejects.toMatchObject({ code: 'cancelled' })
    expect(ran).toBe(0)
  })
})

describe('a drill on the screens', () => {
  it('is told by its log, and takes all of it back', async () => {
    const world = await openDrillWorld({ within: temporary, openMinutes: 1 })
    try {
      const rehearsal = createRehearsal(world, { name: 'acme-prod' })
      const state: DrillState = { hallpass: world.hallpass, from: world.from }
      const run = (id: DrillStepId) => STEPS.find((step) => step.id === id)?.run(state)
      expect(rehearsal.progress()).toMatchObject({ name: 'acme-prod', from: world.from, done: [] })
      await run('set-up')
      await run('open')
      const [opening] = world.hallpass.breakglass.openings()
      expect(Date.parse(opening?.until ?? '') - Date.now()).toBeLessThanOrEqual(60_000)
      await world.hallpass.breakglass.follow(opening?.id ?? '')
      expect(rehearsal.progress().done).toEqual(['set-up', 'open'])
      await world.hallpass.breakglass.follow(opening?.id ?? '', 'SupportUserRole')
      await run('show-password')
      // Changed, but not all of what was seen.
      await world.hallpass.rotation.rotate('sealed', 'EmergencyAccess')
      expect(rehearsal.progress().done).toEqual(['set-up', 'open', 'show-password', 'assume-role'])
      await run('close')
      await run('rotate')
      const report = await rehearsal.finish()
      expect(drillReportSchema.parse(report)).toEqual(report)
      expect(missedSteps(report)).toEqual(['show-code', 'write-note'])
      expect(failedSteps(report)).toEqual([])
      const taken = report.steps.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0)
      expect(Math.abs(taken - report.seconds)).toBeLessThan(1)
      expect(world.hallpass.breakglass.list()).toEqual([])
    } finally {
      await world.end()
    }
    expect(readdirSync(temporary)).toEqual([])
  })
})

describe('hallpass breakglass drill', () => {
  it('asks, and so needs a terminal or --yes, and a name that is known', async () => {
    expect(await scenario.run(['breakglass', 'drill', '--json'])).toMatchObject({ exitCode: 7, stdout: '' })
    expect(await scenario.run(['breakglass', 'drill', 'acme-prot', '--yes'])).toMatchObject({ exitCode: 3, stdout: '' })
  })

  it('on a terminal says what to do in earnest, and what was skipped does not count', async () => {
    const steps = [
      { wait: 'breakglass setup --from', send: 's\r' },
      { wait: '9/10', send: '\r' },
    ]
    const run = await scenario.type(['breakglass', 'drill', 'acme-prod'], steps)
    expect(run.exitCode).toBe(0)
    expect(run.screen).toContain('In the real case: hallpass activity verify')
    expect(run.screen).toContain('Of 10 steps, 9 missed. It does not count as a drill of acme-prod.')
    const missed = DRILL_STEPS.filter((id) => id !== 'verify-log').join(', ')
    expect((await recorded())[0]).toMatchObject({ kind: 'breakglass.drilled', name: 'acme-prod', detail: { missed } })
    expect((await show()).lastDrillAt).toBeNull()
  })

  it('runs by itself with --yes, and leaves its record and nothing else', async () => {
    const [before, log, snapshot] = [await show(), await recorded(), await scenario.snapshot()]
    const calls = scenario.account.calls().length
    const words = ['breakglass', 'drill', 'ACME-prod', '--yes', '--json']
    const report = drillReportSchema.parse(await scenario.json(words, { env: environment() }))
    expect(report.name).toBe('acme-prod')
    expect(report.steps.map(({ id, done }) => [id, done])).toEqual(DRILL_STEPS.map((id) => [id, true]))
    expect(report.seconds).toBeGreaterThanOrEqual(Math.max(...report.steps.map(({ seconds }) => seconds ?? 0)))
    expect(await show()).toEqual({ ...before, lastDrillAt: report.startedAt })
    const [newest, ...older] = await recorded()
    expect(newest).toMatchObject({
      kind: 'breakglass.drilled',
      name: 'acme-prod',
      detail: { seconds: String(report.seconds) },
    })
    expect(older).toEqual(log)
    expect(await scenario.snapshot()).toEqual(snapshot)
    expect(scenario.account.calls()).toHaveLength(calls)
    expect(readdirSync(temporary)).toEqual([])
  })

  it('takes away what one that was killed has left, and nothing of one that runs', async () => {
    const killed = await scenario.run(['breakglass', 'drill', '--yes', '--json'], {
      env: environment(),
      onStart: killOnceThere,
    })
    expect(killed.exitCode).not.toBe(0)
    expect(readdirSync(temporary)).toHaveLength(1)
    const others = [`hallpass-drill-${process.pid}-abcdef`, 'hallpass-drill-notes', 'hallpass-drill-1-abcdef-mine']
    for (const name of others) mkdirSync(join(temporary, name))
    const world = await openDrillWorld({ within: temporary })
    await world.end()
    expect(readdirSync(temporary).sort()).toEqual(others.sort())
    for (const name of others) rmdirSync(join(temporary, name))
  })

  it('cleans up when it is stopped, and records nothing', async () => {
    const log = await recorded()
    const run = await scenario.run(['breakglass', 'drill', '--yes', '--json'], {
      env: environment(),
      onStart: (child) => killOnceThere(child, 'SIGTERM'),
    })
    expect(run).toMatchObject({ exitCode: 9, stdout: '' })
    expect(readdirSync(temporary)).toEqual([])
    expect(await recorded()).toEqual(log)
  })
})
