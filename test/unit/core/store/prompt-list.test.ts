import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { openStore } from '#core/store/open-store.ts'
import type { Store } from '#core/store/types.ts'
import { makeIdentity, makeRole } from '../../../support/store-records.ts'

let folder: string
let store: Store

const WORK = { kind: 'identity', id: 'u1', name: 'work' } as const
const read = () => readFileSync(join(folder, 'prompt.tsv'), 'utf8')
const open = () => openStore({ file: join(folder, 'hallpass.db') })
const profile = (name: string, target: string, configFile = '/home/dana/.aws/config') =>
  store.profiles.put({
    profile: name,
    target,
    mode: 'process',
    configFile,
    credentialsFile: null,
    writtenAt: '2026-01-02T03:04:05.000Z',
  })
const session = (key: string, expiresAt: number) =>
  store.sessions.put({
    key,
    fingerprint: 'f',
    sealed: new TextEncoder().encode('PLANTED-SEAL'),
    accessKeyId: 'ASIAPLANTED',
    assumedRoleArn: null,
    obtainedAt: 1,
    expiresAt,
  })

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'prompt-list-'))
  store = open()
  store.identities.insert(makeIdentity('u1', 'work'))
  store.roles.insert(makeRole('r1', 'Prod admin', WORK, { mfa: false, environment: 'prod' }))
  store.roles.insert(makeRole('r2', 'web', WORK))
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('the list for prompts', () => {
  it('has the owned profiles, and follows each change', () => {
    expect(read()).toBe('')
    profile('admin', 'role:r1')
    profile('web', 'role:r2')
    profile('me', 'identity:u1')
    const rest = '/home/dana/.aws/config\tme\t0\t-\twork\n/home/dana/.aws/config\tweb\t0\t-\tweb\n'
    expect(read()).toBe(`/home/dana/.aws/config\tadmin\t0\tprod\tProd admin\n${rest}`)
    session('role:r1', 1_795_489_914_987)
    expect(read()).toBe(`/home/dana/.aws/config\tadmin\t1795489914\tprod\tProd admin\n${rest}`)
    const role = store.roles.byId('r1')
    if (!role) throw new Error('no role')
    store.roles.update({ ...role, name: 'boss', settings: { mfa: false, environment: 'staging' } })
    expect(read()).toBe(`/home/dana/.aws/config\tadmin\t1795489914\tstaging\tboss\n${rest}`)
    store.sessions.remove('role:r1')
    store.profiles.remove('me', '/home/dana/.aws/config')
    expect(read()).toBe('/home/dana/.aws/config\tadmin\t0\tstaging\tboss\n/home/dana/.aws/config\tweb\t0\t-\tweb\n')
  })

  it('holds neither keys nor seals, and is nobody else’s to read', () => {
    profile('admin', 'role:r1')
    session('role:r1', 1_795_489_914_000)
    expect(read()).not.toMatch(/PLANTED/)
    if (process.platform !== 'win32') expect(statSync(join(folder, 'prompt.tsv')).mode & 0o777).toBe(0o600)
  })

  it('shows nothing of a transaction that fails', () => {
    expect(() =>
      store.transaction(() => {
        profile('admin', 'role:r1')
        throw new Error('no')
      }),
    ).toThrow('no')
    expect(read()).toBe('')
  })

  it('leaves out what would break its lines', () => {
    profile('admin', 'role:r1', '/odd\nplace/\tconfig')
    profile('web', 'role:r2')
    expect(read()).toBe('/home/dana/.aws/config\tweb\t0\t-\tweb\n')
  })

  it('is there after the store of an earlier version was opened, or a damaged one set aside', () => {
    profile('admin', 'role:r1')
    store.close()
    const before = read()
    rmSync(join(folder, 'prompt.tsv'))
    store = open()
    expect(read()).toBe(before)
    store.close()
    for (const side of ['', '-wal', '-shm', '.bak']) rmSync(join(folder, `hallpass.db${side}`), { force: true })
    writeFileSync(join(folder, 'hallpass.db'), 'damaged')
    store = open()
    expect(store.setAside).toBeDefined()
    expect(read()).toBe('')
  })

  it('that can’t be written is no reason for a change to fail, and leaves nothing behind', () => {
    rmSync(join(folder, 'prompt.tsv'))
    mkdirSync(join(folder, 'prompt.tsv', 'x'), { recursive: true })
    profile('admin', 'role:r1')
    expect(store.profiles.list()).toHaveLength(1)
    expect(readdirSync(folder).filter((name) => name.startsWith('prompt.tsv.'))).toEqual([])
  })
})
