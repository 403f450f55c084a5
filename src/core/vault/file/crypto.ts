/**
 * The cryptography of the encrypted-file vault. The passphrase makes a key (scrypt), that key opens the data key, and
 * the data key makes two: one that seals the entries, one that proves the whole file.
 */
import { createHash, createHmac, hkdfSync, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { openBox, sealBox } from '../../sealed-box.ts'

export interface KdfParameters {
  readonly name: 'scrypt'
  /** Cost: a power of two. Memory is 128 · N · r bytes. */
  readonly N: number
  readonly r: number
  readonly p: number
  /** Base64. */
  readonly salt: string
}

export type KdfCost = Pick<KdfParameters, 'N' | 'r' | 'p'>

/** What new files get: 128 MiB, about a third of a second (OWASP's first choice for scrypt). */
export const KDF_COST: KdfCost = { N: 2 ** 17, r: 8, p: 1 }

const KEY_LENGTH = 32
const SALT_LENGTH = 16
const LEAST_N = 2 ** 14
const MOST_MEMORY = 256 * 1024 * 1024
const MOST_PARALLEL = 4

/** Whether a file may ask for that much: what it says is not proven before the key is made. */
export function isBearable({ N, r, p, salt }: KdfParameters): boolean {
  const isPower = Number.isInteger(N) && N >= LEAST_N && Number.isInteger(Math.log2(N))
  const counts = [r, p].every((count) => Number.isInteger(count) && count >= 1)
  const length = Buffer.from(salt, 'base64').length
  return isPower && counts && p <= MOST_PARALLEL && 128 * N * r <= MOST_MEMORY && length >= SALT_LENGTH && length <= 64
}

export function newKdf(cost: KdfCost): KdfParameters {
  return { name: 'scrypt', ...cost, salt: randomBytes(SALT_LENGTH).toString('base64') }
}

export function newDataKey(): Buffer {
  return randomBytes(KEY_LENGTH)
}

/** One text for what is typed on different systems, and for a variable that was read from a file. */
export function normalPassphrase(passphrase: string): string {
  return passphrase.trim().normalize('NFC')
}

/** @returns the data key, wrapped: base64 */
export async function wrapDataKey(dataKey: Buffer, passphrase: string, kdf: KdfParameters, id: string) {
  const key = await deriveKey(passphrase, kdf)
  try {
    return sealBox(key, boundHeader(id, kdf), dataKey).toString('base64')
  } finally {
    key.fill(0)
  }
}

/** @returns `undefined` for another passphrase than that it was wrapped with */
export async function unwrapDataKey(
  wrapped: string,
  passphrase: string,
  kdf: KdfParameters,
  id: string,
): Promise<Buffer | undefined> {
  const key = await deriveKey(passphrase, kdf)
  try {
    const dataKey = openBox(key, boundHeader(id, kdf), Buffer.from(wrapped, 'base64'))
    return dataKey?.length === KEY_LENGTH ? dataKey : undefined
  } finally {
    key.fill(0)
  }
}

function deriveKey(passphrase: string, { N, r, p, salt }: KdfParameters): Promise<Buffer> {
  const maxmem = 128 * N * r + 128 * r * p + 1024 * 1024
  return new Promise((resolve, reject) => {
    const done = (error: Error | null, key: Buffer) => (error ? reject(error) : resolve(key))
    scrypt(normalPassphrase(passphrase), Buffer.from(salt, 'base64'), KEY_LENGTH, { N, r, p, maxmem }, done)
  })
}

function boundHeader(id: string, { name, N, r, p, salt }: KdfParameters): string {
  return JSON.stringify(['hallpass vault key', id, name, N, r, p, salt])
}

/** @returns the sealed secret, base64; it opens in this vault and under this name only */
export function sealEntry(dataKey: Buffer, vault: string, entry: string, secret: string): string {
  return withSubkey(dataKey, 'entries', (key) => sealBox(key, `${vault}\n${entry}`, secret).toString('base64'))
}

export function openEntry(dataKey: Buffer, vault: string, entry: string, sealed: string): string | undefined {
  return withSubkey(dataKey, 'entries', (key) =>
    openBox(key, `${vault}\n${entry}`, Buffer.from(sealed, 'base64'))?.toString('utf8'),
  )
}

/** @returns hex; nobody without the data key can make it for other bytes */
export function proofOf(dataKey: Buffer, bytes: Buffer): string {
  return withSubkey(dataKey, 'proof', (key) => createHmac('sha256', key).update(bytes).digest('hex'))
}

export function isProof(dataKey: Buffer, bytes: Buffer, proof: string): boolean {
  const [one, other] = [Buffer.from(proofOf(dataKey, bytes)), Buffer.from(proof)]
  return one.length === other.length && timingSafeEqual(one, other)
}

/** @returns hex; tells damage from a wrong passphrase, and proves nothing */
export function sumOf(bytes: Buffer): string {
  return createHash('sha256').update(bytes).digest('hex')
}

function withSubkey<T>(dataKey: Buffer, purpose: string, work: (key: Buffer) => T): T {
  const key = Buffer.from(hkdfSync('sha256', dataKey, '', `hallpass vault ${purpose}`, KEY_LENGTH))
  try {
    return work(key)
  } finally {
    key.fill(0)
  }
}
