/** Tables: aligned, cut only on a narrow terminal, and safe against control characters. */
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cutMiddle, renderFields, renderTable } from '../../../src/cli/output/table.ts'
import { clockText, remainingText } from '../../../src/cli/output/time.ts'

const plain = (_format: unknown, text: string) => text
const columns = [{ title: 'name' }, { title: 'arn', shrinks: true }, { title: 'state' }]
const arn = 'arn:aws:iam::123456789012:role/very/long/path/Administrator'

describe('tables', () => {
  it('align columns and leave the last one ragged', () => {
    const text = renderTable(
      columns,
      [
        ['prod', 'a', 'active'],
        ['x', 'bcd', 'no'],
      ],
      { width: undefined, style: plain },
    )
    expect(text.split('\n')).toEqual(['NAME  ARN  STATE', 'prod  a    active', 'x     bcd  no'])
  })

  it('cut the middle of what may shrink, on a terminal only', () => {
    const rows = [['prod', arn, 'active']]
    const narrow = renderTable(columns, rows, { width: 50, style: plain }).split('\n')
    expect(narrow.map((line) => line.length)).toEqual([49, 50])
    expect(narrow[1]).toMatch(/^prod {2}arn:aws:.*….*Administrator {2}active$/)
    expect(renderTable(columns, rows, { width: undefined, style: plain })).toContain(arn)
  })

  it('never cut other columns, however narrow the terminal', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 200 }), fc.stringMatching(/^[a-z]{1,40}$/), (width, name) => {
        const text = renderTable(columns, [[name, arn, 'needs MFA']], { width, style: plain })
        expect(text).toContain(name)
        expect(text).toContain('needs MFA')
      }),
    )
  })

  it('style a cell without changing its width', () => {
    const text = renderTable([{ title: 'a' }, { title: 'b' }], [[{ text: 'x', format: 'red' }, 'y']], {
      width: undefined,
      style: (format, value) => `<${String(format)}>${value}</>`,
    })
    expect(text.split('\n')[1]).toBe('<red>x</>  y')
  })

  it('replace control characters', () => {
    expect(renderTable([{ title: 'a' }], [['x\u001b[31my\u0007']], { width: 80, style: plain })).toBe(
      'A\nx\ufffd[31my\ufffd',
    )
  })

  it('leave out fields without a value', () => {
    const text = renderFields(
      [
        ['Name', 'x'],
        ['Account', null],
        ['State', 'on'],
      ],
      plain,
    )
    expect(text).toBe('Name   x\nState  on')
  })
})

it('cutMiddle keeps both ends and the width', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, maxLength: 80 }), fc.integer({ min: 3, max: 60 }), (text, width) => {
      const cut = cutMiddle(text, width)
      expect([...cut].length).toBe(Math.min([...text].length, width))
      expect(cut[0]).toBe(text[0])
    }),
  )
})

describe('times', () => {
  const now = new Date(2026, 10, 24, 12, 0, 0).getTime()
  it('says what is left', () => {
    expect(remainingText(new Date(now + 47 * 60_000), now)).toBe('47 min left')
    expect(remainingText(new Date(now), now)).toBe('expired')
  })
  it('adds the date when it is another day', () => {
    expect(clockText(new Date(2026, 10, 24, 14, 5), now)).toBe('14:05')
    expect(clockText(new Date(2026, 10, 25, 1, 5), now)).toBe('2026-11-25 01:05')
  })
})
