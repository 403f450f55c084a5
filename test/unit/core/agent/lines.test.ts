import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { LineReader, LineTooLong } from '#core/agent/lines.ts'

const text = fc.string({ unit: 'grapheme', maxLength: 40 }).filter((line) => !line.includes('\n'))

describe('lines', () => {
  it('come out as they went in, however the bytes are cut', () => {
    fc.assert(
      fc.property(fc.array(text), fc.array(fc.integer({ min: 1, max: 7 }), { minLength: 1 }), (lines, cuts) => {
        const bytes = Buffer.from(lines.map((line) => `${line}\n`).join(''))
        const reader = new LineReader(1000)
        const read: string[] = []
        for (let at = 0, turn = 0; at < bytes.length; turn++) {
          const size = cuts[turn % cuts.length] ?? 1
          read.push(...reader.push(bytes.subarray(at, at + size)))
          at += size
        }
        expect(read).toEqual(lines.map((line) => Buffer.from(line).toString()))
      }),
    )
  })

  it('wait for their end', () => {
    const reader = new LineReader(10)
    expect(reader.push(Buffer.from('abc'))).toEqual([])
    expect(reader.push(Buffer.from('d\nef'))).toEqual(['abcd'])
    expect(reader.push(Buffer.from('\n'))).toEqual(['ef'])
  })

  it.each([
    ['at the limit, with its end', `${'x'.repeat(10)}\n`, false],
    ['past the limit, with its end', `${'x'.repeat(11)}\n`, true],
    ['at the limit, still going on', 'x'.repeat(10), false],
    ['past the limit, still going on', 'x'.repeat(11), true],
    ['past the limit, after a good one', `good\n${'x'.repeat(11)}\n`, true],
  ])('%s', (_what, bytes, tooLong) => {
    const push = () => new LineReader(10).push(Buffer.from(bytes))
    if (tooLong) expect(push).toThrow(LineTooLong)
    else expect(push).not.toThrow()
  })
})
