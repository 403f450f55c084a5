import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type CachedSession, sealSession, unsealSession } from '#core/sessions/seal.ts'
import { SEAL_KEY_LENGTH } from '#core/sessions/session-key-entry.ts'

const key = randomBytes(SEAL_KEY_LENGTH)
const context = { key: 'role:1', fingerprint: 'f'.repeat(64) }
const session: CachedSession = {
  credentials: {
    accessKeyId: 'ASIA1',
    secretAccessKey: 'planted-secret',
    sessionToken: 'planted-token',
    expiration: new Date('2030-01-02T03:04:05.000Z'),
    accountId: null,
    roleArn: 'arn:aws:iam::123456789012:role/R',
    assumedRoleArn: null,
    region: 'eu-west-1',
  },
  obtainedAt: 1_700_000_000_000,
}

describe('sealing', () => {
  it('gives back what was sealed, and shows none of it', () => {
    const sealed = sealSession(key, context, session)
    expect(unsealSession(key, context, sealed)).toEqual(session)
    expect(Buffer.from(sealed).toString('latin1')).not.toMatch(/planted|ASIA1/)
  })

  it('never gives the same bytes twice', () => {
    expect(sealSession(key, context, session)).not.toEqual(sealSession(key, context, session))
  })

  it('reads as absent once any byte has changed or been cut', () => {
    const sealed = sealSession(key, context, session)
    fc.assert(
      fc.property(fc.nat(sealed.length - 1), fc.integer({ min: 1, max: 255 }), (index, flip) => {
        const changed = sealed.slice()
        changed[index] = (changed[index] ?? 0) ^ flip
        expect(unsealSession(key, context, changed)).toBeUndefined()
        expect(unsealSession(key, context, sealed.subarray(0, index))).toBeUndefined()
      }),
    )
  })

  it('reads as absent with another key, row or fingerprint, and for noise', () => {
    const sealed = sealSession(key, context, session)
    expect(unsealSession(randomBytes(32), context, sealed)).toBeUndefined()
    expect(unsealSession(key, { ...context, key: 'role:2' }, sealed)).toBeUndefined()
    expect(unsealSession(key, { ...context, fingerprint: 'e'.repeat(64) }, sealed)).toBeUndefined()
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (noise) => unsealSession(key, context, noise) === undefined),
    )
  })
})
