// What the vault makes of a keyring that is locked, silent or missing. Each in a ring of its own, on the real parts.
import { describe, expect, inject, test } from 'vitest'
import { type RingOptions, ringsWork, runScriptInRing } from '../support/ring.ts'

interface Step {
  readonly step: string
  readonly value?: unknown
  readonly code?: string
  readonly message?: string
  readonly hint?: string
  readonly ms: number
}

const SCENARIO = new URL('../support/vault-scenario.ts', import.meta.url).pathname

async function play(kind: RingOptions['kind'], steps: string[][], env: Record<string, string> = {}) {
  const args = steps.map((step) => JSON.stringify(step))
  const run = await runScriptInRing(SCENARIO, args, { kind, env })
  const results = run.stdout
    .split('\n')
    .filter(Boolean)
    .map((line): Step => JSON.parse(line))
  if (results.length !== steps.length) throw new Error(`the scenario broke off: ${run.stderr}`)
  return { code: run.code, results, codes: results.map((result) => result.code) }
}

const WORKS = undefined

describe.runIf(ringsWork)('a locked keyring', () => {
  test('that nobody can be asked to unlock: refused at once, nothing changed', async () => {
    const { results, codes } = await play('unlocked', [
      ['put', 'a/b', 'x'],
      ['lock'],
      ['status'],
      ['get', 'a/b'],
      ['put', 'a/b', 'y'],
      ['put', 'a/c', 'y'],
      ['remove', 'a/b'],
      ['index'],
    ])
    const locked = 'vault.locked'
    expect(codes).toEqual([WORKS, WORKS, WORKS, locked, locked, locked, locked, WORKS])
    expect(results[2]?.value).toMatchObject({ state: 'locked', problem: { code: locked } })
    expect(results[7]?.value).toEqual(['a/b'])
    expect(Math.max(...results.map((result) => result.ms))).toBeLessThan(5000)
  })

  test('whose prompt is closed: dismissed, nothing changed', async () => {
    const { results, codes } = await play('unlocked', [
      ['put', 'a/b', 'x'],
      ['lock'],
      ['prompter', 'dismiss'],
      ['get', 'a/b'],
      ['put', 'a/c', 'y'],
      ['remove', 'a/b'],
      ['index'],
    ])
    const dismissed = 'vault.dismissed'
    expect(codes.slice(3, 6)).toEqual([dismissed, dismissed, dismissed])
    expect(results[6]?.value).toEqual(['a/b'])
  })

  test('whose prompt nobody answers: given up in time, later calls fail at once, and the process can still exit', async () => {
    const started = performance.now()
    const { code, codes, results } = await play(
      'unlocked',
      [['put', 'a/b', 'x'], ['lock'], ['prompter', 'hang'], ['get', 'a/b'], ['put', 'a/c', 'y'], ['status'], ['index']],
      { SCENARIO_TIMEOUT_MS: '1000', SCENARIO_EXIT: '5' },
    )
    expect(codes.slice(3)).toEqual(['vault.locked', 'vault.locked', WORKS, WORKS])
    expect(results[3]?.ms).toBeGreaterThanOrEqual(1000)
    expect(results[4]?.ms).toBeLessThan(900)
    expect(results[5]?.value).toMatchObject({ state: 'locked' })
    expect(results[6]?.value).toEqual(['a/b'])
    expect(code).toBe(5)
    expect(performance.now() - started).toBeLessThan(15_000)
  })
})

describe.runIf(ringsWork)('a keyring service that ended, and another in its place', () => {
  /** What breaks lines, and characters of several bytes. */
  const ODD = 'ü\u2028"\n\r'.repeat(2000)
  /** On a keyring that the scenario itself has started, and can start anew. */
  async function playOn(steps: string[][], command = inject('cliEntry')) {
    const { results, codes } = await play('no-bus', [['keyring'], ...steps], { SCENARIO_COMMAND: command })
    return { results: results.slice(1), codes: codes.slice(1) }
  }

  test.each([
    ['read from', ['get', 'a/b'], 'x'],
    ['written to', ['put', 'a/b', ODD], ODD],
  ])('is %s as before, and after a second time too', async (_, step, value) => {
    const { results, codes } = await playOn([
      ['put', 'a/b', 'x'],
      ['restart'],
      step,
      ['get', 'a/b'],
      ['restart'],
      step,
      ['get', 'a/b'],
      ['index'],
    ])
    expect(codes.filter(Boolean)).toEqual([])
    expect([results[3]?.value, results[6]?.value, results[7]?.value]).toEqual([value, value, ['a/b']])
  })

  test('loses what is removed, and nothing else', async () => {
    const { codes, results } = await playOn([
      ['put', 'a/b', 'x'],
      ['put', 'a/c', 'y'],
      ['restart'],
      ['remove', 'a/b'],
      ['get', 'a/b'],
      ['get', 'a/c'],
      ['index'],
    ])
    expect(codes).toEqual([WORKS, WORKS, WORKS, WORKS, 'vault.entry-lost', WORKS, WORKS])
    expect([results[5]?.value, results[6]?.value]).toEqual(['y', ['a/c']])
  })

  test('is locked: said as such, and nothing changes', async () => {
    const { codes, results } = await playOn([
      ['put', 'a/b', 'x'],
      ['restart'],
      ['lock'],
      ['get', 'a/b'],
      ['put', 'a/b', 'y'],
      ['restart'],
      ['get', 'a/b'],
    ])
    expect(codes).toEqual([WORKS, WORKS, WORKS, 'vault.locked', 'vault.locked', WORKS, WORKS])
    expect(results[6]?.value).toBe('x')
  })

  test('is out of reach where a part of Hallpass is missing, which the details say', async () => {
    const { codes, results } = await playOn(
      [['put', 'a/b', 'x'], ['restart'], ['put', 'a/b', 'y'], ['index']],
      '/nowhere/hallpass.cjs',
    )
    expect(codes[2]).toBe('vault.failed')
    expect(results[2]).toMatchObject({ details: expect.stringContaining('no answer (1)') })
    expect(results[3]?.value).toEqual(['a/b'])
  })
})

describe.runIf(ringsWork)('no keyring', () => {
  test.each([
    ['no-bus', 'vault.no-dbus', {}, 'D-Bus'],
    ['no-bus', 'vault.no-dbus', { DBUS_SESSION_BUS_ADDRESS: 'unix:path=/nowhere/bus' }, 'D-Bus'],
    ['no-service', 'vault.no-service', {}, 'org.freedesktop.secrets'],
  ] as const)('%s: %s', async (kind, code, env, words) => {
    const steps = [['status'], ['get', 'a/b'], ['put', 'a/b', 'x'], ['remove', 'a/b'], ['index']]
    const { results, codes } = await play(kind, steps, env)
    expect(results[0]?.value).toMatchObject({ state: 'unavailable', problem: { code } })
    expect(codes.slice(1, 4)).toEqual([code, code, code])
    expect(results[1]?.message).toContain(words)
    expect(results[1]?.hint).toBeTruthy()
    expect(results[4]?.value).toEqual([])
  })

  test('no library for this processor: vault.no-library', async () => {
    const { results, codes } = await play('unlocked', [['sabotageArch'], ['status'], ['get', 'a/b']])
    expect(results[1]?.value).toMatchObject({ state: 'unavailable', problem: { code: 'vault.no-library' } })
    expect(codes[2]).toBe('vault.no-library')
  })
})
