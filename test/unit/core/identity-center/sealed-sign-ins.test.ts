import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createCliCache, type IdentityCenterToken } from '#core/identity-center/index.ts'
import { createSealedSignIns, type SealedSignIns } from '#core/identity-center/sealed-sign-ins.ts'
import { rotateSessionKey } from '#core/sessions/session-key.ts'
import { openStore } from '#core/store/open-store.ts'
import type { Store } from '#core/store/types.ts'
import type { Vault } from '#core/vault/types.ts'
import { HallpassError } from '#shared/errors.ts'
import type { CenterIdentity } from '#shared/identities.ts'
import { createMemoryVault } from '../awsfiles/support/aws-home.ts'
import { token as anyToken, INSTANCE, inMinutes, NOW, registration } from './records.ts'

let folder: string
let store: Store
let vault: Vault
let signIns: SealedSignIns
const cliCache = () => createCliCache(join(folder, 'state'), {}, join(folder, 'home'))

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'sign-ins-'))
  store = openStore({ file: join(folder, 'hallpass.db') })
  vault = createMemoryVault() as unknown as Vault
  signIns = createSealedSignIns({ store, vault, cliCache: cliCache(), clock: () => NOW })
  store.identities.insert(identity('i1', null))
  store.identities.insert(identity('i2', 'shared'))
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

function identity(id: string, cliSession: string | null): CenterIdentity {
  return {
    ...{ id, name: id, kind: 'identity-center', startUrl: INSTANCE.startUrl, ssoRegion: 'eu-west-1', cliSession },
    ...{ accountId: null, userArn: null, mfaSerial: null, region: null },
    ...{ verified: false, verifiedAt: null, createdAt: '2026-01-01T00:00:00.000Z' },
  }
}

/** @param minutes until it ends */
const token = (name: string, minutes: number, renewable = true): IdentityCenterToken =>
  anyToken({
    accessToken: `planted-access-${name}`,
    expiresAt: inMinutes(minutes),
    refreshToken: renewable ? `planted-refresh-${name}` : null,
  })
const REGISTRATION = registration()

describe('a sign-in at rest', () => {
  it('comes back as it was, with its registration, and is nowhere in the clear', async () => {
    expect(await signIns.get('i1')).toBeUndefined()
    expect(await signIns.registration('i1')).toBeNull()
    await signIns.save('i1', token('one', 60), REGISTRATION)
    expect(await signIns.get('i1')).toEqual(token('one', 60))
    expect(await signIns.registration('i1')).toEqual(REGISTRATION)
    expect(store.centerTokens.get('i1')).toMatchObject({ expiresAt: NOW + 3_600_000, renewable: true })
    store.close()
    for (const file of readdirSync(folder).filter((name) => name.startsWith('hallpass.db')))
      expect(readFileSync(join(folder, file), 'latin1')).not.toContain('planted-')
    store = openStore({ file: join(folder, 'hallpass.db') })
  })

  it('is not begun where it could not be kept', async () => {
    const refused = new HallpassError('vault.no-dbus', 'No bus.')
    const closed = { ...vault, get: () => Promise.reject(refused), put: () => Promise.reject(refused) }
    signIns = createSealedSignIns({ store, vault: closed, cliCache: cliCache(), clock: () => NOW })
    await expect(signIns.registration('i1')).rejects.toBe(refused)
  })

  it('keeps its registration when it is renewed, and says when it can’t be', async () => {
    await signIns.save('i1', token('one', 60), REGISTRATION)
    await signIns.put('i1', token('two', 120, false))
    expect(await signIns.get('i1')).toEqual(token('two', 120, false))
    expect(await signIns.registration('i1')).toEqual(REGISTRATION)
    expect(store.centerTokens.get('i1')).toMatchObject({ renewable: false })
    await signIns.remove('i1')
    expect(await signIns.get('i1')).toBeUndefined()
  })

  it('of another identity, damaged, or sealed with a key that is gone, is none', async () => {
    await signIns.save('i1', token('one', 60), REGISTRATION)
    const row = store.centerTokens.get('i1')
    if (!row) throw new Error('nothing was sealed')
    store.identities.insert(identity('i3', null))
    store.centerTokens.put({ ...row, identityId: 'i3' })
    expect(await signIns.get('i3')).toBeUndefined()
    const damaged = Uint8Array.from(row.sealed)
    damaged[damaged.length - 1] = (damaged.at(-1) ?? 0) ^ 1
    store.centerTokens.put({ ...row, sealed: damaged })
    expect(await signIns.get('i1')).toBeUndefined()
    store.centerTokens.put(row)
    await rotateSessionKey(vault, store)
    expect(await signIns.get('i1')).toBeUndefined()
  })

  it('goes with its identity', async () => {
    await signIns.save('i1', token('one', 60), REGISTRATION)
    store.identities.remove('i1')
    expect(store.centerTokens.get('i1')).toBeUndefined()
  })
})

describe('one that the AWS CLI shares', () => {
  it('lies in its cache too, and leaves it with a sign-out', async () => {
    await signIns.save('i2', token('one', 60), REGISTRATION)
    expect(await cliCache().read('shared')).toMatchObject({ accessToken: 'planted-access-one' })
    await signIns.put('i2', token('two', 120))
    expect(await cliCache().read('shared')).toMatchObject({ accessToken: 'planted-access-two' })
    await signIns.remove('i2')
    expect(await cliCache().read('shared')).toBeUndefined()
  })

  it('is taken from there when the CLI renewed it, or signed in first', async () => {
    await cliCache().write('shared', token('theirs', 60))
    expect(await signIns.get('i2')).toMatchObject({ accessToken: 'planted-access-theirs' })
    await signIns.save('i2', token('ours', 90), REGISTRATION)
    await cliCache().write('shared', token('renewed', 120))
    expect(await signIns.get('i2')).toMatchObject({ accessToken: 'planted-access-renewed' })
    expect(store.centerTokens.get('i2')?.expiresAt).toBe(NOW + 120 * 60_000)
    expect(await signIns.registration('i2')).toEqual(REGISTRATION)
  })

  it('is taken from there when the CLI renewed it within the same second: it writes whole seconds', async () => {
    const ours = { ...token('ours', 60), expiresAt: new Date(Date.parse(inMinutes(60)) + 900).toISOString() }
    await signIns.save('i2', ours, REGISTRATION)
    expect(await signIns.get('i2')).toEqual(ours)
    await cliCache().write('shared', token('renewed', 60))
    expect(await signIns.get('i2')).toMatchObject({ accessToken: 'planted-access-renewed' })
  })

  it('is not taken from there when ours lasts longer, or theirs is to somewhere else', async () => {
    await signIns.save('i2', token('ours', 90), REGISTRATION)
    await cliCache().write('shared', token('older', 30))
    expect(await signIns.get('i2')).toMatchObject({ accessToken: 'planted-access-ours' })
    await cliCache().write('shared', { ...token('other', 600), startUrl: 'https://other.awsapps.com/start' })
    expect(await signIns.get('i2')).toMatchObject({ accessToken: 'planted-access-ours' })
  })

  it('is over once the CLI has signed out, for whoever looks there, and its registration is kept', async () => {
    await signIns.save('i2', token('ours', 60), REGISTRATION)
    await cliCache().remove('shared')
    expect(await signIns.get('i2')).toBeUndefined()
    expect(await signIns.registration('i2')).toEqual(REGISTRATION)
    // A process with another home folder looks elsewhere: nothing is lost for it.
    await cliCache().write('shared', token('ours', 60))
    expect(await signIns.get('i2')).toEqual(token('ours', 60))
  })

  it('that is not shared is none of Hallpass’s business', async () => {
    await cliCache().write('i1', token('theirs', 600))
    expect(await signIns.get('i1')).toBeUndefined()
    await signIns.save('i1', token('ours', 60), REGISTRATION)
    await signIns.remove('i1')
    expect(await cliCache().read('i1')).toMatchObject({ accessToken: 'planted-access-theirs' })
  })
})
