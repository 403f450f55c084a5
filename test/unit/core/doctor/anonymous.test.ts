/** Nothing of whose it is stays in a report; what belongs together still shows. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createAnonymiser } from '#core/doctor/anonymous.ts'

const known = {
  identity: ['dana'],
  role: ['prod', 'prod-admin', 'PlatformAdmin'],
  account: ['acme'],
  folder: ['/home/dana/.config/Hallpass', '/home/dana'],
}
const hashed = createAnonymiser(known, 'hashed')
const leftOut = createAnonymiser(known, 'left-out')

describe('names', () => {
  it('have the same stand-in everywhere, and different ones different', () => {
    const [one, same, other] = ['start prod', 'end prod', 'end prod-admin'].map((text) => hashed(text).split(' ')[1])
    expect(one).toMatch(/^role-[0-9a-f]{8}$/)
    expect(same).toBe(one)
    expect(other).not.toBe(one)
  })

  it('have another stand-in in another report', () => {
    expect(createAnonymiser(known, 'hashed')('prod')).not.toBe(hashed('prod'))
  })

  it('are left out when that was chosen', () => {
    expect(leftOut('prod of dana in acme')).toBe('‹role› of ‹identity› in ‹account›')
  })

  it('are not looked for inside longer words', () => {
    expect(hashed('product danapoint')).toBe('product danapoint')
  })
})

it.each([
  'arn:aws:iam::123456789012:role/path/Some.Role',
  'arn:aws-cn:sts::123456789012:assumed-role/R/me@acme.example',
  '123456789012',
  'AKIAQ6VEXAMPLEKEY001',
  'me@acme.example',
  'acme-labs.awsapps.com',
  'ssoins-7223c1b2.portal.eu-west-1.app.aws',
  'ssoins-7223c1b2.eu-west-1.portal.amazonaws.com',
  '/home/dana/.config/Hallpass/hallpass.db',
])('does not show %s', (planted) => {
  for (const anonymous of [hashed, leftOut]) {
    const text = anonymous(`{"message":"failed for ${planted}, again"}`)
    for (const part of planted.match(/[A-Za-z]{5,}|\d{6,}/g) ?? []) {
      if (['assumed', 'awsapps', 'config', 'Hallpass', 'hallpass'].includes(part)) continue
      expect(text).not.toContain(part)
    }
  }
})

it('leaves no known name in any text', () => {
  const names = fc.uniqueArray(fc.stringMatching(/^[A-Za-z][A-Za-z0-9_.@+=,:/-]{5,20}$/), {
    minLength: 1,
    maxLength: 5,
  })
  fc.assert(
    fc.property(names, fc.array(fc.nat(4), { maxLength: 10 }), (drawn, order) => {
      const text = order.map((index) => drawn[index % drawn.length]).join(' then ')
      const result = createAnonymiser({ name: drawn }, 'left-out')(text)
      for (const word of result.split(' then ')) expect(drawn).not.toContain(word)
    }),
  )
})
