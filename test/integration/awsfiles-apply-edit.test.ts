/** Edits of real files: links, modes, owners, every failure, other processes, and a crash at every step. */
import { spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type ApplyEditOptions, applyEdit, type Edit } from '#core/awsfiles/apply-edit.ts'
import { findSections, parseDocument } from '#core/awsfiles/document.ts'
import { appendSection } from '#core/awsfiles/document-edit.ts'
import { realFileSystem } from '#core/awsfiles/file-system.ts'
import { withFileLock } from '#core/awsfiles/lock.ts'
import { createSteppingFileSystem, osError } from '../unit/core/awsfiles/support/stepping-fs.ts'

const WORKER = join(import.meta.dirname, '../unit/core/awsfiles/support/edit-worker.ts')
const NOBODY = 65_534
const isRoot = process.getuid?.() === 0

let folder: string
let file: string
let stateHome: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'apply-edit-'))
  file = join(folder, 'aws', 'config')
  stateHome = join(folder, 'state')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

const BEFORE = '[default]\nregion = r\n'
const AFTER = '[default]\nregion = r\n\n[x]\nk = v\n'
const addSection: Edit = (document) => appendSection(document, 'x', [['k', 'v']])
const edit = (path = file, options: Partial<ApplyEditOptions> = {}, change = addSection) =>
  applyEdit(path, change, { stateHome, description: 'Test', ...options })

function put(content: string | Uint8Array = BEFORE, path = file): void {
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, content)
}

/** Everything beside the file: no temporary file may stay. */
const neighbours = (path = file) => readdirSync(join(path, '..'))

describe('writing', () => {
  it('creates file and folder for the owner alone', async () => {
    expect(await edit()).toEqual({ changed: true, target: file })
    expect(readFileSync(file, 'utf8')).toBe('[x]\nk = v\n')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(statSync(join(folder, 'aws')).mode & 0o777).toBe(0o700)
  })

  it.each([0o600, 0o640, 0o644, 0o664])('keeps mode %o', async (mode) => {
    put()
    chmodSync(file, mode)
    await edit()
    expect(readFileSync(file, 'utf8')).toBe(AFTER)
    expect(statSync(file).mode & 0o777).toBe(mode)
  })

  it.runIf(isRoot)('keeps the owner', async () => {
    put()
    chownSync(file, 1234, 5678)
    await edit()
    expect(statSync(file)).toMatchObject({ uid: 1234, gid: 5678 })
  })

  it('writes the file behind symbolic links and keeps the links', async () => {
    const real = join(folder, 'dotfiles', 'aws-config')
    put(BEFORE, real)
    mkdirSync(join(folder, 'aws'))
    symlinkSync('../dotfiles/link', file)
    symlinkSync(real, join(folder, 'dotfiles', 'link'))
    expect((await edit()).target).toBe(real)
    expect(readFileSync(real, 'utf8')).toBe(AFTER)
    expect(readlinkSync(file)).toBe('../dotfiles/link')
    expect(neighbours(real).sort()).toEqual(['aws-config', 'link'])
  })

  it('creates the file a dangling link points at', async () => {
    mkdirSync(join(folder, 'aws'))
    mkdirSync(join(folder, 'dotfiles'))
    symlinkSync('../dotfiles/config', file)
    await edit()
    expect(lstatSync(file).isSymbolicLink()).toBe(true)
    expect(readFileSync(join(folder, 'dotfiles', 'config'), 'utf8')).toBe('[x]\nk = v\n')
  })

  it('writes nothing for an edit without effect', async () => {
    put()
    const { ino, mtimeNs } = statSync(file, { bigint: true })
    expect(await edit(file, {}, () => undefined)).toMatchObject({ changed: false })
    expect(await edit(file, {}, () => parseDocument(Buffer.from(BEFORE)))).toMatchObject({ changed: false })
    expect(statSync(file, { bigint: true })).toMatchObject({ ino, mtimeNs })
    expect(existsSync(join(stateHome, 'undo'))).toBe(false)
  })

  it('does not create a file for an edit without effect', async () => {
    await edit(file, {}, () => undefined)
    expect(existsSync(join(folder, 'aws'))).toBe(false)
  })

  it('passes on an error of the edit and leaves the file', async () => {
    put()
    await expect(
      edit(file, {}, () => {
        throw new Error('no')
      }),
    ).rejects.toThrow('no')
    expect(readFileSync(file, 'utf8')).toBe(BEFORE)
  })

  it('keeps the last 20 undo entries, for the owner alone', async () => {
    for (let index = 0; index < 22; index++) {
      await edit(file, { clock: () => index }, (document) => appendSection(document, `s${index}`, []))
    }
    const names = readdirSync(join(stateHome, 'undo')).sort()
    expect(names).toHaveLength(20)
    expect(names[0]).toMatch(/^0+2-/)
    expect(statSync(join(stateHome, 'undo')).mode & 0o777).toBe(0o700)
    expect(statSync(join(stateHome, 'undo', names[0] ?? '')).mode & 0o777).toBe(0o600)
  })
})

describe('failures leave the file as it was', () => {
  const refuse = async (code: string, path = file, options: Partial<ApplyEditOptions> = {}) =>
    expect(edit(path, options)).rejects.toMatchObject({ code, hint: expect.any(String) })

  it('a folder in its place', async () => {
    mkdirSync(file, { recursive: true })
    await refuse('file.not-a-file')
  })

  it('a file where its folder should be', async () => {
    writeFileSync(join(folder, 'aws'), '')
    await refuse('file.not-a-file')
  })

  it('a named pipe in its place', async () => {
    mkdirSync(join(folder, 'aws'))
    expect(spawnSync('mkfifo', [file]).status).toBe(0)
    await refuse('file.not-a-file')
  })

  it('a symbolic link to itself', async () => {
    mkdirSync(join(folder, 'aws'))
    symlinkSync('config', file)
    await refuse('file.unreadable')
    symlinkSync('other-b', join(folder, 'other-a'))
    symlinkSync('other-a', join(folder, 'other-b'))
    await refuse('file.unreadable', join(folder, 'other-a'))
  })

  it('a file of more than 64 MB', async () => {
    put()
    truncateSync(file, 64 * 1024 * 1024 + 1)
    await refuse('file.too-large')
    expect(statSync(file).size).toBe(64 * 1024 * 1024 + 1)
  })

  it('another process that holds the lock', async () => {
    put()
    await withFileLock(stateHome, file, () => refuse('file.locked', file, { lockTimeoutMs: 50 }))
    expect(readFileSync(file, 'utf8')).toBe(BEFORE)
  })

  it('a file that never stops changing', async () => {
    put()
    let version = 0
    const fs = createSteppingFileSystem((call) => {
      if (call === 'stat') writeFileSync(file, `# ${version++}\n`)
    })
    await refuse('file.changed', file, { fs })
    expect(neighbours()).toEqual(['config'])
    expect(readdirSync(join(stateHome, 'undo'))).toEqual([])
  })

  it('takes a change made meanwhile into account', async () => {
    put()
    let isDone = false
    const fs = createSteppingFileSystem((call) => {
      if (call !== 'stat' || isDone) return
      isDone = true
      writeFileSync(file, '# new\n')
    })
    await edit(file, { fs })
    expect(readFileSync(file, 'utf8')).toBe('# new\n\n[x]\nk = v\n')
  })

  it.runIf(isRoot).each([
    ['a file one may not read', 'file.permission', () => chmodSync(file, 0o000)],
    ['a file that is read-only', 'file.permission', () => chmodSync(file, 0o444)],
    ['a folder that is read-only', 'file.permission', () => chmodSync(join(folder, 'aws'), 0o555)],
    [
      'a file that is somebody else’s',
      'file.permission',
      () => {
        chmodSync(file, 0o666)
        chownSync(file, 1234, 1234)
      },
    ],
  ])('%s', (_, code, prepare) => {
    put()
    mkdirSync(stateHome)
    for (const path of [folder, stateHome, join(folder, 'aws'), file]) chownSync(path, NOBODY, NOBODY)
    prepare()
    const mode = statSync(file).mode
    const run = spawnSync(process.execPath, [WORKER, stateHome, file, 'x', '1'], {
      uid: NOBODY,
      gid: NOBODY,
      encoding: 'utf8',
    })
    expect(run.stdout).toMatch(new RegExp(`^${code} `))
    expect(readFileSync(file, 'utf8')).toBe(BEFORE)
    expect(statSync(file).mode).toBe(mode)
    expect(neighbours()).toEqual(['config'])
  })

  const tmpfs = (() => {
    const mount = join(tmpdir(), `apply-edit-full-${process.pid}`)
    mkdirSync(mount)
    const isMounted = isRoot && spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', mount]).status === 0
    if (isMounted) spawnSync('umount', [mount])
    rmSync(mount, { recursive: true })
    return isMounted
  })()

  it.skipIf(!tmpfs)(`a full disk ${tmpfs ? '' : '(needs the right to mount a tmpfs)'}`, async () => {
    mkdirSync(join(folder, 'aws'))
    expect(spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', join(folder, 'aws')]).status).toBe(0)
    try {
      const large = `${BEFORE}# ${'x'.repeat(40 * 1024)}\n`
      put(large)
      await refuse('file.disk-full')
      expect(readFileSync(file, 'utf8')).toBe(large)
      expect(neighbours()).toEqual(['config'])
    } finally {
      spawnSync('umount', [join(folder, 'aws')])
    }
  })

  it('any call that fails, at every step', async () => {
    let calls: string[] = []
    put()
    await edit(file, { fs: createSteppingFileSystem((call) => calls.push(call)) })
    expect(calls).toEqual(expect.arrayContaining(['handle.writeFile', 'handle.sync', 'rename', 'handle.chmod']))
    const total = calls.length
    const failed = new Set<string>()
    for (let step = 0; step < total; step++) {
      put()
      rmSync(stateHome, { recursive: true, force: true })
      calls = []
      const fs = createSteppingFileSystem((call, number) => {
        calls.push(call)
        if (number === step) throw osError('ENOSPC')
      })
      const error = await edit(file, { fs }).then(
        () => undefined,
        (cause: unknown) => cause,
      )
      const content = readFileSync(file, 'utf8')
      if (error) {
        failed.add(calls[step] ?? '')
        expect(error).toMatchObject({ code: 'file.disk-full' })
        expect(content, `step ${step}, ${calls[step]}`).toBe(BEFORE)
      } else expect(content, `step ${step}, ${calls[step]}`).toBe(AFTER)
      expect(neighbours(), `step ${step}, ${calls[step]}`).toEqual(['config'])
      expect(await edit(file, {}, () => undefined)).toMatchObject({ changed: false })
    }
    expect([...failed]).toEqual(expect.arrayContaining(['open', 'handle.writeFile', 'handle.sync', 'rename']))
  })
})

describe('other processes', () => {
  it('lose no edit to one another', async () => {
    put('# mine\n')
    const workers = Array.from({ length: 8 }, (_, index) =>
      spawn(process.execPath, [WORKER, stateHome, file, `p${index}`, '12'], { stdio: ['ignore', 'pipe', 'inherit'] }),
    )
    const codes = await Promise.all(
      workers.map((worker) => new Promise((resolve) => worker.on('close', (code) => resolve(code)))),
    )
    expect(codes).toEqual(workers.map(() => 0))
    const document = parseDocument(readFileSync(file))
    for (let index = 0; index < workers.length; index++) {
      const [section] = findSections(document, `p${index}`)
      expect(section && section.end - section.header).toBeGreaterThanOrEqual(13)
    }
    expect(neighbours()).toEqual(['config'])
  })

  it('that died with the lock do not hold up the next', async () => {
    put()
    const script = `
      import { withFileLock } from '#core/awsfiles/lock.ts'
      await withFileLock(process.argv[1], process.argv[2], async () => process.kill(process.pid, 'SIGKILL'))`
    const died = spawnSync(process.execPath, ['--input-type=module', '-e', script, stateHome, file])
    expect(died.signal).toBe('SIGKILL')
    expect(await edit(file, { lockTimeoutMs: 0 })).toMatchObject({ changed: true })
  })

  it('see no half-written file of a writer that empties the file first', async () => {
    put(BEFORE)
    // As the AWS CLI does: truncate, then write a moment later.
    writeFileSync(file, '')
    const rewrite = new Promise<void>((resolve) => {
      setTimeout(() => {
        writeFileSync(file, BEFORE)
        resolve()
      }, 5)
    })
    await Promise.all([edit(), rewrite])
    expect(readFileSync(file, 'utf8')).toBe(AFTER)
  })
})

describe('a crash', () => {
  it('leaves a temporary file that the next edit removes', async () => {
    put()
    const fs = createSteppingFileSystem((call) => {
      if (call === 'rename' || call === 'rm') throw osError('EIO')
    })
    await expect(edit(file, { fs })).rejects.toMatchObject({ code: 'file.unreadable' })
    expect(neighbours()).toHaveLength(2)
    await applyEdit(file, () => undefined, { stateHome, description: 'Test', fs: realFileSystem })
    expect(neighbours()).toEqual(['config'])
  })
})
