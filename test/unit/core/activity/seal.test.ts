/** Seals are what their documentation says: HMAC-SHA-256, as anybody's library computes it. */
import { createHash, createHmac } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { entryHash } from '#core/activity/entry.ts'
import { nextKey, sealOf, trimProof } from '#core/activity/seal.ts'

const key = fc.uint8Array({ minLength: 0, maxLength: 130 })
const text = fc.string({ unit: 'binary', maxLength: 100 })
const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString('hex')
const hmac = (by: Uint8Array, what: string) => createHmac('sha256', by).update(what).digest('hex')

it('seals, keys and proofs are HMACs, whatever the key and the text', () => {
  fc.assert(
    fc.property(key, text, fc.nat(), (by, hash, seq) => {
      expect(hex(sealOf(by, hash))).toBe(hmac(by, `entry ${hash}`))
      expect(hex(nextKey(by))).toBe(hmac(by, 'next key'))
      expect(trimProof(by, seq, hash)).toBe(hmac(by, `trim ${seq} ${hash}`))
    }),
  )
})

it('an entry’s hash is SHA-256 of its text', () => {
  fc.assert(
    fc.property(text, (what) => {
      expect(entryHash(what)).toBe(createHash('sha256').update(what).digest('hex'))
    }),
  )
})
