import { encode } from 'fast-png'
import { expect, test } from 'vitest'
import { differingShare } from '../../support/picture-difference.ts'

/** Ten by ten pixels of one grey, with `changed` pixels from the top left, row by row, `by` brighter. */
function picture(changed = 0, by = 0, width = 10): Uint8Array {
  const data = new Uint8Array(width * 10 * 3).fill(100)
  for (let pixel = 0; pixel < changed; pixel += 1) data.fill(100 + by, pixel * 3, pixel * 3 + 3)
  return encode({ width, height: 10, data, channels: 3, depth: 8 })
}

test('the same picture does not differ', () => expect(differingShare(picture(), picture(), [])).toBe(0))

test('each pixel that is clearly different counts', () => {
  expect(differingShare(picture(), picture(7, 60), [])).toBe(0.07)
  expect(differingShare(picture(7, 60), picture(), [])).toBe(0.07)
})

test('softer edges do not count', () => expect(differingShare(picture(), picture(7, 20), [])).toBe(0))

test('what is ignored is not compared, and not counted either', () => {
  const box = { x: 0, y: 0, width: 5, height: 1 }
  expect(differingShare(picture(), picture(5, 60), [box])).toBe(0)
  expect(differingShare(picture(), picture(7, 60), [box])).toBeCloseTo(2 / 95)
  expect(differingShare(picture(), picture(5, 60), [{ x: -50, y: -50, width: 20, height: 20 }])).toBe(0.05)
})

test('a picture of another size, or nothing to compare, differs wholly', () => {
  expect(differingShare(picture(), picture(0, 0, 11), [])).toBe(1)
  expect(differingShare(picture(), picture(), [{ x: 0, y: 0, width: 10, height: 10 }])).toBe(1)
})
