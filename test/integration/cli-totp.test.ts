/** `hallpass identity add-totp` and its kin, as processes of their own, on the practice account. */
import { spawnSync } from 'node:child_process'
import { chmod, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { encode } from 'fast-png'
import encodeQr from 'qr'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { scanFolders } from '../support/secret-scan.ts'
import { builtCli } from './cli-support/built.ts'
import { DANA, type Scenario, startScenario } from './cli-support/scenario.ts'

const ORG = 'arn:aws:iam::987654321098:role/OrgAccess'
const hasPython = spawnSync('python3', ['-c', 'import pty']).status === 0
if (!hasPython) process.stderr.write('skipped: the seed on a terminal, because python3 with pty is not installed\n')

const cli = builtCli()
let scenario: Scenario
let seed: string

beforeEach(async () => {
  scenario = await startScenario(cli.entry)
  seed = scenario.account.user(DANA).totpSeed ?? ''
  await scenario.addWork()
  await scenario.json(['role', 'add', 'org', '--arn', ORG, '--from', 'work', '--mfa', '--json'])
})
afterEach(async () => {
  const { hits, filesRead } = scanFolders([scenario.folder], { seed })
  await scenario.run(['identity', 'remove-totp', 'work'])
  await scenario.end()
  expect(hits, 'the seed on disk').toEqual([])
  expect(filesRead).toBeGreaterThan(0)
})

const addSeed = (words: string[] = [], stdin = `${seed}\n`) =>
  scenario.run(['identity', 'add-totp', 'work', ...words], { stdin })
const show = () => scenario.json(['identity', 'show', 'work', '--json'])

it('a role that wants MFA starts without a person, once the seed is stored', async () => {
  expect(await scenario.run(['assume', 'org'])).toMatchObject({ exitCode: 7 })
  const groups = seed
    .match(/.{1,4}/g)
    ?.join(' ')
    .toLowerCase()
  const added = await addSeed(['--json'], `${groups}\n`)
  expect(added).toMatchObject({ exitCode: 0, stderr: '' })
  expect(JSON.parse(added.stdout)).toMatchObject({ name: 'work', mfaSource: 'seed' })
  expect(added.stdout).not.toContain(seed)
  const [org] = (await scenario.json(['role', 'list', '--json'])) as { state: string }[]
  expect(org?.state).toBe('inactive')

  const process = await scenario.run(['credential-process', 'org'], { stdin: { open: true } })
  expect(process).toMatchObject({ exitCode: 0, stderr: '' })
  expect(JSON.parse(process.stdout)).toMatchObject({ Version: 1 })
})

it('a code is shown with the time it has left', async () => {
  await addSeed()
  const { code, secondsLeft } = (await scenario.json(['identity', 'totp', 'work', '--json'])) as Record<string, unknown>
  const now = Date.now()
  expect([now - 30_000, now].map((at) => scenario.account.totpCode(DANA, at))).toContain(code)
  expect(secondsLeft).toBeGreaterThan(0)
  expect(secondsLeft).toBeLessThanOrEqual(30)
})

it('the whole address, and an image of it, do as well', async () => {
  const uri = `otpauth://totp/dana-phone@987654321098?secret=${seed}`
  expect(await addSeed([], `${uri}\n`)).toMatchObject({ exitCode: 0 })
  expect(await addSeed([], `${uri}\n`)).toMatchObject({ exitCode: 8 })
  expect(await scenario.run(['identity', 'remove-totp', 'work'])).toMatchObject({ exitCode: 0 })
  expect(await show()).toMatchObject({ mfaSource: 'prompt' })
  expect(await scenario.run(['identity', 'totp', 'work'])).toMatchObject({ exitCode: 3 })

  const modules = encodeQr(uri, 'raw', { scale: 4, border: 4 })
  const size = modules.length
  const data = Uint8Array.from(modules.flat(), (isDark) => (isDark ? 0 : 255))
  const file = join(scenario.folder, 'mfa.png')
  await writeFile(file, encode({ width: size, height: size, data, depth: 8, channels: 1 }))
  const fromImage = await addSeed(['--qr', file], '')
  expect(fromImage).toMatchObject({ exitCode: 0 })
  expect(fromImage.stderr).toContain(`Delete ${file}`)
  await rm(file)
  expect(await show()).toMatchObject({ mfaSource: 'seed' })
})

it('--verify has AWS accept a code before anything is stored', async () => {
  expect(await addSeed(['--verify'])).toMatchObject({ exitCode: 0 })
  expect(scenario.account.calls().map(({ action }) => action)).toContain('GetSessionToken')
  expect(await show()).toMatchObject({ mfaSource: 'seed' })
})

it.each([
  ['a malformed seed', 'not a seed\n', 2],
  ['a seed that was cut off', `${'A'.repeat(17)}\n`, 2],
  ['empty input', '', 7],
])('%s is refused and nothing is stored', async (_what, stdin, exitCode) => {
  expect(await addSeed([], stdin)).toMatchObject({ exitCode, stdout: '' })
  expect(await show()).toMatchObject({ mfaSource: 'prompt' })
})

it('the seed goes with the identity', async () => {
  await addSeed()
  await scenario.json(['role', 'remove', 'org', '--json'])
  await scenario.json(['identity', 'remove', 'work', '--json'])
  await scenario.addWork()
  expect(await show()).toMatchObject({ mfaSource: 'prompt' })
  expect(await scenario.run(['identity', 'totp', 'work'])).toMatchObject({ exitCode: 3 })
})

it('a command gives the codes: shown, used, explained when it fails, and taken away', async () => {
  const tool = join(scenario.folder, 'tool')
  const write = async (body: string) => {
    await writeFile(tool, `#!/bin/sh\n${body}\n`)
    await chmod(tool, 0o755)
  }
  await write(`echo ${scenario.account.totpCode(DANA)}`)
  const edited = await scenario.json(['identity', 'edit', 'work', '--mfa-command', `"${tool}"`, '--json'])
  expect(edited).toMatchObject({ mfaSource: 'command', mfaCommand: `"${tool}"` })
  expect(await scenario.run(['identity', 'totp', 'work'])).toMatchObject({
    exitCode: 0,
    stdout: expect.stringMatching(/^\d{6}\n$/),
  })
  expect(await scenario.run(['assume', 'org'])).toMatchObject({ exitCode: 0 })
  await scenario.run(['session', 'end', '--all'])

  await write('echo "no key is plugged in" >&2; exit 1')
  const failed = await scenario.run(['identity', 'totp', 'work', '--json'])
  expect(failed.exitCode).toBe(1)
  expect(failed.stderr).toContain('mfa.command-failed')
  await scenario.json(['identity', 'edit', 'work', '--no-mfa-command', '--json'])
  expect(await scenario.run(['assume', 'org'])).toMatchObject({ exitCode: 7 })
})

describe.skipIf(!hasPython)('on a terminal', () => {
  it('the trade-off is said, the seed is not shown, the present code is', async () => {
    const run = await scenario.type(['identity', 'add-totp', 'work'], [{ wait: 'TOTP seed', send: `${seed}\r` }])
    expect(run.exitCode).toBe(0)
    expect(run.screen).toContain('no second factor any more')
    expect(run.screen).not.toContain(seed)
    expect(run.screen).toMatch(/The device should show \d{6} now/)
  })
})
