/**
 * Rotation against the practice account: interrupted at every one of its calls, before and after AWS carried it out, and
 * at every write to the vault; and at every moment a key in the vault that works.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createIam, type IamCalls } from '#core/aws/iam.ts'
import { createSts } from '#core/aws/index.ts'
import { createSealedRecords } from '#core/breakglass/records.ts'
import { createIdentityService, secretEntry } from '#core/identities.ts'
import { hasKey } from '#core/names.ts'
import { type PracticeAccount, startPracticeAccount } from '#core/practice/practice-account.ts'
import type { RotationParts } from '#core/rotation/parts.ts'
import { createRotation } from '#core/rotation/rotation.ts'
import { openStore } from '#core/store/open-store.ts'
import type { Store } from '#core/store/types.ts'
import type { Vault } from '#core/vault/types.ts'
import { createMemoryVault, silentLog } from '../unit/core/awsfiles/support/aws-home.ts'

const BOT = 'deploy-bot'
const DAY = 86_400_000

let folder: string
let practice: PracticeAccount
let store: Store
let vault: ReturnType<typeof createMemoryVault>
let steps: string[]
let now: number

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rotation-'))
  now = Date.now()
  practice = await startPracticeAccount({ clock: () => now })
  store = openStore({ file: join(folder, 'hallpass.db') })
  vault = createMemoryVault()
  steps = []
  const settled = { release: async () => {}, settle: async () => {} }
  const identities = createIdentityService({ store, vault: vault as never, sts: sts(), clock: () => now, ...settled })
  for (const name of [BOT, 'dana.whitfield']) {
    const { accessKeyId, secretAccessKey } = practice.user(name)
    await identities.add({ name, accessKeyId, secretAccessKey })
  }
})
afterEach(async () => {
  store.close()
  await practice.close()
  rmSync(folder, { recursive: true, force: true })
})

const env = () => practice.describe().environment
const sts = () => createSts(env())

/** A process of Hallpass; what it is given of its own takes the place of what there is. */
function rotation(over: Partial<RotationParts> = {}) {
  return createRotation({
    store,
    vault: vault as unknown as Vault,
    iam: createIam(env()),
    sts: sts(),
    mfaSession: async () => undefined,
    settle: async () => {},
    record: async (_holder, step) => void steps.push(step),
    clock: () => now,
    deleteAfterDays: () => 7,
    log: silentLog,
    wait: async (ms) => {
      now += ms
    },
    ...over,
  })
}

const identity = () =>
  store.identities
    .list()
    .filter(hasKey)
    .find(({ name }) => name === BOT)
const ours = () => ({
  accessKeyId: identity()?.accessKeyId ?? '',
  secretAccessKey: vault.entries.get(secretEntry(identity()?.id ?? '')) ?? '',
})
const keys = () => rotation().keys('identity', BOT, { with: 'dana.whitfield' })
const state = async () =>
  (await keys()).map(({ active, isOurs }) => `${active ? 'active' : 'off'}${isOurs ? ', ours' : ''}`).sort()

/** Whether what Hallpass would use works: the record's key, or the one that is to take its place. */
async function hasWorkingKey(): Promise<boolean> {
  const pending = store.rotations.get(`identity:${identity()?.id}`)
  const candidates = [ours(), { ...ours(), accessKeyId: pending?.newKeyId ?? '' }]
  for (const key of candidates) {
    const works = await sts()
      .getCallerIdentity(key, { region: null, name: BOT })
      .then(
        () => true,
        () => false,
      )
    if (works) return true
  }
  return false
}

class Killed extends Error {}

/** Dies at the n-th call, before or after AWS has carried it out. @returns how many calls there were */
function dying(at: number, when: 'before' | 'after'): { iam: IamCalls; count: () => number } {
  const real = createIam(env())
  let count = 0
  return {
    count: () => count,
    iam: {
      async send(...given) {
        count += 1
        if (count === at && when === 'before') throw new Killed()
        const answer = await real.send(...given)
        if (count === at) throw new Killed()
        return answer
      },
    },
  }
}

/** The same for writes to the vault. */
function dyingVault(at: number, when: 'before' | 'after'): { vault: Vault; count: () => number } {
  let count = 0
  const cut = async <T>(work: () => Promise<T>): Promise<T> => {
    count += 1
    if (count === at && when === 'before') throw new Killed()
    const result = await work()
    if (count === at) throw new Killed()
    return result
  }
  const changed = {
    get: (entry: string) => vault.get(entry),
    put: (entry: string, secret: string) => cut(() => vault.put(entry, secret)),
    remove: (entry: string) => cut(() => vault.remove(entry)),
  }
  return { vault: changed as unknown as Vault, count: () => count }
}

describe('a rotation', () => {
  it('makes a key, proves it, uses it, turns the old one off, and deletes it a week later', async () => {
    const before = ours()
    const seen: string[] = []
    const status = await rotation().rotate('identity', BOT, { onStep: (step) => seen.push(step) })
    expect(seen).toEqual(['create', 'check', 'switch', 'turn-off'])
    expect(status).toMatchObject({ name: BOT, phase: 'deactivated', oldKeyId: before.accessKeyId })
    expect(ours().accessKeyId).toBe(status.newKeyId)
    expect(await state()).toEqual(['active, ours', 'off'])
    expect(await rotation().finishDue()).toBe(0)
    expect(await rotation({ clock: () => now + 7 * DAY }).finishDue()).toBe(1)
    expect(await state()).toEqual(['active, ours'])
    expect([...vault.entries.keys()].filter((entry) => /next|previous/.test(entry))).toEqual([])
    expect(steps).toEqual(['created', 'switched', 'deactivated', 'deleted'])
    expect(await hasWorkingKey()).toBe(true)
  })

  it('waits while AWS does not know the new key, and can be taken up later where that takes too long', async () => {
    practice.control.apply({ iamDelayMs: 8000 })
    expect(await rotation().rotate('identity', BOT)).toMatchObject({ phase: 'deactivated' })
    await rotation().finish('identity', BOT)
    practice.control.apply({ iamDelayMs: 300_000 })
    await expect(rotation().rotate('identity', BOT)).rejects.toMatchObject({ code: 'rotation.not-yet' })
    expect(await hasWorkingKey()).toBe(true)
    now += 300_000
    expect(await rotation().rotate('identity', BOT)).toMatchObject({ phase: 'deactivated' })
  })

  it('stops where both slots are taken, and goes on once one is said to go', async () => {
    const { AccessKey } = await createIam(env()).send(
      { credentials: ours(), partition: 'aws', name: BOT },
      'CreateAccessKey',
      {},
    )
    const other = AccessKey?.AccessKeyId ?? ''
    await expect(rotation().rotate('identity', BOT)).rejects.toMatchObject({
      code: 'rotation.slots-taken',
      message: expect.stringContaining('never used'),
      hint: expect.stringContaining(other),
    })
    await expect(rotation().rotate('identity', BOT, { deleteUnused: ours().accessKeyId })).rejects.toMatchObject({
      code: 'input.invalid',
    })
    expect(await rotation().rotate('identity', BOT, { deleteUnused: other })).toMatchObject({ phase: 'deactivated' })
  })

  it('goes back to the old key at any time until that is deleted', async () => {
    const before = ours()
    const since = identity()?.createdAt
    now += 60_000
    await rotation().rotate('identity', BOT)
    expect(identity()?.createdAt).not.toBe(since)
    await rotation().rollBack('identity', BOT)
    expect(ours()).toEqual(before)
    expect(identity()?.createdAt).toBe(since)
    expect(await state()).toEqual(['active, ours'])
    expect(await hasWorkingKey()).toBe(true)
    await expect(rotation().rollBack('identity', BOT)).rejects.toMatchObject({ code: 'rotation.nothing' })
  })

  it('is signed by another identity on request, and explains why it may not', async () => {
    const status = await rotation().rotate('identity', BOT, { with: 'dana.whitfield' })
    expect(status.phase).toBe('deactivated')
    await expect(rotation().rotate('identity', 'dana.whitfield', { with: BOT })).rejects.toMatchObject({
      code: 'iam.denied',
      hint: expect.any(String),
    })
  })

  it('of a sealed credential’s key takes it off what is left to do', async () => {
    const { accessKeyId, secretAccessKey } = practice.user(BOT)
    const records = createSealedRecords({ store, vault: vault as unknown as Vault, clock: () => now })
    const { id } = await records.add({ name: 'rescue', userName: BOT, accessKeyId, secretAccessKey })
    const record = store.sealed.byId(id)
    if (record) store.sealed.update({ ...record, tasks: ['rotate-key', 'note'] })
    const status = await rotation().rotate('sealed', 'rescue')
    expect(records.show('rescue')).toMatchObject({ accessKeyId: status.newKeyId, tasks: ['note'] })
    expect(records.show('rescue').keyRotatedAt).not.toBeNull()
  })
})

describe('killed', () => {
  /** To the end, by a process that knows nothing of the one that died. */
  async function goOn(): Promise<void> {
    expect(await hasWorkingKey()).toBe(true)
    await rotation().recover()
    const works = sts().getCallerIdentity(ours(), { region: null, name: BOT })
    await expect(works).resolves.toMatchObject({ arn: expect.stringContaining(BOT) })
    await rotation().rotate('identity', BOT)
    expect(await state()).toEqual(['active, ours', 'off'])
    await rotation().finish('identity', BOT)
    expect(await state()).toEqual(['active, ours'])
    expect([...vault.entries.keys()].filter((entry) => /next|previous/.test(entry))).toEqual([])
    expect(store.rotations.list()).toEqual([])
  }

  it('at every call to IAM, before or after it was carried out, it resumes to the same end', async () => {
    let calls = 1
    for (let at = 1; at <= calls; at++) {
      for (const when of ['before', 'after'] as const) {
        const { iam, count } = dying(at, when)
        await expect(rotation({ iam }).rotate('identity', BOT), `call ${at}, ${when}`).rejects.toBeInstanceOf(Killed)
        await goOn()
        calls = Math.max(calls, count())
      }
      if (at === calls) {
        const { iam, count } = dying(0, 'before')
        await rotation({ iam }).rotate('identity', BOT)
        await rotation().finish('identity', BOT)
        calls = count()
      }
    }
    expect(calls).toBeGreaterThan(5)
  })

  it('at every write to the vault, before or after it was made, it resumes to the same end', async () => {
    const whole = dyingVault(0, 'before')
    await rotation({ vault: whole.vault }).rotate('identity', BOT)
    await rotation().finish('identity', BOT)
    expect(whole.count()).toBeGreaterThan(3)
    for (let at = 1; at <= whole.count(); at++) {
      for (const when of ['before', 'after'] as const) {
        const { vault: cut } = dyingVault(at, when)
        await expect(rotation({ vault: cut }).rotate('identity', BOT), `write ${at}, ${when}`).rejects.toBeInstanceOf(
          Killed,
        )
        await goOn()
      }
    }
  })
})
