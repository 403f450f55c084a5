import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CallerIdentity, StsCalls } from '#core/aws/index.ts'
import { createIdentityService, type IdentityService, secretEntry } from '#core/identities.ts'
import { mfaCommandOf, totpSeedEntry } from '#core/mfa/mfa-source.ts'
import { openStore } from '#core/store/open-store.ts'
import type { Store } from '#core/store/types.ts'
import type { Vault } from '#core/vault/types.ts'
import { HallpassError } from '#shared/errors.ts'

const CALLER: CallerIdentity = {
  accountId: '987654321098',
  arn: 'arn:aws:iam::987654321098:user/dana.whitfield',
  userId: 'AIDADANA',
}
const DANA = { name: 'dana', accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'a'.repeat(40) }

let folder: string
let store: Store
let secrets: Map<string, string>
let vaultProblem: HallpassError | undefined
let released: string[]
let settled: string[]
let settleProblem: HallpassError | undefined
let identities: IdentityService
/** What happens while AWS takes its time. */
let meanwhile: () => unknown

const unasked = () => Promise.reject(new Error('not asked here'))
const sts: StsCalls = {
  async getCallerIdentity() {
    await meanwhile()
    return CALLER
  },
  assumeRole: unasked,
  getSessionToken: unasked,
}
const vault: Vault = {
  kind: 'keychain',
  status: async () => ({ kind: 'keychain', state: 'unlocked', problem: null }),
  get: async (entry) => secrets.get(entry) ?? unasked(),
  put: async (entry, secret) => void secrets.set(entry, secret),
  async remove(entry) {
    if (vaultProblem) throw vaultProblem
    secrets.delete(entry)
  },
}

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'identities-'))
  store = openStore({ file: join(folder, 'hallpass.db') })
  secrets = new Map()
  vaultProblem = undefined
  released = []
  settled = []
  settleProblem = undefined
  meanwhile = () => {}
  const release = async (key: string) => void released.push(key)
  const settle = async (key: string) => {
    if (settleProblem) throw settleProblem
    settled.push(key)
  }
  identities = createIdentityService({ store, vault, sts, clock: Date.now, release, settle })
  await identities.add(DANA)
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

describe('an identity under test', () => {
  it('keeps what was changed while AWS was asked', async () => {
    meanwhile = () => identities.edit('dana', { name: 'work', region: 'eu-west-1' })
    const tested = await identities.test('dana')
    expect(tested).toMatchObject({ name: 'work', region: 'eu-west-1', userArn: CALLER.arn })
    expect(identities.list()).toEqual([tested])
  })

  it('does not come back when it was removed meanwhile', async () => {
    const [{ id } = { id: '' }] = identities.list()
    meanwhile = () => store.identities.remove(id)
    await expect(identities.test('dana')).rejects.toMatchObject({ code: 'identity.not-found' })
    expect(identities.list()).toEqual([])
  })
})

describe('editing an identity', () => {
  it('lets what stands on it follow', async () => {
    const { id } = identities.show('dana')
    await identities.edit('dana', { name: 'work' })
    expect(settled).toEqual([`identity:${id}`])
  })

  it('changes nothing when what stands on it can’t follow', async () => {
    settleProblem = new HallpassError('file.permission', 'Read-only.')
    await expect(identities.edit('dana', { name: 'work' })).rejects.toMatchObject({ code: 'file.permission' })
    expect(identities.list().map(({ name }) => name)).toEqual(['dana'])
  })
})

describe('the source of MFA codes', () => {
  const SERIAL = 'arn:aws:iam::987654321098:mfa/dana-phone'
  const addSeed = async () => {
    const entry = totpSeedEntry(identities.show('dana').id)
    secrets.set(entry, 'otpauth://totp/x')
    store.vaultIndex.add(entry)
    return entry
  }

  it('is a person, until a command or a seed is there', async () => {
    expect(identities.show('dana')).toMatchObject({ mfaSource: 'prompt', mfaCommand: null })
    const command = `"${process.execPath}" -p 123456`
    const edited = await identities.edit('dana', { mfaSerial: SERIAL, mfaCommand: ` ${command} ` })
    expect(edited).toMatchObject({ mfaSource: 'command', mfaCommand: command })
    expect(identities.list()[0]).toMatchObject({ mfaSource: 'command' })
    expect(await identities.edit('dana', { mfaCommand: null })).toMatchObject({ mfaSource: 'prompt', mfaCommand: null })
    await addSeed()
    expect(identities.show('dana').mfaSource).toBe('seed')
  })

  it('is no command that can’t run', async () => {
    await expect(identities.edit('dana', { mfaCommand: 'nowhere-to-be-found' })).rejects.toMatchObject({
      code: 'mfa.command-not-found',
    })
    await expect(identities.edit('dana', { mfaCommand: 'a "b' })).rejects.toMatchObject({ code: 'input.invalid' })
    expect(identities.show('dana').mfaSource).toBe('prompt')
  })

  it('stays the seed of the device that is set', async () => {
    await identities.edit('dana', { mfaSerial: SERIAL })
    await addSeed()
    for (const edit of [{ mfaSerial: null }, { mfaSerial: `${SERIAL}-2` }, { mfaCommand: process.execPath }]) {
      await expect(identities.edit('dana', edit)).rejects.toMatchObject({ code: 'mfa.seed-known' })
    }
    expect(await identities.edit('dana', { mfaSerial: SERIAL, name: 'work' })).toMatchObject({ mfaSource: 'seed' })
  })

  it('goes with the identity', async () => {
    await identities.edit('dana', { mfaCommand: process.execPath })
    const entry = await addSeed()
    const { id } = identities.show('dana')
    await identities.remove('dana')
    expect(secrets.has(entry)).toBe(false)
    expect(mfaCommandOf(store, id)).toBeNull()
  })
})

describe('removing an identity', () => {
  it('takes the secret, what hangs on it, and the record', async () => {
    const { id } = identities.show('dana')
    await identities.remove('dana')
    expect(secrets.has(secretEntry(id))).toBe(false)
    expect(released).toEqual([`identity:${id}`])
    expect(identities.list()).toEqual([])
  })

  it('changes nothing while the vault is locked, and works afterwards', async () => {
    vaultProblem = new HallpassError('vault.locked', 'The keyring is locked.')
    await expect(identities.remove('dana')).rejects.toMatchObject({ code: 'vault.locked' })
    expect(identities.list()).toHaveLength(1)
    expect(released).toEqual([])
    vaultProblem = undefined
    await identities.remove('dana')
    expect(secrets.size).toBe(0)
  })
})
