/** The activity log through the built command: what ordinary use leaves in it, and what tampering does to it. */
import { copyFileSync } from 'node:fs'
import { chmod, readFile, stat, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { connect } from '#core/store/sqlite.ts'
import { activityEntrySchema } from '#shared/activity.ts'
import { awsClis } from '../support/aws-clis.ts'
import { builtCli } from './cli-support/built.ts'
import { runProgram } from './cli-support/run.ts'
import { DANA, PROD_READ_ONLY, type Scenario, startScenario } from './cli-support/scenario.ts'

const cli = builtCli()
let scenario: Scenario

beforeAll(async () => {
  scenario = await startScenario(cli.entry)
  await scenario.addWork()
  await scenario.json(['role', 'add', 'reader', '--arn', PROD_READ_ONLY, '--from', 'work', '--json'])
})
afterAll(async () => {
  await scenario?.end()
})

const strict = z.array(activityEntrySchema.strict())
const list = async (...words: string[]) => strict.parse(await scenario.json(['activity', 'list', '--json', ...words]))
/** What a command added, oldest first. */
async function added(work: () => Promise<unknown>) {
  const [last] = await list('--limit', '1')
  await work()
  return (await list('--limit', '0')).filter(({ seq }) => seq > (last?.seq ?? 0)).reverse()
}
const kinds = (entries: z.infer<typeof strict>) =>
  entries.map(({ kind, name, how, form }) => [kind, name, how, form].filter(Boolean).join(' '))

describe('ordinary use', () => {
  it('began the log, and recorded what was stored, with the program that asked', async () => {
    const entries = (await list()).reverse()
    expect(kinds(entries)).toEqual(['log.begun', 'identity.added work', 'role.added reader'])
    const { process: own, parents } = entries[1]?.asker ?? { process: undefined, parents: [] }
    expect(own).toMatchObject({ name: 'hallpass', folder: process.cwd() })
    expect(parents).toMatchObject([{ pid: process.pid }])
    expect(entries[1]?.accessKeyId).toBe(scenario.account.user(DANA).accessKeyId)
  })

  it('records sessions, every issue of their credentials and in which form, and their end', async () => {
    const entries = await added(async () => {
      await scenario.run(['assume', 'reader', '--format', 'env'])
      await scenario.run(['credential-process', 'reader'])
      await scenario.run(['exec', 'reader', '--', 'true'])
      await scenario.run(['assume', 'reader', '--format', 'json', '--renew'])
      await scenario.run(['console', 'reader', '--via', 'sign-in', '--print'])
      await scenario.run(['session', 'end', 'reader'])
    })
    expect(kinds(entries)).toEqual([
      'session.started reader',
      'credentials.issued reader assume env',
      'credentials.issued reader credential-process',
      'credentials.issued reader exec true',
      'session.renewed reader',
      'credentials.issued reader assume json',
      'credentials.issued reader console',
      'console.opened reader sign-in',
      'session.ended reader',
    ])
    expect(
      entries.every(({ accessKeyId, accountId }) => accessKeyId?.startsWith('ASIA') && accountId === '123456789012'),
    ).toBe(true)
  })

  it('records a refusal with its reason', async () => {
    const words = [
      'role',
      'add',
      'nowhere',
      '--arn',
      'arn:aws:iam::123456789012:role/Nowhere',
      '--from',
      'work',
      '--json',
    ]
    await scenario.json(words)
    const entries = await added(() => scenario.run(['assume', 'nowhere', '--format', 'json']))
    expect(entries).toMatchObject([{ kind: 'session.refused', name: 'nowhere', detail: { code: 'sts.access-denied' } }])
  })

  it('records what is done to profiles', async () => {
    const entries = await added(async () => {
      await scenario.json(['profile', 'write', 'reader', '--json'])
      await scenario.json(['profile', 'undo', '--json'])
      await scenario.json(['profile', 'write', 'reader', '--mode', 'static', '--json'])
      await scenario.json(['profile', 'remove', 'reader', '--json'])
      await scenario.run(['session', 'end', 'reader'])
    })
    expect(kinds(entries)).toEqual([
      'profile.written reader',
      'profile.undone',
      'session.started reader',
      'credentials.issued reader static-profile',
      'profile.static-keys reader',
      'profile.written reader',
      'profile.removed reader',
      'session.ended reader',
    ])
  })

  it('records edits with what was before, tests, removals with the session that ends, and repairs', async () => {
    const credentials = join(scenario.folder, 'aws', 'credentials')
    await writeFile(credentials, '[other]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = planted\n')
    // Others may read it, which is what is repaired.
    await chmod(credentials, 0o644)
    const entries = await added(async () => {
      await scenario.json(['identity', 'test', 'work', '--json'])
      await scenario.json(['role', 'add', 'short', '--arn', PROD_READ_ONLY, '--from', 'work', '--json'])
      await scenario.run(['assume', 'short', '--format', 'json'])
      await scenario.json(['role', 'edit', 'short', '--name', 'brief', '--json'])
      await scenario.json(['role', 'remove', 'brief', '--json'])
      await scenario.run(['files', 'check', '--fix', '--yes'])
    })
    expect(entries.map(({ kind, name, detail }) => [kind, name, detail])).toMatchObject([
      ['identity.tested', 'work', {}],
      ['role.added', 'short', { arn: PROD_READ_ONLY, from: 'work' }],
      ['session.started', 'short', {}],
      ['credentials.issued', 'short', {}],
      ['role.edited', 'brief', { nameBefore: 'short' }],
      ['session.ended', 'brief', {}],
      ['role.removed', 'brief', {}],
      ['files.repaired', null, { files: credentials }],
    ])
    // By the new name and by the old.
    expect((await list('--role', 'short')).length).toBe(3)
  })

  it('names the aws program that ran a profile, and its folder', async (context) => {
    const clis = awsClis()
    if (clis.length === 0) context.skip('no AWS CLI is installed here')
    await scenario.json(['profile', 'write', 'reader', '--json'])
    for (const { program } of clis) {
      const words = ['--profile', 'reader', '--region', 'eu-west-1', '--endpoint-url', scenario.account.endpoint]
      const entries = await added(async () => {
        const run = await runProgram(program, [...words, 'sts', 'get-caller-identity'], {
          env: scenario.env,
          cwd: scenario.folder,
        })
        expect(run.exitCode, run.stderr).toBe(0)
      })
      const issued = entries.find(({ kind }) => kind === 'credentials.issued')
      expect(issued).toMatchObject({ name: 'reader', how: 'credential-process' })
      expect(issued?.asker.parents.at(-1)).toMatchObject({ name: basename(program), folder: scenario.folder })
    }
  })
})

describe('hallpass activity list', () => {
  it('shows people a table, newest first, and says when it is not all', async () => {
    const { stdout, stderr } = await scenario.run(['activity', 'list', '--limit', '3', '--kind', 'credentials'])
    const [title, ...rows] = stdout.trimEnd().split('\n')
    expect(title?.split(/ {2,}/)).toEqual(['#', 'WHEN', 'WHAT', 'NAME', 'HOW', 'ASKED BY'])
    expect(rows).toHaveLength(3)
    expect(rows.every((row) => row.includes('credentials.issued'))).toBe(true)
    expect(stderr).toContain('--limit 0')
  })

  it('takes a role, a kind, a time and a number, and refuses what is none of these', async () => {
    expect((await list('--role', 'NOWHERE')).map(({ kind }) => kind)).toEqual(['session.refused', 'role.added'])
    expect(await list('--since', '2999-01-01')).toEqual([])
    expect((await list('--since', '1h', '--limit', '2')).length).toBe(2)
    for (const words of [
      ['--kind', 'sessions'],
      ['--since', 'yesterday'],
      ['--limit', 'all'],
      ['--since', '2026-13-45'],
    ])
      expect(await scenario.run(['activity', 'list', ...words])).toMatchObject({ exitCode: 2, stdout: '' })
  })
})

describe('hallpass activity export', () => {
  it('writes a new file that only this user reads, and never over another', async () => {
    const file = join(scenario.folder, 'out.jsonl')
    await scenario.json(['activity', 'export', file, '--json'])
    const lines = (await readFile(file, 'utf8')).trimEnd().split('\n')
    expect(strict.parse(lines.map((line) => JSON.parse(line) as unknown)).map(({ seq }) => seq)).toEqual(
      lines.map((_, index) => index + 1),
    )
    if (process.platform !== 'win32') expect((await stat(file)).mode & 0o777).toBe(0o600)
    expect((await scenario.run(['activity', 'export', file])).exitCode).toBe(8)
    expect((await scenario.run(['activity', 'export', join(scenario.folder, 'no/such')])).exitCode).toBe(3)
  })

  it('goes to standard output when no file is given', async () => {
    const { stdout } = await scenario.run(['activity', 'export', '--format', 'csv'])
    const entries = await list('--limit', '0')
    expect(stdout.trimEnd().split('\n')).toHaveLength(entries.length + 1)
  })
})

describe('hallpass activity verify', () => {
  it('says that all is intact, and how much that is', async () => {
    const entries = await list('--limit', '0')
    expect(await scenario.json(['activity', 'verify', '--json'])).toMatchObject({
      intact: true,
      entries: entries.length,
      problem: null,
    })
    expect(await scenario.run(['activity', 'verify'])).toMatchObject({
      exitCode: 0,
      stdout: expect.stringMatching(`^Intact: ${entries.length} entries`),
    })
  })

  it.each([
    ['a changed entry', `UPDATE entries SET entry = replace(entry, 'reader', 'nobody') WHERE seq = 5`, 5],
    ['a removed entry', 'DELETE FROM entries WHERE seq = 6', 6],
    [
      'a tail that was cut off, head and all',
      'DELETE FROM entries WHERE seq > 8; UPDATE head SET seq = 8, hash = (SELECT hash FROM entries WHERE seq = 8)',
      9,
    ],
    [
      'two entries in each other’s place',
      'UPDATE entries SET seq = 9999 WHERE seq = 4; UPDATE entries SET seq = 4 WHERE seq = 7; UPDATE entries SET seq = 7 WHERE seq = 9999',
      4,
    ],
  ])('finds %s, and exits 8 with the first entry concerned', async (_, sql, seq) => {
    const file = join(scenario.env.HALLPASS_HOME ?? '', 'activity.db')
    copyFileSync(file, join(scenario.folder, 'whole.db'))
    const db = connect(file)
    db.exec(sql)
    db.close()
    const run = await scenario.run(['activity', 'verify', '--json'])
    copyFileSync(join(scenario.folder, 'whole.db'), file)
    expect(run.exitCode).toBe(8)
    expect(JSON.parse(run.stdout)).toMatchObject({ intact: false, problem: { seq } })
    expect(JSON.parse(run.stderr)).toMatchObject({
      error: { code: 'activity.broken', message: expect.stringContaining(String(seq)) },
    })
    expect((await scenario.run(['activity', 'verify'])).exitCode).toBe(0)
  })

  it('goes on after entries were moved to a file', async () => {
    const file = join(scenario.folder, 'archive.jsonl')
    const count = (await list('--limit', '0')).length
    expect(await scenario.json(['activity', 'export', file, '--move', '--json'])).toEqual({
      file,
      format: 'jsonl',
      moved: count,
    })
    expect((await readFile(file, 'utf8')).trimEnd().split('\n')).toHaveLength(count)
    expect((await list()).map(({ kind }) => kind)).toEqual(['log.trimmed'])
    expect(await scenario.json(['activity', 'verify', '--json'])).toMatchObject({
      intact: true,
      trimmed: count,
      entries: 1,
    })
    for (const words of [['--move'], ['--json'], ['x.csv', '--move', '--format', 'csv']])
      expect((await scenario.run(['activity', 'export', ...words])).exitCode).toBe(2)
  })

  it('is needed by nobody to be given credentials, but recording is', async () => {
    const file = join(scenario.env.HALLPASS_HOME ?? '', 'activity.db')
    const db = connect(file)
    db.exec('BEGIN IMMEDIATE')
    const run = await scenario.run(['credential-process', 'reader'])
    db.exec('ROLLBACK')
    db.close()
    expect(run).toMatchObject({ exitCode: 8, stdout: '' })
    expect(run.stderr).toContain('activity.db')
  })
})
