// `hallpass import aws-files`: what stands in the files comes into Hallpass, and out of the files only when asked.
import { chmod, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ImportPlan, ImportResult } from '#shared/import.ts'
import { builtCli } from './cli-support/built.ts'
import { DANA, SANDBOX_ADMIN, type Scenario, startScenario } from './cli-support/scenario.ts'

const cli = builtCli()
let world: Scenario

beforeEach(async () => {
  world = await startScenario(cli.entry)
})
afterEach(() => world.end())

const credentialsFile = () => join(world.folder, 'aws/credentials')
const keyLines = ({ accessKeyId, secretAccessKey } = world.account.user(DANA)) =>
  `aws_access_key_id = ${accessKeyId}\naws_secret_access_key = ${secretAccessKey}\n`

async function writeFiles(): Promise<void> {
  await writeFile(credentialsFile(), `# mine\n[dana]\n${keyLines()}`, { mode: 0o600 })
  await writeFile(
    world.configFile,
    `# mine\n[profile sandbox]\nrole_arn = ${SANDBOX_ADMIN}\nsource_profile = dana\nregion = eu-west-1\n\n[profile tool]\ncredential_process = /bin/tool\n`,
  )
}

const results = ({ items }: ImportResult) => items.map(({ profile, result }) => [profile, result])

describe('importing', () => {
  it('shows everything first, and changes nothing', async () => {
    await writeFiles()
    const before = await world.snapshot()
    const plan = (await world.json(['import', 'aws-files', '--dry-run', '--json'])) as ImportPlan
    expect(plan.items.map(({ profile, outcome }) => [profile, outcome])).toEqual([
      ['sandbox', 'role'],
      ['tool', 'skipped'],
      ['dana', 'identity'],
    ])
    expect(await world.snapshot()).toEqual(before)
    const told = await world.run(['import', 'aws-files', '--dry-run'])
    expect(told.stdout + told.stderr).not.toContain(world.account.user(DANA).secretAccessKey)
    expect(told.stderr).toContain('tool: It gets its credentials from a program of its own.')
  })

  it('takes in keys and roles that then work, leaves the files as they are, and adds nothing twice', async () => {
    await writeFiles()
    const files = async () => [await readFile(world.configFile, 'utf8'), await readFile(credentialsFile(), 'utf8')]
    const before = await files()
    expect(results((await world.json(['import', 'aws-files', '--json'])) as ImportResult)).toEqual([
      ['sandbox', 'added'],
      ['tool', 'skipped'],
      ['dana', 'added'],
    ])
    expect(await world.json(['assume', 'sandbox', '--format', 'json'])).toMatchObject({ RoleArn: SANDBOX_ADMIN })
    expect(await files()).toEqual(before)
    expect(results((await world.json(['import', 'aws-files', '--json'])) as ImportResult)).toEqual([
      ['sandbox', 'known'],
      ['tool', 'skipped'],
      ['dana', 'known'],
    ])
  })

  it('moves a plaintext key, whose profile goes on working, and puts it back', async () => {
    await writeFiles()
    const before = await readFile(credentialsFile(), 'utf8')
    const { items } = (await world.json(['import', 'aws-files', '--move-keys', '--json'])) as ImportResult
    expect(items.find(({ profile }) => profile === 'dana')).toMatchObject({ moved: true, error: null })
    expect(await readFile(credentialsFile(), 'utf8')).not.toContain('aws_secret_access_key')
    expect(await world.json(['profile', 'list', '--json'])).toMatchObject([{ profile: 'dana', isAdopted: true }])
    // The role that starts from it is the one that came in with it.
    expect(results((await world.json(['import', 'aws-files', '--json'])) as ImportResult)[0]).toEqual([
      'sandbox',
      'known',
    ])
    expect((await world.run(['profile', 'remove', 'dana'])).exitCode).toBe(0)
    expect(await readFile(credentialsFile(), 'utf8')).toBe(before)
  })

  it('takes one key for two profiles, and moves the one that can be', async () => {
    await writeFile(credentialsFile(), `[one]\n${keyLines()}[two]\n${keyLines()}[default]\n${keyLines()}`, {
      mode: 0o600,
    })
    const { items } = (await world.json(['import', 'aws-files', '--move-keys', '--json'])) as ImportResult
    expect(
      items.filter(({ accessKeyId }) => accessKeyId).map(({ profile, moved, error }) => [profile, moved, error?.code]),
    ).toEqual([
      ['one', true, undefined],
      ['two', false, 'profile.in-use'],
      ['default', true, undefined],
    ])
    expect(await world.json(['identity', 'list', '--json'])).toHaveLength(1)
    expect(await readFile(credentialsFile(), 'utf8')).toContain('[two]\naws_access_key_id')
  })

  it('takes only the chosen profile, with what it needs', async () => {
    await writeFiles()
    await writeFile(credentialsFile(), `[dana]\n${keyLines()}[bot]\n${keyLines(world.account.user('deploy-bot'))}`)
    const done = (await world.json(['import', 'aws-files', '--profile', 'sandbox', '--json'])) as ImportResult
    expect(results(done)).toEqual([
      ['sandbox', 'added'],
      ['tool', 'skipped'],
      ['dana', 'added'],
      ['bot', 'left-out'],
    ])
  })

  it('stores neither a key AWS refuses nor a root user’s, nor what starts from them', async () => {
    const root = world.account.addUser({ accountId: '123456789012', name: 'root', isRoot: true })
    const refused = { accessKeyId: 'AKIAQ6VEXAMPLEKEY001', secretAccessKey: 'abcdEFGH0123/abcdEFGH0123+abcdEFGH012345' }
    await writeFile(credentialsFile(), `[root]\n${keyLines(root)}[gone]\n${keyLines({ ...root, ...refused })}`, {
      mode: 0o600,
    })
    await writeFile(world.configFile, `[profile r]\nrole_arn = ${SANDBOX_ADMIN}\nsource_profile = gone\n`)
    const run = await world.run(['import', 'aws-files', '--json'])
    expect(run.exitCode).toBe(1)
    const { items } = JSON.parse(run.stdout) as ImportResult
    expect(items.map(({ profile, result, error }) => [profile, result, error?.code])).toEqual([
      ['r', 'failed', 'record.in-use'],
      ['root', 'failed', 'input.invalid'],
      ['gone', 'failed', 'sts.key-unknown'],
    ])
    expect(await world.json(['identity', 'list', '--json'])).toEqual([])
    expect(await world.json(['role', 'list', '--json'])).toEqual([])
  })

  it('reads another file, whose keys can’t be moved', async () => {
    const other = join(world.folder, 'old credentials')
    await writeFile(other, `[old]\n${keyLines()}`)
    expect((await world.run(['import', 'aws-files', other, '--move-keys'])).exitCode).toBe(2)
    expect(results((await world.json(['import', 'aws-files', other, '--json'])) as ImportResult)).toEqual([
      ['old', 'added'],
    ])
  })

  it('says why it can’t read a file, or that there is none', async () => {
    await writeFile(world.configFile, '[broken\n')
    expect((await world.run(['import', 'aws-files'])).exitCode).toBe(8)
    expect((await world.run(['import', 'aws-files', world.folder])).exitCode).toBe(1)
    const nothing = await world.run(['import', 'aws-files', join(world.folder, 'nowhere')])
    expect(nothing.exitCode).toBe(3)
    expect(nothing.stderr).toContain('does not exist')
    // Without a name it is the AWS files, which nobody need have.
    await rm(world.configFile)
    await rm(credentialsFile(), { force: true })
    const none = await world.run(['import', 'aws-files'])
    expect(none).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('no profiles') })
  })
})

describe('the doctor', () => {
  it('finds a plaintext key, repairs what it can, and writes a report without whose it is', async () => {
    await writeFiles()
    await chmod(credentialsFile(), 0o644)
    await world.json(['import', 'aws-files', '--json'])
    const state = async (words: string[] = []) => {
      const { exitCode, stdout } = await world.run(['doctor', '--json', ...words])
      const { checks } = JSON.parse(stdout) as { checks: { id: string; state: string }[] }
      return { exitCode, states: Object.fromEntries(checks.map((check) => [check.id, check.state])) }
    }
    expect((await state()).states).toMatchObject({
      'files.plaintext-keys': 'warn',
      'files.sound': 'warn',
      'vault.open': 'ok',
      'vault.entries': 'ok',
      activity: 'ok',
      'store.sound': 'ok',
    })
    expect(await state(['--repair'])).toMatchObject({ exitCode: 0, states: { 'files.sound': 'ok' } })

    const file = join(world.folder, 'report.json')
    expect((await world.run(['doctor', '--report', file])).exitCode).toBe(0)
    const report = await readFile(file, 'utf8')
    const { accessKeyId, secretAccessKey, totpSeed, arn, accountId, mfaSerial } = world.account.user(DANA)
    const planted = [
      accessKeyId,
      secretAccessKey,
      totpSeed,
      arn,
      accountId,
      mfaSerial,
      SANDBOX_ADMIN,
      world.folder,
      '345678901234',
    ]
    for (const each of planted) expect(report).not.toContain(each)
    expect(JSON.parse(report)).toMatchObject({ counts: { identities: 1, roles: 1 } })
    expect((await world.run(['doctor', '--report', file])).exitCode).toBe(8)
  })

  it('fails when a profile runs a command that is gone', async () => {
    await writeFiles()
    await world.json(['import', 'aws-files', '--json'])
    await world.run(['profile', 'write', 'sandbox', '--profile', 'mine'])
    await chmod(join(world.folder, 'hallpass/bin/hallpass'), 0o600)
    const run = await world.run(['doctor'])
    expect(run.exitCode).toBe(1)
    expect(run.stdout).toContain('which profiles run, can’t be run.')
    expect((await world.run(['doctor', '--repair'])).exitCode).toBe(0)
  })
})
