/** What of a reason reaches CloudTrail: always what STS takes, whatever was typed. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assumeInEmergency, reasonTagOf, sourceIdentityOf } from '#core/breakglass/assume.ts'
import { reasonField, type SealedRecord } from '#shared/breakglass.ts'
import { HallpassError } from '#shared/errors.ts'
import { sourceIdentityField, tagField } from '#shared/fields.ts'

it('is a source identity and a tag that STS takes, for any reason', () => {
  expect(sourceIdentityOf('INC-4711, console is down')).toBe('INC-4711,-console-is-down')
  expect(reasonTagOf('INC-4711: “down”')).toBe('INC-4711:  down ')
  fc.assert(
    fc.property(fc.string({ minLength: 3, maxLength: 500, unit: 'grapheme' }), (text) => {
      const reason = reasonField.safeParse(text)
      if (!reason.success) return
      expect(sourceIdentityField.safeParse(sourceIdentityOf(reason.data)).success).toBe(true)
      expect(tagField.safeParse({ key: 'Reason', value: reasonTagOf(reason.data) }).success).toBe(true)
    }),
  )
})

describe('a role whose trust policy', () => {
  const sealed = {
    id: 's1',
    name: 'acme',
    userName: 'EmergencyAccess',
    accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
    mfaSerial: null,
    holds: ['secret-access-key'],
    roles: [{ name: 'Support', arn: 'arn:aws:iam::123456789012:role/Support' }],
  } as unknown as SealedRecord
  const issued = {
    accessKeyId: 'ASIA',
    secretAccessKey: 's',
    sessionToken: 't',
    expiration: new Date(0),
    assumedRoleArn: 'a',
  }
  const assume = (allows: { identity: boolean; tags: boolean; anything?: boolean }) =>
    assumeInEmergency(
      {
        vault: { get: async () => 'secret' },
        sts: {
          getSessionToken: () => Promise.reject(new Error('no device')),
          assumeRole: async (_call, { sourceIdentity, tags }) => {
            const isRefused =
              (sourceIdentity && !allows.identity) || (tags && !allows.tags) || allows.anything === false
            if (isRefused) throw new HallpassError('sts.access-denied', 'No.')
            return issued
          },
        },
        awsClock: () => 0,
      },
      sealed,
      'Support',
      'INC-4711',
    )

  it.each([
    ['allows both gets both', { identity: true, tags: true }, 'source-identity-and-tag'],
    ['allows no tags gets the source identity', { identity: true, tags: false }, 'source-identity'],
    ['allows neither gets nothing, and is assumed all the same', { identity: false, tags: false }, null],
  ])('%s', async (_, allows, reasonAs) => {
    expect(await assume(allows)).toMatchObject({ reasonAs, credentials: { accountId: '123456789012' } })
  })

  it('refuses the user says so', async () => {
    await expect(assume({ identity: true, tags: true, anything: false })).rejects.toMatchObject({
      code: 'sts.access-denied',
    })
  })
})
