/** `hallpass files show` and `files check` as people and scripts run them. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { builtCli } from './cli-support/built.ts'
import { runCli, runOnTerminal } from './cli-support/run.ts'

const SECRET = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
const GOOD = { config: '[default]\nregion = eu-west-1\n', credentials: '' }
/** Two things to repair, one to leave. */
const BROKEN = '[profile dev]\nRegion = eu-west-1\n[foo]\nregion = us-east-1\n[profile my team]\nregion = r\n'
const REPAIRED = '[profile dev]\nregion = eu-west-1\n[profile foo]\nregion = us-east-1\n[profile my team]\nregion = r\n'

const cli = builtCli()
let folder: string
let config: string
let credentials: string
let env: Readonly<Record<string, string | undefined>>

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'cli-files-'))
  config = join(folder, 'config')
  credentials = join(folder, 'credentials')
  env = {
    ...process.env,
    HALLPASS_HOME: join(folder, 'hallpass'),
    AWS_CONFIG_FILE: config,
    AWS_SHARED_CREDENTIALS_FILE: credentials,
    NO_COLOR: '1',
  }
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const write = (text: { config?: string; credentials?: string }) => {
  if (text.config !== undefined) writeFileSync(config, text.config)
  if (text.credentials !== undefined) writeFileSync(credentials, text.credentials, { mode: 0o600 })
}
const run = (...words: string[]) => runCli(cli.entry, ['files', ...words], { env })
const codes = (stdout: string, key = 'problems') =>
  (JSON.parse(stdout) as Record<string, { code: string }[]>)[key]?.map(({ code }) => code)

describe('files show', () => {
  it('prints the merged profiles as JSON, values as they are', async () => {
    write({
      config: '[default]\nregion = eu-west-1\n[sso-session s]\nsso_region = r\n',
      credentials: `[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = ${SECRET}\n`,
    })
    const { exitCode, stdout, stderr } = await run('show', '--json')
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(JSON.parse(stdout)).toEqual({
      profiles: {
        default: { region: 'eu-west-1', aws_access_key_id: 'AKIAIOSFODNN7EXAMPLE', aws_secret_access_key: SECRET },
      },
      ssoSessions: { s: { sso_region: 'r' } },
      problems: [],
    })
  })

  it('masks secrets for people', async () => {
    write({ credentials: `[a]\naws_secret_access_key = ${SECRET}\naws_session_token = planted-token\nregion = r\n` })
    const { exitCode, stdout, stderr } = await run('show')
    expect(exitCode).toBe(0)
    expect(stdout).toContain('[profile a]\n  aws_secret_access_key = ••••\n  aws_session_token = ••••\n  region = r\n')
    expect(stdout + stderr).not.toMatch(/wJalr|planted/)
  })

  it('shows what each reader sees, and that one rejects the file', async () => {
    write({ config: '[profile a]\nregion = r # note\nx = 1\nx = 2\n' })
    const botocore = JSON.parse((await run('show', '--reader', 'botocore', '--json')).stdout) as unknown
    expect(botocore).toMatchObject({ profiles: {} })
    expect(botocore).toMatchObject({ problems: expect.arrayContaining([expect.objectContaining({ fatal: true })]) })
    const js = JSON.parse((await run('show', '--reader', 'js-sdk', '--json')).stdout) as unknown
    expect(js).toMatchObject({ profiles: { a: { region: 'r', x: '2' } } })
    const people = await run('show', '--reader', 'botocore')
    expect(people.stderr).toMatch(/line 4 {2}key\.duplicate {2}file rejected/)
  })

  it('does not know other readers', async () => {
    const { exitCode, stdout, stderr } = await run('show', '--reader', 'perl', '--json')
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' })
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'usage.invalid' } })
  })
})

describe('files check', () => {
  it('exits 0 when nothing is wrong, and when there are no files', async () => {
    expect(await run('check', '--json')).toEqual({ exitCode: 0, stdout: '{"problems":[]}\n', stderr: '' })
    write(GOOD)
    expect(await run('check')).toEqual({
      exitCode: 0,
      stdout: '',
      stderr: 'Nothing is wrong with the AWS files.\n',
    })
    expect(await run('check', '--fix')).toMatchObject({ exitCode: 0 })
  })

  it('exits 8 and tells place, reader and remedy of every problem', async () => {
    write({ config: BROKEN })
    const { exitCode, stdout } = await run('check', '--json')
    expect(exitCode).toBe(8)
    expect(JSON.parse(stdout)).toEqual({
      problems: [
        {
          file: config,
          line: 2,
          code: 'key.upper-case',
          message: expect.stringContaining('Region'),
          fatal: false,
          breaks: ['js-sdk'],
          fix: 'Write it as region.',
          fixable: true,
        },
        expect.objectContaining({ line: 3, code: 'section.wrong-form', breaks: ['aws', 'botocore', 'js-sdk'] }),
        expect.objectContaining({ line: 5, code: 'section.ignored', fixable: false }),
      ],
    })
    expect(readFileSync(config, 'utf8')).toBe(BROKEN)
    const people = await run('check')
    expect(people.exitCode).toBe(8)
    expect(people.stdout).toContain(config)
    expect(people.stdout).toContain('line 2  key.upper-case')
    expect(people.stdout).toContain('breaks  the AWS SDK for JavaScript')
    expect(people.stderr).toContain('3 problems. 2 can be repaired safely: hallpass files check --fix')
  })

  it('--fix without a terminal shows the repairs and makes them', async () => {
    write({ config: BROKEN })
    const { exitCode, stdout } = await run('check', '--fix')
    expect(exitCode).toBe(8)
    expect(stdout).toContain('-Region = eu-west-1\n')
    expect(stdout).toContain('+[profile foo]\n')
    expect(stdout).toContain('section.ignored')
    expect(readFileSync(config, 'utf8')).toBe(REPAIRED)
  })

  it('--fix --json says what was repaired and what is left', async () => {
    write({ config: BROKEN })
    writeFileSync(credentials, '', { mode: 0o644 })
    const { stdout, stderr } = await run('check', '--fix', '--json')
    expect(stderr).toBe('')
    expect(codes(stdout, 'fixed')).toEqual(['key.upper-case', 'section.wrong-form', 'file.mode'])
    expect(codes(stdout)).toEqual(['section.ignored'])
    expect(JSON.parse(stdout)).toMatchObject({ diff: expect.stringContaining('+[profile foo]') })
    expect(statSync(credentials).mode & 0o777).toBe(0o600)
  })

  it('--fix exits 0 when nothing is left', async () => {
    write({ config: '[profile a]\nRegion = r\n' })
    expect(await run('check', '--fix')).toMatchObject({ exitCode: 0 })
    expect(await run('check')).toMatchObject({ exitCode: 0 })
  })

  it('--fix --dry-run changes nothing', async () => {
    write({ config: BROKEN })
    const { exitCode, stdout } = await run('check', '--fix', '--dry-run')
    expect(exitCode).toBe(8)
    expect(stdout).toContain('+[profile foo]')
    expect(codes((await run('check', '--fix', '--dry-run', '--json')).stdout, 'fixed')).toEqual([])
    expect(readFileSync(config, 'utf8')).toBe(BROKEN)
  })

  it.each(['--dry-run', '--yes'])('%s alone is a mistake', async (option) => {
    expect(await run('check', option)).toMatchObject({ exitCode: 2, stdout: '' })
  })

  it.each(['show', 'check'])('%s: a folder in the place of a file is a coded error', async (command) => {
    mkdirSync(config)
    const { exitCode, stdout, stderr } = await run(command, '--json')
    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' })
    expect(JSON.parse(stderr)).toMatchObject({ error: { code: 'file.not-a-file', hint: expect.any(String) } })
  })
})

const hasPython = spawnSync('python3', ['-c', 'import pty']).status === 0
if (!hasPython)
  process.stderr.write('skipped: the question of files check, because python3 with pty is not installed\n')

describe.skipIf(!hasPython)('on a terminal, files check --fix', () => {
  const type = (send: string, ...more: string[]) =>
    runOnTerminal(
      cli.entry,
      ['files', 'check', '--fix', ...more],
      send === '' ? [] : [{ wait: 'Make these repairs?', send }],
      {
        env,
      },
    )

  it('asks, and takes no for an answer', async () => {
    write({ config: BROKEN })
    expect(await type('\r')).toMatchObject({ exitCode: 9 })
    expect(await type('\u0003')).toMatchObject({ exitCode: 9 })
    expect(readFileSync(config, 'utf8')).toBe(BROKEN)
  })

  it('makes the repairs it has shown', async () => {
    write({ config: BROKEN })
    const { exitCode, screen } = await type('y\r')
    expect(screen).toMatch(/\+\[profile foo\][\s\S]*Make these repairs\?/)
    expect(exitCode).toBe(8)
    expect(readFileSync(config, 'utf8')).toBe(REPAIRED)
  })

  it('does not ask with --yes', async () => {
    write({ config: BROKEN })
    const { screen } = await type('', '--yes')
    expect(screen).not.toContain('Make these repairs?')
    expect(readFileSync(config, 'utf8')).toBe(REPAIRED)
  })
})
