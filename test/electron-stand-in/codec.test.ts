/** The codec against Node's own structured clone, and what it refuses. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createCodec } from './codec.ts'

const { encode, decode } = createCodec()
const roundTrip = (value: unknown) => decode(encode(value))

describe('codec', () => {
  it('keeps whatever structured clone keeps', () => {
    const anything = fc.anything({
      withBigInt: true,
      withDate: true,
      withMap: true,
      withSet: true,
      withSparseArray: false,
      withTypedArray: true,
    })
    fc.assert(fc.property(anything, (value) => void expect(roundTrip(value)).toEqual(structuredClone(value))))
  })

  it('keeps -0, invalid dates, regular expressions, views and buffers', () => {
    expect(Object.is(roundTrip(-0), -0)).toBe(true)
    expect(roundTrip(new Date(Number.NaN))).toEqual(new Date(Number.NaN))
    expect(roundTrip(/a+/gi)).toEqual(/a+/gi)
    expect(roundTrip(new DataView(new Uint8Array([1, 2, 3]).buffer, 1))).toEqual(
      new DataView(new Uint8Array([2, 3]).buffer),
    )
    expect(roundTrip(Buffer.from('abc'))).toEqual(new Uint8Array([97, 98, 99]))
    expect(roundTrip(new Uint8Array([1, 2]).buffer)).toEqual(new Uint8Array([1, 2]).buffer)
  })

  it('keeps cycles and identity', () => {
    const shared = { name: 'shared' }
    const cyclic: Record<string, unknown> = { first: shared, second: shared }
    cyclic.self = cyclic
    const copy = roundTrip(cyclic) as typeof cyclic
    expect(copy.self).toBe(copy)
    expect(copy.first).toBe(copy.second)
  })

  it('keeps the name, message, stack and cause of errors', () => {
    const error = new RangeError('too far', { cause: new Error('why') })
    const copy = roundTrip(error) as RangeError
    expect(copy).toBeInstanceOf(RangeError)
    expect(copy.message).toBe('too far')
    expect(copy.stack).toBe(error.stack)
    expect((copy.cause as Error).message).toBe('why')
  })

  it.each([
    ['a function', () => {}],
    ['a symbol', Symbol('s')],
    ['a promise', Promise.resolve()],
    ['a weak map', new WeakMap()],
    ['a function deep inside', { list: [{ call() {} }] }],
    ['a platform object', new Blob(['x'])],
  ])('refuses %s', (_what, value) => {
    expect(() => encode(value)).toThrow('An object could not be cloned.')
  })
})
