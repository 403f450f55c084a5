/**
 * What the doctor learns from AWS: against the practice account, which is then changed behind Hallpass's back, and as far
 * as it goes against moto, which shares no code with it.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createIam, type IamCaller } from '#core/aws/iam.ts'
import { createSts } from '#core/aws/index.ts'
import { createSealedRecords, sealedDetail } from '#core/breakglass/records.ts'
import { createSetup } from '#core/breakglass/setup/setup.ts'
import { askAws } from '#core/doctor/ask-aws.ts'
import { usersOf } from '#core/doctor/credential-report.ts'
import { createIdentityService, secretEntry } from '#core/identities.ts'
import { findIdentity } from '#core/names.ts'
import { type PracticeAccount, startPracticeAccount } from '#core/practice/practice-account.ts'
import { openStore } from '#core/store/open-store.ts'
import type { Store } from '#core/store/types.ts'
import type { Vault } from '#core/vault/types.ts'
import { createUser, type Moto, motoMissing, startMoto } from '../support/moto.ts'
import { createMemoryVault } from '../unit/core/awsfiles/support/aws-home.ts'

const DANA = 'dana.whitfield'
const NAME = 'EmergencyAccess'
const MINUTE = 60_000

let folder: string
let store: Store
let vault: Vault
let env: Readonly<Record<string, string>>
let ahead: number
const real = Date.now()
const now = () => real + ahead
const wait = async (ms: number) => {
  ahead += ms
}

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'doctor-'))
  store = openStore({ file: join(folder, 'hallpass.db') })
  vault = createMemoryVault() as unknown as Vault
  ahead = 0
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

const parts = () => ({
  store,
  vault,
  iam: createIam(env),
  sts: createSts(env),
  mfaSession: async () => undefined,
  clock: now,
  awsClock: now,
  record: async () => {},
  wait,
})

async function addIdentity(name: string, accessKeyId: string, secretAccessKey: string): Promise<void> {
  const settled = { release: async () => {}, settle: async () => {} }
  await createIdentityService({ store, vault, sts: createSts(env), clock: now, ...settled }).add({
    name,
    accessKeyId,
    secretAccessKey,
  })
}

const ask = () =>
  askAws(
    parts(),
    store.identities.list(),
    store.sealed.list().map((record) => sealedDetail(store, record, now())),
  )

describe('on the practice account', () => {
  let practice: PracticeAccount
  let admin: IamCaller

  beforeEach(async () => {
    practice = await startPracticeAccount({ clock: now })
    env = practice.describe().environment
    const { accessKeyId, secretAccessKey } = practice.user(DANA)
    await addIdentity('admin', accessKeyId, secretAccessKey)
    admin = { credentials: { accessKeyId, secretAccessKey }, partition: 'aws', name: 'admin' }
    await createSetup(parts()).apply({ from: 'admin', withMfa: true, withAccessKey: true })
    await wait(10 * MINUTE)
  })
  afterEach(() => practice.close())

  const send = () => createIam(env)
  const problems = async () => (await ask()).sealed.map(({ problems }) => problems)

  it('all is as it was sealed; a key in use, a user with a device', async () => {
    const { keys, sealed } = await ask()
    expect(sealed).toEqual([{ name: NAME, problems: [] }])
    expect(keys).toEqual([{ name: 'admin', usedAt: expect.any(Number), hasDevice: true }])
    expect(Math.abs((keys[0]?.usedAt ?? 0) - now())).toBeLessThan(MINUTE)
  })

  it('a password that somebody else set, and a key that is turned off', async () => {
    await send().send(admin, 'UpdateLoginProfile', { UserName: NAME, Password: 'Somebody elses 1!' })
    const AccessKeyId = store.sealed.byName(NAME)?.accessKeyId ?? ''
    await send().send(admin, 'UpdateAccessKey', { UserName: NAME, AccessKeyId, Status: 'Inactive' })
    expect(await problems()).toEqual([['password-changed', 'key-off']])
    await send().send(admin, 'DeleteLoginProfile', { UserName: NAME })
    await send().send(admin, 'DeleteAccessKey', { UserName: NAME, AccessKeyId })
    expect(await problems()).toEqual([['no-password', 'no-key']])
  })

  it('a password that was taken in counts from the day it was', async () => {
    const known = store.sealed.byName(NAME)
    if (known) store.sealed.update({ ...known, passwordRotatedAt: null })
    expect(await problems()).toEqual([[]])
    await send().send(admin, 'UpdateLoginProfile', { UserName: NAME, Password: 'Somebody elses 1!' })
    expect(await problems()).toEqual([['password-changed']])
  })

  it('a user that is gone, and one whose account nobody here is of', async () => {
    const records = createSealedRecords(parts())
    const account = store.sealed.byName(NAME)?.accountId ?? undefined
    await records.add({ name: 'gone', userName: 'nobody', password: 'x', accountId: account })
    await records.add({ name: 'far', userName: 'nobody', password: 'x', accountId: '000000000001' })
    const { sealed } = await ask()
    expect(sealed.find(({ name }) => name === 'gone')?.problems).toEqual(['no-user'])
    expect(sealed.find(({ name }) => name === 'far')).toMatchObject({ problems: [], failure: expect.any(String) })
  })

  it('a key that no longer works is told of, and keeps nobody from the rest', async () => {
    const bot = practice.user('deploy-bot')
    await addIdentity('bot', bot.accessKeyId, bot.secretAccessKey)
    const { keys } = await ask()
    expect(keys.find(({ name }) => name === 'admin')?.hasDevice).toBe(true)
    expect(keys.find(({ name }) => name === 'bot')).toMatchObject({ name: 'bot', hasDevice: false })
    await vault.put(secretEntry(findIdentity(store, 'bot').id), 'not the secret of this key')
    const again = (await ask()).keys
    expect(again.find(({ name }) => name === 'admin')?.failure).toBeUndefined()
    expect(again.find(({ name }) => name === 'bot')).toEqual({ name: 'bot', failure: expect.stringContaining('bot') })
  })
})

describe('the credential report', () => {
  it('is read by its columns, whatever their order', () => {
    const csv = 'password_last_changed,user,password_enabled\n2026-01-02T03:04:05+00:00,a,true\nN/A,b,false\n'
    expect([...usersOf(csv)]).toEqual([
      ['a', { passwordChangedAt: Date.UTC(2026, 0, 2, 3, 4, 5) }],
      ['b', { passwordChangedAt: null }],
    ])
  })
})

if (motoMissing !== undefined) process.stderr.write(`skipped: the doctor asking moto, because ${motoMissing}\n`)

describe.skipIf(motoMissing !== undefined)('on moto', () => {
  let moto: Moto
  beforeEach(async () => {
    moto = await startMoto()
    env = { AWS_ENDPOINT_URL: moto.endpoint }
  })
  afterEach(() => moto.stop())

  it('finds its user as it was sealed, then without a password', async () => {
    const { accessKeyId, secretAccessKey } = await createUser(moto.endpoint, 'admin')
    await addIdentity('admin', accessKeyId, secretAccessKey)
    await createSetup(parts()).apply({ from: 'admin', withMfa: false, withAccessKey: true })
    expect((await ask()).sealed).toEqual([{ name: NAME, problems: [] }])
    const admin: IamCaller = { credentials: { accessKeyId, secretAccessKey }, partition: 'aws', name: 'admin' }
    await createIam(env).send(admin, 'DeleteLoginProfile', { UserName: NAME })
    expect((await ask()).sealed[0]?.problems).toEqual(['no-password'])
  })
})
