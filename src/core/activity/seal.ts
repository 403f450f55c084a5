/**
 * What makes a rewritten log show: every entry is sealed with a key that is used once and then forgotten. The first key
 * rests in the keychain; each next one is computed from the one before, which can't be done backwards. So appending
 * needs the current key alone, which stands beside the entries, and verifying needs the keychain; and somebody who can
 * write to the file can add to the log, but neither change nor cut off what is in it already.
 * (B. Schneier, J. Kelsey: Secure Audit Logs to Support Computer Forensics, 1999.)
 */
import { hash as digest } from 'node:crypto'

/** Bytes of a key, and of a seal. */
export const KEY_LENGTH = 32

/** The seal of the entry with this hash (hex), under the key of its place. */
export function sealOf(key: Uint8Array, hash: string): Uint8Array {
  return hmac(key, `entry ${hash}`)
}

/** The key of the next place. */
export function nextKey(key: Uint8Array): Uint8Array {
  return hmac(key, 'next key')
}

/**
 * What proves that the entries up to `through` were moved out by Hallpass, hex: it takes the first key, so somebody who
 * can merely write to the file can't have it. `hash` is that of the last entry moved.
 */
export function trimProof(firstKey: Uint8Array, through: number, hash: string): string {
  return Buffer.from(hmac(firstKey, `trim ${through} ${hash}`)).toString('hex')
}

const BLOCK = 64

/**
 * HMAC-SHA-256 (RFC 2104) from Node's one-shot hash: its own HMAC makes objects that take seven times as long, and
 * verifying takes two for each entry.
 */
function hmac(key: Uint8Array, text: string): Uint8Array {
  const short = key.length > BLOCK ? digest('sha256', key, 'buffer') : key
  const inner = Buffer.alloc(BLOCK + Buffer.byteLength(text), 0x36)
  const outer = Buffer.alloc(BLOCK + KEY_LENGTH, 0x5c)
  for (const [index, byte] of short.entries()) {
    inner[index] = byte ^ 0x36
    outer[index] = byte ^ 0x5c
  }
  inner.write(text, BLOCK)
  outer.set(digest('sha256', inner, 'buffer'), BLOCK)
  return new Uint8Array(digest('sha256', outer, 'buffer'))
}
