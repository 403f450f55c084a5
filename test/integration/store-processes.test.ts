// The store under several real processes, sudden death, a full disk and folders that may not be written.
import { execFileSync, spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { openStore } from '#core/store/open-store.ts'
import { connect } from '#core/store/sqlite.ts'

const WRITER = new URL('../support/store-writer.ts', import.meta.url).pathname

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'store-'))
  file = join(folder, 'state', 'hallpass.db')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

interface Outcome {
  readonly written: number
  readonly code?: string
  readonly hint?: string
}

async function runWriter(words: readonly string[]): Promise<{ outcome: Outcome; stderr: string }> {
  const child = spawn(process.execPath, [WRITER, ...words])
  const output = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) child[name].on('data', (data) => (output[name] += data))
  await new Promise((resolve) => child.on('close', resolve))
  if (output.stdout === '') throw new Error(output.stderr)
  return { outcome: JSON.parse(output.stdout), stderr: output.stderr }
}

describe('eight processes at once', () => {
  test('make the store together and lose no write, and print nothing on stderr', async () => {
    const writers = Array.from({ length: 8 }, (_, number) => runWriter([file, `p${number}`, '25']))
    for (const { outcome, stderr } of await Promise.all(writers)) expect([outcome.written, stderr]).toEqual([25, ''])
    const store = openStore({ file })
    expect([store.setAside, store.identities.list().length, store.roles.list().length]).toEqual([undefined, 200, 200])
    store.close()
    const files = ['hallpass.db', 'hallpass.db.bak', 'hallpass.db.lock', 'prompt.tsv']
    expect(readdirSync(dirname(file)).sort()).toEqual(files)
    // Each wrote it within its transactions: so the last to do so had seen all of them.
    expect(readFileSync(join(dirname(file), 'prompt.tsv'), 'utf8').match(/\n/g)).toHaveLength(200)
  })

  test('meet a damaged store: it is set aside once, and none of them loses a write', async () => {
    mkdirSync(dirname(file))
    writeFileSync(file, 'garbage')
    const writers = Array.from({ length: 8 }, (_, number) => runWriter([file, `p${number}`, '5']))
    for (const { outcome } of await Promise.all(writers)) expect(outcome.written).toBe(5)
    const store = openStore({ file })
    expect(store.roles.list()).toHaveLength(40)
    store.close()
    expect(readdirSync(dirname(file)).filter((name) => name.includes('.damaged-'))).toHaveLength(1)
  })
})

test('a process killed in the midst of writing leaves every committed pair, and no half one', async () => {
  for (let round = 0; round < 5; round += 1) {
    const prefix = `k${round}`
    const child = spawn(process.execPath, [WRITER, file, prefix, 'forever'], { stdio: ['ignore', 'pipe', 'ignore'] })
    let confirmed = ''
    await new Promise<void>((resolve) => {
      child.stdout.on('data', (data) => {
        confirmed += data
        // Somewhere in the middle, at another place each round.
        if (confirmed.split('\n').length > 20 + round * 7) child.kill('SIGKILL')
      })
      child.on('close', () => resolve())
    })
    const count = confirmed.split('\n').filter((line) => line !== '').length
    const store = openStore({ file })
    const ids = store.identities.list().filter((each) => each.id.startsWith(prefix))
    const roles = store.roles.list().filter((each) => each.id.startsWith(prefix))
    expect(store.setAside).toBeUndefined()
    expect(roles).toHaveLength(ids.length)
    // One more may have been committed whose confirmation was cut off.
    expect(ids.length - count).toBeGreaterThanOrEqual(0)
    expect(ids.length - count).toBeLessThanOrEqual(1)
    store.close()
  }
})

test('a write that never ends elsewhere gives store.locked', () => {
  openStore({ file }).close()
  const store = openStore({ file })
  const other = connect(file)
  other.exec('BEGIN IMMEDIATE')
  expect(() => store.setSetting('a', '1')).toThrow(expect.objectContaining({ code: 'store.locked', exitCode: 8 }))
  other.close()
  store.setSetting('a', '1')
  expect(store.setting('a')).toBe('1')
  store.close()
})

const canMount =
  process.platform === 'linux' &&
  spawnSync('unshare', ['-rm', 'sh', '-c', `mount -t tmpfs -o size=1m tmpfs ${tmpdir()}`]).status === 0

describe.runIf(canMount)('a full disk (skipped where no file system can be mounted)', () => {
  // A file system of less than a megabyte, seen by the writer alone and gone with it.
  const onSmallDisk = (script: string) => {
    const mount = join(folder, 'disk')
    mkdirSync(mount, { recursive: true })
    const run = `mount -t tmpfs -o size=768k tmpfs ${mount} && cd ${mount} && ${script}`
    return execFileSync('unshare', ['-rm', 'sh', '-c', run], { encoding: 'utf8' })
  }
  const node = `${process.execPath} ${WRITER} state/hallpass.db`

  test('while writing: file.disk-full, and everything confirmed is kept', () => {
    const [full, again] = onSmallDisk(`${node} a fill; echo; ${node} a 0`).split('\n')
    expect(JSON.parse(full ?? '')).toMatchObject({ code: 'file.disk-full', written: expect.any(Number) })
    expect(JSON.parse(full ?? '').written).toBeGreaterThan(10)
    expect(JSON.parse(again ?? '').stored).toBe(JSON.parse(full ?? '').written)
  })

  test('from the start: file.disk-full, and once there is room all is well', () => {
    const [full, again] = onSmallDisk(
      `(head -c 900k /dev/zero > filler 2>/dev/null; ${node} a 1; echo; rm filler; ${node} a 1)`,
    ).split('\n')
    expect(JSON.parse(full ?? '')).toMatchObject({ code: 'file.disk-full', written: 0 })
    expect(JSON.parse(again ?? '')).toEqual({ written: 1, stored: 1 })
  })
})

describe('a place that can’t be used', () => {
  test('below a file', () => {
    writeFileSync(join(folder, 'file'), '')
    expect(() => openStore({ file: join(folder, 'file', 'hallpass.db') })).toThrow(
      expect.objectContaining({ code: 'store.unavailable', hint: expect.stringContaining('HALLPASS_HOME') }),
    )
  })

  test('a folder in its stead', () => {
    mkdirSync(file, { recursive: true })
    expect(() => openStore({ file })).toThrow(expect.objectContaining({ code: 'store.unavailable' }))
    expect(readdirSync(dirname(file))).toEqual(['hallpass.db'])
  })

  test.runIf(process.platform !== 'win32')('a folder of someone else: file.permission, nothing changed', () => {
    openStore({ file }).close()
    chmodSync(folder, 0o755)
    for (const target of [file, join(dirname(file), 'other', 'hallpass.db')]) {
      chmodSync(dirname(file), 0o555)
      const before = readdirSync(dirname(file))
      // As root nothing is forbidden, so the writer is somebody else then.
      const isRoot = process.getuid?.() === 0
      const stripped = isRoot ? { uid: 65_534, gid: 65_534 } : {}
      const run = spawnSync(process.execPath, [WRITER, target, 'a', '1'], { encoding: 'utf8', ...stripped })
      expect(JSON.parse(run.stdout || run.stderr)).toMatchObject({ code: 'file.permission', written: 0 })
      expect(readdirSync(dirname(file))).toEqual(before)
      chmodSync(dirname(file), 0o755)
    }
    expect(existsSync(file)).toBe(true)
  })
})
