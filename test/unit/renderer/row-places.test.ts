import fc from 'fast-check'
import { expect, test } from 'vitest'
import { RowPlaces } from '../../../src/renderer/lib/row-places.ts'

const ROW = 44
const HEAD = 28

const list = fc.array(fc.boolean(), { minLength: 1, maxLength: 200 })

test('every row begins where the one before it ends', () => {
  fc.assert(
    fc.property(list, (rows) => {
      const heads = rows.flatMap((isHead, index) => (isHead ? [index] : []))
      const places = new RowPlaces(rows.length, heads, ROW, HEAD)
      let top = 0
      rows.forEach((isHead, index) => {
        expect(places.top(index)).toBe(top)
        const height = isHead ? HEAD : ROW
        for (const y of [top, top + 0.5, top + height - 1]) expect(places.at(y)).toBe(index)
        expect(places.headOf(index)).toBe(rows.lastIndexOf(true, index))
        top += height
      })
      expect(places.height).toBe(top)
      expect(places.at(top + 1000)).toBe(rows.length - 1)
      expect(places.at(-5)).toBe(0)
    }),
  )
})

test('an empty list has no height', () => {
  const places = new RowPlaces(0, [], ROW, HEAD)
  expect([places.height, places.at(10), places.headOf(0)]).toEqual([0, 0, -1])
})
