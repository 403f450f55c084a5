/** The vault file under attack: every change is noticed, and what it asks for is bounded before it is done. */
import { readFileSync, writeFileSync } from 'node:fs'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { isBearable, sumOf } from '#core/vault/file/crypto.ts'
import { VaultKeys } from '#core/vault/file/keys.ts'
import { createFileVaultWorld, type FileVaultWorld, PASSPHRASE, QUICK } from '../../../../support/file-vault-world.ts'

let world: FileVaultWorld
let good: Buffer
const keys = new VaultKeys()
const code = (expected: string) => expect.objectContaining({ code: expected }) as Error

beforeAll(async () => {
  world = createFileVaultWorld()
  const vault = world.open({ keys })
  await vault.create(PASSPHRASE)
  await vault.put('a', 'secret-a')
  await vault.put('b', 'secret-b')
  good = readFileSync(world.path)
})
afterAll(() => world.end())

/** The file with other lines, and a sum that fits: what somebody does who knows the format but no key. */
function forged(change: (header: Record<string, unknown>, body: Record<string, unknown>) => void): string {
  const [header = '', body = '', , proof = ''] = good.toString('utf8').split('\n')
  const parsed = [JSON.parse(header), JSON.parse(body)] as [Record<string, unknown>, Record<string, unknown>]
  change(...parsed)
  const signed = `${JSON.stringify(parsed[0])}\n${JSON.stringify(parsed[1])}\n`
  return `${signed}${sumOf(Buffer.from(signed))}\n${proof}\n`
}

async function expectRefused(bytes: Buffer | string, expected: string): Promise<void> {
  writeFileSync(world.path, bytes)
  const before = readFileSync(world.path)
  const vault = world.open({ keys })
  await expect(vault.get('a')).rejects.toThrow(code(expected))
  await expect(vault.put('c', 'secret-c')).rejects.toThrow(code(expected))
  // It is left as it is: it may still be of use to somebody.
  expect(readFileSync(world.path).equals(before)).toBe(true)
}

describe('damage', () => {
  it('of any one bit is noticed, and the file left as it is', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), fc.nat(7), async (position, bit) => {
        const bytes = Buffer.from(good)
        bytes[position] = (bytes[position] ?? 0) ^ (1 << bit)
        await expectRefused(bytes, 'vault.damaged')
      }),
      { numRuns: 150 },
    )
  })

  it('by cutting it off anywhere, or by anything behind it, is noticed', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(good.length - 1), async (length) =>
        expectRefused(good.subarray(0, length), 'vault.damaged'),
      ),
      { numRuns: 60 },
    )
    for (const more of ['\n', ' ', 'x', '\0'])
      await expectRefused(Buffer.concat([good, Buffer.from(more)]), 'vault.damaged')
  })

  it('is told from a wrong passphrase before one is tried', async () => {
    const bytes = Buffer.from(good)
    const salt = bytes.indexOf('"salt":"') + 9
    bytes[salt] = (bytes[salt] ?? 0) === 0x41 ? 0x42 : 0x41
    writeFileSync(world.path, bytes)
    await expect(world.open().get('a')).rejects.toThrow(code('vault.damaged'))
  })
})

describe('a forger without the key', () => {
  it.each([
    ['swaps two entries', (entries: Record<string, string>) => ({ a: entries.b, b: entries.a })],
    ['leaves one out', (entries: Record<string, string>) => ({ a: entries.a })],
    ['gives one another name', (entries: Record<string, string>) => ({ ...entries, c: entries.a })],
  ])('%s', async (_what, change) => {
    await expectRefused(
      forged((_header, body) => {
        body.entries = change(body.entries as Record<string, string>)
      }),
      'vault.damaged',
    )
  })

  it('makes it look newer', async () => {
    await expectRefused(
      forged((_header, body) => Object.assign(body, { revision: 99 })),
      'vault.damaged',
    )
  })

  it('says it is of a later version, or of none', async () => {
    await expectRefused(
      forged((header) => Object.assign(header, { version: 2 })),
      'vault.unsupported',
    )
    await expectRefused(
      forged((header) => Object.assign(header, { version: 0 })),
      'vault.damaged',
    )
    await expectRefused(
      forged((header) => Object.assign(header, { hallpass: 'other' })),
      'vault.damaged',
    )
  })

  it.each([
    ['more memory than there is', { N: 2 ** 40 }],
    ['more memory by r', { r: 2 ** 20 }],
    ['more time', { p: 1000 }],
    ['next to nothing', { N: 2 }],
    ['no power of two', { N: 100_000 }],
    ['part of a number', { r: 0.5 }],
    ['another function', { name: 'none' }],
    ['no salt', { salt: '' }],
    ['no number', { N: '131072' }],
  ])('has the key function ask for %s', async (_what, change) => {
    await expectRefused(
      forged((header) => Object.assign(header.kdf as object, change)),
      'vault.damaged',
    )
  })
})

it('bounds the key function', () => {
  const salt = Buffer.alloc(16).toString('base64')
  expect(isBearable({ name: 'scrypt', ...QUICK, salt })).toBe(true)
  expect(isBearable({ name: 'scrypt', N: 2 ** 18, r: 8, p: 4, salt })).toBe(true)
  for (const value of [Number.NaN, Number.POSITIVE_INFINITY, -1, 2 ** 53])
    for (const name of ['N', 'r', 'p'])
      expect(isBearable({ name: 'scrypt', ...QUICK, salt, [name]: value })).toBe(false)
})
