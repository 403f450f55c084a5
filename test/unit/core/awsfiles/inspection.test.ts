/** Showing, checking and repairing files on disk. */
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { realFileSystem } from '#core/awsfiles/file-system.ts'
import { createFilesService } from '#core/awsfiles/index.ts'
import { listOperations, undoFolder } from '#core/awsfiles/undo.ts'

let folder: string
let config: string
let credentials: string
const inspect = () =>
  createFilesService({ files: { config, credentials }, stateHome: join(folder, 'state'), clock: Date.now })

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'inspection-'))
  config = join(folder, 'config')
  credentials = join(folder, 'credentials')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const write = (file: string, text: string, mode = 0o600) => writeFileSync(file, text, { mode })
const modeOf = (file: string) => statSync(file).mode & 0o777
const undoIds = async () =>
  (await listOperations(realFileSystem, join(folder, 'state'))).flatMap((entries) => entries.map(({ id }) => id))

describe('show', () => {
  it('merges both files, credentials first, and keeps values as they are', async () => {
    write(config, '[default]\nregion = r\n[profile a]\nx = 1\ny = 1\n[sso-session s]\nsso_region = q\n')
    write(credentials, '[a]\nx = 2\naws_secret_access_key = planted-secret\n')
    expect(await inspect().show()).toEqual({
      profiles: { default: { region: 'r' }, a: { x: '2', y: '1', aws_secret_access_key: 'planted-secret' } },
      ssoSessions: { s: { sso_region: 'q' } },
      problems: [],
    })
  })

  it('shows each reader what it sees: a block, and a value with a comment behind it', async () => {
    write(config, '[profile a]\ns3 =\n  max = 1\nregion = r # note\n')
    const seen = async (reader: 'aws' | 'botocore' | 'js-sdk') => (await inspect().show(reader)).profiles.a
    expect(await seen('aws')).toEqual({ s3: '\nmax = 1', region: 'r' })
    expect(await seen('botocore')).toEqual({ s3: { max: '1' }, region: 'r # note' })
    expect(await seen('js-sdk')).toEqual({ 's3.max': '1', region: 'r' })
  })

  it('calls a problem fatal when its reader rejects the file', async () => {
    write(config, '[profile a]\nx = 1\nx = 2\n')
    const problem = { file: config, line: 3, code: 'key.duplicate', breaks: ['botocore'] }
    expect(await inspect().show('botocore')).toMatchObject({ profiles: {}, problems: [{ ...problem, fatal: true }] })
    expect(await inspect().show('aws')).toMatchObject({
      profiles: { a: { x: '2' } },
      problems: [{ ...problem, fatal: false }],
    })
  })

  it('has exactly the fields of the contract', async () => {
    write(config, 'junk\n')
    const { problems } = await inspect().show()
    expect(problems.map((problem) => Object.keys(problem))).toEqual([
      ['file', 'line', 'code', 'message', 'fatal', 'breaks'],
    ])
  })

  it('says nothing of modes', async () => {
    write(credentials, '[a]\nx = 1\n', 0o644)
    expect((await inspect().show()).problems).toEqual([])
  })

  it('shows a profile named like a property every object has', async () => {
    write(config, '[profile __proto__]\nx = 1\n')
    expect(JSON.stringify((await inspect().show()).profiles)).toBe('{"__proto__":{"x":"1"}}')
  })
})

describe('check and fix', () => {
  it('find nothing in files that are missing', async () => {
    expect(await inspect().show()).toEqual({ profiles: {}, ssoSessions: {}, problems: [] })
    expect(await inspect().check()).toEqual({ problems: [], repairs: [] })
    expect(await inspect().fix()).toEqual({ problems: [], repairs: [], fixed: [] })
    expect(await undoIds()).toEqual([])
  })

  it('tell what can be repaired, and repair that', async () => {
    write(config, '[profile a]\nRegion = r\n[profile my team]\nx = 1\n')
    write(credentials, '[a]\nx = 1\n', 0o640)
    const found = await inspect().check()
    expect(found.problems.map(({ code, fixable }) => [code, fixable])).toEqual([
      ['key.upper-case', true],
      ['section.ignored', false],
      ['file.mode', true],
    ])
    expect(found.repairs).toEqual([
      { file: config, edit: expect.stringContaining('-Region = r\n+region = r\n'), mode: null },
      { file: credentials, edit: '', mode: { from: 0o640, to: 0o600 } },
    ])
    const left = await inspect().fix(found)
    expect(left.problems.map(({ code }) => code)).toEqual(['section.ignored'])
    expect(left.fixed.map(({ code }) => code)).toEqual(['key.upper-case', 'file.mode'])
    expect(readFileSync(config, 'utf8')).toBe('[profile a]\nregion = r\n[profile my team]\nx = 1\n')
    expect(modeOf(credentials)).toBe(0o600)
    expect(await inspect().fix()).toMatchObject({ fixed: [] })
  })

  it('an edit is recorded for undo', async () => {
    write(config, '[profile a]\nRegion = r\n')
    await inspect().fix()
    const [id] = await undoIds()
    const entry = JSON.parse(readFileSync(join(undoFolder(join(folder, 'state')), `${id}.json`), 'utf8')) as unknown
    expect(entry).toMatchObject({
      file: config,
      description: 'Repair the config file',
      hunks: [{ removed: ['Region = r\n'] }],
    })
  })

  it('a file behind a link is repaired where it is', async () => {
    const real = join(folder, 'dotfiles')
    write(real, '[a]\nRegion = r\n', 0o644)
    symlinkSync(real, credentials)
    await inspect().fix()
    expect(readFileSync(real, 'utf8')).toBe('[a]\nregion = r\n')
    expect(modeOf(real)).toBe(0o600)
    expect(statSync(credentials).ino).toBe(statSync(real).ino)
  })

  it('refuse to make other repairs than those shown', async () => {
    write(config, '[profile a]\nRegion = r\n')
    const found = await inspect().check()
    const changed = '[profile a]\nRegion = r\n[profile b]\nOutput = json\n'
    write(config, changed)
    await expect(inspect().fix(found)).rejects.toMatchObject({ code: 'file.changed' })
    expect(readFileSync(config, 'utf8')).toBe(changed)
  })

  it('mask secrets in what they show', async () => {
    write(credentials, '[a]\nRegion = r\naws_access_key_id = k\naws_secret_access_key = planted-secret\n')
    expect(JSON.stringify(await inspect().check())).not.toContain('planted')
  })
})

describe('what cannot be read', () => {
  const cases = [
    { what: 'a folder', code: 'file.not-a-file', make: (file: string) => mkdirSync(file) },
    { what: 'links in a circle', code: 'file.unreadable', make: (file: string) => symlinkSync(file, file) },
    {
      what: 'a file of a gigabyte',
      code: 'file.too-large',
      make(file: string) {
        writeFileSync(file, '')
        truncateSync(file, 1024 ** 3)
      },
    },
    ...(process.getuid?.() === 0
      ? []
      : [
          {
            what: 'a file without permission',
            code: 'file.permission',
            make(file: string) {
              writeFileSync(file, '')
              chmodSync(file, 0o000)
            },
          },
        ]),
  ]
  if (process.getuid?.() === 0) process.stderr.write('skipped: an unreadable AWS file, because root reads everything\n')

  it.each(cases)('$what is a coded error', async ({ code, make }) => {
    for (const file of [config, credentials]) {
      make(file)
      const { show, check, fix } = inspect()
      for (const call of [() => show(), check, () => fix()]) {
        await expect(call()).rejects.toMatchObject({ code, hint: expect.any(String) })
      }
      rmSync(file, { recursive: true })
    }
  })
})
