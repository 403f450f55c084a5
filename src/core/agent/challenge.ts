/**
 * How client and agent show each other that they know the token, without saying it: each answers the other's nonce
 * with a HMAC. What one of them says is worth nothing to whoever hears it, neither in another conversation, whose nonces
 * are others, nor towards the one who said it, because the side is part of what is proven.
 */
import { closeSync, openSync, readSync } from 'node:fs'
import { hmacUnder } from './hmac.ts'

/** Of a nonce: nobody guesses one, nor does one come twice. */
export const NONCE_BYTES = 16
const NONCE = /^[\w-]{22}$/

/** Whether it is a nonce as both sides make them: base64url of 16 bytes. */
export function isNonce(value: unknown): value is string {
  return typeof value === 'string' && NONCE.test(value)
}

/** For a process that has not loaded `node:crypto`. */
export function createNonce(): string {
  return randomBytes(NONCE_BYTES).toString('base64url')
}

/** What the agent computes the HMAC of, to show itself to the client with this nonce. */
export function agentText(clientNonce: string): string {
  return `agent ${clientNonce}`
}

/** What the client computes the HMAC of; its own nonce ties it to this conversation. */
export function clientText(clientNonce: string, agentNonce: string): string {
  return `client ${clientNonce} ${agentNonce}`
}

/** Computes what proves knowing the token: the HMAC of a text, base64url. */
export function proverWith(token: string): (text: string) => string {
  const hmac = hmacUnder(token)
  return (text) => hmac(text).toString('base64url')
}

/** Compares in a time that tells nothing about where two proofs differ. */
export function isSameProof(shown: unknown, expected: string): boolean {
  if (typeof shown !== 'string' || shown.length !== expected.length) return false
  let difference = 0
  for (let index = 0; index < expected.length; index++) {
    difference |= shown.charCodeAt(index) ^ expected.charCodeAt(index)
  }
  return difference === 0
}

/** From the system's own source where that is a file: Node's way to it is in `node:crypto`. */
function randomBytes(length: number): Buffer {
  try {
    const bytes = Buffer.alloc(length)
    const source = openSync('/dev/urandom', 'r')
    try {
      if (readSync(source, bytes, 0, length, null) === length) return bytes
    } finally {
      closeSync(source)
    }
  } catch {
    // No such file: Windows, or a bare container.
  }
  return process.getBuiltinModule('node:crypto').randomBytes(length)
}
