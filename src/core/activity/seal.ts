/**
 * What makes a rewritten log show: every entry is sealed with a key that is used once and then forgotten. The first key
 * rests in the keychain; each next one is computed from the one before, which can't be done backwards. So appending
 * needs the current key alone, which stands beside the entries, and verifying needs the keychain; and somebody who can
 * write to the file can add to the log, but neither change nor cut off what is in it already.
 * (B. Schneier, J. Kelsey: Secure Audit Logs to Support Computer Forensics, 1999.)
 */
import { createHmac } from 'node:crypto'

/** Bytes of a key, and of a seal. */
export const KEY_LENGTH = 32

/** The seal of the entry with this hash (hex), under the key of its place. */
export function sealOf(key: Uint8Array, hash: string): Uint8Array {
  return new Uint8Array(createHmac('sha256', key).update(`entry ${hash}`).digest())
}

/** The key of the next place. */
export function nextKey(key: Uint8Array): Uint8Array {
  return new Uint8Array(createHmac('sha256', key).update('next key').digest())
}

/**
 * What proves that the entries up to `through` were moved out by Hallpass, hex: it takes the first key, so somebody who
 * can merely write to the file can't have it. `hash` is that of the last entry moved.
 */
export function trimProof(firstKey: Uint8Array, through: number, hash: string): string {
  return createHmac('sha256', firstKey).update(`trim ${through} ${hash}`).digest('hex')
}
