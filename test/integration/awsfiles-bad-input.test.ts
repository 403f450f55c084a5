/** AWS files that can't be used, met by everything that reads or writes profiles: a coded error, and nothing touched. */
import { spawnSync } from 'node:child_process'
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createAwsFiles } from '#core/awsfiles/index.ts'
import {
  type AwsHome,
  createAwsHome,
  processTarget,
  silentLog,
  staticTarget,
} from '../unit/core/awsfiles/support/aws-home.ts'
import { createSteppingFileSystem } from '../unit/core/awsfiles/support/stepping-fs.ts'

const GIGABYTE = 1024 ** 3

let home: AwsHome
beforeEach(() => {
  home = createAwsHome()
  mkdirSync(dirname(home.config))
})
afterEach(() => home.dispose())

/** What is in the way of a file, and the code it is reported under. */
const OBSTACLES: readonly [string, string, (file: string) => void][] = [
  ['a folder', 'file.not-a-file', (file) => mkdirSync(file)],
  ['a named pipe', 'file.not-a-file', (file) => expect(spawnSync('mkfifo', [file]).status).toBe(0)],
  ['a link to itself', 'file.unreadable', (file) => symlinkSync(file, file)],
  [
    'links that lead round',
    'file.unreadable',
    (file) => {
      symlinkSync(`${file}-b`, file)
      symlinkSync(file, `${file}-b`)
    },
  ],
  ['a link to a folder', 'file.not-a-file', (file) => symlinkSync('/', file)],
  ['a link to a device', 'file.not-a-file', (file) => symlinkSync('/dev/zero', file)],
  [
    'a file of 1 GB',
    'file.too-large',
    (file) => {
      writeFileSync(file, '')
      truncateSync(file, GIGABYTE)
    },
  ],
]

const ACTIONS: Readonly<Record<string, (files: AwsHome['awsFiles']) => Promise<unknown>>> = {
  planned: (files) => files.planProfile(processTarget()),
  written: (files) => files.writeProfile(processTarget()),
  'written with static keys': (files) => files.writeProfile(staticTarget()),
  removed: (files) => files.removeProfile('dev'),
}

const describeEntry = (path: string) => {
  const { mode, size, ino, mtimeNs } = lstatSync(path, { bigint: true })
  return { mode, size, ino, mtimeNs }
}

describe.each(OBSTACLES)('%s (%s)', (_, code, place) => {
  describe.each(['config', 'credentials'] as const)('instead of %s', (kind) => {
    it.each(Object.keys(ACTIONS))('stops a profile from being %s', async (action) => {
      const other = kind === 'config' ? 'credentials' : 'config'
      home.write(other, '# mine\n')
      home.profiles.put({
        profile: 'dev',
        target: 'role:1',
        mode: 'static',
        configFile: home.config,
        credentialsFile: home.credentials,
        writtenAt: '2026-01-01T00:00:00.000Z',
      })
      const records = home.profiles.list()
      place(home[kind])
      const entries = readdirSync(dirname(home.config)).sort()
      const before = describeEntry(home[kind])
      const started = Date.now()
      await expect(ACTIONS[action]?.(home.awsFiles)).rejects.toMatchObject({ code, hint: expect.any(String) })
      expect(Date.now() - started).toBeLessThan(5000)
      expect(describeEntry(home[kind])).toEqual(before)
      expect(readdirSync(dirname(home.config)).sort()).toEqual(entries)
      expect(home.read(other)).toBe('# mine\n')
      expect(home.profiles.list()).toEqual(records)
    })
  })
})

describe('a link to a file that is not there', () => {
  it('is written through, and stays a link', async () => {
    const real = join(home.home, 'dotfiles')
    mkdirSync(real)
    symlinkSync(join(real, 'config'), home.config)
    await home.awsFiles.writeProfile(processTarget())
    expect(lstatSync(home.config).isSymbolicLink()).toBe(true)
    expect(readFileSync(join(real, 'config'), 'utf8')).toContain('[profile dev]')
    expect(statSync(join(real, 'config')).mode & 0o777).toBe(0o600)
  })

  it('in a folder that is not there either is made with its folder', async () => {
    symlinkSync(join(home.home, 'gone', 'config'), home.config)
    await home.awsFiles.writeProfile(processTarget())
    expect(statSync(join(home.home, 'gone')).mode & 0o777).toBe(0o700)
    expect(home.read('config')).toContain('[profile dev]')
  })
})

describe('a section that is edited by hand between the look at it and the write', () => {
  /** Files whose file system lets `change` happen just before the new version is put in place, once. */
  const filesDuring = (change: () => void) => {
    let isDone = false
    const fs = createSteppingFileSystem((call) => {
      if (call !== 'stat' || isDone) return
      isDone = true
      change()
    })
    const { stateHome, profiles, vault } = home
    return createAwsFiles({ env: {}, home: home.home, stateHome, profiles, vault, clock: Date.now, log: silentLog, fs })
  }
  const byHand = (from: string, to: string) => () => {
    const text = home.read('config') ?? ''
    expect(text).toContain(from)
    writeFileSync(home.config, text.replace(from, to))
  }

  it('keeps what was added to it', async () => {
    await home.awsFiles.writeProfile(processTarget())
    const files = filesDuring(byHand('region = eu-west-1\n', 'region = eu-west-1\noutput = json\n'))
    await files.writeProfile(processTarget({ region: 'us-east-2' }))
    expect(home.read('config')).toMatch(/region = us-east-2\noutput = json\n$/)
  })

  it.each([
    ['other credentials', /^credential_process = .*$/m, 'credential_process = /usr/bin/mine'],
    ['a role', /^credential_process = .*$/m, 'role_arn = arn:aws:iam::123456789012:role/x\nsource_profile = y'],
  ])('is refused where it now has %s', async (_, line, replacement) => {
    await home.awsFiles.writeProfile(processTarget())
    const found = line.exec(home.read('config') ?? '')?.[0] ?? ''
    const files = filesDuring(() => {
      byHand(found, replacement)()
      const marked = home.read('config') ?? ''
      writeFileSync(home.config, marked.replace(/^# Managed.*\n/m, ''))
    })
    await expect(files.writeProfile(processTarget({ region: 'us-east-2' }))).rejects.toMatchObject({
      code: 'profile.not-owned',
      hint: expect.any(String),
    })
    expect(home.read('config')).toContain(replacement)
    expect(home.read('config')).not.toContain('us-east-2')
    expect(existsSync(home.credentials)).toBe(false)
    expect(readdirSync(dirname(home.config))).toEqual(['config'])
  })

  it('is refused where it was made by hand while Hallpass was about to make it', async () => {
    home.write('config', '# mine\n')
    const mine = '# mine\n[profile dev]\nrole_arn = arn:aws:iam::123456789012:role/x\n'
    const files = filesDuring(() => writeFileSync(home.config, mine))
    await expect(files.writeProfile(processTarget())).rejects.toMatchObject({ code: 'profile.not-owned' })
    expect(home.read('config')).toBe(mine)
    expect(home.profiles.list()).toEqual([])
  })
})

it('an edit that cannot be undone later is not made: the undo folder is in the way', async () => {
  home.write('config', '# mine\n')
  mkdirSync(home.stateHome)
  writeFileSync(join(home.stateHome, 'undo'), '')
  await expect(home.awsFiles.writeProfile(processTarget())).rejects.toMatchObject({
    code: expect.stringMatching(/^file\./),
  })
  expect(home.read('config')).toBe('# mine\n')
  rmSync(join(home.stateHome, 'undo'))
  await home.awsFiles.writeProfile(processTarget())
})

describe('a section that only some SDKs take for the profile, because blanks pad its name', () => {
  it.each([
    ['a setting that is written too', 'region = us-west-1', 'region'],
    ['credentials', 'aws_access_key_id = AKIAIOSFODNN7EXAMPLE', 'aws_access_key_id'],
  ])('stands in the way of a profile with %s', async (_, line, key) => {
    const padded = `[ dev ]\n${line}\n`
    home.write('credentials', padded)
    await expect(
      home.awsFiles.writeProfile(processTarget({ profile: 'dev', region: 'us-east-2' })),
    ).rejects.toMatchObject({ code: 'profile.not-owned', message: expect.stringContaining(`${key} (`) })
    expect(home.read('credentials')).toBe(padded)
    expect(existsSync(home.config)).toBe(false)
  })

  it('is nobody’s business while it says something else', async () => {
    home.write('credentials', '[ dev ]\noutput = json\n')
    await home.awsFiles.writeProfile(processTarget({ profile: 'dev' }))
    expect(home.read('credentials')).toBe('[ dev ]\noutput = json\n')
  })
})
