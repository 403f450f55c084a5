// What goes with an identity, and in which order.
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { rolesFrom } from '#core/remove-with-roles.ts'

it('finds what starts from an identity, directly or through others, each before its source', () => {
  fc.assert(
    fc.property(fc.array(fc.nat({ max: 30 }), { maxLength: 30 }), (sources) => {
      // Each role starts from one before it, or from one of two identities.
      const all = sources.map((source, index) => ({
        name: `role-${index}`,
        from: source < index ? `role-${source}` : source % 2 === 0 ? 'corp' : 'dana',
      }))
      const originOf = (name: string): string => {
        const role = all.find((one) => one.name === name)
        return role === undefined ? name : originOf(role.from)
      }
      const found = rolesFrom('corp', all).map(({ name }) => name)
      expect([...found].sort()).toEqual(
        all
          .filter(({ name }) => originOf(name) === 'corp')
          .map(({ name }) => name)
          .sort(),
      )
      const place = new Map(found.map((name, index) => [name, index]))
      for (const { name, from } of all) {
        if (place.has(name) && place.has(from)) expect(place.get(name)).toBeLessThan(place.get(from) ?? 0)
      }
    }),
  )
})

it('leaves roles alone whose sources lead back to each other', () => {
  expect(
    rolesFrom('corp', [
      { name: 'a', from: 'b' },
      { name: 'b', from: 'a' },
    ]),
  ).toEqual([])
})
