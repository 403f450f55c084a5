/** Key ids, secrets, tokens and device seeds of the practice account, shaped like AWS's. They open nothing anywhere else. */
import { hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto'
import { Secret } from 'otpauth'

/** Gives that many bytes, fresh at every call. */
export type Entropy = (size: number) => Buffer

export const randomEntropy: Entropy = (size) => randomBytes(size)

/** The same bytes in the same order for the same seed, so that a practice account can come back after a restart. */
export function seededEntropy(seed: string): Entropy {
  let counter = 0
  return (size) => Buffer.from(hkdfSync('sha256', seed, '', `hallpass practice ${counter++}`, size))
}

const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/**
 * A 20-character key id that tells its account as AWS's do (aws-facts C.4): after the prefix, 50 bits hold a one,
 * the account number in 40 bits and nine bits of chance.
 */
export function makeKeyId(prefix: 'AKIA' | 'ASIA', accountId: string, entropy: Entropy): string {
  const chance = BigInt(entropy(2).readUInt16BE() & 0x1ff)
  const bits = (1n << 49n) | (BigInt(accountId) << 9n) | chance
  const head = Array.from({ length: 10 }, (_, i) => BASE32[Number((bits >> BigInt(45 - 5 * i)) & 31n)]).join('')
  return prefix + head + base32(6, entropy)
}

/** The unique id of a user (`AIDA`), role (`AROA`), group (`AGPA`) or policy (`ANPA`), 21 characters. */
export function makeUniqueId(prefix: 'AIDA' | 'AROA' | 'AGPA' | 'ANPA', entropy: Entropy): string {
  return prefix + base32(17, entropy)
}

/** A secret access key: 40 characters of Base64. */
export function makeSecretKey(entropy: Entropy): string {
  return entropy(30).toString('base64')
}

/** A session token. AWS promises no length; several hundred characters with `+`, `/` and `=` are usual. */
export function makeSessionToken(entropy: Entropy): string {
  return `IQoJb3JpZ2luX2Vj${entropy(262).toString('base64')}`
}

/** The Base32 seed of a virtual MFA device: 64 characters, as IAM gives. */
export function makeTotpSeed(entropy: Entropy): string {
  return new Secret({ buffer: Uint8Array.from(entropy(40)).buffer }).base32
}

/** Compares without telling by its time how much was right. */
export function equalSecrets(a: string, b: string): boolean {
  const left = Buffer.from(a)
  const right = Buffer.from(b)
  return left.length === right.length && timingSafeEqual(left, right)
}

function base32(length: number, entropy: Entropy): string {
  return [...entropy(length)].map((byte) => BASE32[byte & 31]).join('')
}
