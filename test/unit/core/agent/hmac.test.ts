import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { hmacUnder } from '#core/agent/hmac.ts'

const byNode = (key: string, text: string) => createHmac('sha256', key).update(text).digest('hex')

/** Its second case. */
it.each([['Jefe', 'what do ya want for nothing?', '5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843']])(
  'is what RFC 4231 says of the key %s',
  (key, text, expected) => {
    expect(hmacUnder(key)(text).toString('hex')).toBe(expected)
  },
)

it('is what Node computes, for keys and texts around the borders of a block', () => {
  const text = fc.string({ unit: 'binary', maxLength: 200 })
  fc.assert(
    fc.property(text, fc.array(text, { minLength: 1, maxLength: 3 }), (key, texts) => {
      const hmac = hmacUnder(key)
      // One key serves several texts, and none of them leaves anything behind.
      for (const each of texts) expect(hmac(each).toString('hex')).toBe(byNode(key, each))
    }),
    { numRuns: 500 },
  )
  for (let length = 0; length <= 130; length++) {
    const [key, each] = ['k'.repeat(length), 't'.repeat(length)]
    expect(hmacUnder(key)(each).toString('hex')).toBe(byNode(key, each))
  }
})
