/** AES-256-GCM with a fresh nonce: bytes that only open with the same key, and bound to the same words. */
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

// Layout: nonce (12) | tag (16) | ciphertext.
const NONCE_LENGTH = 12
const TAG_LENGTH = 16

/** @param key 32 bytes */
export function sealBox(key: Uint8Array, boundTo: string, content: string | Uint8Array): Buffer {
  const nonce = randomBytes(NONCE_LENGTH)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(boundTo, 'utf8'))
  const body = Buffer.concat([cipher.update(content as string, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body])
}

/** @returns `undefined` for anything that `sealBox` has not made with this key and these words */
export function openBox(key: Uint8Array, boundTo: string, box: Uint8Array): Buffer | undefined {
  if (box.length < NONCE_LENGTH + TAG_LENGTH) return undefined
  const nonce = box.subarray(0, NONCE_LENGTH)
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_LENGTH })
  decipher.setAAD(Buffer.from(boundTo, 'utf8'))
  decipher.setAuthTag(box.subarray(NONCE_LENGTH, NONCE_LENGTH + TAG_LENGTH))
  try {
    return Buffer.concat([decipher.update(box.subarray(NONCE_LENGTH + TAG_LENGTH)), decipher.final()])
  } catch {
    return undefined
  }
}
