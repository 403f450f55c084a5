/** Profiles of somebody else's, and second thoughts, through the built command. */
import { readFile, writeFile } from 'node:fs/promises'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { builtCli } from './cli-support/built.ts'
import { PROD_READ_ONLY, SANDBOX_ADMIN, type Scenario, startScenario } from './cli-support/scenario.ts'

const cli = builtCli()
let scenario: Scenario
let credentialsFile: string

beforeEach(async () => {
  scenario = await startScenario(cli.entry)
  credentialsFile = scenario.env.AWS_SHARED_CREDENTIALS_FILE ?? ''
  await scenario.addWork()
  const region = ['--region', 'eu-west-1', '--json']
  await scenario.json(['role', 'add', 'sandbox', '--arn', SANDBOX_ADMIN, '--from', 'work', ...region])
  await scenario.json(['role', 'add', 'reader', '--arn', PROD_READ_ONLY, '--from', 'work', ...region])
})
afterEach(() => scenario?.end())

const FOREIGN = `# mine
[profile mine]
role_arn = ${SANDBOX_ADMIN}
source_profile = base
output = json

[profile sandbox]
region = us-east-1
`
const LONG_TERM = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
const config = () => readFile(scenario.configFile, 'utf8')

describe('adopt', () => {
  it('finds the role by its ARN, serves it, and gives back every byte', async () => {
    await writeFile(scenario.configFile, FOREIGN)
    await writeFile(
      credentialsFile,
      `[mine]\naws_access_key_id = AKIAI44QH8DHBEXAMPLE\naws_secret_access_key = ${LONG_TERM}\n`,
    )
    const before = await scenario.snapshot()
    const plan = await scenario.run(['profile', 'adopt', 'mine', '--dry-run'])
    expect(plan).toMatchObject({ exitCode: 0, stderr: 'Profile mine would be for sandbox:\n' })
    expect(plan.stdout).toContain(`-role_arn = ${SANDBOX_ADMIN}`)
    expect(plan.stdout).toContain('-aws_secret_access_key = ••••')
    expect(await scenario.snapshot()).toEqual(before)

    expect(await scenario.json(['profile', 'adopt', 'mine', '--json'])).toMatchObject({
      profile: 'mine',
      name: 'sandbox',
      mode: 'process',
      isAdopted: true,
    })
    expect(await config()).toContain('output = json\ncredential_process = ')
    expect(await readFile(credentialsFile, 'utf8')).not.toContain(LONG_TERM)
    expect(await scenario.json(['assume', 'sandbox'])).toMatchObject({ Profile: 'mine' })

    const removed = await scenario.run(['profile', 'remove', 'mine'])
    expect(removed.stderr).toContain('what it was before')
    expect(await config()).toBe(FOREIGN)
    expect(await readFile(credentialsFile, 'utf8')).toContain(LONG_TERM)
  })

  it('asks whom it is for when that is not clear, and takes the answer', async () => {
    await writeFile(scenario.configFile, '[profile mystery]\noutput = json\n')
    const unclear = await scenario.run(['profile', 'adopt', 'mystery'])
    expect(unclear).toMatchObject({ exitCode: 3, stdout: '' })
    expect(unclear.stderr).toContain('try: hallpass profile adopt mystery --for NAME')
    const none = await scenario.run(['profile', 'adopt', 'nothing', '--json'])
    expect(JSON.parse(none.stderr)).toMatchObject({ error: { code: 'profile.not-found' } })
    expect(await scenario.json(['profile', 'adopt', 'mystery', '--for', 'reader', '--json'])).toMatchObject({
      name: 'reader',
    })
  })

  it('is what a refused write points to', async () => {
    await writeFile(scenario.configFile, FOREIGN)
    const refused = await scenario.run(['profile', 'write', 'sandbox'])
    expect(refused.exitCode).toBe(8)
    expect(refused.stderr).toContain('line 7) is not one that Hallpass wrote')
    expect(refused.stderr).toContain('try: hallpass profile adopt sandbox --dry-run')
    expect(await config()).toBe(FOREIGN)
  })

  it('is taken back when its role is removed', async () => {
    await writeFile(scenario.configFile, FOREIGN)
    await scenario.json(['profile', 'adopt', 'mine', '--json'])
    await scenario.json(['role', 'remove', 'sandbox', '--json'])
    expect(await config()).toBe(FOREIGN)
    const nothing = await scenario.run(['profile', 'undo'])
    expect(nothing).toMatchObject({ exitCode: 3, stdout: '' })
  })
})

describe('undo', () => {
  it('goes back one edit at a time, and says which', async () => {
    const start = await config()
    await scenario.json(['profile', 'write', 'sandbox', '--json'])
    const written = await config()
    await scenario.json(['profile', 'write', 'sandbox', '--profile', 'renamed', '--json'])
    expect(await config()).not.toContain('[profile sandbox]')
    const list = await scenario.run(['profile', 'undo', '--list'])
    expect(list.stdout.split('\n').map((line) => line.split('  ')[0])).toEqual([
      'EDIT',
      'Write profile renamed',
      'Write profile sandbox',
      '',
    ])

    const plan = await scenario.run(['profile', 'undo', '--dry-run'])
    expect(plan.stderr).toContain('Would take back: Write profile renamed')
    expect(plan.stdout).toMatch(/^\+\[profile sandbox\]$/m)
    expect(await config()).not.toContain('[profile sandbox]')

    const undone = await scenario.run(['profile', 'undo'])
    expect(undone.stderr).toContain('Took back: Write profile renamed')
    expect(undone.stdout).toBe(plan.stdout)
    expect(await config()).toBe(written)
    expect(await scenario.json(['profile', 'list', '--json'])).toMatchObject([{ profile: 'sandbox' }])
    expect(await scenario.json(['profile', 'undo', '--json'])).toMatchObject({ description: 'Write profile sandbox' })
    expect([await config(), await scenario.json(['profile', 'list', '--json'])]).toEqual([start, []])
    expect((await scenario.run(['profile', 'undo'])).exitCode).toBe(3)
  })

  it('of a removed adopted profile adopts it again', async () => {
    await writeFile(scenario.configFile, FOREIGN)
    await scenario.json(['profile', 'adopt', 'mine', '--json'])
    const adopted = await config()
    await scenario.json(['profile', 'remove', 'mine', '--json'])
    const plan = await scenario.run(['profile', 'undo', '--dry-run'])
    expect(plan.stdout).toContain('+credential_process')
    await scenario.json(['profile', 'undo', '--json'])
    expect(await config()).toBe(adopted)
    await scenario.json(['profile', 'undo', '--json'])
    expect(await config()).toBe(FOREIGN)
  })

  it('exits 8 where lines have changed since, until the edit is skipped', async () => {
    await scenario.json(['profile', 'write', 'reader', '--json'])
    await scenario.json(['profile', 'write', 'sandbox', '--json'])
    const mine = (await config()).replace(/(\[profile sandbox\][\s\S]*?region = )eu-west-1/, '$1us-east-2')
    await writeFile(scenario.configFile, mine)
    const refused = await scenario.run(['profile', 'undo'])
    expect(refused).toMatchObject({ exitCode: 8, stdout: '' })
    expect(refused.stderr).toContain('--skip')
    expect(await config()).toBe(mine)
    await scenario.json(['profile', 'undo', '--skip', '--json'])
    expect(await scenario.json(['profile', 'undo', '--json'])).toMatchObject({ description: 'Write profile reader' })
    expect(await config()).not.toContain('[profile reader]')
    expect((await scenario.run(['profile', 'undo', '--skip', '--list'])).exitCode).toBe(2)
  })

  it('never brings a session’s keys back', async () => {
    await scenario.json(['profile', 'write', 'sandbox', '--mode', 'static', '--json'])
    expect(await readFile(credentialsFile, 'utf8')).toContain('aws_session_token')
    await scenario.json(['session', 'end', 'sandbox', '--json'])
    await scenario.json(['profile', 'remove', 'sandbox', '--json'])
    await scenario.json(['profile', 'undo', '--json'])
    expect(await readFile(credentialsFile, 'utf8')).not.toContain('aws_session_token')
    expect(await scenario.json(['profile', 'list', '--json'])).toMatchObject([{ profile: 'sandbox', mode: 'static' }])
    await scenario.json(['assume', 'sandbox'])
    expect(await readFile(credentialsFile, 'utf8')).toContain('aws_session_token')
  })
})
