/**
 * HMAC-SHA-256 (RFC 2104, FIPS 180-4) without `node:crypto`, whose loading takes up to ten milliseconds: a third of what
 * an AWS tool waits for `credential-process` beyond Node's own start. Written to be run a few times by V8's interpreter,
 * to which a call of a function is dear: @noble/hashes takes four milliseconds for what takes less than one here.
 *
 * For proofs of a few dozen bytes between two processes. Its time depends on lengths alone.
 */
const BLOCK_BYTES = 64
/** Of the last block: where the length of the message in bits stands, of which ours need the lower word alone. */
const LENGTH_AT = 60

/** The fractional parts of the square roots of the first 8 primes, 32 bits of each. */
const START = [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19]
/** The same of the cube roots of the first 64 primes. */
const ROUNDS = new Int32Array([
  0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5, 0xd807aa98,
  0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174, 0xe49b69c1, 0xefbe4786,
  0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da, 0x983e5152, 0xa831c66d, 0xb00327c8,
  0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967, 0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13,
  0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85, 0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819,
  0xd6990624, 0xf40e3585, 0x106aa070, 0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a,
  0x5b9cca4f, 0x682e6ff3, 0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
  0xc67178f2,
])
const words = new Int32Array(64)

type State = readonly [number, number, number, number, number, number, number, number]

/** Computes HMACs under one key. Key and texts are taken as UTF-8. @returns a function of a text */
export function hmacUnder(key: string): (text: string) => Buffer {
  const bytes = Buffer.from(key)
  const padded = Buffer.alloc(BLOCK_BYTES)
  padded.set(bytes.length > BLOCK_BYTES ? digest(newState(), bytes, 0) : bytes)
  const inner = newState()
  const outer = newState()
  absorb(inner, crossed(padded, 0x36), 0)
  absorb(outer, crossed(padded, 0x5c), 0)
  return (text) => digest(outer.slice(), digest(inner.slice(), Buffer.from(text), BLOCK_BYTES), BLOCK_BYTES)
}

function crossed(bytes: Buffer, pad: number): Buffer {
  const result = Buffer.alloc(bytes.length)
  for (let index = 0; index < bytes.length; index++) result[index] = (bytes[index] as number) ^ pad
  return result
}

function newState(): Int32Array {
  return new Int32Array(START)
}

/** @param before bytes the state has taken in already: whole blocks */
function digest(state: Int32Array, bytes: Uint8Array, before: number): Buffer {
  const blocks = Buffer.alloc(Math.ceil((bytes.length + 9) / BLOCK_BYTES) * BLOCK_BYTES)
  blocks.set(bytes)
  blocks[bytes.length] = 0x80
  blocks.writeUInt32BE((before + bytes.length) * 8, blocks.length - BLOCK_BYTES + LENGTH_AT)
  for (let at = 0; at < blocks.length; at += BLOCK_BYTES) absorb(state, blocks, at)
  const result = Buffer.alloc(32)
  for (let index = 0; index < 8; index++) result.writeInt32BE(state[index] ?? 0, index * 4)
  return result
}

/** The compression function, on the block that begins at `at`. */
function absorb(state: Int32Array, block: Buffer, at: number): void {
  for (let t = 0; t < 16; t++) words[t] = block.readInt32BE(at + t * 4)
  for (let t = 16; t < 64; t++) {
    const x = words[t - 15] as number
    const y = words[t - 2] as number
    const near = ((x >>> 7) | (x << 25)) ^ ((x >>> 18) | (x << 14)) ^ (x >>> 3)
    const far = ((y >>> 17) | (y << 15)) ^ ((y >>> 19) | (y << 13)) ^ (y >>> 10)
    words[t] = (words[t - 16] as number) + near + (words[t - 7] as number) + far
  }
  let [a, b, c, d, e, f, g, h] = state as unknown as State
  for (let t = 0; t < 64; t++) {
    const mixed = ((e >>> 6) | (e << 26)) ^ ((e >>> 11) | (e << 21)) ^ ((e >>> 25) | (e << 7))
    const chosen = (e & f) ^ (~e & g)
    const one = (h + mixed + chosen + (ROUNDS[t] as number) + (words[t] as number)) | 0
    const turned = ((a >>> 2) | (a << 30)) ^ ((a >>> 13) | (a << 19)) ^ ((a >>> 22) | (a << 10))
    const major = (a & b) ^ (a & c) ^ (b & c)
    h = g
    g = f
    f = e
    e = (d + one) | 0
    d = c
    c = b
    b = a
    a = (one + turned + major) | 0
  }
  const added = [a, b, c, d, e, f, g, h]
  // An Int32Array keeps the low 32 bits of a sum.
  for (let index = 0; index < 8; index++) state[index] = (state[index] as number) + (added[index] as number)
}
