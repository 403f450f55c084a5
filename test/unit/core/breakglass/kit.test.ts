/** Kits: what goes in comes out for the right key alone, and whatever else is opened is refused with a reason. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { generateIdentity, identityToRecipient } from 'age-encryption'
import fc from 'fast-check'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createKits, type KitParts } from '#core/breakglass/kit/kit.ts'
import { writeKitFile } from '#core/breakglass/kit/kit-file.ts'
import { sheetOf } from '#core/breakglass/kit/sheet.ts'
import { createSealedRecords } from '#core/breakglass/records.ts'
import { openStore } from '#core/store/open-store.ts'
import type { Store } from '#core/store/types.ts'
import type { Vault } from '#core/vault/types.ts'
import { createMemoryVault } from '../awsfiles/support/aws-home.ts'

const REASON = 'For Eve, on call'
const REQUEST = { reason: REASON, confirmed: ['acme-prod'] }
const PASSPHRASE = 'five random words of this'
const SECRETS = {
  password: 'planted pass, "word"',
  totpSeed: 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP',
  secretAccessKey: 'plantedSecretOfEmergency/K7MDENG/bPxRfiC',
}

let folder: string
let store: Store
let vault: Vault
let recorded: string[]
let file: string

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kit-'))
  file = join(folder, 'team.age')
  store = openStore({ file: join(folder, 'hallpass.db') })
  vault = createMemoryVault() as unknown as Vault
  recorded = []
  await records().add({
    name: 'acme-prod',
    userName: 'EmergencyAccess',
    signInUrl: 'https://acme-prod.signin.aws.amazon.com/console',
    accountId: '123456789012',
    environment: 'prod',
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    roles: ['arn:aws:iam::123456789012:role/SupportUserRole'],
    ...SECRETS,
  })
  await records().add({ name: 'lab', userName: 'rescue', password: 'another password' })
})
afterEach(() => {
  store.close()
  rmSync(folder, { recursive: true, force: true })
})

const records = () => createSealedRecords({ store, vault, clock: Date.now })
const kits = (over: Partial<KitParts> = {}) =>
  createKits({
    store,
    vault,
    clock: Date.now,
    record: async (what, { reason = '' }, sealed) =>
      void recorded.push([what, sealed?.name, reason].filter(Boolean).join(' ')),
    workFactor: 10,
    ...over,
  })

describe('a kit', () => {
  it('gives back what went into it, to the people it was made for', async () => {
    const [mine, hers, another] = await Promise.all([generateIdentity(), generateIdentity(), generateIdentity()])
    const recipients = await Promise.all([mine, hers].map(identityToRecipient))
    await kits().export(['acme-prod'], file, { recipients }, REQUEST)
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([])
    for (const identity of [mine, hers]) {
      const kit = await kits().open(file, { identity })
      expect(kit.entries).toEqual([
        {
          name: 'acme-prod',
          userName: 'EmergencyAccess',
          accountId: '123456789012',
          holds: ['password', 'totp-seed', 'secret-access-key'],
          isKnown: true,
        },
      ])
      expect(kit.take('acme-prod')).toMatchObject({
        password: SECRETS.password,
        secretAccessKey: SECRETS.secretAccessKey,
      })
      expect((await records().add({ ...kit.take('acme-prod'), name: `back-${identity.slice(-4)}` })).environment).toBe(
        'prod',
      )
    }
    await expect(kits().open(file, { identity: another })).rejects.toMatchObject({ code: 'kit.wrong-key' })
    expect(recorded).toEqual([`kit-exported acme-prod ${REASON}`, 'kit-opened', 'kit-opened'])
  })

  it('or to whoever has the passphrase', async () => {
    await kits().export(['acme-prod', 'lab'], file, { passphrase: PASSPHRASE }, REQUEST)
    expect((await kits().open(file, { passphrase: PASSPHRASE })).entries).toHaveLength(2)
    await expect(kits().open(file, { passphrase: 'another passphrase' })).rejects.toMatchObject({
      code: 'kit.wrong-key',
    })
    const bytes = readFileSync(file, 'latin1')
    for (const secret of Object.values(SECRETS)) expect(bytes).not.toContain(secret)
  })

  it.each([
    ['nothing', [], { passphrase: PASSPHRASE }, 'input.invalid'],
    ['what is not there', ['nobody'], { passphrase: PASSPHRASE }, 'breakglass.not-found'],
    ['a short passphrase', ['lab'], { passphrase: 'short' }, 'input.invalid'],
    ['nobody', ['lab'], { recipients: [] }, 'input.invalid'],
    ['no key of age', ['lab'], { recipients: ['ssh-ed25519 AAAA'] }, 'input.invalid'],
  ])('is not made of, or for, %s', async (_, names, lock, code) => {
    await expect(kits().export(names, file, lock, REQUEST)).rejects.toMatchObject({
      code,
    })
    expect(existsSync(file)).toBe(false)
    expect(recorded).toEqual([])
  })

  it.each([undefined, [], ['lab'], ['ACME-PROD']])(
    'has nothing of production in it before its name was typed: %j is not enough',
    async (confirmed) => {
      const lock = { passphrase: PASSPHRASE }
      const made = kits().export(['lab', 'acme-prod'], file, lock, { reason: REASON, confirmed })
      await expect(made).rejects.toMatchObject({ code: 'breakglass.confirm', hint: 'Type acme-prod to confirm.' })
      expect(existsSync(file)).toBe(false)
      expect(recorded).toEqual([])
    },
  )

  it('never takes the place of a file that is there', async () => {
    writeFileSync(file, 'mine')
    await expect(kits().export(['lab'], file, { passphrase: PASSPHRASE }, REQUEST)).rejects.toMatchObject({
      code: 'file.changed',
    })
    expect(readFileSync(file, 'utf8')).toBe('mine')
  })

  it('has the reason recorded for each that goes into it, before there is a file', async () => {
    const whenRecorded: boolean[] = []
    const watched = kits({
      record: async (_what, detail, sealed) => {
        recorded.push(`${sealed?.name}: ${detail.reason}`)
        whenRecorded.push(existsSync(file))
      },
    })
    await watched.export(['acme-prod', 'lab'], file, { passphrase: PASSPHRASE }, REQUEST)
    expect(recorded).toEqual([`acme-prod: ${REASON}`, `lab: ${REASON}`])
    expect(whenRecorded).toEqual([false, false])
  })

  it.each(['', ' x ', 'two\nlines'])('is not made for the reason %j', async (reason) => {
    await expect(kits().export(['lab'], file, { passphrase: PASSPHRASE }, { reason })).rejects.toMatchObject({
      code: 'input.invalid',
    })
    expect(existsSync(file)).toBe(false)
    expect(recorded).toEqual([])
  })

  it('is neither made nor opened where that can’t be recorded', async () => {
    const failing = kits({ record: () => Promise.reject(new Error('no')) })
    await expect(failing.export(['lab'], file, { passphrase: PASSPHRASE }, REQUEST)).rejects.toThrow('no')
    expect(existsSync(file)).toBe(false)
    await kits().export(['lab'], file, { passphrase: PASSPHRASE }, REQUEST)
    await expect(failing.open(file, { passphrase: PASSPHRASE })).rejects.toThrow('no')
  })

  it('that was damaged, cut, or is something else is refused', async () => {
    const identity = await generateIdentity()
    await kits().export(['lab'], file, { recipients: [await identityToRecipient(identity)] }, REQUEST)
    const whole = readFileSync(file)
    const codes = /^(kit\.invalid|kit\.wrong-key)$/
    await fc.assert(
      fc.asyncProperty(
        fc.nat({ max: whole.length - 1 }),
        fc.integer({ min: 1, max: 255 }),
        fc.boolean(),
        async (at, change, isCut) => {
          const bad = isCut ? whole.subarray(0, at) : Buffer.from(whole)
          if (!isCut) bad.writeUInt8((bad.readUInt8(at) + change) % 256, at)
          writeFileSync(file, bad)
          const outcome = await kits()
            .open(file, { identity })
            .catch((error: { code?: string }) => error.code)
          // A blank more or less in its head changes nothing of what it says.
          if (typeof outcome === 'string') expect(outcome).toMatch(codes)
          else expect(isCut).toBe(false)
        },
      ),
      { numRuns: 100 },
    )
    writeFileSync(file, 'no kit at all')
    await expect(kits().open(file, { identity })).rejects.toMatchObject({ code: 'kit.invalid' })
    await expect(kits().open(file, { identity: 'AGE-SECRET-KEY-1NONE' })).rejects.toMatchObject({
      code: 'input.invalid',
    })
    writeFileSync(file, Buffer.alloc(5 * 1024 * 1024))
    await expect(kits().open(file, { identity })).rejects.toMatchObject({ code: 'file.too-large' })
  })
})

it('a sheet says where and how, without a secret, and nothing in a name is markup', () => {
  const [acme] = records().list()
  const sheet = sheetOf(acme ? [{ ...acme, name: '<b>acme</b>' }] : [], 'team.age', '2026-11-26T00:00:00.000Z')
  expect(sheet).toContain('https://acme-prod.signin.aws.amazon.com/console')
  expect(sheet).not.toContain('<b>acme')
  for (const secret of Object.values(SECRETS)) expect(sheet).not.toContain(secret)
})

describe('the file of a kit', () => {
  const noLinks = async () => {
    throw Object.assign(new Error('not on this disk'), { code: 'EPERM' })
  }

  it('is written to a memory stick, which knows no links, and takes no file’s place there either', async () => {
    await writeKitFile(file, Buffer.from('first'), noLinks)
    await expect(writeKitFile(file, Buffer.from('second'), noLinks)).rejects.toMatchObject({ code: 'file.changed' })
    expect(readFileSync(file, 'utf8')).toBe('first')
    expect(statSync(file).mode & 0o777).toBe(0o600)
    expect(readdirSync(folder).filter((name) => name.includes('.age'))).toEqual(['team.age'])
  })

  it('leaves a file of another program beside it alone', async () => {
    writeFileSync(`${file}.part`, 'theirs')
    await writeKitFile(file, Buffer.from('ours'))
    expect(readFileSync(`${file}.part`, 'utf8')).toBe('theirs')
  })
})
