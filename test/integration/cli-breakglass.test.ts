/** Sealed credentials through the built command, with the real keychain: nothing is shown before it is recorded. */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { connect } from '#core/store/sqlite.ts'
import type { ActivityEntry } from '#shared/activity.ts'
import type { SealedCredential } from '#shared/breakglass.ts'
import { scanFolders } from '../support/secret-scan.ts'
import { builtCli } from './cli-support/built.ts'
import { runProgram } from './cli-support/run.ts'
import { type Scenario, startScenario } from './cli-support/scenario.ts'

const PASSWORD = 'planted, "pass" of 3 a.m.'
const KEY_ID = 'AKIAIOSFODNN7EXAMPLE'
const SECRET = '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'
const SEED = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP'
const URL_OF_ACCOUNT = 'https://123456789012.signin.aws.amazon.com/console'
const ROLE = 'arn:aws:iam::123456789012:role/SupportUserRole'

const cli = builtCli()
let scenario: Scenario
let file: string

beforeAll(async () => {
  scenario = await startScenario(cli.entry)
  file = join(scenario.folder, 'EmergencyAccess_credentials.csv')
})
afterAll(async () => {
  await scenario?.end()
})

const breakglass = (...words: string[]) => scenario.run(['breakglass', ...words])
const show = async (name: string) => (await scenario.json(['breakglass', 'show', name, '--json'])) as SealedCredential
const log = async () =>
  ((await scenario.json(['activity', 'list', '--kind', 'breakglass', '--limit', '0', '--json'])) as ActivityEntry[])
    .reverse()
    .map(({ kind, name, how, detail }) => [kind, name, how, detail])
/** Why no disk can be mounted for one command, or undefined. */
const noSmallDisk =
  process.getuid?.() === 0 && spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0
    ? undefined
    : 'only root may mount one'
if (noSmallDisk !== undefined) process.stderr.write(`skipped: opening a seal on a full disk, because ${noSmallDisk}\n`)

const codeOf = (stderr: string) => (JSON.parse(stderr.split('\n')[0] ?? '') as { error: { code: string } }).error.code

describe('what is sealed', () => {
  it('comes from the console’s file, which is deleted once it is in the vault', async () => {
    writeFileSync(file, `User name,Password,Console sign-in URL\r\nEmergencyAccess,${PASSWORD},${URL_OF_ACCOUNT}\r\n`)
    const run = await breakglass('add', 'acme-prod', '--file', file, '--delete-file', '--role', ROLE, '--json')
    expect(run).toMatchObject({ exitCode: 0 })
    expect(existsSync(file)).toBe(false)
    expect(JSON.parse(run.stdout)).toMatchObject({
      name: 'acme-prod',
      accountId: '123456789012',
      environment: 'prod',
      userName: 'EmergencyAccess',
      holds: ['password'],
      roles: [{ name: 'SupportUserRole', arn: ROLE, link: expect.stringContaining('roleName=SupportUserRole') }],
      openUntil: null,
    })
  })

  it('or is given by hand, a line each', async () => {
    const words = ['breakglass', 'add', 'lab', '--user', 'rescue', '--with-totp', '--access-key-id', KEY_ID]
    const run = await scenario.run(words, { stdin: `${PASSWORD}\n${SEED}\n${SECRET}\n` })
    expect(run).toMatchObject({ exitCode: 0, stderr: expect.stringContaining('Sealed lab') })
    expect((await show('lab')).holds).toEqual(['password', 'totp-seed', 'secret-access-key'])
  })

  it.each([
    [['acme-prod', '--user', 'x'], 'some password\n', 8, 'name.taken'],
    [['other', '--user', 'x', '--no-password'], '', 2, 'input.invalid'],
    [['other', '--user', 'x', '--url', 'https://signin.example.com/console'], 'some password\n', 2, 'input.invalid'],
    [['other', '--user', 'x', '--with-totp'], 'some password\n', 7, 'input.required'],
    [['other', '--user', 'x', '--with-totp'], 'some password\nno seed!\n', 2, 'input.invalid'],
    [['other', '--file', '/nowhere.csv'], '', 3, 'file.not-found'],
    [['other'], 'some password\n', 7, 'input.required'],
  ])('but not %j', async (words, stdin, exitCode, code) => {
    const run = await scenario.run(['breakglass', 'add', ...words, '--json'], { stdin })
    expect(run).toMatchObject({ exitCode, stdout: '' })
    expect(codeOf(run.stderr)).toBe(code)
    expect((await scenario.json(['breakglass', 'list', '--json'])) as unknown[]).toHaveLength(2)
  })

  it('is listed without what is inside, and on no disk', async () => {
    const list = await breakglass('list')
    expect(list.stdout).toContain('EmergencyAccess')
    const planted = { password: PASSWORD, seed: SEED, secret: SECRET }
    expect(Object.values(planted).filter((secret) => list.stdout.includes(secret))).toEqual([])
    expect(scanFolders([scenario.folder], planted).hits).toEqual([])
  })
})

describe('a seal', () => {
  it.each([
    [['lab'], 7, 'input.required'],
    [['lab', '--reason', 'x'], 2, 'input.invalid'],
    [['acme-prod', '--reason', 'INC-4711'], 2, 'breakglass.confirm'],
    [['acme-prod', '--reason', 'INC-4711', '--confirm', 'acme'], 2, 'breakglass.confirm'],
    [['lab', '--reason', 'INC-4711', '--show', 'passwords'], 2, 'usage.invalid'],
    [['acme-prod', '--reason', 'INC-4711', '--confirm', 'acme-prod', '--show', 'code'], 3, 'breakglass.nothing-inside'],
    [['lap', '--reason', 'INC-4711'], 3, 'breakglass.not-found'],
  ])('does not break with %j', async (words, exitCode, code) => {
    const run = await scenario.run(['breakglass', 'open', ...words, '--json'], { stdin: '' })
    expect(run).toMatchObject({ exitCode, stdout: '' })
    expect(codeOf(run.stderr)).toBe(code)
  })

  it('breaks with a reason, shows one secret at a time, records each, and says what is left to do', async () => {
    const before = (await log()).length
    const open = ['open', 'lab', '--reason', 'INC-4711, console is down', '--show']
    expect(await breakglass(...open, 'password')).toMatchObject({ exitCode: 0, stdout: `${PASSWORD}\n` })
    expect(await breakglass(...open, 'secret-access-key')).toMatchObject({ stdout: `${SECRET}\n` })
    expect((await breakglass(...open, 'code')).stdout).toMatch(/^\d{6}\n$/)
    expect((await log()).slice(before)).toEqual(
      ['password', 'secret-access-key', 'code'].flatMap((part) => [
        ['breakglass.opened', 'lab', null, { reason: 'INC-4711, console is down' }],
        ['breakglass.revealed', 'lab', 'shown', { part }],
        ['breakglass.closed', 'lab', 'by-hand', {}],
      ]),
    )
    expect(await show('lab')).toMatchObject({ openUntil: null, tasks: ['note', 'rotate-password', 'rotate-key'] })
    const done = ['--done', 'rotate-password', '--done', 'rotate-key', '--note', 'All changed by hand']
    expect(await breakglass('close', 'lab', ...done)).toMatchObject({
      stderr: expect.stringMatching(/Nothing is left/),
    })
    expect((await show('lab')).tasks).toEqual([])
  })

  it('on a terminal asks why, for the name in production, and what to show', async () => {
    const run = await scenario.type(
      ['breakglass', 'open', 'acme-prod'],
      [
        { wait: 'Why is it opened', send: 'INC-4712\r' },
        { wait: 'Type acme-prod', send: 'acme-prod\r' },
        { wait: 'Show p password, or q', send: 'p\r' },
        { wait: PASSWORD, send: '' },
        { wait: 'Show p password, or q', send: 'q\r' },
      ],
    )
    expect(run).toMatchObject({ exitCode: 0, screen: expect.stringContaining('Sealed again') })
  })
})

describe('beside the app', () => {
  it('a seal closed from the command line is closed there too; what a command had open leaves the app’s alone', async () => {
    // Of its own: this process has read the files of the other one, and lost its locks on them by that (POSIX).
    const own = await startScenario(cli.entry)
    try {
      const { breakglass } = own.app
      await breakglass.add({ name: 'lab', userName: 'rescue', password: PASSWORD })
      const { id, until } = await breakglass.open('lab', { reason: 'INC-4711' })
      const short = ['breakglass', 'open', 'lab', '--reason', 'INC-4711', '--show', 'password']
      expect(await own.run(short)).toMatchObject({ exitCode: 0 })
      expect(await own.json(['breakglass', 'show', 'lab', '--json'])).toMatchObject({ openUntil: until })
      expect(await breakglass.reveal(id, 'password', 'shown')).toMatchObject({ value: PASSWORD })
      expect(await own.json(['breakglass', 'close', 'lab', '--json'])).toMatchObject({ openUntil: null })
      await expect(breakglass.reveal(id, 'password', 'shown')).rejects.toMatchObject({ code: 'breakglass.sealed' })
      expect(breakglass.openings()).toEqual([])
    } finally {
      await own.end()
    }
  })
})

describe('a kit', () => {
  const kit = () => join(scenario.folder, 'team.age')
  const words = ['breakglass', 'kit', 'export']
  const passphrase = 'five random words of this'

  it('is made with a reason only, which is recorded for each credential in it', async () => {
    const before = (await log()).length
    const without = await scenario.run([...words, kit(), '--json'], { stdin: `${passphrase}\n` })
    expect(without).toMatchObject({ exitCode: 7, stdout: '' })
    expect(codeOf(without.stderr)).toBe('input.required')
    expect(existsSync(kit())).toBe(false)
    expect((await log()).slice(before)).toEqual([])
    const reason = ['--reason', 'For Eve, on call']
    const untyped = await scenario.run([...words, kit(), ...reason, '--json'], { stdin: `${passphrase}\n` })
    expect(untyped).toMatchObject({ exitCode: 2, stdout: '' })
    expect(codeOf(untyped.stderr)).toBe('breakglass.confirm')
    expect(existsSync(kit())).toBe(false)

    const typed = ['--confirm', 'acme-prod', ...reason]
    const run = await scenario.run([...words, kit(), ...typed], { stdin: `${passphrase}\n` })
    expect(run).toMatchObject({ exitCode: 0 })
    const detail = { reason: 'For Eve, on call', to: 'a passphrase' }
    expect((await log()).slice(before)).toEqual([
      ['breakglass.kit-exported', 'acme-prod', null, detail],
      ['breakglass.kit-exported', 'lab', null, detail],
    ])
  })

  it('on a terminal asks why', async () => {
    const run = await scenario.type(
      [...words, `${kit()}.2`, 'lab'],
      [
        { wait: 'Why is the kit made', send: 'For the safe\r' },
        { wait: 'Passphrase of the kit', send: `${passphrase}\r` },
        { wait: 'The same again', send: `${passphrase}\r` },
      ],
    )
    expect(run).toMatchObject({ exitCode: 0 })
    expect((await log()).at(-1)).toMatchObject(['breakglass.kit-exported', 'lab', null, { reason: 'For the safe' }])
  })
})

describe('removing', () => {
  const inside = async () => ((await scenario.json(['breakglass', 'list', '--json'])) as SealedCredential[]).length
  const add = () => scenario.run(['breakglass', 'add', 'old', '--user', 'x'], { stdin: 'some password\n' })

  it('needs a person, or --yes', async () => {
    await add()
    const before = await inside()
    const run = await scenario.run(['breakglass', 'remove', 'old', '--json'], { stdin: '' })
    expect(run).toMatchObject({ exitCode: 7, stdout: '' })
    expect(codeOf(run.stderr)).toBe('input.required')
    expect(await inside()).toBe(before)
    expect(await scenario.json(['breakglass', 'remove', 'old', '--yes', '--json'])).toEqual({ removed: 'old' })
    expect(await inside()).toBe(before - 1)
  })

  it('on a terminal asks for the name', async () => {
    await add()
    const before = await inside()
    const no = await scenario.type(['breakglass', 'remove', 'old'], [{ wait: 'Type old to remove', send: 'yes\r' }])
    expect(no).toMatchObject({ exitCode: 9, screen: expect.stringContaining('Nothing was changed') })
    expect(await inside()).toBe(before)
    const yes = await scenario.type(['breakglass', 'remove', 'old'], [{ wait: 'Type old to remove', send: 'old\r' }])
    expect(yes).toMatchObject({ exitCode: 0, screen: expect.stringContaining('Removed old') })
    expect(await inside()).toBe(before - 1)
  })
})

describe('emergency access', () => {
  it('is planned, set up, opened, changed after use and taken back from the command line', async () => {
    await scenario.addWork()
    const plan = await breakglass('plan', '--from', 'work')
    expect(plan).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(/User +EmergencyAccess +to do +CreateUser/),
    })
    const commands = (await breakglass('plan', '--from', 'work', '--as', 'cli')).stdout
    expect(commands).toMatch(/^aws iam create-user --user-name 'EmergencyAccess'$/m)
    expect(commands).not.toContain('undefined')
    const template = await scenario.json(['breakglass', 'plan', '--from', 'work', '--as', 'cloudformation'])
    expect(template).toMatchObject({ Resources: { EmergencyUser: { Properties: { UserName: 'EmergencyAccess' } } } })
    const setUp = ['breakglass', 'setup', '--from', 'work', '--with-access-key']
    expect(await scenario.run(setUp, { stdin: '' })).toMatchObject({ exitCode: 7 })
    expect(await scenario.json([...setUp, '--yes', '--json'])).toMatchObject({ name: 'EmergencyAccess' })
    expect(await scenario.json([...setUp, '--yes', '--json'])).toMatchObject({ made: [] })
    const open = ['breakglass', 'open', 'EmergencyAccess', '--reason', 'A try', '--show', 'password']
    const first = await scenario.run(open)
    expect(first.stdout).toMatch(/^\S{32}\n$/)
    const assumed = await scenario.json([...open.slice(0, -2), '--assume', 'SupportUserRole', '--json'])
    expect(assumed).toMatchObject({ AssumedRoleArn: expect.stringContaining('SupportUserRole') })
    expect((await log()).at(-2)).toEqual([
      'breakglass.assumed',
      'EmergencyAccess',
      null,
      { reasonAs: 'source-identity-and-tag', role: 'SupportUserRole' },
    ])
    expect(await breakglass('rotate', 'EmergencyAccess')).toMatchObject({ exitCode: 0 })
    expect(await show('EmergencyAccess')).toMatchObject({ tasks: ['note'] })
    expect((await scenario.run(open)).stdout).not.toBe(first.stdout)
    expect(await breakglass('undo', 'EmergencyAccess', '--yes')).toMatchObject({ exitCode: 0 })
    expect(await breakglass('show', 'EmergencyAccess')).toMatchObject({ exitCode: 3 })
  })

  it('keys of identities are rotated, and go back', async () => {
    const before = (await scenario.json(['identity', 'show', 'work', '--json'])) as { accessKeyId: string }
    const { accessKeyId } = before
    const rotated = await scenario.json(['identity', 'rotate', 'work', '--json'])
    expect(rotated).toMatchObject({ phase: 'deactivated', oldKeyId: accessKeyId })
    expect(await scenario.run(['identity', 'test', 'work'])).toMatchObject({ exitCode: 0 })
    expect(await scenario.run(['identity', 'rotate', 'work', '--rollback'])).toMatchObject({ exitCode: 0 })
    expect(await scenario.json(['identity', 'show', 'work', '--json'])).toMatchObject({ accessKeyId })
    expect(await scenario.run(['identity', 'rotate', 'work', '--finish', '--json'])).toMatchObject({ exitCode: 3 })
  })
})

describe('nothing is shown that is not recorded', () => {
  const file = () => join(scenario.env.HALLPASS_HOME ?? '', 'activity.db')
  const open = () => breakglass('open', 'lab', '--reason', 'INC-4713', '--show', 'password')
  const inLog = (sql: string) => {
    const db = connect(file())
    db.exec(sql)
    db.close()
  }

  it.each([
    ['the opening', 'breakglass.opened'],
    ['the secret', 'breakglass.revealed'],
  ])('%s, when the log refuses it', async (_, kind) => {
    const refuse = `CREATE TRIGGER refuse BEFORE INSERT ON entries WHEN NEW.entry LIKE '%${kind}%' BEGIN SELECT RAISE(ABORT, 'no'); END`
    inLog(refuse)
    const run = await open()
    inLog('DROP TRIGGER refuse')
    expect(run.exitCode).not.toBe(0)
    expect(`${run.stdout}${run.stderr}`).not.toContain(PASSWORD)
    expect(codeOf((await scenario.run(['activity', 'verify', '--json'])).stderr || '{"error":{"code":"none"}}')).toBe(
      'none',
    )
    expect((await open()).stdout).toBe(`${PASSWORD}\n`)
  })

  it.skipIf(noSmallDisk !== undefined)('nor on a disk that is full', async () => {
    // A disk of its own that holds the state folder and not a page more, seen by this command alone.
    const script = [
      'set -e; mkdir "$KEPT"; cp -a "$HALLPASS_HOME/." "$KEPT"',
      'mount -t tmpfs -o size=32m,mode=0700 none "$HALLPASS_HOME"; cp -a "$KEPT/." "$HALLPASS_HOME"',
      'dd if=/dev/zero of="$HALLPASS_HOME/filler" bs=4k 2>/dev/null || true',
      'exec "$@"',
    ].join('\n')
    const env = { ...scenario.env, KEPT: join(scenario.folder, 'kept') }
    const words = ['breakglass', 'open', 'lab', '--reason', 'INC-4713', '--show', 'password', '--json']
    const command = ['-m', 'sh', '-c', script, 'sh', process.execPath, cli.entry, ...words]
    const run = await runProgram('unshare', command, { env })
    expect(codeOf(run.stderr)).toBe('file.disk-full')
    expect(`${run.stdout}${run.stderr}`).not.toContain(PASSWORD)
    // The disk was full for that command alone.
    expect((await open()).stdout).toBe(`${PASSWORD}\n`)
  })

  it('nor when the log can’t be written at all', async () => {
    const away = join(scenario.folder, 'elsewhere')
    mkdirSync(away)
    const parts = ['', '-wal', '-shm'].filter((part) => existsSync(`${file()}${part}`))
    for (const part of parts) renameSync(`${file()}${part}`, join(away, `log${part}`))
    mkdirSync(file())
    const run = await open()
    expect(run.exitCode).not.toBe(0)
    expect(`${run.stdout}${run.stderr}`).not.toContain(PASSWORD)
  })
})
