import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { CallerIdentity, StsCalls } from '#core/aws/index.ts'
import type { IdentityService } from '#core/hallpass.ts'
import { createIdentityService, secretEntry } from '#core/identities.ts'
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
